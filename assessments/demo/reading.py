"""The demonstration's YAML as interchange documents: see fixtures/demo/README.md."""

import datetime
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from assessments.exports.interchange import FORMAT, VERSION

Fields = dict[str, Any]


def read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def read_year(path: Path) -> Fields:
    """A year's file upon the year that it is based on."""
    year: Fields = read_yaml(path)
    base = year.pop("based on", None)
    return laid_over(read_year(path.with_name(f"{base}.yaml")), year) if base else year


def laid_over(base: Fields, changes: Fields) -> Fields:
    """`base` with the changes, entry by entry; an entry changed to nothing is gone."""
    result = dict(base)
    for name, value in changes.items():
        before = result.pop(name, None)
        nested = isinstance(before, dict) and isinstance(value, dict)
        if value is not None:
            result[name] = laid_over(before, value) if nested else value
    return result


def interchange(year: Fields) -> Fields:
    questions = defaultdict(list)
    untouched = year.get("not answered yet", "").split()
    assignees = {
        ref: email for email, refs in year.get("assigned", {}).items() for ref in refs.split()
    }
    for ref, question in year["questions"].items():
        written = question_fields({} if ref in untouched else question)
        person = {"assignee": {"email": assignees[ref]}} if ref in assignees else {}
        questions[int(ref.split(".")[0])].append({"ref": ref, **person, **written})
    return {
        "format": FORMAT,
        "version": VERSION,
        "audience": "board",
        "toolkit": {"slug": year["toolkit"]},
        "scale": {"slug": year["scale"]},
        "period": year["period"],
        "as_at": str(year["as at"]),
        **dates(closes_on=year.get("closes on")),
        "benchmarks": [
            {"number": number, **year["benchmarks"].get(number, {}), "questions": questions[number]}
            for number in sorted(questions)
        ],
    }


def question_fields(question: Fields) -> Fields:
    reasons = question.get("not applicable", {})
    words = question.get("ratings", "").split()
    answers = [
        {"prompt": position, **decision(word, reasons.get(position))}
        for position, word in enumerate(words, start=1)
    ]
    if "rating" in question:
        answers = [decision(question["rating"])]
    evidence = [
        {**text_fields(text), "covers": positions(covers)}
        for covers, text in question.get("evidence", {}).items()
    ]
    evidence.sort(key=lambda each: list(each["covers"]))
    return {
        "answers": answers,
        "evidence": [{name: value for name, value in each.items() if value} for each in evidence],
        "documents": [document(each) for each in question.get("documents", [])],
    }


def decision(word: str, reason: str | None = None) -> Fields:
    if word == "open":
        return {}
    return {"not_applicable": True, "reason": reason} if word == "n/a" else {"rating": word}


def text_fields(text: str | Fields) -> Fields:
    return text if isinstance(text, dict) else {"text": text}


def positions(covers: object) -> list[int]:
    """“1-3, 6” is 1, 2, 3 and 6; “whole question” is none of the prompts."""
    found: list[int] = []
    for first, last in re.findall(r"(\d+)(?:-(\d+))?", str(covers)):
        found += range(int(first), int(last or first) + 1)
    return found


def document(written: Fields) -> Fields:
    named = {name: written[name] for name in written if name not in {"dated", "review"}}
    return named | dates(dated_on=written.get("dated"), review_on=written.get("review"))


def dates(**known: datetime.date | None) -> Fields:
    return {name: str(date) for name, date in known.items() if date}
