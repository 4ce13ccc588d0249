"""A committee pack as plain typed data: what its versions freeze and its report is written from.

Pure, as `snapshots.py` is: the canonical form is written once, hashed, and read back for ever.
"""

import dataclasses
import datetime
from dataclasses import dataclass

import msgspec

from assessments.models import Audience, PartKind, SectionKind, Sensitivity
from assessments.texts import Text

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


def has_words(part: Part) -> bool:
    return not part.is_text or bool(part.text)


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
    """`snapshot`, `snapshot_sha256` and `period`: of the one that the appendices are made from.
    `own_appendices`: titles of those that the council attaches itself, in order;
    `first_appendix`: the number of the first that the pack makes."""

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
    own_appendices: tuple[str, ...] = ()
    first_appendix: int = 1
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

    def appendix_for(self, audience: Audience) -> str:
        """What the self-assessment that these read is called: with exempt text it comes after
        the public one, where there is one."""
        after = audience == Audience.COMMITTEE and self.is_public
        return f"Appendix {self.first_appendix + after}"

    @property
    def restrictions(self) -> tuple[str, ...]:
        """The sensitivity of every text in the report that isn't public, each once."""
        found = (
            part.text.sensitivity
            for section in self.sections
            for part in section.parts
            if has_words(part) and not part.text.is_public
        )
        whole = () if self.is_public else (self.sensitivity,)
        return tuple(dict.fromkeys([*whole, *found]))

    @property
    def exemptions(self) -> tuple[str, ...]:
        """Those of them that the committee's members may read."""
        kept_back = Sensitivity.NOT_FOR_PUBLICATION
        return tuple(each for each in self.restrictions if each != kept_back)


def canonical(pack: PackRecord) -> str:
    """JSON with its keys in order and no white space: the same content is the same text."""
    return msgspec.json.encode(pack, order="sorted").decode()


def thaw(content: str) -> PackRecord:
    """Raises msgspec.ValidationError where the text isn't a pack's content."""
    return msgspec.json.decode(content, type=PackRecord)
