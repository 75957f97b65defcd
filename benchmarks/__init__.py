"""What AskFirst is measured by; `python -m benchmarks` prints the tables."""
