"""The screens, and the same game as plain text."""
