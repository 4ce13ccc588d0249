"""The web version: one file that anybody can read and that asks nothing of any other."""

import dataclasses
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assessments.exports.report.web import render_report_html
from assessments.report import Paragraph
from tests.browser.chromium import chromium
from tests.browser.watching import too_wide, violations
from tests.exports.report.sample import MADE_ON, SAMPLE
from tests.exports.strategies import NASTY
from tests.markup import parse_errors

DRAFT = dataclasses.replace(SAMPLE, version="Draft 3", is_draft=True)
VOID = {"meta", "img", "link", "br", "input", "hr"}


class Tags(HTMLParser):
    """Checks that elements close in turn, and keeps what they are and name."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert len(given) == len(attrs), f"an attribute twice in <{tag}>"
        assert not [name for name in given if name.startswith("on")]
        self.seen.append(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.addresses += [given[name] or "" for name in ("href", "src", "action") if name in given]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags(page: str) -> Tags:
    reader = Tags()
    reader.feed(page)
    assert reader.open == []
    return reader


def test_it_is_well_formed_and_has_its_landmarks() -> None:
    page = render_report_html(SAMPLE, made_on=MADE_ON)
    found = tags(page)
    assert parse_errors(page) == []
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB"')
    for landmark in ("header", "main", "footer", "nav", "h1", "title"):
        assert found.seen.count(landmark) == 1, landmark
    assert page.partition("<main")[0].count('<p class="marking">OFFICIAL</p>') == 1
    assert page.count("OFFICIAL") == 1
    assert len(found.ids) == len(set(found.ids))
    inner = {address[1:] for address in found.addresses if address.startswith("#")}
    assert inner <= set(found.ids)
    assert len(inner) == 1 + sum(each.level == 2 for each in SAMPLE.headings)


def test_it_asks_nothing_of_any_other_file_and_runs_nothing() -> None:
    page = render_report_html(SAMPLE, made_on=MADE_ON)
    found = tags(page)
    assert not {"script", "link", "iframe", "form", "object"} & set(found.seen)
    kinds = {address.partition(":")[0] for address in found.addresses if address[0] != "#"}
    assert kinds == {"data", "https", "mailto"}
    css = page.partition("<style>")[2].partition("</style>")[0]
    assert css.strip()
    assert not re.search(r"url\(|@import|expression|<", css)
    assert "default-src 'none'" in page


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_what_is_written_makes_no_markup(nasty: str) -> None:
    identity = dataclasses.replace(SAMPLE.identity, council=nasty, contact=nasty, logo=None)
    blocks = (SAMPLE.blocks[0], Paragraph((nasty,), nasty, nasty, nasty))
    report = dataclasses.replace(
        SAMPLE, title=nasty, publicity=nasty, identity=identity, blocks=blocks, marking=nasty
    )
    page = render_report_html(report, made_on=MADE_ON)
    assert not {"script", "img"} & set(tags(page).seen)
    assert parse_errors(page) == []


def test_search_engines_pass_over_a_draft() -> None:
    assert 'content="noindex"' in render_report_html(DRAFT, made_on=MADE_ON)
    assert "noindex" not in render_report_html(SAMPLE, made_on=MADE_ON)


@pytest.mark.browser
def test_axe_finds_nothing_and_it_fits_a_phone(tmp_path: Path) -> None:
    asked: list[str] = []
    with chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        for report in (SAMPLE, DRAFT):
            file = tmp_path / f"{report.version}.html"
            file.write_text(render_report_html(report, made_on=MADE_ON), "utf-8")
            page.goto(file.as_uri())
            assert violations(page) == []
            assert too_wide(page) == []
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Skip to the report"
    assert {address.partition(":")[0] for address in asked} <= {"file", "data"}
