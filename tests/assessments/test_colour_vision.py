"""Ratings can be read by people who see few colours or none: contrast, a word and a shape."""

import re
from pathlib import Path

import pytest

from assessments import drawing
from assessments.record import BenchmarkDecision, Level
from assessments.templatetags.design import PATHS, rating
from benchmarks.models import RatingLevel
from tests.colour_vision import SIMULATIONS, Colour, contrast, linear, seen_with

TOKENS = Path(__file__).resolve().parents[2] / "static" / "src" / "_tokens.scss"
TOKEN = re.compile(r'"(\w+)": \(solid: (#\w{6}), text: (#\w{6}), deep: (#\w{6}), tint: (#\w{6})\)')
LEVELS = {name: colours for name, *colours in TOKEN.findall(TOKENS.read_text())}
ENOUGH = 4.5
WHITE = linear("#ffffff")


def test_every_level_is_looked_at() -> None:
    assert set(LEVELS) == set(RatingLevel.Colour.values)


def test_a_simulation_leaves_black_white_and_grey_as_they_are() -> None:
    for simulation in SIMULATIONS:
        for code in ("#000000", "#808080", "#ffffff"):
            assert seen_with(simulation, linear(code)) == pytest.approx(linear(code), abs=1e-3)


def test_red_and_green_of_one_lightness_fall_together_without_red_cones() -> None:
    """Or the simulation would show nothing."""
    red, green = linear("#b3261e"), linear("#0f7a52")
    assert distance(seen_with("protanopia", red), seen_with("protanopia", green)) < distance(
        red, green
    )


def distance(one: Colour, other: Colour) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("simulation", SIMULATIONS)
@pytest.mark.parametrize("level", LEVELS)
def test_the_word_on_its_colour_can_be_read(level: str, simulation: str) -> None:
    solid, text, deep, _ = (seen_with(simulation, linear(code)) for code in LEVELS[level])
    assert contrast(text, solid) >= ENOUGH
    assert contrast(deep, WHITE) >= ENOUGH


@pytest.mark.parametrize("simulation", SIMULATIONS)
def test_what_has_no_level_can_be_read_too(simulation: str) -> None:
    for look in (drawing.NOT_APPLICABLE, drawing.UNDECIDED):
        fill, text = (seen_with(simulation, linear(code)) for code in (look.fill, look.text))
        assert contrast(text, fill) >= ENOUGH


@pytest.mark.parametrize("colour", RatingLevel.Colour.values)
def test_a_tag_and_a_cell_of_the_heat_map_hold_the_word_and_the_shape(colour: str) -> None:
    level = Level(
        colour, "Word", 1, colour, RatingLevel.SHAPES[RatingLevel.Colour(colour)], True, ""
    )
    decision = BenchmarkDecision(level)
    cell = drawing.marked_box(0, 0, 112, 26, drawing.look_of(decision), decision.label)
    for drawn in (str(rating(decision)), cell):
        assert "Word<" in drawn
        assert PATHS[colour] in drawn


def test_no_two_levels_have_one_shape() -> None:
    shapes = [PATHS[colour] for colour in RatingLevel.Colour.values]
    assert len({*shapes, PATHS["not-applicable"]}) == len(shapes) + 1
    assert len({*RatingLevel.SHAPES.values()}) == len(shapes)
