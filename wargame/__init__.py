"""A turn-based crisis wargame for the terminal."""
