"""What every page and sheet says about who may read it."""

from typing import Protocol

from assessments.models import Audience
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
    def audience(self) -> str: ...
    @property
    def has_restricted_text(self) -> bool: ...


def marking(record: Headed) -> str:
    version = f"{record.audience.capitalize()} version"
    if record.audience == Audience.PUBLIC or not record.has_restricted_text:
        return version
    return f"{version}: contains restricted text"


def marked(text: Text) -> str:
    """The text, after its sensitivity where it is a restricted one."""
    if text.is_public or text.withheld or not text:
        return text.value
    return f"[{text.sensitivity_label}] {text.value}"
