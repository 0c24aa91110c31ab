"""Readers of file formats: what stands in a file, without running or loading it."""
