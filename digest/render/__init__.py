"""Rendering: an `Edition` → the HTML, the text and the archive page that will be sent.

jinja2 → mjml → premailer → post step, once for an edition; variants are put together from the
compiled blocks and cut at placeholders, so that a subscriber costs a join. Same input, same bytes.
"""
