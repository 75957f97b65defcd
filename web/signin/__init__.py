"""Sign-in: who somebody is, by OpenID Connect or (in the demo only) by choosing a persona, and their
session."""
