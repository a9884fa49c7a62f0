"""Articles become stories: copies found, events grouped, voices counted, differences kept.

`stories.cluster` is the door; docs/stories.md tells the way. `material` reads an article,
`standing` what its outlet prints under everything. `copies` (with `shingles` and `differ`) finds
reprints, `series` live coverage. `embed` (with `numbered`, `synonyms` and, where it can be had,
`neural`) says how alike two texts are, `gates` (with `places`) what forbids it, `linkage` joins,
`assign` keeps what stood and what editors said. Then, story by story (`spread` over processors):
`voices` (with `credits` and `voice_why`), `topics` (with `vocabulary` and `local`), `disagree`
(with `mentions`), and `why` for the reasons.
"""
