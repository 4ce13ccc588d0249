"""Following every link that a person is offered, as far as there is something new behind it."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client
from django.urls import Resolver404, ResolverMatch, resolve

LINK = re.compile(r"""<a\b[^>]*?\shref=["']([^"']*)["']""", re.IGNORECASE)
OURS = "http://testserver"
ENOUGH = 2  # pages of one route in one cycle; of a file one is enough
REFUSED = {403, 404}


@dataclass
class Crawl:
    """`dead`: each link that was refused, with the page that offers it. `opened`: how many pages
    by route and cycle. `files`: the routes that gave one."""

    client: Client
    dead: list[str] = field(default_factory=list)
    opened: Counter[tuple[str, object]] = field(default_factory=Counter)
    files: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def run(self, start: str) -> "Crawl":
        queue = deque([(start, "the start")])
        while queue:
            address, source = queue.popleft()
            for link in self.open(address, source):
                if link not in self.seen:
                    self.seen.add(link)
                    queue.append((link, address))
        return self

    def open(self, address: str, source: str) -> list[str]:
        """The links of the page; none where enough of its kind have been opened."""
        match = match_of(address)
        if match is None:
            self.dead.append(f"{address} (no such address), offered by {source}")
            return []
        kind = match.view_name, match.kwargs.get("cycle_id")
        if self.opened[kind] >= ENOUGH or match.view_name in self.files:
            return []
        self.opened[kind] += 1
        response = self.client.get(address)
        if response.status_code in REFUSED:
            self.dead.append(f"{address} ({response.status_code}), offered by {source}")
        if not is_page(response):
            self.files.add(match.view_name)
        return links_of(response, address)

    @property
    def routes(self) -> set[str]:
        return {route for route, _ in self.opened}


def is_page(response: HttpResponseBase) -> bool:
    return response.has_header("Location") or response["Content-Type"].startswith("text/html")


def match_of(address: str) -> ResolverMatch | None:
    try:
        return resolve(urlsplit(address).path)
    except Resolver404:
        return None


def links_of(response: HttpResponseBase, address: str) -> list[str]:
    """Of a page of the site to others of it, or where it leads on to."""
    if isinstance(response, StreamingHttpResponse):
        response.getvalue()  # to its end, where its file is closed
        return []
    if response.has_header("Location"):
        found = [response["Location"]]
    else:
        text = response.content.decode() if is_page(response) else ""  # type: ignore[attr-defined]
        found = LINK.findall(text)
    whole = (urldefrag(urljoin(OURS + address, unescape(each))).url for each in found)
    return [each.removeprefix(OURS) for each in whole if each.startswith(OURS + "/")]
