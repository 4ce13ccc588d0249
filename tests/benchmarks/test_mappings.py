"""Mappings between editions: data in a file, checked by line, loaded once and never altered."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from benchmarks.editions.problems import EditionError
from benchmarks.locks import FixedError
from benchmarks.mappings.checking import parse_mapping, read_mapping
from benchmarks.mappings.storing import load
from benchmarks.models import EditionMapping
from tests.small_toolkit import make_small_toolkit

FIXTURES = Path(__file__).parents[2] / "fixtures"
SHIPPED = FIXTURES / "mappings" / "home-office-2018-to-2023.yaml"

SOUND = """from: small
to: other
says: Two became one.
links:
  - from: [1, 2]
    to: [1]
    relation: merged
"""


@pytest.fixture
def editions(db: None) -> None:
    for slug in ("home-office-2018", "home-office-2023"):
        call_command(
            "toolkit", "load", str(FIXTURES / "toolkits" / f"{slug}.yaml"), stdout=StringIO()
        )


@pytest.fixture
def small_editions(db: None) -> None:
    make_small_toolkit()
    make_small_toolkit(slug="other")


def problems(text: str) -> list[str]:
    with pytest.raises(EditionError) as caught:
        parse_mapping(text, "m.yaml")
    return caught.value.problems


def test_the_shipped_mapping_loads_beside_its_editions(editions: None):
    ((mapping, is_new),) = load([read_mapping(SHIPPED)])
    assert is_new
    pairs = {(old, new) for link in mapping.links for old in link["from"] for new in link["to"]}
    assert pairs == {
        (2, 1), (1, 2), (3, 3), (4, 4), (7, 5), (6, 6), (8, 6), (9, 7), (10, 7),
    }  # fmt: skip
    (dropped,) = [link for link in mapping.links if link["relation"] == "dropped"]
    assert dropped["from"] == [5]
    assert "Channel panel assurance" in dropped["note"]


def test_loading_again_changes_nothing(editions: None):
    load([read_mapping(SHIPPED)])
    ((_, is_new),) = load([read_mapping(SHIPPED)])
    assert not is_new
    assert EditionMapping.objects.count() == 1


def test_a_mapping_that_is_loaded_cannot_be_altered(editions: None):
    load([read_mapping(SHIPPED)])
    changed = parse_mapping(SHIPPED.read_text().replace("to: [5]", "to: [6]"), "m.yaml")
    with pytest.raises(EditionError, match="cannot be altered"):
        load([changed])
    mapping = EditionMapping.objects.get()
    with pytest.raises(FixedError):
        mapping.save()
    with pytest.raises(FixedError):
        mapping.delete()
    for write in (
        lambda: EditionMapping.objects.update(says="x"),
        EditionMapping.objects.all().delete,
        lambda: EditionMapping.objects.bulk_update([mapping], ["says"]),
    ):
        with pytest.raises(FixedError):
            write()


@pytest.mark.parametrize(
    ("instead_of", "typed", "says"),
    [
        ("relation: merged", "relation: joined", "m.yaml line 7"),
        ("relation: merged", "relation: same", "“same” needs one under “from”, not 2"),
        ("to: [1]", "to: [1, 2]", "“merged” needs one under “to”, not 2"),
        ("to: [1]", "to: []", "“merged” needs one under “to”, not 0"),
        ("to: other", "to: small", "m.yaml line 2: “to” is the edition that it comes from"),
        ("says: Two became one.\n", "", "m.yaml line 1: “says” is missing"),
        ("from: [1, 2]", "from: [1, 1]", "names the same thing twice"),
        ("from: [1, 2]", 'from: ["1", 2]', "must be a whole number"),
        ("from: [1, 2]", "from: [-1, 2]", "must be the number of a benchmark"),
        ("to: other", "to: Other One", "must be small letters"),
        ("    relation", "    extra: 1\n    relation", "“extra” is not a name that belongs here"),
        ("links:", "links: [", "cannot be read as YAML"),
    ],
)
def test_what_is_wrong_is_said_by_file_and_line(instead_of: str, typed: str, says: str):
    assert instead_of in SOUND
    found = problems(SOUND.replace(instead_of, typed))
    assert any(says in problem for problem in found), found
    assert all(problem.startswith("m.yaml line ") for problem in found)


def test_what_is_dropped_says_where_it_goes():
    text = SOUND + "  - from: [3]\n    to: []\n    relation: dropped\n"
    assert problems(text) == [
        "m.yaml line 8, link 2: “note” is missing: it has to say where what was dropped goes"
    ]


def test_a_pair_stands_once():
    text = SOUND + "  - from: [1]\n    to: [1]\n    relation: same\n"
    assert problems(text) == [
        "m.yaml line 8, link 2: benchmark 1 goes to 1 in an earlier link already"
    ]


def test_many_to_many_is_a_link_for_each_relation():
    text = SOUND + "  - from: [2]\n    to: [2, 3]\n    relation: split\n"
    assert len(parse_mapping(text, "m.yaml")["links"]) == 2


@pytest.mark.parametrize("text", ["", "[]", "3", "links: 4", "links: [4]", "from: {a: [b]}"])
def test_anything_else_is_told_and_not_a_crash(text: str):
    assert problems(text)


def test_what_the_editions_do_not_have_is_said_by_line(small_editions: None):
    text = SOUND.replace("from: [1, 2]", "from: [1, 9]")
    with pytest.raises(EditionError) as caught:
        load([parse_mapping(text, "m.yaml")])
    assert caught.value.problems == [
        "m.yaml line 5: “small” has no benchmark 9",
        "m.yaml line 1: nothing says what becomes of benchmark 2",
    ]


def test_an_edition_that_is_not_here_is_named(db: None):
    with pytest.raises(EditionError, match="m.yaml line 1: no toolkit “small” is published here"):
        load([parse_mapping(SOUND, "m.yaml")])


def test_the_command_lists_checks_and_loads(editions: None, tmp_path: Path):
    def run(*arguments: str) -> str:
        out = StringIO()
        call_command("mapping", *arguments, stdout=out)
        return out.getvalue()

    assert "No mapping is loaded" in run("list")
    assert "no problems. 8 links" in run("check", str(SHIPPED))
    assert not EditionMapping.objects.exists()
    assert "home-office-2018 to home-office-2023: loaded. 8 links" in run("load", str(SHIPPED))
    assert "unchanged." in run("load", str(SHIPPED))
    assert "became seven" in run("list")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("from: x")
    with pytest.raises(CommandError, match="wrong.yaml line 1"):
        run("check", str(wrong))
