"""Speed against named peers in the same run: `python -m benchmarks` writes RESULTS.md."""
