"""A council's words with their sensitivity, and the one place where restricted ones come out."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from assessments.models import Sensitivity

Part = TypeVar("Part")


@dataclass(frozen=True)
class Text:
    """`withheld` texts hold only the line that stands in their place."""

    value: str = ""
    sensitivity: str = Sensitivity.PUBLIC.value
    withheld: bool = False

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return self.value

    @property
    def is_public(self) -> bool:
        return self.sensitivity == Sensitivity.PUBLIC

    @property
    def sensitivity_label(self) -> str:
        return Sensitivity(self.sensitivity).label

    def stand_in(self) -> "Text":
        return Text(Sensitivity(self.sensitivity).withheld_text, self.sensitivity, withheld=True)

    def public(self) -> "Text":
        """Itself where it may be published or is empty, else its stand-in."""
        return self if self.is_public or not self.value else self.stand_in()


def texts(value: Any) -> Iterable[Text]:
    """Every council text within, in order."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            yield from texts(getattr(value, each.name))


def public_copy(value: Part) -> Part:
    """From the inside out: every part that has a `public()` form is replaced by it."""
    changed: Any = value
    if isinstance(value, tuple):
        changed = tuple(public_copy(part) for part in value)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [each.name for each in dataclasses.fields(value)]
        changes = {name: public_copy(getattr(value, name)) for name in names}
        changed = dataclasses.replace(value, **changes)
        changed = changed.public() if hasattr(changed, "public") else changed
    return changed  # type: ignore[no-any-return]
