"""What is inside the packages that functions run."""
