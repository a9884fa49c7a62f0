"""Addresses: what is one, which two are the same article, and which belong to one site.

The identity key follows the WHATWG URL Standard as ada-url reads it and drops parameters on a
deny-list only: an allow-list merges articles of sites that tell them apart by `newsid` or `nid`.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from functools import lru_cache
from urllib.parse import urljoin

from digest.model import Article, ArticleId

_DROPPED_PREFIXES = ("utm_", "mc_", "pk_", "mtm_", "hsa_", "ga_", "at_")
_DROPPED = frozenset({
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "yclid", "ysclid", "msclkid", "igshid", "igsh",
    "mibextid", "srsltid", "twclid", "ttclid", "li_fat_id", "_ga", "_gl", "ref_src", "ref_url",
    "cmpid", "ncid", "ocid", "_openstat", "xtor",
})  # fmt: skip
"""Parameters that say where a reader came from, never which article it is."""

_SECOND_LEVELS = frozenset(
    ["co", "com", "net", "org", "gov", "edu", "ac", "gob", "or", "ne", "go", "mil", "info", "biz"]
)
"""Labels under which country registries sell names: `example.co.uk` is one site."""


def is_http(url: str) -> bool:
    """True for an absolute http or https address that can be parsed."""
    import ada_url

    if not re.match(r"(?i)https?://", url.strip()):
        return False
    try:
        return bool(ada_url.URL(url.strip()).hostname)
    except ValueError:
        return False


def absolute(url: str, base: str) -> str:
    """`url` against `base` by WHATWG rules; an empty text when the result is not http."""
    import ada_url

    text = re.sub(r"[\t\r\n]", "", url).strip()
    if not text:
        return ""
    if is_http(text):
        return text
    if not base:
        return ""
    try:
        joined = str(ada_url.join_url(base, text))
    except ValueError:
        try:
            joined = urljoin(base, text)  # a base that is no address of its own
        except ValueError:
            return ""
    return joined if is_http(joined) else ""


def path_and_query(url: str) -> tuple[str, str]:
    """Path and query (without „?“) of an address, escaped; empty texts for nonsense."""
    import ada_url

    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return "", ""
    return str(parsed.pathname), str(parsed.search).removeprefix("?")


def host_port(url: str) -> str:
    """`host:port` with the scheme's default port written out; raises ValueError on nonsense."""
    import ada_url

    parsed = ada_url.URL(url)
    port = parsed.port or ("443" if parsed.protocol == "https:" else "80")
    return f"{parsed.hostname}:{port}"


@lru_cache(maxsize=4096)
def origin_of(url: str) -> str:
    """`https://host[:port]` of an address; raises ValueError on nonsense."""
    import ada_url

    return str(ada_url.URL(url).origin)


def host_of(url: str) -> str:
    """`host[:port]` as a `Host` header has it, without a default port."""
    return origin_of(url).partition("://")[2]


def hostname(url: str) -> str:
    """The host in ASCII without brackets; empty when the address cannot be parsed."""
    import ada_url

    try:
        return str(ada_url.URL(url).hostname).strip("[]")
    except ValueError:
        return ""


def identity_key(url: str) -> str:
    """The text by which two addresses of one article are the same.

    Scheme and a leading `www.` are left out (outlets flip both), the host is lower-case
    punycode, dot segments are resolved, percent escapes are upper-case, the fragment and the
    deny-listed parameters are gone and the rest of the query is sorted. A text that is no
    address is its own key.
    """
    import ada_url

    try:
        parsed = ada_url.URL(url.strip())
    except ValueError:
        return url.strip()
    if parsed.protocol not in {"http:", "https:"}:
        return url.strip()
    host = str(parsed.host).removeprefix("www.")
    path = _escapes(str(parsed.pathname)).rstrip("/") or "/"
    query = _query(_escapes(str(parsed.search).removeprefix("?")))
    return f"{host}{path}{'?' + query if query else ''}"


def _escapes(text: str) -> str:
    return re.sub(r"%[0-9a-fA-F]{2}", lambda m: m.group().upper(), text)


def _query(query: str) -> str:
    kept = [part for part in query.split("&") if part and not _is_dropped(part)]
    return "&".join(sorted(kept))


def _is_dropped(part: str) -> bool:
    name = part.partition("=")[0].lower()
    return name in _DROPPED or name.startswith(_DROPPED_PREFIXES)


def site(url: str) -> str:
    """The registrable domain of an address, as far as the common second levels tell it."""
    host = hostname(url)
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return host
    labels = host.split(".")
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS else 2
    return ".".join(labels[-keep:])


def same_site(one: str, other: str) -> bool:
    """True when both addresses lie on one registrable domain."""
    return bool(site(one)) and site(one) == site(other)


def is_home(url: str) -> bool:
    """True for the front page of a site: it never is the address of an article."""
    import ada_url

    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return False
    bare = str(parsed.pathname).rstrip("/").lower()
    return bare in {"", "/bg", "/en", "/index.html", "/index.php", "/home"} and not parsed.search


def short_hash(text: str) -> str:
    """16 hexadecimal digits of the SHA-256 of a text: stable over runs and machines."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def body_key(title: str, text: str) -> str:
    """The key of a text without address: its words, without case, spacing and marks.

    The title counts only when there is no body, because copies of one text differ in header.
    """
    words = re.findall(r"\w+", (text or title).casefold())
    return "text:" + hashlib.sha256(" ".join(words).encode()).hexdigest()[:32]


def key_of(article: Article) -> str:
    """The identity key under which an article is known: of its address, else of its body."""
    for url in (article.url, article.canonical_url):
        if is_http(url):
            return identity_key(url)
    return body_key(article.title, article.text)


def article_id(url: str, title: str, text: str) -> ArticleId:
    """The short stable id: of the address when there is one, else of the body."""
    return ArticleId(short_hash(identity_key(url) if is_http(url) else body_key(title, text)))
