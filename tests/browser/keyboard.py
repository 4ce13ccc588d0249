"""Going about a page with Tab, Enter and letters alone."""

import pytest
from playwright.sync_api import Page

FOCUSED = "document.activeElement.outerHTML.slice(0, 200)"
IS_IT = """([selector, named]) => {
    const at = document.activeElement;
    return at.matches(selector) && at.innerText.includes(named);
}"""
ELEMENTS = {"link": "a[href]", "button": "button, a[role=button]"}


def tab_to(page: Page, selector: str, *, named: str = "", limit: int = 120) -> None:
    """`named`: what its words include."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate(IS_IT, [selector, named]):
            return
    pytest.fail(
        f"{selector} “{named}” can't be reached by keyboard; focus is at {page.evaluate(FOCUSED)}"
    )


def follow(page: Page, role: str, named: str) -> None:
    """Enter on a link or a button, and where it leads."""
    tab_to(page, ELEMENTS[role], named=named)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(text)
