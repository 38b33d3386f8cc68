"""A game in progress: the position, the journal it is written to, and the seats that play it."""
