"""Projects in the window: the list with each one's course, and the forms for what happens to them."""
