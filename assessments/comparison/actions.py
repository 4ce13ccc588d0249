"""Finds what an action was in the other record, and what became of it."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assessments.comparison.parts import NOTHING, ActionChange, ActionChanges, TextChange
from assessments.models import ActionStatus
from assessments.record import Action, CycleRecord

ALIKE = 0.6  # how much of an action's words stays for it to be the same one, worded anew


def action_changes(before: CycleRecord, after: CycleRecord) -> ActionChanges:
    pairs = list(paired(before.actions, after.actions))
    changes = [ActionChange(old, new, worded(old, new)) for old, new in pairs]
    kinds: dict[str, list[ActionChange]] = {}
    for change in changes:
        kinds.setdefault(kind_of(change, before), []).append(change)
    return ActionChanges(**{kind: tuple(found) for kind, found in kinds.items()})


def worded(before: Action | None, after: Action | None) -> TextChange:
    return TextChange(
        "Action", before.text if before else NOTHING, after.text if after else NOTHING
    )


def kind_of(change: ActionChange, earlier: CycleRecord) -> str:
    """An action lives on across cycles, so that it may read as completed in both: then the day
    of its completion tells whether that was since."""
    if change.before is None:
        return "new"
    if is_completed(change.action) and not was_completed(change.before, earlier):
        return "closed"
    if change.after is None:
        return "dropped" if not is_completed(change.before) else "same"
    return "reworded" if change.text.is_changed else "same"


def is_completed(action: Action) -> bool:
    return action.status == ActionStatus.COMPLETED


def was_completed(action: Action, earlier: CycleRecord) -> bool:
    done = action.completed_on
    return is_completed(action) and not (done and done > earlier.as_at)


def paired(
    before: Sequence[Action], after: Sequence[Action]
) -> Iterator[tuple[Action | None, Action | None]]:
    """Those of the same words first, then those beside the same question and nearly so."""
    old = list(before)
    unmatched: list[Action] = []
    pairs: list[tuple[Action | None, Action | None]] = []
    for action in after:
        same = next((each for each in old if each.text == action.text), None)
        if same:
            old.remove(same)
            pairs.append((same, action))
        else:
            unmatched.append(action)
    for action in unmatched:
        like = next((each for each in old if are_alike(each, action)), None)
        if like:
            old.remove(like)
        pairs.append((like, action))
    yield from sorted(pairs, key=lambda pair: pair[1].number if pair[1] else 0)
    yield from ((action, None) for action in old)


def are_alike(one: Action, other: Action) -> bool:
    if not {link.ref for link in one.links} & {link.ref for link in other.links}:
        return False
    words = one.text.value.split(), other.text.value.split()
    return SequenceMatcher(None, *words).ratio() >= ALIKE
