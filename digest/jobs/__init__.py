"""The clock and the queue: who leads, what is due, and who drains the outbox.

APScheduler is only the clock; every firing makes a row that is unique on publication and local
date (digest/actions/scheduling.py). Threads drain on one machine, procrastinate on many; both
run `digest.actions.dispatching`.
"""
