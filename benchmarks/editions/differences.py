"""What differs between a published edition and a file that claims to be it."""

from collections.abc import Iterator
from os.path import commonprefix
from typing import Any

from .problems import Path, place_in


def differences(published: Any, new: Any) -> list[str]:
    return list(_compare(published, published, new, ()))


def _compare(root: Any, published: Any, new: Any, path: Path) -> Iterator[str]:
    if isinstance(published, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*published, *new]):
            yield from _compare(root, published.get(key), new.get(key), (*path, key))
    elif isinstance(published, list) and isinstance(new, list):
        if len(published) != len(new):
            yield f"{_name(root, path)}: {len(published)} published, {len(new)} in the file"
        for index, (one, other) in enumerate(zip(published, new, strict=False)):
            yield from _compare(root, one, other, (*path, index))
    elif published != new and (published or new):  # an empty list may also be left out
        here, there = _around_the_change(published, new)
        yield f"{_name(root, path)}: “{here}” published, “{there}” in the file"


def _name(root: Any, path: Path) -> str:
    field = path[-1] if path and isinstance(path[-1], str) else ""
    return ", ".join(part for part in (place_in(root, path), field) if part)


def _around_the_change(published: Any, new: Any) -> tuple[str, str]:
    texts = ["nothing" if value in (None, []) else str(value) for value in (published, new)]
    start = max(0, len(commonprefix(texts)) - 20)
    shown = [
        ("…" if start else "") + text[start : start + 60] + ("…" if text[start + 60 :] else "")
        for text in texts
    ]
    return shown[0], shown[1]
