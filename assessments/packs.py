"""A committee pack as plain typed data: what its versions freeze and its report is written from.

Pure, as `snapshots.py` is: the canonical form is written once, hashed, and read back for ever.
"""

import dataclasses
import datetime
from dataclasses import dataclass

import msgspec

from assessments.models import PartKind, SectionKind, Sensitivity
from assessments.texts import Text, texts

FORMAT = "prevent-toolkit-pack"


@dataclass(frozen=True)
class Publisher:
    """`contact`: whom to ask for another format. `logo`: a PNG in base64, or empty.
    `word_template`: the SHA-256 of the council's own, which is kept with the files."""

    name: str
    accent_colour: str
    address: str = ""
    contact: str = ""
    logo: str = ""
    word_template: str = ""


@dataclass(frozen=True)
class Meeting:
    committee: str
    on: datetime.date
    item: str = ""
    wards: str = ""
    key_decision: str = ""
    report_of: str = ""
    assistant_directors: tuple[str, ...] = ()
    director: str = ""
    author: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """`snapshot`: the number of the one that an inserted block comes from; 0 for a text."""

    kind: str
    text: Text = dataclasses.field(default_factory=Text)
    snapshot: int = 0

    @property
    def is_text(self) -> bool:
        return self.kind == PartKind.TEXT


@dataclass(frozen=True)
class Section:
    key: str
    heading: str
    kind: str
    parts: tuple[Part, ...] = ()
    verified_by: str = ""
    verified_on: datetime.date | None = None

    @property
    def is_implication(self) -> bool:
        return self.kind == SectionKind.IMPLICATION

    @property
    def is_numbered(self) -> bool:
        return self.kind == SectionKind.NUMBERED


@dataclass(frozen=True)
class PackRecord:
    """`snapshot`, `snapshot_sha256` and `period`: of the one that the appendices are made from."""

    publisher: Publisher
    title: str
    meeting: Meeting
    sections: tuple[Section, ...]
    snapshot: int
    snapshot_sha256: str
    period: str
    sensitivity: str = Sensitivity.PUBLIC.value
    public_interest: str = ""
    marking: str = ""
    is_draft: bool = True
    format: str = FORMAT
    version: int = 1

    @property
    def snapshots(self) -> set[int]:
        """The numbers of every snapshot that something in it comes from."""
        parts = (part for section in self.sections for part in section.parts)
        return {self.snapshot, *(part.snapshot for part in parts if not part.is_text)}

    @property
    def is_public(self) -> bool:
        return self.sensitivity == Sensitivity.PUBLIC

    @property
    def restrictions(self) -> tuple[str, ...]:
        """The sensitivity of every text in the report that isn't public, each once."""
        found = (text.sensitivity for text in texts(self.sections) if text and not text.is_public)
        whole = () if self.is_public else (self.sensitivity,)
        return tuple(dict.fromkeys([*whole, *found]))


def canonical(pack: PackRecord) -> str:
    """JSON with its keys in order and no white space: the same content is the same text."""
    return msgspec.json.encode(pack, order="sorted").decode()


def thaw(content: str) -> PackRecord:
    """Raises msgspec.ValidationError where the text isn't a pack's content."""
    return msgspec.json.decode(content, type=PackRecord)
