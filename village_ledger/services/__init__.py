"""The use cases the window and the command line share: each act is one function on an open `Book`."""
