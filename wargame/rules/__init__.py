"""The rules of play: orders in, facts out, with no disk, no clock and no randomness but the dice."""
