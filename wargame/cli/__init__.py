"""The command line: thin commands over the packages below, each imported when its command runs."""
