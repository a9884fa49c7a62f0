"""Articles become stories: copies found, events grouped, voices counted, differences kept.

`stories.cluster` is the door. `material` reads an article once, `copies` finds reprints, `embed`
and `linkage` group by meaning and time, `gates` keeps different events apart, `voices`, `disagree`
and `topics` say what a story is worth; `why` writes the reasons.
"""
