"""Records with anything in them that a person, or a bad clipboard, can put there."""

import dataclasses
import datetime
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from assessments.models import ActionStatus, Sensitivity
from assessments.record import (
    Action,
    Answer,
    Benchmark,
    CycleRecord,
    Decision,
    Document,
    Link,
    Owner,
    Person,
    Question,
    Statement,
    Text,
    Update,
)

with_fixtures = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)

NASTY = [
    '=HYPERLINK("http://example.org","click")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd>",
    "]]></text><x y='",
    "bell \x07 escape \x1b delete \x7f next line \x85",
    "vertical \x0b tab, form \x0c feed, unit \x1f separator",
    "carriage\rreturn, both\r\nof them, line\u2028separator",
    "👩‍👩‍👧‍👦 👍🏽 🇬🇧 🦄",
    "مرحبا بالعالم – שלום עולם",
    "\u202egnirts desrever\u202c \u200f\u2067isolate\u2069",
    "zero\u200bwidth, \ufeffmark, \ufffe nonchar \U0001ffff",
    "e\u0301 \u1e69\u0323 \ufb01 Å ß İ",
    "• bullets\n• pasted from\n\to Word",
    "{{ council }} {% now 'Y' %} %(name)s ${x} \\n \\u0041",
    "x" * 700,
    "https://example.org/" + "a-very-long-path/" * 30,
    "#REF!",
    "   ",
    "\n\n",
    "'leading apostrophe",
]
anything = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60),
)
dates = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
sensitivities = st.sampled_from(Sensitivity.values)
maybe_dates = st.none() | dates


def short(longest: int) -> st.SearchStrategy[str]:
    return anything.map(lambda text: text[:longest])


texts = st.builds(Text, anything, sensitivities)
origins = st.sampled_from(["", "2024/25", "benchmark 6, question 6.2 of 2024/25"])
carried = {"to_confirm": st.booleans(), "carried_from": origins}


@st.composite
def documents(draw: Any) -> Document:
    sensitivity = draw(sensitivities)
    url = draw(st.sampled_from(["", "https://example.org/a?b=c&d=<e>", "http://10.0.0.1/x"]))
    return Document(
        title=Text(draw(short(300)) or "untitled", sensitivity),
        url=Text(url, sensitivity),
        reference=Text(draw(short(300)), sensitivity),
        dated_on=draw(maybe_dates),
        review_on=draw(maybe_dates),
        **draw(st.fixed_dictionaries(carried)),
    )


@st.composite
def updates(draw: Any) -> Update:
    sensitivity = draw(sensitivities)
    text, next_steps = (Text(draw(anything), sensitivity) for _ in range(2))
    return Update(draw(dates), draw(short(20)), text, next_steps, draw(short(200)))


@st.composite
def decisions(draw: Any, edition: CycleRecord) -> Decision:
    level = draw(st.none() | st.sampled_from(edition.levels))
    not_applicable = level is None and draw(st.booleans())
    origin = draw(origins)
    if draw(st.booleans()):
        waits = Decision(level, not_applicable, draw(texts))
        return Decision(to_confirm=waits, carried_from=origin)
    return Decision(level, not_applicable, draw(texts), carried_from=origin)


@st.composite
def questions(draw: Any, edition: CycleRecord, blank: Question, people: list[Person]) -> Question:
    positions = [answer.position for answer in blank.answers if answer.position]
    covers = st.just(())
    if positions:
        covers = st.sets(st.sampled_from(positions)).map(lambda found: tuple(sorted(found)))
    return dataclasses.replace(
        blank,
        assignee=draw(st.none() | st.sampled_from(people)) if people else None,
        answers=tuple(
            Answer(each.position, each.prompt, draw(decisions(edition))) for each in blank.answers
        ),
        statements=tuple(
            draw(st.lists(st.builds(Statement, texts, covers, **carried), max_size=3))
        ),
        documents=tuple(draw(st.lists(documents(), max_size=2))),
    )


@st.composite
def benchmarks(
    draw: Any, edition: CycleRecord, blank: Benchmark, people: list[Person]
) -> Benchmark:
    return dataclasses.replace(
        blank,
        decision=draw(decisions(edition)).of_benchmark,
        actions=draw(texts),
        comments=draw(texts),
        questions=tuple(draw(questions(edition, each, people)) for each in blank.questions),
    )


@st.composite
def actions(draw: Any, edition: CycleRecord, number: int, people: list[Person]) -> Action:
    sensitivity = draw(sensitivities)
    status = draw(st.sampled_from(ActionStatus.values))
    due_date = draw(maybe_dates)
    names = draw(st.lists(short(200), max_size=3, unique=True))
    emails = st.sampled_from(["", *(person.email for person in people)])
    places = [
        Link(ref, answer.position)
        for ref, question in edition.questions.items()
        for answer in (*question.answers, Answer(0, "", Decision()))
    ]
    links = draw(st.sets(st.sampled_from(sorted(set(places), key=repr)), min_size=1, max_size=3))
    return Action(
        number=number,
        text=Text(draw(anything), sensitivity),
        status=status,
        owners=tuple(Owner(Text(name, sensitivity), draw(emails)) for name in names),
        due_date=due_date,
        due_words=Text("" if due_date else draw(short(200)), sensitivity),
        completed_on=draw(maybe_dates) if status == ActionStatus.COMPLETED else None,
        links=tuple(
            dataclasses.replace(link, **draw(st.fixed_dictionaries(carried)))
            for link in sorted(links, key=lambda link: (link.ref, link.position))
        ),
        updates=tuple(draw(st.lists(updates(), max_size=2))),
    )


@st.composite
def records(draw: Any, edition: CycleRecord, people: list[Person]) -> CycleRecord:
    """`people`: who may be named with an e-mail address."""
    count = draw(st.integers(0, 3))
    return dataclasses.replace(
        edition,
        period=draw(short(50).filter(str.strip)),
        as_at=draw(dates),
        closes_on=draw(maybe_dates),
        benchmarks=tuple(draw(benchmarks(edition, each, people)) for each in edition.benchmarks),
        actions=tuple(draw(actions(edition, n, people)) for n in range(1, count + 1)),
    )
