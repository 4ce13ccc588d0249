"""The filtered register as plain data for a file, for whoever asks for it."""

from assessments import record
from assessments.exports.register import RegisterRecord, RegisterRow
from assessments.models import Audience
from assessments.permissions import Permission
from assessments.presenters.actions import LatestUpdate
from assessments.presenters.register import Register
from assessments.presenters.register_rows import RegisterCard
from assessments.texts import Text, copy_for


def record_of(register: Register) -> RegisterRecord:
    """Each action once, without restricted text for those who may not take it away."""
    numbers = list(dict.fromkeys(pk for pk, _ in register.found))
    cards = register.cards_of(numbers)
    rows = [row_of(number, cards[pk]) for number, pk in enumerate(numbers, start=1) if pk in cards]
    whole = register.access.can(Permission.EXPORT_RESTRICTED)
    return RegisterRecord(
        council_name=register.council.name,
        as_at=register.today,
        audience=(Audience.BOARD if whole else Audience.PUBLIC).value,
        rows=tuple(rows) if whole else copy_for(Audience.PUBLIC, tuple(rows)),
    )


def row_of(number: int, card: RegisterCard) -> RegisterRow:
    return RegisterRow(
        action=action_of(number, card),
        benchmarks="\n".join(f"{each.number}. {each.short_title}" for each in card.benchmarks),
        beside=", ".join(place.question.ref for place in card.places),
        period=card.cycle.period if card.cycle else "",
    )


def action_of(number: int, card: RegisterCard) -> record.Action:
    row = card.action
    owners = [record.Owner(Text(owner.name, row.sensitivity)) for owner in card.owners]
    return record.Action(
        number=number,
        text=Text(row.text, row.sensitivity),
        status=row.status,
        owners=tuple(owners),
        due_date=row.due_date,
        due_words=Text(row.due_words, row.sensitivity),
        completed_on=row.completed_on,
        links=(),
        updates=(update_of(card.latest),) if card.latest else (),
    )


def update_of(latest: LatestUpdate) -> record.Update:
    return record.Update(
        dated_on=latest.dated_on,
        quarter=latest.quarter,
        text=Text(latest.text, latest.sensitivity),
        next_steps=Text(latest.next_steps, latest.sensitivity),
        author_name=latest.author_name,
    )
