"""One recorded session for every format of journals there has been."""
