"""The two Home Office editions hold the official wording, all of it and nothing else."""

import json
import pathlib
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import pytest

from benchmarks.editions.checking import Document, read_edition
from benchmarks.editions.writing import as_yaml
from benchmarks.models import Question

ROOT = pathlib.Path(__file__).parents[2]
FOLDER = ROOT / "fixtures" / "toolkits"
REFERENCE = ROOT.parent / "shared" / "reference"
FILES = sorted(FOLDER.glob("*.yaml"))
OFFICIAL_HOSTS = {"www.gov.uk", "www.legislation.gov.uk"}


@pytest.fixture(scope="module")
def edition_2018() -> Document:
    return read_edition(FOLDER / "home-office-2018.yaml")


@pytest.fixture(scope="module")
def edition_2023() -> Document:
    return read_edition(FOLDER / "home-office-2023.yaml")


def reference(name: str) -> Any:
    if not (REFERENCE / name).exists():
        pytest.skip(f"the reference material ({name}) is not on this machine")
    return json.loads((REFERENCE / name).read_text("utf-8"))


def questions(edition: Document) -> list[dict[str, Any]]:
    return [question for entry in edition["benchmarks"] for question in entry["questions"]]


def test_2018_counts(edition_2018: Document) -> None:
    asked = questions(edition_2018)
    per_benchmark = [len(entry["questions"]) for entry in edition_2018["benchmarks"]]
    prompts = [prompt for question in asked for prompt in question.get("prompts", [])]
    assert per_benchmark == [3, 4, 3, 2, 7, 2, 9, 3, 3, 2]
    assert Counter(question["category"] for question in asked) == {
        "expectation": 22,
        "good_practice": 16,
    }
    assert len(prompts) == 105
    assert len(set(prompts)) == 102  # three texts occur twice
    assert [question["ref"] for question in asked if "prompts" not in question] == ["5.3", "7.5"]
    assert all(entry["outcome"] for entry in edition_2018["benchmarks"])


def test_2018_short_titles(edition_2018: Document) -> None:
    assert [entry["short_title"] for entry in edition_2018["benchmarks"]] == [
        "Local risk assessment",
        "Multi-agency partnership board",
        "Prevent partnership plan",
        "Referral process",
        "Channel panel",
        "Prevent problem-solving process",
        "Training programme",
        "Venue hire and IT policies",
        "Community engagement",
        "Communications",
    ]


def test_2018_scales(edition_2018: Document) -> None:
    levels = {
        scale["slug"]: [(level["label"], level["met"]) for level in scale["levels"]]
        for scale in edition_2018["scales"]
    }
    assert list(levels.items()) == [
        ("rag", [("Red", False), ("Amber", False), ("Green", True)]),
        ("progress", [("Not yet started", False), ("Developing", False), ("Achieving", True)]),
        ("score", [("1", False), ("2", False), ("3", True), ("4", True), ("5", True)]),
    ]


def test_2018_is_worded_as_the_source(edition_2018: Document) -> None:
    source = reference("home-office-toolkit-2018.json")["benchmarks"]
    categories = {label: value for value, label in Question.Category.choices}
    expected = [
        (
            entry["number"],
            entry["title"],
            entry["outcome"],
            [
                (asked["ref"], categories[asked["category"]], asked["text"], asked["prompts"])
                for asked in entry["questions"]
            ],
        )
        for entry in source
    ]
    shipped = [
        (
            entry["number"],
            entry["statement"],
            entry["outcome"],
            [
                (asked["ref"], asked["category"], asked["text"], asked.get("prompts", []))
                for asked in entry["questions"]
            ],
        )
        for entry in edition_2018["benchmarks"]
    ]
    assert shipped == expected


def test_2023_counts(edition_2023: Document) -> None:
    entries = edition_2023["benchmarks"]
    assert [entry["number"] for entry in entries] == [1, 2, 3, 4, 5, 6, 7]
    for entry in entries:
        assert entry["questions"] == [
            {
                "ref": f"{entry['number']}.1",
                "category": "expectation",
                "text": entry["statement"],
            }
        ]
    assert "assessed separately" in edition_2023["description"]


def test_2023_scores(edition_2023: Document) -> None:
    (scale,) = edition_2023["scales"]
    assert [(level["label"], level["colour"], level["met"]) for level in scale["levels"]] == [
        ("1", "red", False),
        ("2", "orange", False),
        ("3", "green", True),
        ("4", "teal", True),
        ("5", "blue", True),
    ]


def test_2023_is_worded_as_the_source(edition_2023: Document) -> None:
    source = reference("ratings-history.json")["toolkit_2023_benchmarks"]
    assert [entry["statement"] for entry in edition_2023["benchmarks"]] == source


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_names_its_licence_and_links_to_official_sources(file: pathlib.Path) -> None:
    edition = read_edition(file)
    assert edition["licence"] == "Open Government Licence v3.0"
    assert "Crown copyright" in edition["attribution"]
    for entry in edition["benchmarks"]:
        hosts = {urlsplit(link["url"]).hostname for link in entry["guidance"]["links"]}
        assert hosts
        assert hosts <= OFFICIAL_HOSTS


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_guidance_is_useful_and_its_own(file: pathlib.Path) -> None:
    entries = read_edition(file)["benchmarks"]
    for entry in entries:
        assert 2 <= entry["guidance"]["summary"].count(".") <= 5
        assert 4 <= len(entry["guidance"]["look_for"]) <= 6
    assert len({entry["guidance"]["summary"] for entry in entries}) == len(entries)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_stands_as_the_export_would_write_it(file: pathlib.Path) -> None:
    text = file.read_text("utf-8")
    body = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    assert body.strip() == as_yaml(read_edition(file)).strip()


def test_guidance_copies_no_sentence_of_the_official_guidance() -> None:
    source = REFERENCE / "home-office-toolkit-2018-guidance.txt"
    if not source.exists():
        pytest.skip("the reference material (the official guidance) is not on this machine")
    official = " ".join(source.read_text("utf-8").lower().split())
    for file in FILES:
        for entry in read_edition(file)["benchmarks"]:
            for text in [entry["guidance"]["summary"], *entry["guidance"]["look_for"]]:
                words = text.lower().split()
                runs = [" ".join(words[start : start + 7]) for start in range(len(words) - 6)]
                assert [run for run in runs if run in official] == []
