"""Red flags (疑点): each rule is one module, a pure function from what a village handed over to hits with evidence.

A hit is a doubt to be looked into, never a verdict: it says which rule, what was found, and on what it rests. Bounds
and key words are parameters, kept as data (`resources/rules/parameters.toml`). Nothing here opens a file.
"""
