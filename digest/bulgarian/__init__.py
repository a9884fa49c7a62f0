"""Bulgarian text tools: sentences, words, numbers and how exactly they are meant, days, names,
people, speakers, institutions, typography, Latin letters.

Pure functions on strings, importable by every room. Only `words.py` needs a library
(simplemma), and loads it at the first lemma.
"""
