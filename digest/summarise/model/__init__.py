"""The optional writer: a language model that is shown the articles and checked like anyone else.

`asking.write_summary` is the way in; only `openai_writer` knows a library. What the model says is
an untrusted text: `reply` reads it, `judging` lays every sentence beside the articles.
"""
