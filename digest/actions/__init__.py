"""The verbs of the product: each opens a unit of work, calls rooms, saves and commits.

Entry points (command line, web, jobs) parse input, call one function here, and show the result.
`morning.py` is the whole product on one page.
"""
