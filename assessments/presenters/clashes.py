"""Small forms that met a stale save: an action, a document, a pack's meeting."""

import datetime

from django.http import QueryDict
from django.utils.formats import date_format

from assessments.conflicts import TOGETHER_SUFFIX, Clash, Side, both_texts
from assessments.models import (
    Action,
    ActionStatus,
    Cycle,
    EvidenceItem,
    Pack,
    PackSection,
    Sensitivity,
)
from assessments.presenters.actions import cards_of
from assessments.presenters.asked import Asked
from assessments.services.actions import ActionInput
from assessments.services.documents import DocumentInput
from assessments.services.drafts import typed_data
from assessments.services.history import last_author
from assessments.services.pack_sections import Verification
from assessments.services.packs import MeetingInput

NOT_POSTED_AGAIN = {"version", "keep", "stay"}
MEETING = {
    "title": "Title",
    "committee": "Committee",
    "meeting_on": "Date of the meeting",
    "item": "Item number",
    "wards": "Wards",
    "key_decision": "Key decision",
    "report_of": "Report of",
    "assistant_directors": "Accountable assistant directors",
    "director": "Accountable director",
    "author": "Report author",
    "public_interest": "Why it is not public",
    "marking": "Protective marking",
    "own_appendices": "Appendices of your own",
    "first_appendix": "Number of the self-assessment’s appendix",
}


def action_clash(theirs: Action, mine: ActionInput, cycle: Cycle, data: QueryDict) -> Clash:
    """Four queries."""
    asked = Asked(cycle)
    by, at = last_author(theirs)
    card = cards_of(cycle, [theirs.pk]).get(theirs.pk)
    owners = [owner.name for owner in card.owners] if card else []
    places = [(place.question.pk, place.positions) for place in card.places] if card else []
    return Clash(
        prefix="",
        heading="The action",
        sides=differing(
            Side("What", theirs.text, mine.text),
            Side("Who", ", ".join(sorted(owners)), ", ".join(sorted(o.name for o in mine.owners))),
            Side("By when", due_words(theirs), due_words(mine)),
            Side("Status", status_words(theirs), status_words(mine)),
            Side(
                "Where",
                where_words(asked, [(q, p) for q, positions in places for p in positions]),
                where_words(
                    asked, [(p.question_id, asked.position(p.prompt_id)) for p in mine.places]
                ),
            ),
            readers(theirs.sensitivity, mine.sensitivity),
        ),
        fields=fields_of(data, theirs.version),
        by=by,
        at=at,
        text_field="text",
        together=both_texts(theirs.text, mine.text),
    )


def document_clash(theirs: EvidenceItem, mine: DocumentInput, data: QueryDict) -> Clash:
    """One query."""
    by, at = last_author(theirs)
    return Clash(
        prefix="",
        heading="The document",
        sides=differing(
            Side("Title", theirs.title, mine.title),
            Side("Web address", theirs.url, mine.url),
            Side("Reference", theirs.reference, mine.reference),
            Side("Date", date_words(theirs.dated_on), date_words(mine.dated_on)),
            Side("Next review", date_words(theirs.review_on), date_words(mine.review_on)),
            readers(theirs.sensitivity, mine.sensitivity),
        ),
        fields=fields_of(data, theirs.version),
        by=by,
        at=at,
    )


def meeting_clash(theirs: Pack, mine: MeetingInput, data: QueryDict) -> Clash:
    """One query."""
    by, at = last_author(theirs)
    sides = [Side(label, said(theirs, name), said(mine, name)) for name, label in MEETING.items()]
    return Clash(
        prefix="",
        heading="The meeting",
        sides=differing(*sides, readers(theirs.sensitivity, mine.sensitivity)),
        fields=fields_of(data, theirs.version),
        by=by,
        at=at,
    )


def said(source: Pack | MeetingInput, name: str) -> str:
    value = getattr(source, name)
    return date_words(value) if isinstance(value, datetime.date) else str(value)


def verification_clash(theirs: PackSection, mine: Verification, data: QueryDict) -> Clash:
    """One query."""
    by, at = last_author(theirs)
    return Clash(
        prefix="",
        heading="The verification",
        sides=differing(
            Side("To be verified by", theirs.verifier, mine.verifier),
            Side("Verified by", theirs.verified_by, mine.by),
            Side("Verified on", date_words(theirs.verified_on), date_words(mine.on)),
        ),
        fields=fields_of(data, theirs.version),
        by=by,
        at=at,
    )


def differing(*sides: Side) -> list[Side]:
    return [side for side in sides if side.theirs != side.mine]


def fields_of(data: QueryDict, version: int) -> list[tuple[str, str]]:
    """The form as it was typed, from now on against the version that stands."""
    typed = [
        (name, value)
        for name, values in typed_data(data).items()
        if name not in NOT_POSTED_AGAIN and not name.endswith(TOGETHER_SUFFIX)
        for value in values
    ]
    return [*typed, ("version", str(version))]


def due_words(side: Action | ActionInput) -> str:
    return date_words(side.due_date) or side.due_words


def status_words(side: Action | ActionInput) -> str:
    status = ActionStatus(side.status).label
    return f"{status}, {date_words(side.completed_on)}" if side.completed_on else str(status)


def where_words(asked: Asked, places: list[tuple[int, int]]) -> str:
    named = [(list(asked.questions).index(question), question, at) for question, at in places]
    return ", ".join(
        f"{asked.questions[question].ref}{f' prompt {at}' if at else ''}"
        for _, question, at in sorted(named)
    )


def date_words(date: datetime.date | None) -> str:
    return date_format(date, "j F Y") if date else ""


def readers(theirs: str, mine: str) -> Side:
    return Side("Who may read it", Sensitivity(theirs).label, Sensitivity(mine).label)
