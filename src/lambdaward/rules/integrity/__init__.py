"""Rules about whether the code that runs is the code that was meant."""
