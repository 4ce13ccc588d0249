"""Benchmarks by cycles: ratings of different scales and editions side by side, none converted."""

import datetime
import re
from dataclasses import replace
from pathlib import Path

import pytest

from assessments import drawing
from assessments.carrying import Link
from assessments.presenters.heat_map import MOST_COLUMNS, HeatMap, heat_map_of
from assessments.presenters.movement import movement_of
from assessments.presenters.rated_cycles import RatedBenchmark, RatedCycle, previous
from assessments.record import BenchmarkDecision, Level
from assessments.templatetags.figures import latest_first, rating_cells

TOKENS = Path(__file__).resolve().parents[2] / "static" / "src" / "_tokens.scss"


def level(label: str, rank: int, colour: str, shape: str) -> BenchmarkDecision:
    return BenchmarkDecision(
        Level(label.lower(), label, rank, colour, shape, rank > 2, f"Means {label}.")
    )


RED = level("Red", 1, "red", "■")
AMBER = level("Amber", 2, "amber", "▲")
GREEN = level("Green", 3, "green", "●")
THREE = level("3", 3, "green", "●")
NOT_APPLICABLE, UNDECIDED = BenchmarkDecision(not_applicable=True), BenchmarkDecision()
RAG, SCORE = (1, "Red, Amber, Green"), (2, "Score from 1 to 5")


def cycle(
    year: int, scale: tuple[int, str], *ratings: BenchmarkDecision, edition: int = 2018
) -> RatedCycle:
    titles = ["Local risk", "Training <programme>", "Venues"]
    return RatedCycle(
        pk=year,
        period=str(year),
        as_at=datetime.date(year, 12, 31),
        toolkit_id=edition,
        toolkit_title=f"Edition {edition}",
        scale_id=scale[0],
        scale_name=scale[1],
        benchmarks=tuple(
            RatedBenchmark(number, title, rating)
            for number, (title, rating) in enumerate(zip(titles, ratings, strict=False), start=1)
        ),
    )


OLD = cycle(2019, RAG, RED, AMBER)
MIDDLE = cycle(2021, RAG, AMBER, GREEN)
SCORED = cycle(2023, SCORE, THREE, NOT_APPLICABLE)
NEWER = cycle(2024, (3, "Score from 1 to 5"), THREE, UNDECIDED, RED, edition=2023)


def labels(found: HeatMap) -> list[list[list[str]]]:
    """By edition and row."""
    return [
        [
            [each.decision.label if each.decision else "–" for each in row.cells]
            for row in group.rows
        ]
        for group in found.groups
    ]


def test_each_column_keeps_its_own_scale() -> None:
    found = heat_map_of([OLD, MIDDLE, SCORED], SCORED)
    assert labels(found) == [[["Red", "Amber", "3"], ["Amber", "Green", "Not applicable"]]]
    assert found.note == (
        "Rated on 2 scales (Red, Amber, Green and Score from 1 to 5). Each rating stands as it "
        "was given; none is converted."
    )
    assert [scale for scale, _ in found.levels] == ["Red, Amber, Green", "Score from 1 to 5"]


def test_one_scale_and_edition_need_no_note() -> None:
    assert heat_map_of([OLD, MIDDLE], MIDDLE).note == ""


def test_benchmarks_of_another_edition_stand_in_rows_of_their_own() -> None:
    found = heat_map_of([OLD, NEWER], NEWER)
    assert [group.title for group in found.groups] == ["Edition 2023", "Edition 2018"]
    assert labels(found) == [
        [["–", "3"], ["–", "Not decided"], ["–", "Red"]],
        [["Red", "–"], ["Amber", "–"]],
    ]


def test_later_cycles_and_the_oldest_of_many_are_left_out() -> None:
    many = [cycle(year, RAG, GREEN) for year in range(2010, 2022)]
    found = heat_map_of(many, many[-2])
    assert [column.pk for column in found.columns] == list(range(2021 - MOST_COLUMNS, 2021))
    assert found.left_out == 11 - MOST_COLUMNS


def test_the_cycle_before_is_the_last_one_on_the_same_edition() -> None:
    cycles = [OLD, MIDDLE, NEWER, SCORED]
    assert previous(cycles, SCORED) == MIDDLE
    assert previous(cycles, NEWER) is None
    assert previous(cycles, OLD) is None


LINKS = (
    Link((1,), (2,), "same"),
    Link((2, 3), (1,), "merged"),
    Link((4,), (), "dropped", "Elsewhere."),
)
MAPPED = {(2018, 2023): LINKS}


def with_four(year: int, scale: tuple[int, str], *ratings: BenchmarkDecision) -> RatedCycle:
    return replace(
        cycle(year, scale),
        benchmarks=tuple(
            RatedBenchmark(number, f"Old {number}", rating)
            for number, rating in enumerate(ratings, start=1)
        ),
    )


BEFORE = with_four(2022, RAG, GREEN, AMBER, RED, GREEN)
AFTER = cycle(2024, (3, "Score from 1 to 5"), THREE, UNDECIDED, edition=2023)


