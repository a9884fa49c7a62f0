"""The pages of the preview: a table of all mails and views, a mail in a frame, and the mail itself.

Served to this machine alone. A page asks every second whether a template was saved, and reloads.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from fastapi import FastAPI, HTTPException
from fastapi.responses import HTMLResponse, PlainTextResponse

from digest.errors import DigestError
from tests.preview.mails import catalogue, made, stamp
from tests.preview.views import TEXT, VIEWS

_RELOAD = """<script>
const at = "{stamp}";
setInterval(async () => {{
  const answer = await fetch("/stamp").catch(() => null);
  if (answer && answer.ok && (await answer.text()) !== at) location.reload();
}}, 1000);
</script>"""
_STYLE = """<style>
body { font: 16px/1.5 'Segoe UI', sans-serif; margin: 24px; color: #1d1d20; background: #efece5; }
table { border-collapse: collapse; background: #fff; }
th, td { text-align: left; padding: 6px 12px; border: 1px solid #dcd7cd; }
iframe { border: 1px solid #b8b2a6; background: #fff; height: 82vh; max-width: 100%; }
nav a, nav strong { margin-right: 12px; }
pre { white-space: pre-wrap; background: #fff; padding: 16px; }
.fault { color: #9b1b30; }
</style>"""


def create_preview() -> FastAPI:
    """The site of the preview; nothing on it changes anything."""
    site = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    site.get("/", response_class=HTMLResponse)(index)
    site.get("/stamp", response_class=PlainTextResponse)(stamp)
    site.get("/see/{mail}/{state}/{view}", response_class=HTMLResponse)(frame)
    site.get("/raw/{mail}/{state}/{view}", response_class=HTMLResponse)(raw)
    return site


def index() -> str:
    """All mails by state and view."""
    rows = "".join(
        f"<tr><th>{mail}</th><td>{state}</td>{_cells(mail, state)}</tr>"
        for mail, states in catalogue().items()
        for state in states
    )
    heads = "".join(f"<th>{view}</th>" for view in (*VIEWS, TEXT))
    return _page("Писмата", f"<table><tr><th>mail</th><th>state</th>{heads}</tr>{rows}</table>")


def _cells(mail: str, state: str) -> str:
    return "".join(
        f'<td><a href="/see/{mail}/{state}/{view}">{view}</a></td>' for view in (*VIEWS, TEXT)
    )


def frame(mail: str, state: str, view: str) -> str:
    """One mail in one view, with the way to its other views."""
    _known(mail, state, view)
    links = "".join(
        f"<strong>{other}</strong>"
        if other == view
        else f'<a href="/see/{quote(mail)}/{quote(state)}/{other}">{other}</a>'
        for other in (*VIEWS, TEXT)
    )
    width = VIEWS[view].width if view in VIEWS else 720
    body = (
        f'<nav><a href="/">всички</a>{links}</nav><h1>{escape(mail)} · {escape(state)}</h1>'
        f'<iframe title="{escape(mail)}" sandbox="" width="{width}" '
        f'src="/raw/{quote(mail)}/{quote(state)}/{view}"></iframe>'
    )
    return _page(f"{mail} · {state}", body)


def raw(mail: str, state: str, view: str) -> HTMLResponse:
    """The mail as that view shows it; a broken template is told with its line."""
    _known(mail, state, view)
    try:
        html, text = made(mail, state)
    except DigestError as fault:
        told = " ".join(filter(None, (fault.what, fault.why, fault.fix)))
        return HTMLResponse(_page("Грешка", f'<pre class="fault">{escape(told)}</pre>'), 500)
    if view == TEXT:
        return HTMLResponse(_page(mail, f"<pre>{escape(text)}</pre>"))
    return HTMLResponse(VIEWS[view].change(html))


def _known(mail: str, state: str, view: str) -> None:
    if state not in catalogue().get(mail, ()) or view not in (*VIEWS, TEXT):
        raise HTTPException(404)


def _page(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="bg"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"{_STYLE}<body>{body}{_RELOAD.format(stamp=stamp())}</body></html>"
    )
