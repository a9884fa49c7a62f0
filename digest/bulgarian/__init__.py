"""Bulgarian text tools: sentences, words, names, numbers, days, typography, slugs.

Pure functions on strings, importable by every room. Only `words.py` needs a library
(simplemma), and loads it at the first lemma.
"""
