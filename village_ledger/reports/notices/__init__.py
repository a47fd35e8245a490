"""The disclosure notice (财务公开榜): what the village reads on the wall.

`model` says what a notice is; every other module builds one of its sheets, a `Report` like any other, from values
handed in. Does not: lay out paper (exports), know the flow from preparing to filing (services, storage).
"""
