"""Every figure of the dashboard leads to the rows behind it, as many as it says."""

import datetime
import re
from html import unescape

import pytest
from django.test import Client

from assessments.models import Action, Cycle, EvidenceItem, Membership, User
from assessments.presenters.dashboard import Dashboard
from assessments.presenters.heat_map import MOST_COLUMNS
from tests.assessments.boards import (
    TODAY,
    act,
    address,
    answer,
    challenge,
    main_of,
    rate,
    words_in,
    words_of,
)
from tests.budgets import assert_budget
from tests.cast import SignIn
from tests.volume import add_earlier_cycle, add_member, fill

LINK = re.compile(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
FIGURE = re.compile(r"(\d+)(?![.\d/])\b")  # not the start of “1. Local risk” or “1.1”


@pytest.fixture
def busy(mixed: Cycle, last_year: Cycle, chair: User, lead: User, contributor: User) -> Cycle:
    """Something behind every figure that the dashboard can show."""
    for year in range(MOST_COLUMNS):
        add_earlier_cycle(mixed, 2000 + year, lead)
    answer(mixed, "1.1", "red", "green", "green")
    answer(mixed, "2.2", "amber", "amber")
    act(mixed, "1.1", "Late", "Ann", days=-20)
    act(mixed, "1.1", "Later", days=-300)
    act(mixed, "1.2", "In time", "Ann", "Bob", days=20)
    act(mixed, "2.1", "Undated", lead.name)
    act(last_year, "1.1", "Not of this cycle", "Ann", days=-9)
    twice = act(mixed, "2.2", "Of the lead", days=-5)
    twice.owners.create(name="Lena", user=lead)
    twice.owners.create(name="The lead", user=lead)
    done = act(mixed, "1.1", "Done", "Ann", days=-9)
    Action.objects.filter(pk=done.pk).update(status="completed")
    yesterday = TODAY - datetime.timedelta(days=1)
    question = mixed.questions.get(question__ref="1.1").question
    for title in ("Policy", "Plan"):
        EvidenceItem.objects.create(
            cycle=mixed, question=question, title=title, review_on=yesterday
        )
    for state in ("open", "answered", "resolved"):
        challenge(mixed, chair, state)
    holding(mixed, contributor, "Police", "1.1")
    holding(mixed, lead, "", "2.1", "2.2")
    return mixed


def holding(cycle: Cycle, user: User, organisation: str, *refs: str) -> None:
    Membership.objects.filter(user=user).update(organisation=organisation)
    cycle.questions.filter(question__ref__in=refs).update(assignee=user)


def board_of(html: str) -> str:
    """Without what counts nothing: the links above it, charts, the periods in the table of
    ratings, and the list of other cycles."""
    board = html[html.index('<p class="app-lede') : html.rindex("<nav")]
    board = re.sub(r'<ul class="app-link-row.*?</ul>', "", board, flags=re.DOTALL)
    board = re.sub(r"<svg.*?</svg>", "", board, flags=re.DOTALL)
    return re.sub(r'<table class="[^"]*app-heat.*?</table>', "", board, flags=re.DOTALL)


def figures(html: str) -> list[tuple[int, str, str]]:
    """Every number that a link begins with, the words of the link, and where it leads."""
    found = []
    for href, inner in LINK.findall(board_of(html)):
        words = words_in(inner).strip()
        if number := FIGURE.match(words):
            found.append((int(number[1]), words, unescape(href)))
    return found


def rows_at(client: Client, href: str) -> int:
    """How many rows the page lists: of the register, of the gaps, or of a figure's own page."""
    html = main_of(client.get(href))
    if "/actions/" in href:
        return len({*re.findall(r'class="app-register__item" id="action-(\d+)"', html)})
    if href.endswith("/check/"):
        gaps = re.findall(r'<ul class="app-gaps">.*?</ul>', html, re.DOTALL)
        return sum(len(LINK.findall(each)) for each in gaps)
    rows = re.search(r'id="rows">(.*?)</ul>', html, re.DOTALL)
    return rows[1].count("<li>") if rows else 0


def test_each_figure_has_as_many_rows_behind_it(busy: Cycle, as_: SignIn, chair: User) -> None:
    client = as_(chair)
    found = figures(main_of(client.get(address(busy))))
    wrong = {
        (words, href): (count, rows)
        for count, words, href in found
        if (rows := rows_at(client, href)) != count
    }
    assert wrong == {}
    words = "; ".join(each[1] for each in found)
    for kind in (
        "1 Amber", "1 Red", "overdue", "gaps", "2 challenges", "1 unanswered",
        "benchmark rated Red", "rated lower", "expectations of compliance", "documents past",
        "not rated", "all", "earlier cycle", "open", "no date", "questions completed", "to go",
        "answers given", "of",
    ):  # fmt: skip
        assert kind in words, kind


def test_no_figure_stands_without_its_rows(busy: Cycle, as_: SignIn, chair: User) -> None:
    """What is left besides links are periods, notes on one thing, and noughts."""
    html = board_of(main_of(as_(chair).get(address(busy))))
    left = words_in(re.sub(r"<caption.*?</caption>", "", LINK.sub("", html), flags=re.DOTALL))
    for known in (
        r"since 2019",
        r"in 2019",
        r"20\d\d(/\d\d)? (Red|Amber|Green|Not decided)",
        r"by \d+ days",
        r"1\. Local risk",
        r"2\. Training",
        r"paragraph 1",
    ):
        left = re.sub(known, "", left)
    assert re.findall(r".{0,40}[1-9].{0,20}", left) == []


@pytest.mark.parametrize(("falls", "rises"), [(2, 1), (0, 3)])
def test_moves_that_are_counted_have_their_rows_too(
    cycle: Cycle, last_year: Cycle, as_: SignIn, chair: User, falls: int, rises: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("assessments.presenters.dashboard_sentence.MOST_NAMED", 0)
    rate(last_year, 1, "amber" if falls else "red")
    rate(cycle, 1, "red" if falls else "amber")
    rate(cycle, 2, "amber")
    client = as_(chair)
    found = figures(main_of(client.get(address(cycle))))
    moved = [(count, href) for count, words, href in found if re.search(r"\d (up|down)$", words)]
    assert len(moved) == (2 if falls else 1)
    assert all(rows_at(client, href) == count for count, href in moved)


def test_every_link_on_it_leads_somewhere(busy: Cycle, as_: SignIn, chair: User) -> None:
    client = as_(chair)
    html = client.get(address(busy)).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    hrefs = {unescape(found).partition("#")[0] for found in re.findall(r'href="([^"]+)"', main)}
    statuses = {href: client.get(href).status_code for href in hrefs if href}
    assert {href: code for href, code in statuses.items() if code != 200} == {}
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_addresses_of_figures_hold_no_names(busy: Cycle, as_: SignIn, chair: User) -> None:
    html = main_of(as_(chair).get(address(busy)))
    addresses = re.findall(r'href="([^"]+)"', html)
    assert not [each for each in addresses if re.search("Ann|Bob|Police|Lena", each)]


def test_ratings_of_answers_are_counted_with_good_practice_apart(cycle: Cycle) -> None:
    answer(cycle, "1.1", "red", "green", "green")
    answer(cycle, "1.2", "amber")
    found = Dashboard(cycle).distribution
    assert found.labels == ("Green", "Amber", "Red", "Not applicable", "Not rated")
    assert [
        (bar.number, bar.category, [part.count for part in bar.parts]) for bar in found.bars
    ] == [
        (1, "expectation", [2, 0, 1, 0, 0]),
        (1, "good_practice", [0, 1, 0, 0, 0]),
        (2, "expectation", [0, 0, 0, 0, 3]),
    ]
    assert [(bar.category, bar.total) for bar in found.totals] == [
        ("expectation", 6),
        ("good_practice", 1),
    ]
    assert "Expectations of compliance: 2 Green, 1 Red, 3 Not rated" in found.drawing.about


def test_open_actions_are_counted_with_each_owner(cycle: Cycle, lead: User) -> None:
    act(cycle, "1.1", "Together", "Ann", "Bob", days=-1)
    act(cycle, "1.2", "Alone", "Bob", days=5)
    act(cycle, "2.1", "Nobody's")
    done = act(cycle, "2.2", "Done", "Ann", days=-9)
    Action.objects.filter(pk=done.pk).update(status="completed")
    lines = [(each.name, each.open, each.overdue, each.undated) for each in Dashboard(cycle).owners]
    assert lines == [("Bob", 2, 1, 0), ("Ann", 1, 1, 0), ("No owner", 1, 0, 1)]


def test_a_colleague_of_two_names_is_one_owner(cycle: Cycle, lead: User) -> None:
    both = act(cycle, "1.1", "Both")
    both.owners.create(name="Lena", user=lead)
    both.owners.create(name="The lead", user=lead)
    [line] = Dashboard(cycle).owners
    assert (line.name, line.open) == ("Lena", 1)


# Completeness


def shares(cycle: Cycle, kind: str) -> list[tuple[str, list[int]]]:
    lines = getattr(Dashboard(cycle), kind)
    return [(line.name, [number for _, number, _ in line.cells]) for line in lines]


def test_contributors_stand_with_what_they_have_answered(cycle: Cycle, contributor: User) -> None:
    cycle.questions.filter(question__ref="1.1").update(assignee=contributor)
    answer(cycle, "1.1", "red", "green", "green")
    assert shares(cycle, "shares") == [
        ("Conor Contributor", [1, 0, 3, 3]),
        ("Nobody yet", [0, 3, 0, 4]),
    ]


def test_partners_stand_with_what_their_people_have_answered(
    cycle: Cycle, contributor: User, lead: User
) -> None:
    colleague = add_member(cycle.council, 1)
    holding(cycle, contributor, "Police", "1.1")
    holding(cycle, colleague, "Police", "1.2")
    holding(cycle, lead, "", "2.1")
    answer(cycle, "1.1", "red", "green", "green")
    assert shares(cycle, "partners") == [
        ("Police", [1, 1, 3, 4]),
        ("No organisation given", [0, 1, 0, 1]),
        ("Nobody yet", [0, 1, 0, 2]),
    ]


def test_all_shares_make_up_the_task_list(busy: Cycle, as_: SignIn, chair: User) -> None:
    for lines in (Dashboard(busy).shares, Dashboard(busy).partners):
        answers = [line.answers for line in lines]
        task_list = words_of(as_(chair).get(f"/councils/northmere/cycles/{busy.pk}/"))
        assert f"{sum(a.answered for a in answers)} of {sum(a.total for a in answers)}" in task_list


def test_an_organisation_of_another_council_counts_for_nothing_here(
    cycle: Cycle, contributor: User, southbeck: object
) -> None:
    Membership.objects.create(
        council=southbeck, user=contributor, role="viewer", organisation="Southbeck"
    )
    holding(cycle, contributor, "", "1.1")
    Membership.objects.filter(council=southbeck).update(organisation="Southbeck")
    assert shares(cycle, "partners")[0][0] == "No organisation given"


def test_whoever_can_mend_a_missing_organisation_is_led_there(
    busy: Cycle, as_: SignIn, chair: User, lead: User
) -> None:
    place = "/councils/northmere/people/organisations/"
    page = as_(chair).get(address(busy)).content.decode()
    assert "The toolkit lead can give them one" in page
    assert place not in page
    assert f'href="{place}"' in as_(lead).get(address(busy)).content.decode()


# The page of a figure


def test_the_rows_say_what_they_are_of(busy: Cycle, as_: SignIn, chair: User) -> None:
    client = as_(chair)
    rows = f"{address(busy)}rows/?of="
    for query, words in {
        "rated&rating=red": "Benchmarks rated Red 1 in Small toolkit, 2025/26 1. Local risk",
        "answers&category=expectation&benchmark=1&rating=red": (
            "Answers: Red, Expectations of compliance, 1. Local risk"
        ),
        "questions&state=to-go&who=nobody": "Questions: to go, Nobody yet",
        "challenges": "Why? on 2. Training, open",
        "rising": "2. Training Amber up from Red",
    }.items():
        assert words in words_of(client.get(f"{rows}{query}")), query


@pytest.mark.parametrize("query", ["", "?of=nonsense", "?of=rated&rating=purple"])
def test_what_is_not_on_offer_lists_the_benchmarks(
    busy: Cycle, as_: SignIn, chair: User, query: str
) -> None:
    assert "Benchmarks 2 in Small toolkit" in words_of(
        as_(chair).get(f"{address(busy)}rows/{query}")
    )


def test_a_figure_without_rows_says_so(cycle: Cycle, as_: SignIn, chair: User) -> None:
    assert "None." in words_of(as_(chair).get(f"{address(cycle)}rows/?of=challenges"))


@pytest.mark.parametrize("of", ["answers", "questions", "challenges", "falling", "earlier"])
def test_its_cost_does_not_grow(cycle: Cycle, as_: SignIn, lead: User, of: str) -> None:
    client = as_(lead)
    page = f"councils:dashboard_rows, {of}"
    assert_budget(page, lambda: client.get(f"{address(cycle)}rows/?of={of}"))
    fill(cycle, lead)
    assert_budget(page, lambda: client.get(f"{address(cycle)}rows/?of={of}"))
