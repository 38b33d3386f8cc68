"""Players that are programs: they decide from what their role sees, and give their reasons in words."""
