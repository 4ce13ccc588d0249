"""The board's page: one sentence, what needs attention, and figures that agree with their pages."""

import datetime
import re
from html import unescape
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    BenchmarkAssessment,
    Challenge,
    Council,
    Cycle,
    EvidenceItem,
    Stage,
    User,
)
from assessments.presenters.attention import Attention
from assessments.presenters.dashboard import Dashboard
from assessments.presenters.movement import Movement
from assessments.presenters.rated_cycles import RatedBenchmark, RatedCycle
from assessments.presenters.workload import OwnerLine
from assessments.record import Decision, Level
from assessments.services.cycles import start_cycle
from benchmarks.models import Toolkit
from tests.cast import SignIn
from tests.exports.documents import pdf_findings
from tests.volume import add_earlier_cycle, fill

TODAY = timezone.localdate()


def address(cycle: Cycle, part: str = "") -> str:
    return f"/councils/northmere/cycles/{cycle.pk}/dashboard/{part}"


def rate(cycle: Cycle, number: int, rating: str, **fields: Any) -> None:
    """`rating`: the slug of a level; or “n/a”."""
    level = None if rating == "n/a" else cycle.scale.levels.get(slug=rating)
    rows = BenchmarkAssessment.objects.filter(cycle=cycle, benchmark__number=number)
    rows.update(rating=level, not_applicable=rating == "n/a", version=1, **fields)


def answer(cycle: Cycle, ref: str, *ratings: str) -> None:
    rows = cycle.answers.filter(question__ref=ref).order_by("pk")
    for row, rating in zip(rows, ratings, strict=True):
        row.rating = cycle.scale.levels.get(slug=rating)
        row.save()


def act(cycle: Cycle, ref: str, text: str, *owners: str, days: int | None = None) -> Action:
    """`days`: until it is due; less than none is overdue."""
    due = TODAY + datetime.timedelta(days=days) if days is not None else None
    action = Action.objects.create(council=cycle.council, text=text, due_date=due)
    ActionOwner.objects.bulk_create(ActionOwner(action=action, name=name) for name in owners)
    question = cycle.questions.get(question__ref=ref).question
    ActionLink.objects.create(action=action, cycle=cycle, question=question)
    return action


@pytest.fixture
def last_year(cycle: Cycle, lead: User) -> Cycle:
    """Training Red, local risk Amber."""
    earlier = add_earlier_cycle(cycle, 2019, lead)
    rate(earlier, 1, "amber")
    rate(earlier, 2, "red")
    return earlier


@pytest.fixture
def mixed(cycle: Cycle, last_year: Cycle) -> Cycle:
    """Local risk has fallen to Red, training has risen to Amber."""
    rate(cycle, 1, "red", comments="The profile is old.")
    why = {"reason": "A named trainer left.", "reason_sensitivity": "exempt-1"}
    rate(cycle, 2, "amber", comments="Not shown: there is a reason.", **why)
    return cycle


def sentence(cycle: Cycle) -> list[str]:
    return [phrase.words for phrase in Dashboard(cycle).sentence]


def matters(cycle: Cycle) -> list[tuple[int, str]]:
    return [(each.count, each.words) for each in Dashboard(cycle).attention.matters]


def words_of(response: HttpResponse) -> str:
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


# The one sentence


def test_one_sentence_says_it_all(mixed: Cycle) -> None:
    act(mixed, "1.1", "Renew the profile", "Ann", days=-3)
    assert sentence(mixed) == [
        "1 Amber, 1 Red",
        "Local risk has moved from Amber to Red since 2019",
        "Training has moved from Red to Amber since 2019",
        "1 action overdue",
        f"ready to sign: no, {Dashboard(mixed).check.count} gaps",
    ]


def test_a_first_cycle_has_nothing_to_have_moved_from(cycle: Cycle) -> None:
    assert sentence(cycle)[:2] == ["2 not decided", "no actions overdue"]
    assert Dashboard(cycle).movement.none.startswith("There is no earlier cycle")


def test_when_nothing_has_moved_it_says_so(cycle: Cycle, last_year: Cycle) -> None:
    rate(cycle, 1, "amber")
    rate(cycle, 2, "n/a", reason="Done by the county")
    assert sentence(cycle)[:2] == ["1 Amber, 1 not applicable", "no benchmark has moved since 2019"]
    [move] = Dashboard(cycle).movement.moves
    assert (move.words, move.why.value) == ("was Red", "Done by the county")


