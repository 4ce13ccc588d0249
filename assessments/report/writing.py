"""A pack as the report that one audience may read.

Numbers are counted over the whole report, also where a text is left out, so that paragraph 2.5
is the same paragraph in the public and in the exempt version.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from assessments.exports.logo import Logo
from assessments.models import Audience, Sensitivity
from assessments.packs import PackRecord, Part, Publisher, Section
from assessments.record import CycleRecord
from assessments.report.blocks import Source, day, inserted, listed
from assessments.report.text import Points, Subheading, Typed, Words, typed_blocks
from assessments.report.tree import (
    Block,
    Bullets,
    FrontSheet,
    Heading,
    Identity,
    Line,
    Paragraph,
    Report,
    Table,
    runs,
)
from assessments.snapshots import Frozen
from assessments.texts import Text, texts

APPENDICES = "appendices"  # the section that lists what the pack itself adds


@dataclass(frozen=True)
class Appendix:
    """`number` as in “Appendix 1”; `restrictions`: why it isn't public, where it isn't."""

    number: int
    title: str
    restrictions: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"Appendix {self.number}"

    @property
    def words(self) -> str:
        said = f"{self.name}: {self.title}"
        return f"{said} ({restricted_words(self.restrictions)})" if self.restrictions else said


def write_report(
    pack: PackRecord, snapshots: Mapping[int, Frozen], *, audience: Audience, version: str
) -> Report:
    """`snapshots`: by number, every one that the pack names. `version`: such as “Draft 3”."""
    appendix = {pack.snapshot: pack.appendix_for(Audience.PUBLIC)}
    sources = {
        number: Source.of(frozen, audience, appendix.get(number, ""))
        for number, frozen in snapshots.items()
    }
    writer = Writer(pack, sources, audience, appendices_of(pack, snapshots[pack.snapshot].record))
    return Report(
        identity=identity_of(pack.publisher),
        title=pack.title,
        committee=pack.meeting.committee,
        facts=tuple(facts(pack)),
        publicity=publicity(pack, audience),
        version=version,
        blocks=tuple(writer.blocks()),
        marking=marking(pack, audience),
        is_draft=pack.is_draft,
        is_public=audience == Audience.PUBLIC,
        footer=f"{pack.meeting.committee}, {day(pack.meeting.on)}",
    )


def facts(pack: PackRecord) -> Iterator[Line]:
    """The rows of the table at the report's head, under committee and title; what was left
    empty has none."""
    meeting = pack.meeting
    several = "s" if len(meeting.assistant_directors) > 1 else ""
    rows = (
        ("Meeting", day(meeting.on)),
        ("Item", meeting.item),
        ("Wards and communities affected", meeting.wards),
        ("Key decision", meeting.key_decision),
        ("Report of", meeting.report_of),
        (f"Accountable assistant director{several}", "\n".join(meeting.assistant_directors)),
        ("Accountable director", meeting.director),
    )
    return (Line(label, text) for label, text in rows if text)


def publicity(pack: PackRecord, audience: Audience) -> str:
    if not pack.is_public:
        reason = f" {pack.public_interest}" if pack.public_interest else ""
        return f"{Sensitivity(pack.sensitivity).withheld_text}.{reason}"
    if read := restrictions_read(pack, audience):
        return f"This version contains text that is {restricted_words(read)}."
    return "This report is public."


def restrictions_read(pack: PackRecord, audience: Audience) -> tuple[str, ...]:
    """Of the texts that are not public and that these may read."""
    if audience == Audience.BOARD:
        return pack.restrictions
    return pack.exemptions if audience == Audience.COMMITTEE else ()


def marking(pack: PackRecord, audience: Audience) -> str:
    """On every page: the protective marking, and what the version holds that isn't public."""
    read = restrictions_read(pack, audience)
    words = restricted_words(read) if read else ""
    return " · ".join(filter(None, [pack.marking, words[:1].upper() + words[1:]]))


def restricted_words(restrictions: Iterable[str]) -> str:
    """“not for publication: paragraphs 1 and 7”."""
    exempt = sorted({each[-1] for each in restrictions if each.startswith("exempt-")})
    if not exempt:
        return "not for publication"
    return f"not for publication: paragraph{'s' if exempt[1:] else ''} {listed(exempt)}"


def lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]


def appendices_of(pack: PackRecord, record: CycleRecord) -> tuple[Appendix, ...]:
    """In order: those that the pack makes, with the council's own before and after them."""
    before = pack.first_appendix - 1
    own = pack.own_appendices
    listed = [Appendix(n, title) for n, title in enumerate(own[:before], start=1)]
    listed += made_appendices(pack, record)
    after = enumerate(own[before:], start=listed[-1].number + 1)
    return (*listed, *(Appendix(number, title) for number, title in after))


def made_appendices(pack: PackRecord, record: CycleRecord) -> tuple[Appendix, ...]:
    """The self-assessment; and once more with its exempt text, where it has any. `record`:
    whole, as it was signed."""
    number, title = pack.first_appendix, f"Prevent self-assessment {record.period}"
    if not pack.is_public:
        return (Appendix(number, title, (pack.sensitivity,)),)
    public = Appendix(number, title)
    exempt = exempt_in(record)
    if not exempt:
        return (public,)
    return public, Appendix(number + 1, f"{title} with exempt text", exempt)


