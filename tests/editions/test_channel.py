"""A council completes the Channel panel assurance with its own statements, and a real council's
figures of April 2023 come out as they were published."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from assessments.models import Answer, Audience, Council, Cycle, Sensitivity, User
from assessments.presenters.dashboard import Dashboard
from assessments.presenters.judgement import BenchmarkPage
from assessments.presenters.summary import Summary
from assessments.record_builder import build_history
from assessments.services.answers import AnswerInput, save_question
from assessments.services.cycles import start_cycle
from assessments.services.editions import publish_draft
from assessments.services.judgement import Judgement, save_judgement
from benchmarks.editions.checking import read_edition
from benchmarks.editions.problems import EditionError
from benchmarks.editions.storing import load
from benchmarks.models import Toolkit
from tests.cast import SignIn
from tests.editions.drafting import FACTS, change, channel_draft, channel_toolkit, drafted

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT.parent / "shared" / "reference" / "ratings-history.json"
SENTENCE = "Channel panel assurance, April 2023: 27 Green and 3 Amber of 30."
# Short of the names and actions, so that the promises below hold without the reference too.
COUNTS = [(3, 1), (3, 0), (5, 0), (12, 1), (4, 1)]

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> list[dict[str, Any]]:
    """As the report of February 2024 prints them."""
    if not SOURCE.exists():
        pytest.skip("the reference material (ratings-history.json) isn't here")
    found: list[dict[str, Any]] = json.loads(SOURCE.read_text("utf-8"))["channel_assurance"][
        "areas"
    ]
    return found


@pytest.fixture
def channel(northmere: Council, lead: User) -> Cycle:
    cycle = started(channel_toolkit(northmere, lead), northmere, lead)
    for number, (green, amber) in enumerate(COUNTS, start=1):
        rate(cycle, number, ["green"] * green + ["amber"] * amber, lead)
    return cycle


@pytest.fixture
def main_cycle(northmere: Council, lead: User) -> Cycle:
    """On the Home Office's toolkit of 2018, with its benchmark 5, “Channel panel”."""
    ((toolkit, _),) = load([read_edition(ROOT / "fixtures" / "toolkits" / "home-office-2018.yaml")])
    return started(toolkit, northmere, lead, as_at=datetime.date(2023, 12, 1))


def started(
    toolkit: Toolkit, council: Council, by: User, as_at: datetime.date = datetime.date(2023, 4, 30)
) -> Cycle:
    return start_cycle(
        council=council,
        toolkit=toolkit,
        scale=toolkit.scales.all()[0],
        period="2023",
        as_at=as_at,
        by=by,
    )


def rate(cycle: Cycle, number: int, levels: list[str], by: User) -> None:
    """The statements of an area, in their order."""
    assessment = cycle.questions.get(question__benchmark__number=number)
    rows = Answer.objects.filter(cycle=cycle, question=assessment.question)
    slugs = {level.slug: level.pk for level in cycle.scale.levels.all()}
    answers = [
        AnswerInput(
            answer_id=row.pk,
            version=0,
            rating_id=slugs[level],
            not_applicable=False,
            reason="",
            reason_sensitivity=Sensitivity.PUBLIC,
        )
        for row, level in zip(rows.order_by("prompt__position"), levels, strict=True)
    ]
    save_question(assessment=assessment, answers=answers, statements=[], by=by)


def enter_actions(
    cycle: Cycle, number: int, text: str, by: User, sensitivity: str = "public"
) -> None:
    row = cycle.benchmarks.get(benchmark__number=number)
    judgement = Judgement(
        version=row.version,
        rating_id=None,
        not_applicable=False,
        reason="",
        reason_sensitivity=Sensitivity.PUBLIC,
        actions=text,
        actions_sensitivity=sensitivity,
        comments="",
        comments_sensitivity=Sensitivity.PUBLIC,
    )
    save_judgement(assessment=row, judgement=judgement, by=by)


def test_it_ships_with_its_five_areas_and_without_statements(northmere: Council, lead: User):
    draft = channel_draft(northmere, lead)
    areas = [each.content["short_title"] for each in drafted(draft).benchmarks]
    assert areas == [
        "Legal requirements",
        "Strategic governance",
        "Chairing skills",
        "Panel function",
        "Data protection",
    ]
    assert not any(each.content.get("prompts") for each in drafted(draft).questions)
    change(drafted(draft).about, lead, **FACTS)
    with pytest.raises(EditionError) as refused:
        publish_draft(draft=draft, by=lead)
    assert len(refused.value.problems) == 5
    assert all("from your own Home Office form" in each for each in refused.value.problems)


def test_it_is_the_councils_own(northmere: Council, southbeck: Council, lead: User):
    toolkit = channel_toolkit(northmere, lead)
    assert toolkit.slug == "northmere-channel-panel-assurance"
    assert toolkit.ownership.council == northmere  # type: ignore[attr-defined]


