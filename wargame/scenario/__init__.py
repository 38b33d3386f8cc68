"""What an author writes: the format of a scenario, its reading and its check."""
