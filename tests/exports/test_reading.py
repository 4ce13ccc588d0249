"""A file that is wrong is refused whole, with everything that is wrong with it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessments.exports.interchange import render_json
from assessments.imports import json_file
from assessments.imports.interchange import read_cycle
from assessments.imports.problems import ImportProblems
from assessments.models import Audience, Council, Cycle, Role, User
from assessments.record_builder import blank_record, build_record
from benchmarks.models import Toolkit
from tests.cast import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(toolkit: Toolkit) -> dict[str, Any]:
    """The least that is a cycle."""
    return {
        "format": "prevent-toolkit-cycle",
        "version": 1,
        "audience": "board",
        "toolkit": {"slug": "small"},
        "scale": {"slug": "rag"},
        "period": "2025/26",
        "as_at": "2025-12-01",
        "benchmarks": [{"number": 1, "questions": [{"ref": "1.1"}]}],
    }


def problems_of(data: bytes | dict[str, Any]) -> list[str]:
    if isinstance(data, dict):
        data = json.dumps(data).encode()
    with pytest.raises(ImportProblems) as caught:
        read_cycle(data, blank_record)
    return list(caught.value.messages)


def test_the_least_file_loads(rows: dict[str, Any]) -> None:
    record = read_cycle(json.dumps(rows).encode(), blank_record)
    assert list(record.questions) == ["1.1", "1.2", "2.1", "2.2"]
    assert not record.questions["1.1"].answers[0].decision.is_decided


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "Line 1: this is not JSON (Expecting value)."),
        (b'{"a": \n}', "Line 2: this is not JSON (Expecting value)."),
        (b"\xff\xfe", "Line 1: the file is not UTF-8 text."),
        (b'{"a": 1, "a": 2}', "The file cannot be read: “a” is given twice in one place."),
        (b'{"a": NaN}', "The file cannot be read: NaN is not a JSON number."),
        (b"[" * 100_000, "The file is nested too deeply."),
        (b"[" * 200 + b"]" * 200, "The file is nested too deeply."),
        (b"[]", "This is not a cycle file: its “format” is not “prevent-toolkit-cycle”."),
        (b'{"a": "x\\u0000y"}', "A: holds U+0000, which cannot be stored as text."),
        (b'{"a": ["\\ud800"]}', "A, 1: holds U+D800, which cannot be stored as text."),
    ],
)
def test_what_is_no_cycle_at_all(data: bytes, says: str) -> None:
    assert problems_of(data) == [says]


def test_a_number_of_a_million_digits_is_refused() -> None:
    assert problems_of(b'{"a": ' + b"9" * 1_000_000 + b"}")[0].startswith("The file cannot be read")


def test_a_file_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_file, "MAX_BYTES", 10)
    assert problems_of(b" " * 11) == ["The file is larger than 10 bytes."]


def test_another_version_is_named(rows: dict[str, Any]) -> None:
    assert problems_of(rows | {"version": 2}) == [
        "The file has version 2; only version 1 is known."
    ]


def test_a_public_version_cannot_be_loaded(cycle: Cycle) -> None:
    data = render_json(build_record(cycle).for_audience(Audience.PUBLIC))
    assert "restricted text was taken out" in problems_of(data)[0]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("toolkit", {"slug": "other"}, "Toolkit: no toolkit “other” is published here"),
        ("scale", {"slug": "five"}, "Toolkit: its scale “five” is not one of rag, progress."),
        ("period", " ", "Period: “ ” is not of the form expected here."),
        ("period", "x" * 51, "Period: is 51 characters long; at most 50 fit."),
        ("as_at", "2025-02-30", "As_at: “2025-02-30” is not a date such as 2025-12-31."),
        ("as_at", "20250230", "As_at: “20250230” is not a date such as 2025-12-31."),
        ("closes_on", None, "Closes_on: is null; leave it out where there is nothing."),
        ("colour", "red", "Colour: is not known here."),
        ("benchmarks", {}, "Benchmarks: should be a list: […]."),
    ],
)
def test_the_top_of_the_file(rows: dict[str, Any], field: str, value: object, says: str) -> None:
    assert problems_of(rows | {field: value})[0].startswith(says)


BAD_QUESTIONS: list[tuple[dict[str, Any], str]] = [
    ({"ref": "9.9"}, "Question 9.9: the toolkit has no question “9.9”."),
    ({"ref": "2.1"}, "Question 2.1: belongs to another benchmark."),
    ({}, "Benchmark 1, question 1, ref: is missing."),
    ({"ref": 1.1}, "Question 1.1, ref: should be text in quotes."),
    (
        {"ref": "1.2", "wording": "Is it so?"},
        "Question 1.2, wording: is not the toolkit’s wording; correct it or leave it out.",
    ),
    (
        {"ref": "1.2", "answers": [{"prompt": 2}]},
        "Question 1.2, answer 1: question 1.2 has no prompt 2; it has 1 to 1.",
    ),
    ({"ref": "1.2", "answers": [{}]}, "Question 1.2, answer 1: name the prompt, 1 to 1."),
    (
        {"ref": "1.2", "answers": [{"prompt": 1}, {"prompt": 1}]},
        "Question 1.2, answer 2: answers the same prompt as an earlier one.",
    ),
    (
        {"ref": "1.2", "answers": [{"prompt": 1, "rating": "purple"}]},
        "Question 1.2, answer 1, rating: “purple” is not a level: red, amber, green.",
    ),
    (
        {"ref": "1.2", "answers": [{"prompt": 1, "rating": "red", "not_applicable": True}]},
        "Question 1.2, answer 1: has a rating and is not applicable; "
        "it can only be one of them.",
    ),
    (
        {"ref": "1.2", "answers": [{"prompt": 1, "not_applicable": False}]},
        "Question 1.2, answer 1, not_applicable: should be true, or left out.",
    ),
    (
        {"ref": "1.2", "answers": [{"prompt": 1, "wording": "Other"}]},
        "Question 1.2, answer 1, wording: is not the toolkit’s wording; "
        "correct it or leave it out.",
    ),
    (
        {"ref": "1.2", "evidence": [{"text": "e", "covers": [1, 4]}]},
        "Question 1.2, evidence 1, covers: question 1.2 has no prompt 4; it has 1 to 1.",
    ),
    (
        {"ref": "1.2", "evidence": [{"text": "e", "covers": [1, 1]}]},
        "Question 1.2, evidence 1, covers: names something twice.",
    ),
    (
        {"ref": "1.2", "evidence": [{"text": "e" * 20_001}]},
        "Question 1.2, evidence 1, text: is 20,001 characters long; at most 20,000 fit.",
    ),
    (
        {"ref": "1.2", "evidence": [{"text": "e", "sensitivity": "secret"}]},
        "Question 1.2, evidence 1, sensitivity: “secret” is not one of “public”, “exempt-1”",
    ),
    (
        {"ref": "1.2", "documents": [{"title": "d", "url": "javascript:alert(1)"}]},
        "Question 1.2, document 1, url: “javascript:alert(1)” is not a web address.",
    ),
    (
        {"ref": "1.2", "documents": [{"title": ""}]},
        "Question 1.2, document 1, title: is empty.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("question", "says"), BAD_QUESTIONS, ids=lambda value: str(value)[:40])
def test_a_question(rows: dict[str, Any], question: dict[str, Any], says: str) -> None:
    rows["benchmarks"][0]["questions"][0] = question
    (problem,) = problems_of(rows)
    assert problem.startswith(says)


LINKS = [{"question": "1.1"}]
BAD_ACTIONS: list[tuple[dict[str, Any], str]] = [
    ({"text": "a"}, "Action 1, links: is missing."),
    ({"text": "a", "links": []}, "Action 1, links: is empty; leave it out where"),
    (
        {"text": "a", "links": [{"question": "7.1"}]},
        "Action 1, link 1: the toolkit has no question “7.1”.",
    ),
    (
        {"text": "a", "links": [{"question": "2.1", "prompt": 1}]},
        "Action 1, link 1: question 2.1 has no prompts, so no prompt can be named.",
    ),
    (
        {"text": "a", "links": LINKS * 2},
        "Action 1, links: names a place twice.",
    ),
    (
        {"text": "a", "links": LINKS, "owners": [{"name": "x"}, {"name": "x"}]},
        "Action 1, owners: names an owner twice.",
    ),
    (
        {"text": "a", "links": LINKS, "due_date": "2025-01-01", "due_words": "Q4"},
        "Action 1: has both due_date and due_words; it can only have one.",
    ),
    (
        {"text": "a", "links": LINKS, "completed_on": "2025-01-01"},
        "Action 1: has completed_on, but its status is not “completed”.",
    ),
    (
        {"text": "a", "links": LINKS, "updates": [{"text": "u"}]},
        "Action 1, update 1, dated_on: is missing.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("action", "says"), BAD_ACTIONS, ids=lambda value: str(value)[:40])
def test_an_action(rows: dict[str, Any], action: dict[str, Any], says: str) -> None:
    (problem,) = problems_of(rows | {"actions": [action]})
    assert problem.startswith(says)


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file(rows: dict[str, Any]) -> None:
    rows["as_at"] = "soon"
    rows["benchmarks"] += [
        {
            "number": 2,
            "rating": "blue",
            "questions": [
                {"ref": "2.2", "evidence": [{"text": 5}, {"text": "e", "covers": ["x"]}]},
                {"ref": "2.9"},
                {"ref": "2.2"},
            ],
        },
        {"number": 1},
        {"number": 12},
    ]
    rows["actions"] = [{"text": "a", "links": [{"question": "8.1"}, {"prompt": 1}]}]
    assert problems_of(rows) == [
        "As_at: “soon” is not a date such as 2025-12-31.",
        "Benchmark 2, rating: “blue” is not a level: red, amber, green.",
        "Question 2.2, evidence 1, text: should be text in quotes.",
        "Question 2.2, evidence 2, covers, 1: should be a whole number.",
        "Question 2.9: the toolkit has no question “2.9”.",
        "Question 2.2: stands in the file twice.",
        "Benchmark 1: stands in the file twice.",
        "Benchmark 12: the toolkit has no benchmark 12.",
        "Action 1, link 1: the toolkit has no question “8.1”.",
        "Action 1, link 2, question: is missing.",
    ]


def test_the_message_is_safe_to_print(rows: dict[str, Any]) -> None:
    rows["benchmarks"][0]["questions"][0]["ref"] = "\x1b[31m\u202e" + "y" * 20_000
    (problem,) = problems_of(rows)
    assert problem.isprintable()
    assert len(problem) < 400


# The commands ------------------------------------------------------------------------------
def test_the_command_writes_and_loads(
    cycle: Cycle, lead: User, southbeck: Council, tmp_path: Path, capsys: Any
) -> None:
    file = tmp_path / "cycle.json"
    call_command("cycle", "export", "northmere", "2025/26", "-o", str(file))
    assert file.read_bytes() == render_json(build_record(cycle))
    newcomer = member(southbeck, Role.LEAD, "Una")
    call_command("cycle", "import", str(file), "--council", "southbeck")
    loaded = southbeck.cycles.get()
    assert loaded.history.get().history_user == newcomer
    assert f"Loaded Small toolkit, 2025/26 as cycle {loaded.pk}" in capsys.readouterr().out


def test_people_who_are_not_members_are_named_and_not_linked(
    rows: dict[str, Any], northmere: Council, lead: User, stranger: User, tmp_path: Path,
    capsys: Any,
) -> None:  # fmt: skip
    rows["benchmarks"][0]["questions"][0]["assignee"] = {"email": "gone@example.org"}
    owner = {"name": "Sam Stranger", "email": stranger.email}
    rows["actions"] = [{"text": "a", "links": LINKS, "owners": [owner]}]
    file = tmp_path / "cycle.json"
    file.write_text(json.dumps(rows))
    call_command("cycle", "import", str(file), "--council", "northmere")
    out = capsys.readouterr().out
    assert f"Sam Stranger ({stranger.email}) is not a member of Northmere" in out
    assert "gone@example.org is not a member" in out
    row = northmere.actions.get().owners.get()
    assert (row.name, row.user) == ("Sam Stranger", None)


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as caught:
        call_command("cycle", *arguments)
    return str(caught.value)


def test_the_command_says_what_is_wrong(cycle: Cycle, lead: User, tmp_path: Path) -> None:
    file = tmp_path / "cycle.json"
    assert "There is no council “nowhere”. Councils here: northmere." in refused(
        "export", "nowhere", "2025/26", "-o", str(file)
    )
    assert f"has no cycle “2030”. Name one by its number:\n  {cycle.pk}: Small" in refused(
        "export", "northmere", "2030", "-o", str(file)
    )
    missing = tmp_path / "missing" / "cycle.json"
    call = ("export", "northmere", str(cycle.pk), "-o", str(missing))
    assert refused(*call) == f"{missing}: No such file or directory"
    assert refused("import", str(missing), "--council", "northmere").startswith(str(missing))
    file.write_bytes(b"{}")
    assert "was not loaded.\nThis is not a cycle file" in refused(
        "import", str(file), "--council", "northmere"
    )
    file.write_bytes(render_json(build_record(cycle)))
    again = refused("import", str(file), "--council", "northmere")
    assert re.search(r"was not loaded.\nA cycle for 2025/26 .* has already been started", again)
    nobody = refused("import", str(file), "--council", "northmere", "--by", "no@one.example")
    assert nobody == "Nobody has the e-mail address no@one.example."


def test_without_a_lead_the_command_asks_who_is_writing(
    cycle: Cycle, southbeck: Council, tmp_path: Path
) -> None:
    file = tmp_path / "cycle.json"
    file.write_bytes(render_json(build_record(cycle)))
    assert "--by EMAIL" in refused("import", str(file), "--council", "southbeck")
    assert not southbeck.cycles.exists()


def test_a_period_that_two_toolkits_share_is_asked_about(
    full_edition: Toolkit, cycle: Cycle, lead: User, tmp_path: Path
) -> None:
    file = tmp_path / "cycle.json"
    Cycle.objects.create(
        council=cycle.council,
        toolkit=full_edition,
        scale=full_edition.scales.first(),
        period=cycle.period,
        as_at=cycle.as_at,
    )
    assert "has several cycles “2025/26”" in refused(
        "export", "northmere", "2025/26", "-o", str(file)
    )


def test_nothing_is_written_where_loading_fails_half_way(
    rows: dict[str, Any], northmere: Council, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assessments.services import interchange

    rows["actions"] = [{"text": "a", "links": LINKS}]
    record = read_cycle(json.dumps(rows).encode(), blank_record)

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(interchange.CycleWriter, "link", fail)
    with pytest.raises(RuntimeError):
        interchange.load_cycle(council=northmere, record=record, by=lead)
    assert not northmere.cycles.exists()
    assert not northmere.actions.exists()