def test_the_published_figures_come_out(
    channel: Cycle, published: list[dict[str, Any]], lead: User, as_: SignIn
):
    for number, area in enumerate(published, start=1):
        enter_actions(channel, number, area["actions"] or "", lead)
    rows = [
        {
            "area": entry.short_title.casefold(),
            **{level.slug: count for level, count in counts.by_level},
            "actions": str(entry.actions) or None,
        }
        for counts, entry in Summary(channel, Audience.BOARD).rows
    ]
    expected = [
        {
            "area": area["area"].casefold(),
            **{name: area[name] for name in ("green", "amber", "red")},
        }
        | {"actions": area["actions"]}
        for area in published
    ]
    assert rows == expected
    totals = Summary(channel, Audience.BOARD).counted
    assert [(level.slug, count) for level, count in totals.totals] == [
        ("green", 27),
        ("amber", 3),
        ("red", 0),
    ]
    assert totals.total == 30
    page = as_(lead).get(f"/councils/northmere/cycles/{channel.pk}/summary/").content.decode()
    assert "Representation from health to be regular (ICB)" in page
    assert "All 30" in page


def test_the_public_reads_no_restricted_action(
    channel: Cycle, lead: User, viewer: User, as_: SignIn
):
    enter_actions(channel, 1, "Speak with Dr Secret.", lead, Sensitivity.NOT_FOR_PUBLICATION)
    address = f"/councils/northmere/cycles/{channel.pk}/summary/"
    assert "Dr Secret" in as_(lead).get(address).content.decode()
    assert "Dr Secret" not in as_(viewer).get(address).content.decode()


def test_it_stands_beside_the_channel_benchmark_alone(channel: Cycle, main_cycle: Cycle):
    assurance = BenchmarkPage(main_cycle, 5).assurance
    assert assurance
    assert assurance.cycle == channel
    assert assurance.sentence == SENTENCE
    assert BenchmarkPage(main_cycle, 4).assurance is None


def test_an_edition_without_that_benchmark_names_it_on_the_front_sheet(
    channel: Cycle, main_cycle: Cycle, northmere: Council, lead: User, viewer: User, as_: SignIn
):
    file = ROOT / "fixtures" / "toolkits" / "home-office-2023.yaml"
    ((edition, _),) = load([read_edition(file)])
    later = started(edition, northmere, lead, as_at=datetime.date(2023, 12, 1))
    address = "/councils/northmere/cycles/{}/front-sheet/"
    assert SENTENCE in as_(viewer).get(address.format(later.pk)).content.decode()
    for other in (channel, main_cycle):
        assert (
            "Assessed separately" not in as_(viewer).get(address.format(other.pk)).content.decode()
        )


def test_what_is_under_way_stands_beside_the_main_cycle_on_the_councils_home(
    channel: Cycle, main_cycle: Cycle, lead: User, as_: SignIn
):
    home = as_(lead).get("/councils/northmere/").context["home"]
    assert [each.cycle for each in home.current] == [main_cycle, channel]
    Cycle.objects.filter(pk=channel.pk).update(stage="signed-off")
    home = as_(lead).get("/councils/northmere/").context["home"]
    assert [each.cycle for each in home.current] == [main_cycle]


def test_the_latest_stands_there(channel: Cycle, main_cycle: Cycle, northmere: Council, lead: User):
    later = start_cycle(
        council=northmere,
        toolkit=channel.toolkit,
        scale=channel.scale,
        period="2024",
        as_at=datetime.date(2024, 4, 30),
        by=lead,
    )
    assurance = BenchmarkPage(main_cycle, 5).assurance
    assert assurance
    assert assurance.cycle == later
    assert assurance.sentence == "Channel panel assurance, April 2024: 30 not rated yet of 30."
    Cycle.objects.filter(pk=main_cycle.pk).update(stage="signed-off")
    main_cycle.refresh_from_db()
    assurance = BenchmarkPage(main_cycle, 5).assurance
    assert assurance
    assert assurance.cycle == channel


def test_its_sentence_is_taken_over_only_when_a_person_saves_it(
    channel: Cycle, main_cycle: Cycle, lead: User, as_: SignIn
):
    client: Client = as_(lead)
    address = f"/councils/northmere/cycles/{main_cycle.pk}/benchmarks/5/"
    page = client.get(address).content.decode()
    assert page.count(SENTENCE) == 0
    page = client.get(f"{address}?take-assurance=yes").content.decode()
    assert page.count(SENTENCE) == 1
    row = main_cycle.benchmarks.get(benchmark__number=5)
    assert (row.comments, row.version) == ("", 0)
    assert not main_cycle.drafts.exists()


def test_it_is_added_to_what_stands_there_once(
    channel: Cycle, main_cycle: Cycle, lead: User, as_: SignIn
):
    client = as_(lead)
    address = f"/councils/northmere/cycles/{main_cycle.pk}/benchmarks/5/"
    draft = {
        "comments-text": f"Typed. {SENTENCE}",
        "comments-sensitivity": "exempt-1",
        "version": 0,
    }
    client.post(f"{address}draft/", draft)
    response = client.get(f"{address}?take-assurance=yes")
    form = response.context["judgement"].comments
    assert form["text"].value() == f"Typed. {SENTENCE}"
    assert form["sensitivity"].value() == "exempt-1"


def test_histories_of_other_instruments_stay_apart(channel: Cycle, main_cycle: Cycle):
    assert [each.toolkit_title for each in build_history(main_cycle)] == [main_cycle.toolkit.title]
    assert [each.toolkit_title for each in build_history(channel)] == [channel.toolkit.title]
    assert len(Dashboard(main_cycle).heat_map.columns) == 1
