"""A real council's front sheets of 2019, 2021 and 2023: two scales, a changed rating, an “N/A”."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from assessments.models import BenchmarkAssessment, Council, Cycle, Sensitivity, User
from assessments.presenters.dashboard import Dashboard
from assessments.services.cycles import start_cycle
from assessments.services.judgement import Judgement, save_judgement
from benchmarks.editions.checking import read_edition
from benchmarks.editions.storing import load
from benchmarks.models import RatingLevel, Toolkit
from tests.cast import SignIn

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT.parent / "shared" / "reference" / "ratings-history.json"
EDITION = ROOT / "fixtures" / "toolkits" / "home-office-2018.yaml"
YEARS = {
    "2019": ("rag", datetime.date(2019, 7, 4)),
    "2021": ("rag", datetime.date(2021, 12, 31)),
    "2023": ("score", datetime.date(2023, 2, 28)),
}

pytestmark = pytest.mark.skipif(
    not SOURCE.exists(), reason="the reference material (ratings-history.json) isn't here"
)


@pytest.fixture
def edition(db: None) -> Toolkit:
    ((toolkit, _),) = load([read_edition(EDITION)])
    return toolkit


@pytest.fixture
def cycles(northmere: Council, edition: Toolkit, lead: User) -> dict[str, Cycle]:
    """By year, as the front sheets have them."""
    sheets = json.loads(SOURCE.read_text("utf-8"))["ratings"]
    assert [sheet["period"] for sheet in sheets] == [*YEARS]
    return {sheet["period"]: entered(sheet, northmere, edition, lead) for sheet in sheets}


def entered(sheet: dict[str, Any], council: Council, edition: Toolkit, by: User) -> Cycle:
    scale_slug, as_at = YEARS[sheet["period"]]
    scale = edition.scales.get(slug=scale_slug)
    cycle = start_cycle(
        council=council,
        toolkit=edition,
        scale=scale,
        period=sheet["period"],
        as_at=as_at,
        by=by,
    )
    levels = {level.label: level for level in scale.levels.all()}
    rows = {row.benchmark.number: row for row in cycle.benchmarks.select_related("benchmark")}
    for entry in sheet["benchmarks"]:
        enter(rows[entry["number"]], entry, levels, by)
    return cycle


def enter(
    row: BenchmarkAssessment, entry: dict[str, Any], levels: dict[str, RatingLevel], by: User
) -> None:
    rating = str(entry["rag"] if "rag" in entry else entry["score"])
    not_applicable = rating == "N/A"
    judgement = Judgement(
        version=row.version,
        rating_id=None if not_applicable else levels[rating].pk,
        not_applicable=not_applicable,
        reason="Assessed separately" if not_applicable else "",
        reason_sensitivity=Sensitivity.PUBLIC,
        actions=entry.get("actions") or "",
        actions_sensitivity=Sensitivity.PUBLIC,
        comments=entry.get("comments") or "",
        comments_sensitivity=Sensitivity.PUBLIC,
    )
    assert save_judgement(assessment=row, judgement=judgement, by=by).changed


def row_of(board: Dashboard, number: int) -> list[str]:
    [group] = board.heat_map.groups
    row = next(each for each in group.rows if each.number == number)
    return [cell.decision.label if cell.decision else "–" for cell in row.cells]


def phrases(board: Dashboard) -> list[str]:
    return [phrase.words for phrase in board.sentence]


def test_each_rating_stands_on_the_scale_of_its_year(cycles: dict[str, Cycle]) -> None:
    board = Dashboard(cycles["2023"])
    assert [column.period for column in board.heat_map.columns] == ["2019", "2021", "2023"]
    assert row_of(board, 7) == ["Red", "Amber", "3"]
    assert row_of(board, 5) == ["Amber", "Green", "Not applicable"]
    assert board.heat_map.note.startswith("Rated on 2 scales")


def test_no_benchmark_is_said_to_have_moved_between_two_scales(cycles: dict[str, Cycle]) -> None:
    board = Dashboard(cycles["2023"])
    assert board.movement.moves == ()
    assert "another scale (Red, Amber, Green)" in board.movement.none
    assert phrases(board)[:2] == ["2 at 5, 4 at 4, 3 at 3, 1 not applicable", "no actions overdue"]


def test_training_moved_from_red_to_amber_and_the_officer_says_why(
    cycles: dict[str, Cycle],
) -> None:
    board = Dashboard(cycles["2021"])
    ups = {move.benchmark.number: move for move in board.movement.rises}
    assert [*ups] == [2, 5, 7, 8]
    assert board.movement.falls == ()
    comments = cycles["2021"].benchmarks.get(benchmark__number=7).comments
    assert (ups[7].words, ups[7].why.value) == ("up from Red", comments)
    assert phrases(board)[:2] == [
        "8 Green, 2 Amber",
        "4 up since 2019, Training programme from Red to Amber",
    ]


def test_the_page_draws_all_three_years(cycles: dict[str, Cycle], as_: SignIn, chair: User) -> None:
    page = shown(as_(chair), cycles["2023"])
    drawing = page[page.index('<svg class="app-drawing"') : page.index("</svg>")]
    training = drawing[drawing.index("7. Training") : drawing.index("8. Venue")]
    assert [word for word in ("Red", "Amber", "3") if f">{word}</text>" in training] == [
        "Red",
        "Amber",
        "3",
    ]
    channel = drawing[drawing.index("5. Channel") : drawing.index("6. Prevent")]
    assert ">N/A</text>" in channel


def shown(client: Client, cycle: Cycle) -> str:
    response = client.get(f"/councils/northmere/cycles/{cycle.pk}/dashboard/")
    assert response.status_code == 200
    return response.content.decode()
