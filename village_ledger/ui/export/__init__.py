"""Taking a month's books and statements out to a folder or USB stick."""
