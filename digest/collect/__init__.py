"""Collect: from a source to `Article`s.

Feeds, news sitemaps, pages, plain-text dumps and folders come in; clean, dated, judged articles
and explained refusals go out. `round.collect` is the one entry for the actions; `feed.read_feed`
and `extract.extract` are the two stages that the command line also offers alone. The network is
touched in `fetch.py` only.
"""
