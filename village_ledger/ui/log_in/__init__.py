"""Who is at the keyboard: logging in, locking the window, passwords and the recovery code."""
