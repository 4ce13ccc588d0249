"""A real council's front sheets of 2019, 2021 and 2023: two scales, a changed rating, an “N/A”."""

import datetime
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from assessments.exports.workbook import build_workbook
from assessments.models import BenchmarkAssessment, Council, Cycle, Sensitivity, User
from assessments.presenters.dashboard import Dashboard
from assessments.presenters.heat_map import Row
from assessments.record_builder import build_history, build_record
from assessments.services.cycles import start_cycle
from assessments.services.judgement import Judgement, save_judgement
from benchmarks.editions.checking import read_edition
from benchmarks.editions.storing import load
from benchmarks.mappings.checking import read_mapping
from benchmarks.mappings.storing import load as load_mappings
from benchmarks.models import RatingLevel, Toolkit
from tests.budgets import assert_budget
from tests.cast import SignIn

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT.parent / "shared" / "reference" / "ratings-history.json"
FIXTURES = ROOT / "fixtures"
EDITION = FIXTURES / "toolkits" / "home-office-2018.yaml"
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


@pytest.fixture
def on_2023(cycles: dict[str, Cycle], lead: User) -> Cycle:
    """The year after on the edition of 2023, started from the last one: its rating of training
    confirmed one better, that of the risk assessment as it was carried."""
    ((toolkit, _),) = load([read_edition(FIXTURES / "toolkits" / "home-office-2023.yaml")])
    load_mappings([read_mapping(FIXTURES / "mappings" / "home-office-2018-to-2023.yaml")])
    cycle = start_cycle(
        council=cycles["2023"].council,
        toolkit=toolkit,
        scale=toolkit.default_scale,
        period="2024",
        as_at=datetime.date(2024, 2, 29),
        start_from=cycles["2023"],
        by=lead,
    )
    four = cycle.scale.levels.get(label="4")
    cycle.benchmarks.filter(benchmark__number=5).update(rating=four, to_confirm=False)
    cycle.benchmarks.filter(benchmark__number=2).update(to_confirm=False)
    return cycle


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


# On the edition of 2023 -----------------------------------------------------------------------
def cells_of(row: Row) -> list[list[str]]:
    """By year, what the benchmark, or those that became it, were rated."""
    return [
        [f"{old.number}: {old.decision.label}" for old in cell.became]
        or [cell.decision.label if cell.decision else "–"]
        for cell in row.cells
    ]


def test_the_years_before_stand_in_the_rows_of_what_their_benchmarks_became(
    on_2023: Cycle,
) -> None:
    new, old = Dashboard(on_2023).heat_map.groups
    assert [cells_of(row) for row in new.rows if row.number in (2, 5, 6)] == [
        [["1: Green"], ["1: Green"], ["1: 5"], ["5"]],
        [["7: Red"], ["7: Amber"], ["7: 3"], ["4"]],
        [["6: Green", "8: Amber"], ["6: Green", "8: Green"], ["6: 4", "8: 3"], ["Not decided"]],
    ]
    assert [cells_of(row) for row in old.rows] == [
        [["Amber"], ["Green"], ["Not applicable"], ["–"]]
    ]
    assert [row.title for row in old.rows] == ["5. Channel panel"]


def test_what_stayed_the_same_on_the_same_scale_is_said_to_have_moved(on_2023: Cycle) -> None:
    moves = Dashboard(on_2023).movement.moves
    assert [(move.benchmark.number, move.words) for move in moves] == [(5, "up from 3")]


def compared(
    client: Client, before: Cycle, after: Cycle
) -> list[tuple[list[int], int | None, str]]:
    response = client.get(f"/councils/northmere/compare/{before.pk}/{after.pk}/")
    assert response.status_code == 200
    return [
        ([old.number for old in pair.before], pair.after and pair.after.number, pair.says)
        for pair in response.context["comparison"].mapped
    ]


def test_two_cycles_are_compared_along_the_mapping(
    cycles: dict[str, Cycle], on_2023: Cycle, as_: SignIn, chair: User
) -> None:
    elsewhere = "Channel is assessed in the separate Channel panel assurance."
    assert compared(as_(chair), cycles["2021"], on_2023) == [
        ([2], 1, "another scale"),
        ([1], 2, "another scale"),
        ([3], 3, "another scale"),
        ([4], 4, "another scale"),
        ([7], 5, "another scale"),
        ([6, 8], 6, "merged"),
        ([9, 10], 7, "merged"),
        ([5], None, elsewhere),
    ]
    same_scale = compared(as_(chair), cycles["2023"], on_2023)
    assert same_scale[1:2] + same_scale[4:5] == [([1], 2, "same"), ([7], 5, "better")]
    turned = compared(as_(chair), on_2023, cycles["2021"])
    assert turned[4:6] == [([], 5, elsewhere), ([6], 6, "split")]


def test_comparing_two_editions_costs_as_much_as_two_cycles_of_one(
    cycles: dict[str, Cycle], on_2023: Cycle, as_: SignIn, chair: User
) -> None:
    client, address = as_(chair), f"/councils/northmere/compare/{cycles['2021'].pk}/{on_2023.pk}/"
    assert_budget("councils:comparison, two editions", lambda: client.get(address))


def test_the_workbooks_name_what_each_benchmark_became(
    cycles: dict[str, Cycle], on_2023: Cycle, as_: SignIn, chair: User
) -> None:
    record, history = build_record(on_2023), build_history(on_2023)
    sheet = build_workbook(record, history, on_2023.as_at)["Ratings history"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[3] for row in sheet.iter_rows(min_row=1, max_row=1, values_only=True)] == ["Now"]
    at = [row[0][-4:] + f" {row[1]}" for row in rows]
    assert at == [
        "2023 1", "2018 2", "2023 2", "2018 1", "2023 3", "2018 3", "2023 4", "2018 4",
        "2023 5", "2018 7", "2023 6", "2018 6", "2018 8", "2023 7", "2018 9", "2018 10", "2018 5",
    ]  # fmt: skip
    assert rows[9][2:] == [
        "Training programme", f"5. {rows[8][2]}", "■ Red", "▲ Amber", "● 3", None,
    ]  # fmt: skip
    assert rows[-1][3] == "Channel is assessed in the separate Channel panel assurance."

    address = f"/councils/northmere/compare/{cycles['2021'].pk}/{on_2023.pk}/workbook/"
    data = b"".join(as_(chair).get(address).streaming_content)  # type: ignore[attr-defined]
    sheet = load_workbook(BytesIO(data))["Benchmarks"]
    found = [list(row)[1:] for row in sheet.iter_rows(values_only=True)]
    at_six = next(place for place, row in enumerate(found) if row[-1] == "merged")
    assert [row[0] for row in found[at_six : at_six + 3]] == [6, 6, 8]
    assert [row[2:] for row in found[at_six + 1 : at_six + 3]] == [
        ["● Green", None, "now 6"],
        ["● Green", None, "now 6"],
    ]
