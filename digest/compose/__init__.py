"""Composing: ranked stories and their summaries → the draft of an edition.

`pick` decides what is printed and how large, `lines` writes the lines under a story, `subject`
what the inbox shows, `edition` puts them together, `exchange` is the file format of an edition.
Pure: no store, no clock, no network.
"""
