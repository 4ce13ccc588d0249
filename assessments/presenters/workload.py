"""Who owns which actions, and who has answered what they were given."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.models import Action
from assessments.presenters.check import is_open
from assessments.presenters.dashboard_rows import DashboardRows
from assessments.progress import Tally

NO_OWNER = "No owner"
NOBODY = "Nobody yet"


@dataclass(frozen=True)
class OwnerLine:
    """The open actions of one owner."""

    name: str
    open: int
    overdue: int
    undated: int


@dataclass(frozen=True)
class ShareLine:
    """The questions of one person. `questions` counts those completed; `answers` the prompts."""

    name: str
    questions: Tally
    answers: Tally


def first_actions(rows: DashboardRows) -> list[Action]:
    """Each action of the cycle once."""
    return [link.action for link in rows.first_links.values()]


def is_overdue(action: Action, rows: DashboardRows) -> bool:
    return is_open(action) and action.due_date is not None and action.due_date < rows.today


def owner_lines(rows: DashboardRows) -> list[OwnerLine]:
    """The most overdue first, then what nobody owns. An action of two owners counts with both."""
    owned: dict[str, list[Action]] = defaultdict(list)
    for action in first_actions(rows):
        for name in (rows.owners[action.pk] or [NO_OWNER]) if is_open(action) else []:
            owned[name].append(action)
    lines = [owner_line(name, actions, rows) for name, actions in owned.items()]
    return sorted(
        lines, key=lambda each: (-each.overdue, each.name != NO_OWNER, -each.open, each.name)
    )


def owner_line(name: str, actions: Sequence[Action], rows: DashboardRows) -> OwnerLine:
    return OwnerLine(
        name=name,
        open=len(actions),
        overdue=sum(is_overdue(action, rows) for action in actions),
        undated=sum(action.due_date is None and not action.due_words for action in actions),
    )


def share_lines(rows: DashboardRows) -> list[ShareLine]:
    """The least complete first, what nobody has last."""
    names: dict[int, str] = {}
    shares: dict[int, list[Tally]] = defaultdict(list)
    for question in rows.asked.questions:
        person, names_person = rows.assigned.get(question, (0, NOBODY))
        names[person] = names_person
        decided = Counter(answer.is_decided for answer in rows.answers[question])
        waiting = rows.to_confirm(question)
        shares[person].append(Tally(decided[True], decided.total(), waiting))
    lines = [(person, share_line(names[person], tallies)) for person, tallies in shares.items()]
    lines.sort(key=lambda each: (each[0] == 0, part(each[1].answers), each[1].name))
    return [line for _, line in lines]


def share_line(name: str, tallies: Iterable[Tally]) -> ShareLine:
    tallies = list(tallies)
    completed = Tally(sum(tally.is_complete for tally in tallies), len(tallies))
    return ShareLine(name, completed, sum(tallies, Tally()))


def part(tally: Tally) -> float:
    return tally.answered / tally.total if tally.total else 1.0
