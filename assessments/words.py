"""Two texts compared word by word."""

from collections.abc import Sequence
from difflib import SequenceMatcher

Piece = tuple[str, str]  # "same", "added" or "removed", and the words
CONTEXT = 12  # words that stay on either side of a change in a long text
LEAST_RUN = 3  # fewer words between two changes are taken into them
LEAST_KEPT = 0.4  # of the words; where less stays, both texts are shown whole


def word_diff(before: str, after: str) -> list[Piece]:
    """The words of both, in order, each run marked as same, removed or added.

    With `autojunk`, because without it a text of a few words over and over takes hours.
    """
    old, new = before.split(), after.split()
    pieces: list[Piece] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            pieces.append(("same", " ".join(old[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(("removed", " ".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(("added", " ".join(new[j1:j2])))
    return pieces


def readable_diff(before: str, after: str) -> list[Piece]:
    """As a person would mark it: in runs, without the long middle of what stayed, and one text
    after the other where little of it stayed."""
    pieces = in_runs(word_diff(before, after))
    kept = sum(len(words.split()) for kind, words in pieces if kind == "same")
    if before and after and kept < LEAST_KEPT * max(len(before.split()), len(after.split())):
        return [("removed", before), ("added", after)]
    return shortened(pieces)


def in_runs(pieces: Sequence[Piece]) -> list[Piece]:
    """Without the odd word that happens to stand in both texts between two changes."""
    runs: list[Piece] = []
    removed: list[str] = []
    added: list[str] = []
    for place, (kind, words) in enumerate(pieces):
        between = 0 < place < len(pieces) - 1 and len(words.split()) < LEAST_RUN
        if kind == "same" and not between:
            runs += [*change_of(removed, added), (kind, words)]
            removed, added = [], []
        if kind == "removed" or (kind == "same" and between):
            removed.append(words)
        if kind == "added" or (kind == "same" and between):
            added.append(words)
    return [*runs, *change_of(removed, added)]


def change_of(removed: Sequence[str], added: Sequence[str]) -> list[Piece]:
    both = [("removed", " ".join(removed)), ("added", " ".join(added))]
    return [(kind, words) for kind, words in both if words]


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """Long runs without a difference give way to dots."""
    last = len(pieces) - 1
    return [
        (kind, middle_left_out(words, place == 0, place == last) if kind == "same" else words)
        for place, (kind, words) in enumerate(pieces)
    ]


def middle_left_out(words: str, is_first: bool, is_last: bool) -> str:
    split = words.split()
    if len(split) <= 2 * CONTEXT + 4:
        return words
    head = "" if is_first else " ".join(split[:CONTEXT])
    tail = "" if is_last else " ".join(split[-CONTEXT:])
    return f"{head} … {tail}".strip()
