"""Every mistake in an edition is named by file, line and ref, and all of them at once."""

import pathlib

import pytest

from benchmarks.editions.checking import read_edition
from benchmarks.editions.problems import EditionError
from benchmarks.editions.reading import MAX_BYTES
from benchmarks.editions.writing import as_yaml
from tests.benchmarks.editions import SMALL, problems, small, spoiled


def line_of(text: str, wanted: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if wanted in line)


def test_a_sound_edition_has_no_problem() -> None:
    assert problems(as_yaml(SMALL)) == []


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        ("ref: '1.2'", "ref: '1.1'", "question 1.1", "ref “1.1” is used twice (first on line"),
        ("ref: '1.2'", "ref: '2.3'", "question 2.3", "must start with “1.”"),
        ("ref: '1.2'", "ref: 1.2", "question 1.2", "must be text (in quotes"),
        ("ref: '1.2'", "ref: one", "question one", "a dot and a number"),
        ("number: 2", "number: 1", "benchmark 1", "number 1 is used twice"),
        ("number: 1", "number: 3", "benchmark 2", "number 2 must not come after 3"),
        ("number: 2", "number: 0", "benchmark 0", "from 1 to 999"),
        ("number: 2", "number: two", "benchmark two", "must be a whole number, not “two”"),
        ("rank: 2", "rank: 1", "scale two, level good", "rank 1 is used twice"),
        ("rank: 1", "rank: 5", "scale two, level good", "rank 2 must not come after 5"),
        ("slug: good", "slug: poor", "scale two, level poor", "slug “poor” is used twice"),
        ("label: Good", "label: Poor", "scale two, level good", "label “Poor” is used twice"),
        ("met: true", "met: false", "scale two", "no level of this scale counts as met"),
        ("met: true", "met: certainly", "scale two, level good", "must be true or false"),
        ("colour: green", "colour: pink", "scale two, level good", "must be one of red, orange"),
        ("colour: green", "color: green", "scale two, level good", "“color” is not a name"),
        ("colour: green\n", "\n", "scale two, level good", "“colour” is missing"),
        ("category: expectation", "category: wish", "question 1.1", "must be one of expectation"),
        ("text: Question 1.2?", "text: ''", "question 1.2", "“text” must not be empty"),
        ("text: Question 1.2?", "text: ' '", "question 1.2", "“text” must not be empty"),
        ("text: Question 1.2?", "text:", "question 1.2", "not nothing"),
        ("text: Question 1.2?", "text: [a]", "question 1.2", "not a list"),
        ("text: Question 1.2?", r'text: "a\0b"', "question 1.2", "unprintable character U+0000"),
        ("- First prompt?", "- 7", "question 1.1, prompt 1", "not “7”"),
        ("- First prompt?", "- ''", "question 1.1, prompt 1", "must not be empty"),
        ("- Minutes", "- |\n          Minutes", "benchmark 1, look_for point 1", "line break"),
        ("url: https", "url: http", "benchmark 1, link 1", "starts with https://"),
        ("url: https", "url: javascript", "benchmark 1, link 1", "starts with https://"),
        ("rule: worst", "rule: best", "", "must be one of worst"),
        ("issued_on: 2020-02-29", "issued_on: 2021-02-29", "", "a date such as"),
        ("publisher: Invented for tests\n", "", "", "“publisher” is missing"),
        ("slug: small-edition", "slug: Small Edition", "", "small letters, digits"),
    ],
)
def test_names_line_and_ref(old: str, new: str, where: str, says: str) -> None:
    found = problems(spoiled(old, new))
    place = f", {where}: " if where else ": "
    assert any(place in problem and says in problem for problem in found), found
    assert all(problem.startswith("file.yaml line ") for problem in found)


def test_the_line_is_the_one_to_mend() -> None:
    text = spoiled("text: Question 2.1?", "text: ''")
    (problem,) = problems(text)
    assert problem.startswith(f"file.yaml line {line_of(text, chr(39) * 2)}, question 2.1: “text”")


def test_all_mistakes_are_named_at_once_in_order_of_line() -> None:
    text = as_yaml(SMALL).replace("ref: '1.2'", "ref: '1.1'").replace("met: true", "met: 7")
    found = problems(text.replace("title: Small edition", "title: ''"))
    assert len(found) == 3
    numbers = [int(problem.split()[2].rstrip(",:")) for problem in found]
    assert numbers == sorted(numbers)


