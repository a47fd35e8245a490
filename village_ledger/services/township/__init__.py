"""The township's desk: taking in what villages hand over, reviewing it, looking for red flags, summing up."""
