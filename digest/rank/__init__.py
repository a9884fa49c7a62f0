"""Stories in the order in which they matter, each place explained.

`rank.rank` is the door. `signals` gives values and sentences, `held` what must stay out,
`continuity` what earlier editions printed and what is new since, `stage` prints.
"""
