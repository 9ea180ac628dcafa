"""What the notebooks of the course import: data sets, checks, pictures and the training budget."""

__version__ = "0.1.0"
