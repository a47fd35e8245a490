"""What the township says of the months handed over, and the village's answers."""
