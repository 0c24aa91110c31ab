"""Rules about how functions run: runtimes, variables, resilience."""