def exempt_in(record: CycleRecord) -> tuple[str, ...]:
    """Why texts in it are exempt, each reason once, by its paragraph."""
    found = {text.sensitivity for text in texts(record) if text and not text.is_public}
    return tuple(sorted(found - {Sensitivity.NOT_FOR_PUBLICATION.value}))


def identity_of(publisher: Publisher) -> Identity:
    return Identity(
        council=publisher.name,
        address=publisher.address,
        contact=publisher.contact,
        accent_colour=publisher.accent_colour,
        logo=Logo.from_base64(publisher.logo) if publisher.logo else None,
    )


def marked_as(text: Text, block: Block) -> Block:
    """With the restriction of the text that the block is of; a table or a front sheet has it in
    its caption."""
    if text.is_public:
        return block
    if isinstance(block, Table | FrontSheet):
        return replace(block, caption=f"{block.caption} ({lower_first(text.sensitivity_label)})")
    return replace(block, marking=text.sensitivity_label)


@dataclass
class Numbers:
    """Counts paragraphs of one numbered section: 2.1, 2.2, and 2.3.1 below a sub-heading."""

    section: int
    paragraph: int = 0
    below: int | None = None

    def next(self) -> str:
        if self.below is not None:
            self.below += 1
            return f"{self.section}.{self.paragraph}.{self.below}"
        self.paragraph += 1
        return f"{self.section}.{self.paragraph}"

    def next_heading(self) -> str:
        self.below = None
        number = self.next()
        self.below = 0
        return number


@dataclass
class Writer:
    pack: PackRecord
    sources: Mapping[int, Source]
    audience: Audience
    appendices: Sequence[Appendix]
    numbers: Numbers | None = None
    sections: Iterator[int] = field(default_factory=lambda: count(1))
    subheadings: Iterator[int] = field(default_factory=lambda: count(1))

    def blocks(self) -> Iterator[Block]:
        for section in self.pack.sections:
            yield self.heading(section)
            if section.verified_on:
                yield Paragraph(
                    runs(f"{section.verified_by}, {day(section.verified_on)}"),
                    lead="Implications verified by:",
                )
            for part in section.parts:
                yield from self.part(section, part)
            if section.key == APPENDICES:
                yield Bullets(tuple(runs(each.words) for each in self.appendices))
        yield from self.author()

    def heading(self, section: Section) -> Heading:
        if section.is_numbered:
            self.numbers = Numbers(next(self.sections))
            return Heading(section.heading, 2, section.key, str(self.numbers.section))
        if section.is_implication and self.numbers:
            return Heading(section.heading, 3, section.key, self.numbers.next())
        self.numbers = None
        return Heading(section.heading, 2, section.key)

    def part(self, section: Section, part: Part) -> Iterator[Block]:
        if part.is_text:
            yield from self.text(section, part.text)
            return
        made = inserted(part.kind, self.sources[part.snapshot])
        if self.may_be_read(part.text):
            intro = Paragraph(runs(made.intro), number=self.number(section))
            yield from (marked_as(part.text, block) for block in (intro, *made.blocks))
        else:
            yield self.withheld(part.text, self.number(section))

    def text(self, section: Section, text: Text) -> Iterator[Block]:
        """A withheld text takes the numbers of all its paragraphs, and shows the first."""
        written = [self.typed(section, block) for block in typed_blocks(text.value)]
        if self.may_be_read(text):
            yield from (marked_as(text, block) for block in written)
        elif written:
            numbers = (block.number for block in written if not isinstance(block, Bullets))
            yield self.withheld(text, next(numbers, ""))

    def typed(self, section: Section, block: Typed) -> Heading | Paragraph | Bullets:
        match block:
            case Subheading(words):
                key = f"{section.key}-{next(self.subheadings)}"
                return Heading(words, 3, key, self.number_of_heading(section))
            case Points(items):
                return Bullets(tuple(map(runs, items)))
            case Words(words):
                return Paragraph(runs(words), number=self.number(section))

    def may_be_read(self, text: Text) -> bool:
        whole = Text(sensitivity=self.pack.sensitivity)
        return text.may_be_read_by(self.audience) and whole.may_be_read_by(self.audience)

    def withheld(self, text: Text, number: str) -> Paragraph:
        """The line in its place; of a report that isn't public at all, the report's own."""
        of = text if not text.is_public else Text(sensitivity=self.pack.sensitivity)
        return Paragraph(runs(str(of.stand_in())), number=number, withheld=True)

    def number(self, section: Section) -> str:
        return self.numbers.next() if self.numbers and section.is_numbered else ""

    def number_of_heading(self, section: Section) -> str:
        return self.numbers.next_heading() if self.numbers and section.is_numbered else ""

    def author(self) -> Iterator[Block]:
        if self.pack.meeting.author:
            yield Heading("Report author", 2, "report-author")
            yield Paragraph(runs("\n".join(self.pack.meeting.author)))
