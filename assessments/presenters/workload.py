"""Who owns which actions, and who has answered what they were given."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from assessments.keys import key_of_name
from assessments.models import Action
from assessments.presenters import register_query
from assessments.presenters.check import is_open
from assessments.presenters.cycle_rows import Addresses
from assessments.presenters.dashboard_rows import NOBODY, DashboardRows, Holder
from assessments.progress import Tally

NO_OWNER = "No owner"
NOBODY_YET = "Nobody yet"
NO_ORGANISATION = "No organisation given"
NOBODY_KEY, NO_ORGANISATION_KEY = "nobody", "no-organisation"


@dataclass(frozen=True)
class OwnerLine:
    """The open actions of one owner, and where each number of them is listed."""

    name: str
    open: int
    overdue: int
    undated: int
    href: str = ""

    @property
    def cells(self) -> tuple[tuple[str, int, str], ...]:
        """Heading, number and address."""
        return (
            ("Open", self.open, self.href),
            ("Overdue", self.overdue, f"{self.href}&due=overdue"),
            ("No date", self.undated, f"{self.href}&due=undated"),
        )


@dataclass(frozen=True)
class ShareLine:
    """The questions of one person or organisation. `questions` counts those completed;
    `answers` the prompts. `key` stands for the name in addresses; `at`: of the cycle."""

    name: str
    key: str
    questions: Tally
    answers: Tally
    at: Addresses

    @property
    def cells(self) -> tuple[tuple[str, int, str], ...]:
        """Heading, number and address."""
        done, of_all = self.questions.answered, self.questions.total
        questions = partial(self.at.figure, "questions", who=self.key)
        answers = partial(self.at.figure, "answers", who=self.key)
        return (
            ("Questions completed", done, questions(state="completed")),
            ("To go", of_all - done, questions(state="to-go")),
            ("Answers given", self.answers.answered, answers(state="given")),
            ("Answers in all", self.answers.total, answers()),
        )


def first_actions(rows: DashboardRows) -> list[Action]:
    """Each action of the cycle once."""
    return [link.action for link in rows.first_links.values()]


def is_overdue(action: Action, rows: DashboardRows) -> bool:
    return is_open(action) and action.due_date is not None and action.due_date < rows.today


def owner_lines(rows: DashboardRows) -> list[OwnerLine]:
    """The most overdue first, then what nobody owns. An action of two owners counts with both."""
    owned: dict[str, list[Action]] = defaultdict(list)
    names = {register_query.NOBODY: NO_OWNER}
    for action in filter(is_open, first_actions(rows)):
        owners = {owner.key: owner.name for owner in reversed(rows.owners[action.pk])}
        for key in owners or {register_query.NOBODY: NO_OWNER}:
            owned[key].append(action)
        names = {**owners, **names}
    lines = [owner_line(names[key], key, actions, rows) for key, actions in owned.items()]
    return sorted(
        lines, key=lambda each: (-each.overdue, each.name != NO_OWNER, -each.open, each.name)
    )


def owner_line(name: str, key: str, actions: Sequence[Action], rows: DashboardRows) -> OwnerLine:
    return OwnerLine(
        name=name,
        open=len(actions),
        overdue=sum(is_overdue(action, rows) for action in actions),
        undated=sum(action.due_date is None and not action.due_words for action in actions),
        href=rows.at.register(owner=key),
    )


Named = tuple[str, str]  # the key and the name of whom a question counts with


def by_person(holder: Holder) -> Named:
    return (f"u{holder.person}", holder.name) if holder.person else (NOBODY_KEY, NOBODY_YET)


def by_organisation(holder: Holder) -> Named:
    if not holder.person:
        return NOBODY_KEY, NOBODY_YET
    name = holder.organisation
    return (f"o{key_of_name(name)}", name) if name else (NO_ORGANISATION_KEY, NO_ORGANISATION)


LAST = (NO_ORGANISATION_KEY, NOBODY_KEY)


def share_lines(rows: DashboardRows, by: Callable[[Holder], Named] = by_person) -> list[ShareLine]:
    """The least complete first, what nobody has last."""
    shares: dict[Named, list[Tally]] = defaultdict(list)
    for question, tally in tallies(rows):
        shares[by(rows.assigned.get(question, NOBODY))].append(tally)
    lines = [share_line(key, name, found, rows.at) for (key, name), found in shares.items()]
    return sorted(lines, key=lambda each: (place_of(each.key), part(each.answers), each.name))


def tallies(rows: DashboardRows) -> Iterator[tuple[int, Tally]]:
    """Every question with how many of its answers are decided."""
    for question in rows.asked.questions:
        decided = Counter(answer.is_decided for answer in rows.answers[question])
        yield question, Tally(decided[True], decided.total(), rows.to_confirm(question))


def share_line(key: str, name: str, found: Sequence[Tally], at: Addresses) -> ShareLine:
    completed = Tally(sum(tally.is_complete for tally in found), len(found))
    return ShareLine(name, key, completed, sum(found, Tally()), at)


def place_of(key: str) -> int:
    return LAST.index(key) + 1 if key in LAST else 0


def part(tally: Tally) -> float:
    return tally.answered / tally.total if tally.total else 1.0
