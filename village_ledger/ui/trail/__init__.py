"""溯源: one payment followed to its request, its decision and its papers, and back."""
