"""Reports with anything in them that a person, or a bad clipboard, can put there."""

import dataclasses
import re
from typing import Any

from hypothesis import strategies as st

from assessments.report import (
    Bullets,
    Column,
    Entry,
    FrontSheet,
    Heading,
    Line,
    Paragraph,
    Rated,
    Report,
    Table,
    runs,
)
from tests.exports.report.sample import AMBER, GREEN, NOT_RATED, RED, SAMPLE
from tests.exports.strategies import NASTY

# Drawn from its end, or with no glyph of its own: read back out of a PDF in another order.
NOT_IN_ORDER = re.compile(
    "[\u0300-\u036f\u0590-\u08ff\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
NO_GLYPH = re.compile("[\U0001f000-\U0001ffff\ufb01]")
legible = [each for each in NASTY if not NOT_IN_ORDER.search(each) and not NO_GLYPH.search(each)]
LATIN = st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=["Cc", "Cf"])
LINKED = "See [the plan](https://a.example/plan?a=1&b=<2>) and https://b.example/x."

plain_texts = st.one_of(st.sampled_from([*legible, LINKED]), st.text(LATIN, max_size=60))
any_texts = st.one_of(
    st.sampled_from([*NASTY, LINKED]),
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60),
)
ratings = st.sampled_from([RED, AMBER, GREEN, NOT_RATED, Rated("5", "★", "blue")])


@st.composite
def tables(draw: Any, texts: st.SearchStrategy[str]) -> Table:
    """Captions and headings are the program's own, and never cross a page."""
    short = texts.map(lambda text: text[:200])
    number = draw(st.integers(1, 4))
    columns = tuple(Column(draw(short), 100 // number) for _ in range(number))
    rows = st.tuples(*[texts | ratings] * number)
    return Table(draw(short), columns, tuple(draw(st.lists(rows, max_size=4))), draw(texts))


def front_sheets(texts: st.SearchStrategy[str]) -> st.SearchStrategy[FrontSheet]:
    lines = st.lists(st.builds(Line, texts, texts), max_size=2).map(tuple)
    entries = st.lists(st.builds(Entry, texts, ratings, lines), max_size=5).map(tuple)
    return st.builds(FrontSheet, texts, entries, texts)


def headings(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Heading]:
    key = st.integers(0, 10**9).map("section-{}".format)
    titles = texts.filter(str.strip)
    number, marking = (st.sampled_from(["", each]) for each in ("2.3", "Exempt, paragraph 3"))
    return st.builds(Heading, titles, st.sampled_from([2, 3]), key, number, marking)


def blocks(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    in_runs = texts.map(runs)
    short = st.sampled_from(["", "Exempt, paragraph 3"])
    return st.one_of(
        headings(texts),
        st.builds(Paragraph, in_runs, st.sampled_from(["", "2.3.1"]), texts, short, st.booleans()),
        st.builds(Bullets, st.lists(in_runs, min_size=1, max_size=3).map(tuple), short),
        tables(texts),
        front_sheets(texts),
    )


@st.composite
def reports(draw: Any, texts: st.SearchStrategy[str]) -> Report:
    start = Heading("Executive summary", 2, "section-start")  # a part comes under a section
    return dataclasses.replace(
        SAMPLE,
        title=draw(texts.filter(str.strip)),
        committee=draw(texts),
        publicity=draw(texts),
        facts=tuple(draw(st.lists(st.builds(Line, texts, texts), max_size=3))),
        blocks=(start, *draw(st.lists(blocks(texts), max_size=6))),
        is_draft=draw(st.booleans()),
        marking=draw(texts),
        footer=draw(texts),
    )
