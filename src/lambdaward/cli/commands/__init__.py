"""The commands: one module each, with a function of the command's own name."""
