"""A real completed toolkit, from its transcription into the interchange format.

The transcription stands outside the project, and none of its sentences are in here.
"""

import json
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parents[3] / "shared" / "reference" / "thurrock-toolkit-dec-2021.json"

STATUSES = {
    "complete": "completed",
    "partly complete": "in-progress",
    "ongoing": "in-progress",
    "open": "not-started",
    "none": "completed",  # “None”: nothing is to be done
    "not an action": "not-started",
}
Row = dict[str, Any]


def read_source() -> Row:
    source: Row = json.loads(SOURCE.read_text("utf-8"))
    return source


def as_interchange(source: Row) -> Row:
    """Its own words only; what it has no text for (the colour of a row) stays empty."""
    questions: dict[int, list[Row]] = {}
    for question in source["questions"]:
        questions.setdefault(question["benchmark"], []).append(as_question(question))
    return {
        "format": "prevent-toolkit-cycle",
        "version": 1,
        "audience": "board",
        "toolkit": {"slug": "home-office-2018"},
        "scale": {"slug": "rag"},
        "period": "2021/22",
        "as_at": "2021-12-01",
        "benchmarks": [
            {
                "number": entry["number"],
                "rating": entry["rag"].lower(),
                **filled(actions=entry["actions"], comments=entry["comments"]),
                "questions": questions[entry["number"]],
            }
            for entry in source["front_page"]
        ],
        "actions": [
            as_action(question["ref"], row)
            for question in source["questions"]
            for row in question["rows"]
            if row["action"]
        ],
    }


def as_question(question: Row) -> Row:
    rows = question["rows"]
    answers = [
        {"prompt": position, "not_applicable": True}
        for row in rows
        if row["rag"] == "N/A"
        for position in prompts_of(row)
    ]
    evidence = [
        {"text": row["evidence"], **filled(covers=covered_by(row))}
        for row in rows
        if row["evidence"]
    ]
    return {"ref": question["ref"], **filled(answers=answers, evidence=evidence)}


def as_action(ref: str, row: Row) -> Row:
    """A date in the rating column is when the action beside it is due."""
    owner = row["action_owner_text"]
    places = [{"question": ref, "prompt": position} for position in prompts_of(row)]
    return {
        "text": row["action"],
        "status": STATUSES[row["action_status"]],
        **filled(owners=[{"name": owner}] if owner else [], due_words=row["action_date_text"]),
        "links": places or [{"question": ref}],
    }


def prompts_of(row: Row) -> list[int]:
    """Positions, from 1; none where the row is about the question itself."""
    return [index + 1 for index in row["toolkit_prompt_index"] or []]


def covered_by(row: Row) -> list[int]:
    spans = row["evidence_spans_prompts"]
    return [index + 1 for index in spans] if spans else prompts_of(row)


def filled(**fields: Any) -> Row:
    return {name: value for name, value in fields.items() if value}
