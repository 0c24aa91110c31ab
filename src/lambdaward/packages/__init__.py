"""What is inside a zip, layer or image."""
