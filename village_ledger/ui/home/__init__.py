"""The first page: what there is to do today."""
