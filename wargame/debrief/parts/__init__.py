"""The parts of a debrief's page, one after the other: words as Markdown, and pictures."""
