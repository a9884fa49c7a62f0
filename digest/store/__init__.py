"""What is kept: rows ↔ the types of `digest/model/`, on SQLite or PostgreSQL.

Takes and gives model types; rows never leave. Opens the units of work, decides nothing.
"""
