"""The readers: who they are, what they agreed to, what they want, and how they leave.

Knows nothing of the newsroom: takes addresses, consents and a database connection, gives
persons. Never opens a transaction of its own.
"""
