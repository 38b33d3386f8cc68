"""Whole scripted games in machine code: the game of `lab.match`, number for number."""
