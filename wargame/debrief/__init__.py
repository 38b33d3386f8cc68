"""What happened, why, and what else could have: pure functions over a journal."""
