"""Bulgarian text tools: words, sentences, numbers, days, people, speakers, typography and more.

Pure functions on strings, importable by every room. Only `words.py` needs a library
(simplemma), and loads it at the first lemma.
"""
