"""Two texts compared word by word."""

from collections.abc import Sequence
from difflib import SequenceMatcher

Piece = tuple[str, str]  # "same", "added" or "removed", and the words
CONTEXT = 12  # words that stay on either side of a change in a long text


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
