"""Pages to print for a class that plays on paper: what each role is handed, and what the teacher needs."""
