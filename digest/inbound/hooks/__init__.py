"""Events of providers, pushed to an address of ours: from a request's bytes to facts.

One file an adapter, each a `Hook` (`port.py`) under one contract suite. Nothing here opens a
connection or reads a clock: both are handed in.
"""
