"""Reviewing: what people may do with a draft, and what must be looked at before it goes out.

`states` are pure steps `Edition` → `Edition`, `preflight` gives findings. Nothing is saved here.
"""
