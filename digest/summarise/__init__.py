"""From a story to what the digest says of it: sentences with their place, and the gate.

`extractive.summarise` chooses whole sentences, `faithful.check` asks of any text whether the
articles say it, `rights` decides how much may be quoted, `headline` cleans titles. `model/` is the
optional writer, a language model behind the same gate.
"""
