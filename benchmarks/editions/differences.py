"""What differs between a published edition and one that claims to be it, or comes from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from os.path import commonprefix
from typing import Any

from .problems import NAMED_BY, Path, place_in

LONGEST = 60


def differences(
    published: Any, new: Any, *, here: str = "published", there: str = "in the file"
) -> list[str]:
    """A sentence each. Entries that have a name are compared with the one of that name."""
    return list(_Comparison(published, new, here, there).of(published, new, ()))


@dataclass(frozen=True)
class _Comparison:
    """`here` and `there`: what the two are called."""

    before: Any
    after: Any
    here: str
    there: str

    def of(self, old: Any, new: Any, path: Path) -> Iterator[str]:
        if isinstance(old, dict) and isinstance(new, dict):
            for key in dict.fromkeys([*old, *new]):
                yield from self.of(old.get(key), new.get(key), (*path, key))
        elif {type(old), type(new)} in ({list}, {list, type(None)}):
            yield from self.of_lists(old or [], new or [], path)
        elif old != new and (old or new):  # an empty list may also be left out
            one, other = _around_the_change(old, new)
            yield f"{self.name(path)}: “{one}” {self.here}, “{other}” {self.there}"

    def of_lists(self, old: list[Any], new: list[Any], path: Path) -> Iterator[str]:
        if len(old) != len(new):
            yield f"{self.name(path)}: {len(old)} {self.here}, {len(new)} {self.there}"
        named_by = NAMED_BY.get(str(path[-1]) if path else "", ("", None))[1]
        if named_by is None:
            for index, (one, other) in enumerate(zip(old, new, strict=False)):
                yield from self.of(one, other, (*path, index))
            for where, entries in ((self.here, old[len(new) :]), (self.there, new[len(old) :])):
                texts = [each for each in entries if isinstance(each, str)]
                yield from (f"{self.name(path)}: “{_short(each)}” only {where}" for each in texts)
            return
        places = {_named(entry, named_by): at for at, entry in enumerate(old)}
        for at, entry in enumerate(new):
            found = places.pop(_named(entry, named_by), None)
            if found is None:
                yield f"{place_in(self.after, (*path, at))}: only {self.there}"
            else:
                yield from self.of(old[found], entry, (*path, found))
        for at in places.values():
            yield f"{place_in(self.before, (*path, at))}: only {self.here}"

    def name(self, path: Path) -> str:
        field = path[-1] if path and isinstance(path[-1], str) else ""
        return ", ".join(part for part in (place_in(self.before, path), field) if part)


def _named(entry: Any, field: str) -> Any:
    return entry.get(field) if isinstance(entry, dict) else entry


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _around_the_change(old: Any, new: Any) -> tuple[str, str]:
    texts = ["nothing" if value in (None, []) else str(value) for value in (old, new)]
    start = max(0, len(commonprefix(texts)) - 20)
    shown = [("…" if start else "") + _short(text[start:]) for text in texts]
    return shown[0], shown[1]
