"""The pages: the desk for editors, the public site for readers, and the guard before both.

Every page parses its input, calls one action and shows the result. GET and HEAD change nothing.
"""
