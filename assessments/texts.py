"""A council's words with their sensitivity, and the one place where restricted ones come out."""

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from operator import is_
from typing import Any, TypeVar

from assessments.models import Audience, Sensitivity

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

    def may_be_read_by(self, audience: Audience) -> bool:
        """A committee reads what is exempt; what is not for publication stays with the board."""
        if audience == Audience.PUBLIC:
            return self.is_public
        return audience == Audience.BOARD or self.sensitivity != Sensitivity.NOT_FOR_PUBLICATION

    def read_by(self, audience: Audience) -> "Text":
        """Itself where the audience may read it or it is empty, else its stand-in."""
        return self if self.may_be_read_by(audience) or not self.value else self.stand_in()


def texts(value: Any) -> Iterable[Text]:
    """Every council text within, in order."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    else:
        for name in field_names(value):
            yield from texts(getattr(value, name))


def with_parts(value: Part, change: Callable[[Any], Any]) -> Part:
    """A tuple or dataclass with each of its parts changed, anything else as it is.

    The same object where no part changes: few do, and copying a whole cycle takes longer than
    looking through it.
    """
    if isinstance(value, tuple):
        parts = tuple(map(change, value))
        return value if all(map(is_, parts, value)) else parts  # type: ignore[return-value]
    changes = {
        name: new
        for name in field_names(value)
        if (new := change(part := getattr(value, name))) is not part
    }
    return dataclasses.replace(value, **changes) if changes else value  # type: ignore[type-var]


def field_names(value: object) -> tuple[str, ...]:
    """Of a dataclass; none of anything else."""
    kind: Any = type(value)
    return field_names_of(kind)


@cache
def field_names_of(kind: Any) -> tuple[str, ...]:
    if not dataclasses.is_dataclass(kind):
        return ()
    return tuple(each.name for each in dataclasses.fields(kind))


def copy_for(audience: Audience, value: Part) -> Part:
    """From the inside out: every part with a form `read_by` the audience is replaced by it."""
    changed: Any = with_parts(value, partial(copy_for, audience))
    return changed.read_by(audience) if hasattr(changed, "read_by") else changed  # type: ignore[no-any-return]
