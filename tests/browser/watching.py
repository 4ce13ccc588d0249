"""What every page has to hold to, whoever visits it."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Request, expect

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text()
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OWN_TITLE = re.compile(r"\S+.* – Prevent self-assessment$")
PHONE, TABLET = {"width": 320, "height": 640}, {"width": 768, "height": 1024}
OVERFLOWING = """() => [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 1)
    .map((each) => each.outerHTML.slice(0, 120)).slice(0, 5)"""


def check_page(page: Page) -> None:
    """Title, accessibility and reflow of the page that is open."""
    page.wait_for_load_state()
    expect(page).to_have_title(OWN_TITLE)
    assert not (found := violations(page)), f"{page.url}\n" + "\n".join(found)
    assert not (wide := too_wide(page)), f"{page.url} scrolls sideways: {wide}"


def violations(page: Page) -> list[str]:
    """One line for each rule and element. axe is put in by the debugger, past the page's CSP."""
    page.evaluate(AXE)
    options = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
    result = page.evaluate("(options) => axe.run(document, options)", options)
    return [line for violation in result["violations"] for line in lines_of(violation)]


def lines_of(violation: dict[str, Any]) -> list[str]:
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n"
        f"    {node['html']}\n    {node['failureSummary']}"
        for node in violation["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """What sticks out on a phone or a tablet; empty where neither needs sideways scrolling."""
    page.wait_for_load_state()  # a click returns when the next page is there, but still empty
    usual = page.viewport_size
    assert usual
    wide: list[str] = []
    for device in (PHONE, TABLET):
        page.set_viewport_size(device)
        if page.evaluate("document.documentElement.scrollWidth") > device["width"]:
            wide += [f"at {device['width']} px: {each}" for each in page.evaluate(OVERFLOWING)]
    page.set_viewport_size(usual)
    return wide


# A stale save, and a draft sent after the session has ended: answers that pages reckon with.
RECKONED_WITH = re.compile("the server responded with a status of (409|401)")


class Watch:
    """Errors that pages report, and requests that leave for another site."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.errors: list[str] = []
        self.strays: list[str] = []

    def over(self, page: Page) -> None:
        page.on("console", self.note_message)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self.note_request)

    def note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not RECKONED_WITH.search(message.text):
            self.errors.append(message.text)

    def note_request(self, request: Request) -> None:
        if not request.url.startswith((self.origin + "/", "data:", "blob:")):
            self.strays.append(request.url)
