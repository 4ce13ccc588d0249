"""Working workbooks: made to be filled in offline, taken back, and written once confirmed."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from assessments.exports.characters import printable
from assessments.exports.working_workbook import WorkingBook, render_working_workbook, that_fit
from assessments.imports.problems import ImportProblems, shown
from assessments.imports.spreadsheet.cells import RawWorkbook, read_workbook
from assessments.imports.spreadsheet.findings import Reading
from assessments.imports.spreadsheet.grid import grids_of, read_csv
from assessments.imports.spreadsheet.ours import read_ours, token_of
from assessments.models import Cycle, ReturnedWorkbook, User, WorkingWorkbook
from assessments.record_builder import build_record
from assessments.services.conflicts import StaleSave
from assessments.services.history import taken_from
from assessments.services.locks import lock_council, lock_open_cycle
from assessments.services.workbook_writing import Writer
from assessments.workbooks.merging import Decided, Merge, Merger, Reach
from assessments.workbooks.reading import CycleRows, State, progress_words, read_state
from assessments.workbooks.rows import Note, Row, as_json, rows_from, said_from
from assessments.workbooks.values import TITLES, Vocabulary

SALT = "prevent-toolkit.workbook"
TOKEN = "prevent-workbook:"
FORGED = "The number of this workbook has been changed, so nothing tells which cycle it belongs to."
ELSEWHERE = "This workbook belongs to another council, or to a cycle that is no longer here."


class ReturnFinished(Exception):
    """It has been written, or discarded, meanwhile."""


@dataclass(frozen=True)
class MadeWorkbook:
    name: str
    content: bytes


@transaction.atomic
def make_workbook(*, cycle: Cycle, whose: User | None, by: User) -> MadeWorkbook:
    """For one person, with the questions given to them and their actions; or for all. What
    stands in it is kept, to be compared with what comes back."""
    state = read_state(cycle)
    rows = that_fit(rows_for(cycle, state, whose))
    workbook = WorkingWorkbook.objects.create(
        cycle=cycle,
        whose=whose,
        whose_name=str(whose or ""),
        made_by=by,
        rows=as_json(rows),
    )
    book = WorkingBook(
        edition=printable(build_record(cycle)),
        vocabulary=vocabulary_of(CycleRows(cycle, state)),
        rows=rows,
        progress={pk: progress_words(row.updates.all()) for pk, row in state.actions.items()},
        whose=workbook.whose_name,
        token=TOKEN + signing.dumps(workbook.pk, salt=SALT),
        made_on=timezone.localdate(),
    )
    return MadeWorkbook(book.file_name, render_working_workbook(book))


def rows_for(cycle: Cycle, state: State, whose: User | None) -> list[Row]:
    rows = CycleRows(cycle, state)
    if whose is None:
        return rows.rows(rows.asked.questions, state.actions)
    reach = reach_of(rows, whose)
    return rows.rows({rows.asked.by_ref[ref].pk for ref in reach.refs}, reach.actions)


def reach_of(rows: CycleRows, person: User) -> Reach:
    """The questions given to them; their actions, and those beside these questions. One query."""
    given = rows.cycle.questions.filter(assignee=person).values_list("question", "question__ref")
    mine = dict(given)
    actions = [
        pk
        for pk, row in rows.state.actions.items()
        if any(owner.user_id == person.pk for owner in row.owners.all())
        or any(
            link.cycle_id == rows.cycle.pk and link.question_id in mine for link in row.links.all()
        )
    ]
    return Reach(frozenset(mine.values()), frozenset(actions))


def vocabulary_of(rows: CycleRows) -> Vocabulary:
    levels = tuple(rows.asked.plain_levels.values())
    return Vocabulary(levels, frozenset(rows.asked.by_ref), timezone.localdate())


def take_back(*, cycle: Cycle, file_name: str, data: bytes, by: User) -> ReturnedWorkbook:
    """A workbook of ours compared with what was sent; any other spreadsheet, whose columns have
    to be named first, as `sheets`. Raises ImportProblems, in sentences, where the file can't be
    read or is of another cycle."""
    returned = ReturnedWorkbook(cycle=cycle, file_name=shown(file_name, longest=150), by=by)
    if file_name.lower().endswith(".csv"):
        returned.sheets = [grid.as_json for grid in read_csv(data)]
    else:
        read_into(returned, read_workbook(data))
    returned.save()
    return returned


def read_into(returned: ReturnedWorkbook, file: RawWorkbook) -> None:
    if token := token_of(file):
        returned.workbook = find_workbook(returned.cycle, token)
        reading = read_returned(returned.workbook, file)
        returned.said, returned.notes = as_json(reading.said), as_json(reading.notes)
    else:
        returned.sheets = [grid.as_json for grid in grids_of(file)]


def find_workbook(cycle: Cycle, token: str) -> WorkingWorkbook:
    """Raises ImportProblems for one of another cycle or council."""
    try:
        number = signing.loads(token.removeprefix(TOKEN), salt=SALT)
    except signing.BadSignature:
        raise ImportProblems(FORGED) from None
    workbooks = WorkingWorkbook.objects.filter(cycle__council=cycle.council_id)
    found = workbooks.select_related("cycle__toolkit").filter(pk=number).first()
    if found is None:
        raise ImportProblems(ELSEWHERE)
    if found.cycle_id != cycle.pk:
        raise ImportProblems(f"This workbook is of the cycle {found.cycle}: upload it there.")
    found.cycle = cycle
    return found


def read_returned(workbook: WorkingWorkbook, file: RawWorkbook) -> Reading:
    rows = CycleRows(workbook.cycle, State({}, {}, {}))
    positions = {
        ref: {prompt.position for prompt in question.prompts.all()}
        for ref, question in rows.asked.by_ref.items()
    }
    return read_ours(file, rows_from(workbook.rows), vocabulary_of(rows), positions)


def merge_of(
    returned: ReturnedWorkbook, state: State | None = None, *, limited_to: User | None = None
) -> Merge:
    """What the file would change, as the cycle stands now. Six queries unless it is at hand.
    `limited_to`: a person who may change only what is given to them; one query more."""
    rows = CycleRows(returned.cycle, state or read_state(returned.cycle))
    decided = {number: Decided(**each) for number, each in returned.decisions.items()}
    reach = reach_of(rows, limited_to) if limited_to else None
    merger = Merger(rows, vocabulary_of(rows), reach)
    return merger.merge(base_of(returned), said_from(returned.said), decided)


def base_of(returned: ReturnedWorkbook) -> list[Row]:
    """What the file is compared with."""
    return rows_from(returned.workbook.rows if returned.workbook else returned.rows)


@transaction.atomic
def decide(
    *, returned: ReturnedWorkbook, number: int, version: int, decided: Decided
) -> ReturnedWorkbook:
    """Raises StaleSave where somebody has decided meanwhile, and ReturnFinished."""
    locked = lock(returned)
    before = Decided(**locked.decisions.get(str(number), {}))
    if before.version != version:
        raise StaleSave(before)
    locked.decisions[str(number)] = asdict(decided) | {"version": version + 1}
    locked.save(update_fields=["decisions"])
    return locked


@transaction.atomic
def confirm_return(
    *, returned: ReturnedWorkbook, by: User, limited_to: User | None = None
) -> ReturnedWorkbook:
    """Write what is taken, as the cycle stands at this instant. What isn't theirs to change who
    are `limited_to` what is given to them stays readable in the tray.

    Raises ValidationError while something has to be decided first, ReturnFinished, and
    CycleClosed.
    """
    locked = lock(returned)
    cycle = locked.cycle
    lock_council(cycle.council_id)
    lock_open_cycle(cycle.pk)
    state = read_state(cycle)
    merge = merge_of(locked, state, limited_to=limited_to)
    check(merge)
    with taken_from(f"From the {source_of(locked)}"):
        Writer(CycleRows(cycle, state), merge.taken, by).write()
    locked.confirmed_by, locked.confirmed_at = by, timezone.now()
    locked.written = len(merge.taken)
    locked.notes += as_json(refusals(merge, vocabulary_of(CycleRows(cycle, state))))
    locked.save(update_fields=["confirmed_by", "confirmed_at", "written", "notes"])
    return locked


def refusals(merge: Merge, vocabulary: Vocabulary) -> Iterator[Note]:
    """What wasn't theirs to change who confirmed it."""
    for each in merge.refused:
        said = each.said
        cells = {said.cell: said.value, **said.more}
        text = "\n".join(
            f"{TITLES[cell]}: {vocabulary.words(cell, value)}"
            for cell, value in cells.items()
            if value
        )
        yield Note(said.place, each.refused, text)


