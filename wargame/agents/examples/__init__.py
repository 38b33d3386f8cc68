"""Example programs for the protocol of outside players."""
