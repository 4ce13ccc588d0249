"""The canonical form of what is signed off: written once, hashed, and read back for ever.

Pure: plain data in and out. A snapshot holds everything its documents need, so that nothing
that changes later (people, a council's name, toolkit files) changes it.
"""

import dataclasses
import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from assessments.models import ActionStatus
from assessments.ratings import RatedAnswer, Suggestion, suggest
from assessments.record import Benchmark, CycleRecord, PastCycle

FORMAT = "prevent-toolkit-snapshot"


@dataclass(frozen=True)
class Suggested:
    """What the rule suggested for a benchmark when the cycle was signed off."""

    number: int
    suggestion: Suggestion


@dataclass(frozen=True)
class SignOff:
    """Who signed what, when and with which words. `previous_sha256`: of the council's snapshot
    before, so that the chain shows when one is taken out or exchanged."""

    number: int
    revision: int
    by: str
    at: datetime.datetime
    declaration: str
    note: str
    submitted_by: str
    submission_reason: str
    gaps: int
    previous_sha256: str


@dataclass(frozen=True)
class Frozen:
    """`logo`: the council's, a PNG in base64; empty where it had none."""

    sign_off: SignOff
    record: CycleRecord
    past: tuple[PastCycle, ...]
    suggestions: tuple[Suggested, ...]
    logo: str = ""
    format: str = FORMAT
    version: int = 1


def canonical(frozen: Frozen) -> str:
    """JSON with its keys in order and no white space: the same content is the same text."""
    return msgspec.json.encode(frozen, order="sorted").decode()


def thaw(content: str) -> Frozen:
    """Raises msgspec.DecodeError where the text isn't a snapshot's content."""
    return msgspec.json.decode(content, type=Frozen)


def thaw_what_can_be(content: str) -> Frozen | None:
    """None where somebody has changed it so that it can't be read."""
    try:
        return thaw(content)
    except msgspec.DecodeError:
        return None


def digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def signed_record(frozen: Frozen) -> CycleRecord:
    """The record that documents of the snapshot are made from; it says what it is."""
    sign = frozen.sign_off
    words = f"Snapshot {sign.number}, signed off by {sign.by} on {sign.at:%-d %B %Y}"
    return dataclasses.replace(frozen.record, signed=words)


def suggestions_of(record: CycleRecord, roll_up: Mapping[str, Any]) -> tuple[Suggested, ...]:
    """What the edition's rule says of every benchmark, in order."""
    return tuple(
        Suggested(each.number, suggest(roll_up, record.levels, rated_answers(record, each)))
        for each in record.benchmarks
    )


def rated_answers(record: CycleRecord, benchmark: Benchmark) -> list[RatedAnswer]:
    return [
        RatedAnswer(question.ref, question.category, answer.decision, has_action)
        for question in benchmark.questions
        for has_action in [has_open_action(record, question.ref)]
        for answer in question.answers
    ]


def has_open_action(record: CycleRecord, ref: str) -> bool:
    """That belongs to the question for certain."""
    return any(
        action.status != ActionStatus.COMPLETED
        and any(link.ref == ref and not link.to_confirm for link in action.links)
        for action in record.actions_at(ref)
    )
