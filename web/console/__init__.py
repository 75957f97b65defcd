"""The policy console: a module for each family of pages."""
