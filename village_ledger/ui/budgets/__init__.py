"""The yearly budget in the window: how far it is carried out, drawing it up, approving and adjusting it."""
