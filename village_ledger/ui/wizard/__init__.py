"""What is shown before a book is open: the start page and the questions a new book begins with."""