def test_ready_to_sign_follows_the_stage(
    cycle: Cycle, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ready(stage: Stage, gaps: int) -> str:
        cycle.stage = stage
        board = Dashboard(cycle)
        monkeypatch.setattr(type(board.check), "count", gaps)
        return board.ready

    assert ready(Stage.DRAFT, 1) == "ready to sign: no, 1 gap"
    assert ready(Stage.DRAFT, 0) == "ready to sign: no, not sent to the board yet"
    assert ready(Stage.IN_REVIEW, 0) == "ready to sign: yes"
    assert ready(Stage.SIGNED_OFF, 3) == "signed off"
    challenge(cycle, lead)
    assert ready(Stage.IN_REVIEW, 2) == "ready to sign: only by accepting 2 gaps and 1 challenge"


# What needs attention


def challenge(cycle: Cycle, by: User, state: str = "open") -> Challenge:
    benchmark = cycle.benchmarks.get(benchmark__number=2).benchmark
    now = timezone.now()
    return Challenge.objects.create(
        cycle=cycle, benchmark=benchmark, text="Why?", state=state, raised_by=by, raised_at=now
    )


def test_the_worst_comes_first_and_no_more_than_seven_things(mixed: Cycle, chair: User) -> None:
    answer(mixed, "1.1", "red", "green", "green")
    answer(mixed, "2.2", "amber", "amber")
    act(mixed, "1.1", "Late", "Ann", days=-20)
    act(mixed, "1.1", "Later", days=-300)
    act(mixed, "1.2", "In time", "Ann", days=20)
    question = mixed.questions.first()
    assert question
    EvidenceItem.objects.create(
        cycle=mixed,
        question=question.question,
        title="Policy",
        review_on=TODAY - datetime.timedelta(days=1),
    )
    challenge(mixed, chair)
    challenge(mixed, chair, "answered")
    challenge(mixed, chair, "resolved")
    assert matters(mixed) == [
        (1, "benchmark rated Red"),
        (1, "benchmark rated lower than in 2019"),
        (2, "expectations of compliance not met"),
        (2, "actions overdue"),
        (1, "document past its review date"),
        (2, "challenges not resolved, 1 unanswered"),
    ]
    names = [[name.text.value for name in each.names] for each in board_matters(mixed)]
    assert names == [
        ["1. Local risk"],
        ["1. Local risk"],
        ["1.1", "2.2"],
        ["Later"],
        ["1.1"],
        ["2. Training", "2. Training"],
    ]
    assert board_matters(mixed)[3].names[0].note == "overdue the longest, by 300 days; nobody’s"


def board_matters(cycle: Cycle) -> Any:
    return Dashboard(cycle).attention.matters


def test_undecided_benchmarks_are_named(cycle: Cycle) -> None:
    assert matters(cycle) == [(2, "benchmarks not decided")]


def test_a_scored_two_is_as_grave_as_red() -> None:
    levels = [("2", "orange"), ("3", "green"), ("1", "red"), ("Amber", "amber")]
    rated = tuple(
        RatedBenchmark(number, "Any", Decision(Level(label, label, 1, colour, "▼", False, "")))
        for number, (label, colour) in enumerate(levels, start=1)
    )
    this = RatedCycle(1, "2023", TODAY, 1, "Edition", 1, "Score", rated)
    pages = SimpleNamespace(to=lambda *args: "", benchmark=lambda number: "")
    found = Attention(SimpleNamespace(at=pages), None, Movement(this, None, ())).grave()  # type: ignore[arg-type]
    assert (found.count, found.words) == (2, "benchmarks rated 1 or 2")


def test_nothing_to_attend_to_is_said(cycle: Cycle, as_: SignIn, chair: User) -> None:
    rate(cycle, 1, "green")
    rate(cycle, 2, "green")
    assert "Nothing: no benchmark is Red" in words_of(as_(chair).get(address(cycle)))


# Figures and the pages behind them


def test_figures_agree_with_the_pages_that_they_lead_to(
    mixed: Cycle, as_: SignIn, chair: User
) -> None:
    answer(mixed, "1.1", "red", "green", "green")
    act(mixed, "1.1", "Late", "Ann", days=-20)
    act(mixed, "2.1", "Later", days=-300)
    client, board = as_(chair), Dashboard(mixed)
    late = board.attention.overdue
    assert f"Overdue ({late.count})" in words_of(client.get(late.href))
    gaps = words_of(client.get(board.sentence[-1].href))
    assert f"{board.check.count} gaps in" in gaps
    task_list = words_of(client.get(f"/councils/northmere/cycles/{mixed.pk}/"))
    answers = [line.answers for line in board.shares]
    assert f"{sum(a.answered for a in answers)} of {sum(a.total for a in answers)}" in task_list


def test_every_link_on_it_leads_somewhere(mixed: Cycle, as_: SignIn, chair: User) -> None:
    answer(mixed, "1.1", "red", "green", "green")
    act(mixed, "1.1", "Late", "Ann", days=-20)
    challenge(mixed, chair)
    client = as_(chair)
    html = client.get(address(mixed)).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    hrefs = {unescape(found).partition("#")[0] for found in re.findall(r'href="([^"]+)"', main)}
    assert len(hrefs) > 12
    statuses = {href: client.get(href).status_code for href in hrefs if href}
    assert {href: code for href, code in statuses.items() if code != 200} == {}
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


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


def test_open_actions_are_counted_with_each_owner(cycle: Cycle) -> None:
    act(cycle, "1.1", "Together", "Ann", "Bob", days=-1)
    act(cycle, "1.2", "Alone", "Bob", days=5)
    act(cycle, "2.1", "Nobody's")
    done = act(cycle, "2.2", "Done", "Ann", days=-9)
    Action.objects.filter(pk=done.pk).update(status="completed")
    assert Dashboard(cycle).owners == [
        OwnerLine("Bob", open=2, overdue=1, undated=0),
        OwnerLine("Ann", open=1, overdue=1, undated=0),
        OwnerLine("No owner", open=1, overdue=0, undated=1),
    ]


def test_contributors_stand_with_what_they_have_answered(cycle: Cycle, contributor: User) -> None:
    cycle.questions.filter(question__ref="1.1").update(assignee=contributor)
    answer(cycle, "1.1", "red", "green", "green")
    lines = [(each.name, each.questions.answered, each.answers) for each in Dashboard(cycle).shares]
    assert [(name, done, tally.answered, tally.total) for name, done, tally in lines] == [
        ("Conor Contributor", 1, 3, 3),
        ("Nobody yet", 0, 0, 4),
    ]


# On screen


def test_what_moved_stands_with_the_officers_words(mixed: Cycle, as_: SignIn, chair: User) -> None:
    page = words_of(as_(chair).get(address(mixed)))
    assert re.search(r"1\. Local risk .*Red .*down from Amber .*The profile is old\.", page)
    assert re.search(r"2\. Training .*up from Red .*A named trainer left\. .*Exempt", page)
    assert "Not shown" not in page


def test_each_chart_has_words_in_its_place_and_a_table_under_it(
    mixed: Cycle, as_: SignIn, chair: User
) -> None:
    html = as_(chair).get(address(mixed)).content.decode()
    for name in ("heat-map", "distribution"):
        chart = html.index(f'aria-labelledby="{name}-title {name}-about"')
        assert f'<title id="{name}-title">' in html[chart:]
        assert f'<desc id="{name}-about">' in html[chart:]
        assert "<table" in html[chart : html.index("</section>", chart)]
    assert "style=" not in html


def test_an_earlier_dashboard_knows_nothing_of_later_cycles(
    mixed: Cycle, last_year: Cycle, as_: SignIn, chair: User
) -> None:
    assert [each.period for each in Dashboard(last_year).heat_map.columns] == ["2019"]
    page = as_(chair).get(address(last_year))
    assert f'href="{address(mixed)}"' in page.content.decode()


def test_an_action_and_an_owner_written_as_markup_are_inert(
    cycle: Cycle, as_: SignIn, chair: User
) -> None:
    act(cycle, "1.1", "<script>alert(1)</script>", "<b>Ann</b>", days=-1)
    html = as_(chair).get(address(cycle)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;b&gt;Ann&lt;/b&gt;" in html


def test_a_council_with_another_edition_sees_both(
    cycle: Cycle, lead: User, northmere: Council
) -> None:
    other = Toolkit.objects.create(
        slug="other",
        title="Other toolkit",
        publisher="Invented",
        source_title="None",
        source_url="https://example.org/",
        licence="None",
        attribution="None",
        issued_on=datetime.date(2024, 1, 1),
        roll_up={"rule": "worst", "categories": ["expectation"], "says": "The worst."},
    )
    scale = other.scales.create(slug="score", name="Score", position=1)
    scale.levels.create(slug="1", label="1", rank=1, colour="red", met=False, meaning="Bad.")
    benchmark = other.benchmarks.create(number=1, short_title="Leadership", statement="Lead.")
    benchmark.questions.create(ref="1.1", position=1, category="expectation", text="Do you?")
    other.published_at = timezone.now()
    other.save()
    new = start_cycle(
        council=northmere,
        toolkit=other,
        scale=scale,
        period="2026/27",
        as_at=datetime.date(2026, 12, 1),
        by=lead,
    )
    board = Dashboard(new)
    assert [group.title for group in board.heat_map.groups] == ["Other toolkit", "Small toolkit"]
    assert board.movement.none == "There is no earlier cycle on this edition to compare with."


# On paper


def pdf_of(client: Client, cycle: Cycle) -> bytes:
    response = client.get(address(cycle, "pdf/"))
    assert response["Content-Type"] == "application/pdf"
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_it_prints_on_one_tagged_page(
    mixed: Cycle, as_: SignIn, chair: User, tmp_path: Path
) -> None:
    act(mixed, "1.1", "Renew the profile", "Ann", days=-3)
    data = pdf_of(as_(chair), mixed)
    [page] = PdfReader(BytesIO(data)).pages
    text = re.sub(r"\s+", " ", page.extract_text())
    for words in (
        "Northmere Borough Council",
        "1 Amber, 1 Red; Local risk has moved from Amber to Red since 2019",
        "1 action overdue",
        "Renew the profile",
        "■ Red",
        "down from Amber. The profile is old.",
        "Exempt, paragraph 1: about an individual",
        "Board version: contains restricted text",
        "Nobody yet",
    ):
        assert words in text, words
    assert pdf_findings(data, tmp_path) == []


def test_much_of_everything_still_prints_on_one_page(
    mixed: Cycle, lead: User, as_: SignIn, chair: User
) -> None:
    fill(mixed, lead)
    for number in range(12):
        act(mixed, "1.1", f"Thing {number} " * 30, f"Owner {number} of a long name", days=-number)
    assert len(PdfReader(BytesIO(pdf_of(as_(chair), mixed))).pages) == 1
