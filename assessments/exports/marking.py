"""What every page and sheet says about who may read it."""

from typing import Protocol

from assessments.record import Text


class Headed(Protocol):
    """What the head and foot of a page or sheet tell: of a cycle's record, or a register's."""

    @property
    def council_name(self) -> str: ...
    @property
    def toolkit_title(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def is_public(self) -> bool: ...
    @property
    def has_restricted_text(self) -> bool: ...


def marking(record: Headed) -> str:
    if record.is_public:
        return "Public version"
    restricted = ": contains restricted text" if record.has_restricted_text else ""
    return f"Board version{restricted}"


def marked(text: Text) -> str:
    """The text, after its sensitivity where it is a restricted one."""
    if text.is_public or text.withheld or not text:
        return text.value
    return f"[{text.sensitivity_label}] {text.value}"