def test_a_level_above_one_that_is_met_is_met_too() -> None:
    found = problems(spoiled("met: false", "met: true").replace("met: true", "met: false", 2))
    assert [problem.split(": ", 1)[1] for problem in found] == [
        "no level of this scale counts as met"
    ]
    swapped = as_yaml(SMALL).replace("met: false", "met: maybe").replace("met: true", "met: false")
    (problem,) = problems(swapped.replace("met: maybe", "met: true"))
    assert "scale two, level good: “met” must be true here too" in problem


def test_the_roll_up_rule_must_look_at_something_in_every_benchmark() -> None:
    edition = small()
    for question in edition["benchmarks"][1]["questions"]:
        question["category"] = "good_practice"
    (problem,) = problems(as_yaml(edition))
    assert "benchmark 2: the roll-up rule looks at none of its questions" in problem
    edition["roll_up"]["otherwise"] = ["good_practice"]
    assert problems(as_yaml(edition)) == []


def test_a_name_given_twice_is_refused() -> None:
    text = spoiled("title: Small edition\n", "title: Small edition\ntitle: Another\n")
    (problem,) = problems(text)
    first = line_of(text, "title: Small")
    assert problem == f"file.yaml line {first + 1}: “title” is given twice (first on line {first})"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: &x [1]\nb: *x", "line 2: write the text again: aliases"),
        ("a: !!python/object/apply:os.system [touch x]", "“a” is not a name that belongs here"),
        ("slug: !!python/name:os.system x", "cannot be read as python/name:os.system"),
        ("slug: !!binary aGk=", "cannot be read as binary"),
        ("slug: !!int seven", "cannot be read as int"),
        ("[" * 200_000, "line 1: this is nested too deeply"),
        ("{a: " * 50_000, "line 1: this is nested too deeply"),
        ("- " * 50_000, "line 1: this is nested too deeply"),
        ("slug: one\n---\nslug: two", "line 2: "),
        ("slug: 'one", "line 1: this cannot be read as YAML"),
        (r'slug: "a\ud800"', "file.yaml line 1"),
        ("slug: one\n\tx: 1", "line 2: "),
        ("slug: one\nx: \x07", "line 2: there is a character here that cannot be printed"),
        ("? [a, b]\n: c", "line 1: a name is expected here"),
        ("", "the file must be a group of named values, not nothing"),
        ("just words", "the file must be a group of named values, not “just words”"),
        ("- a\n- b", "the file must be a group of named values, not a list"),
        ("benchmarks: [1, [2], {questions: 5}]\nscales: {levels: 3}", "“scales” must be a list"),
    ],
)
def test_dangerous_or_shapeless_files_are_refused(text: str, says: str) -> None:
    found = problems(text)
    assert any(says in problem for problem in found), found


def test_a_billion_laughs_takes_no_time() -> None:
    levels = ["a0: &a0 ha"] + [
        f"a{depth}: &a{depth} [{', '.join([f'*a{depth - 1}'] * 9)}]" for depth in range(1, 12)
    ]
    (problem,) = problems("\n".join(levels))
    assert "line 2: write the text again" in problem


def refusal(file: pathlib.Path) -> str:
    with pytest.raises(EditionError) as caught:
        read_edition(file)
    return str(caught.value)


def test_files_that_cannot_be_read(tmp_path: pathlib.Path) -> None:
    assert "No such file" in refusal(tmp_path / "absent.yaml")
    assert "Is a directory" in refusal(tmp_path)
    file = tmp_path / "edition.yaml"
    file.write_bytes(b"slug: one\ntitle: caf\xe9\n")
    assert "edition.yaml line 2: the file is not UTF-8 text" in refusal(file)
    file.write_bytes(b"#" * (MAX_BYTES + 1))
    assert "larger than 1,000,000 bytes" in refusal(file)


def test_a_byte_order_mark_does_no_harm(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "edition.yaml"
    file.write_text(as_yaml(SMALL), "utf-8-sig")
    assert read_edition(file) == SMALL
