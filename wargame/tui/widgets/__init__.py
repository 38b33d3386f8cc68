"""The parts of the screens: each shows one piece of a view and posts its own messages."""
