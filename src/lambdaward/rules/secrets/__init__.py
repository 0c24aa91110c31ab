"""Rules about where secrets are kept and how they are encrypted."""
