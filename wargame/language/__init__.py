"""The rule language: text an author wrote, checked and compiled, with no notion of games or files."""
