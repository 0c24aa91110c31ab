"""Rules about what is recorded, and what watches."""