def source_of(returned: ReturnedWorkbook) -> str:
    """“workbook of Conor Contributor”."""
    if returned.workbook is None:
        return f"spreadsheet “{returned.file_name}”"
    return f"workbook of {returned.workbook.whose_name or 'everybody'}"


def check(merge: Merge) -> None:
    """Raises ValidationError."""
    if merge.waiting:
        raise ValidationError(f"{len(merge.waiting)} of the changes must be decided first.")
    for each in merge.rivals:
        place = each.said.place
        raise ValidationError(f"{place}: another row says something else here. Leave one out.")
    for each in merge.unreasoned:
        place = each.said.place
        raise ValidationError(f"{place}: say why it is not applicable, or leave the rating out.")


@transaction.atomic
def discard_return(*, returned: ReturnedWorkbook) -> None:
    lock(returned).delete()


def lock(returned: ReturnedWorkbook) -> ReturnedWorkbook:
    """Raises ReturnFinished."""
    unfinished = ReturnedWorkbook.objects.filter(confirmed_at=None)
    locked = unfinished.select_for_update(of=("self",)).filter(pk=returned.pk)
    found = locked.select_related(
        "workbook", "cycle__council", "cycle__toolkit", "cycle__scale"
    ).first()
    if found is None:
        raise ReturnFinished
    return found
