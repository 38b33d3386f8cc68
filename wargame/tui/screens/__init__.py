"""The screens: each wires widgets to a seat; none holds rules or opens a journal."""
