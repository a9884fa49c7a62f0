"""The sample newsroom: invented outlets, their articles, readers, and a site that serves them.

Everything named here is invented: outlets, agencies, people, towns, companies and clubs, all on
hosts below `example.bg`. The articles carry the traps of a real morning;
`tests/unit/test_sample.py` names each.
"""
