"""Rules about where functions can be reached from and can reach."""