def test_along_a_mapping_old_ratings_stand_in_the_row_of_what_they_became() -> None:
    found = heat_map_of([BEFORE, AFTER], AFTER, MAPPED)
    assert [group.title for group in found.groups] == ["Edition 2023", "Edition 2018"]
    new, old = found.groups
    became = [[(b.number, b.decision.label) for b in row.cells[0].became] for row in new.rows]
    assert became == [[(2, "Amber"), (3, "Red")], [(1, "Green")]]
    assert [row.title for row in old.rows] == ["4. Old 4"]
    assert "none is converted" in found.note
    assert "A number before a rating" in found.note


def test_ratings_that_became_one_are_drawn_side_by_side_with_their_numbers() -> None:
    svg = heat_map_of([BEFORE, AFTER], AFTER, MAPPED).drawing.svg
    assert ">1: Green<" in svg
    assert ">2<" in svg or ">2: Amber<" in svg
    assert svg.count('fill="#b3261e"') == 1


def test_the_table_gives_them_in_words() -> None:
    (row, _) = heat_map_of([BEFORE, AFTER], AFTER, MAPPED).groups[0].rows
    cells = re.sub(r"<(?!br)[^>]+>|\s", "", rating_cells(row.pairs))
    assert "2:Amber<br>3:Red" in cells


def test_on_a_phone_the_latest_rating_comes_first() -> None:
    [group] = heat_map_of([cycle(2024, RAG, RED), now := cycle(2025, RAG, GREEN)], now).groups
    words = re.sub(r"\s*<[^>]+>\s*", " ", latest_first(group.rows[0].pairs))
    assert re.findall(r"20\d\d|Red|Green", words) == ["2025", "Green", "2024", "Red"]


def test_the_cycle_before_may_be_on_an_edition_that_a_mapping_leads_from() -> None:
    since = previous([BEFORE, AFTER], AFTER, MAPPED)
    assert since is not None
    assert [(each.number, each.decision) for each in since.benchmarks] == [(2, GREEN)]
    assert previous([BEFORE, AFTER], AFTER) is None
    assert not movement_of(AFTER, since, {}).is_comparable


def test_on_a_scale_of_the_same_name_what_stayed_the_same_can_move() -> None:
    before = with_four(2022, RAG, GREEN, AMBER, RED, GREEN)
    after = cycle(2024, (9, RAG[1]), RED, AMBER, edition=2023)
    movement = movement_of(after, previous([before, after], after, MAPPED), {})
    assert [(move.benchmark.number, move.words) for move in movement.moves] == [
        (2, "down from Green")
    ]


def test_a_drawing_has_words_in_every_cell_and_is_read_by_its_title() -> None:
    drawn = heat_map_of([OLD, MIDDLE, SCORED, NEWER], NEWER).drawing
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawn.svg)
    ratings = [text for text in texts if text in {"Red", "Amber", "Green", "3", "N/A"}]
    assert sorted(ratings) == ["3", "3", "Amber", "Amber", "Green", "N/A", "Red", "Red"]
    assert "Not decided" in texts
    assert "2. Training &lt;programme&gt;" in texts
    assert 'role="img" aria-labelledby="heat-map-title heat-map-about"' in drawn.svg
    assert "<title id=" in drawn.svg
    assert "5 benchmarks down, 4 cycles across, from 2019 to 2024" in drawn.alt


def test_of_a_long_period_both_ends_are_drawn_and_all_of_it_is_in_the_table() -> None:
    year = replace(OLD, period="January to December 2020")
    half = replace(MIDDLE, period="2021/22 second half")
    found = heat_map_of([year, half], half)
    svg = found.drawing.svg
    assert ">January to…2020<" in svg
    assert ">2021/22 se…half<" in svg
    assert [period for period, *_ in found.groups[0].rows[0].pairs] == [year.period, half.period]


def test_a_drawing_keeps_to_the_content_security_policy() -> None:
    svg = heat_map_of([OLD, SCORED], SCORED).drawing.svg
    assert "style=" not in svg
    assert "url(" not in svg


def test_a_line_parts_cycles_that_cannot_be_compared() -> None:
    def lines(*cycles: RatedCycle) -> int:
        svg = heat_map_of(cycles, cycles[-1]).drawing.svg
        return svg.count(f'stroke="{drawing.INK}"')

    assert lines(OLD, MIDDLE) == 0
    assert lines(OLD, MIDDLE, SCORED) == 1
    assert lines(MIDDLE, SCORED, NEWER) == 2


def test_every_level_is_drawn_in_the_colours_of_the_pages() -> None:
    pattern = r'"(\w+)": \(solid: (#\w+), text: (#\w+), deep: (#\w+)'
    tokens = {name: tuple(rest) for name, *rest in re.findall(pattern, TOKENS.read_text())}
    drawn = {name: (look.fill, look.text, look.edge) for name, look in drawing.LEVELS.items()}
    assert drawn == tokens


@pytest.mark.parametrize(
    ("width", "shows"),
    [(8, ""), (14, "shape"), (20, "word"), (40, "shape and word"), (120, "shape and word")],
)
def test_a_box_shows_no_more_than_fits(width: float, shows: str) -> None:
    drawn = drawing.marked_box(0, 0, width, 20, drawing.LEVELS["red"], "12", size=12)
    assert ("<path" in drawn) == ("shape" in shows)
    assert ("<text" in drawn) == ("word" in shows)
