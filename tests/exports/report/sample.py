"""A report of an invented council, shaped like the real ones: every kind of block is in it."""

import dataclasses
import datetime
import struct
import zlib

from assessments.exports.logo import Logo
from assessments.report import (
    Block,
    Bullets,
    Column,
    Entry,
    FrontSheet,
    Heading,
    Identity,
    Line,
    Paragraph,
    Rated,
    Report,
    Table,
    runs,
)

MADE_ON = datetime.date(2026, 2, 12)
SOURCE = "From snapshot 2 of 2025/26, position as at 1 December 2025, signed on 14 January 2026."

GREEN, AMBER, RED = (
    Rated("Green", "●", "green"),
    Rated("Amber", "▲", "amber"),
    Rated("Red", "■", "red"),
)
NOT_RATED = Rated("Not rated")


def png(width: int, height: int, colour: bytes = b"\x12\x43\x6d") -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        sum_ = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", sum_)

    rows = (b"\x00" + colour * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


IDENTITY = Identity(
    council="Northmere Borough Council",
    address="Civic Offices\nMere Road\nNorthmere NM1 1AA",
    contact="democratic.services@northmere.example or 01632 960 001",
    accent_colour="#7a1f5c",
    logo=Logo(png(240, 80)),
)
FACTS = (
    Line("Meeting date", "24 February 2026"),
    Line("Item", "6"),
    Line("Wards and communities affected", "All"),
    Line("Key decision", "Non-key"),
    Line("Report of", "Priya Nair, Community Safety Partnership Manager"),
    Line(
        "Accountable assistant directors",
        "Owen Bright, Assistant Director of Community Safety\n"
        "Ada Holm, Assistant Director of Education and Skills",
    ),
    Line("Accountable director", "Grace Okafor, Director of Public Realm"),
)
BENCHMARKS = (
    ("Local risk assessment", GREEN, "All complete", "Reviewed every quarter by the board"),
    ("Multi-agency partnership board", AMBER, "Health to name a representative", ""),
    ("Prevent partnership plan", GREEN, "Embed in service plans", ""),
    ("Referral process", GREEN, "Six-month review in April", "New pathway in place"),
    ("Channel panel", GREEN, "", "Meets monthly"),
    ("Problem-solving process", GREEN, "", ""),
    ("Training programme", RED, "Plan the offer for 2026/27", "Uptake fell after the old course"),
    ("Venue hire and IT policies", AMBER, "Promote with community centres", ""),
    ("Community engagement", AMBER, "Work with housing and civil society", ""),
    ("Communications", NOT_RATED, "", "To be rated in March"),
)


def entry(place: int, title: str, rating: Rated, actions: str, comments: str) -> Entry:
    lines = (Line("Actions", actions), Line("Comments", comments))
    return Entry(f"{place}. {title}", rating, tuple(line for line in lines if line.text))


FRONT_SHEET = FrontSheet(
    "Ratings of the ten benchmarks",
    tuple(entry(place, *each) for place, each in enumerate(BENCHMARKS, start=1)),
    SOURCE,
)
SCORES = Table(
    "Scores of the annual assurance, 1 to 5",
    (Column("Benchmark", 50), Column("2024/25", 25), Column("2025/26", 25)),
    (
        ("1. Risk assessment", Rated("4", "◆", "teal"), Rated("5", "★", "blue")),
        ("2. Partnership board", Rated("3", "●", "green"), Rated("5", "★", "blue")),
        ("3. Training", Rated("2", "▲", "orange"), Rated("3", "●", "green")),
        ("4. Channel panel", NOT_RATED, Rated("Not applicable", "", "grey")),
    ),
    SOURCE,
)
OVERDUE = Table(
    "Actions that are overdue",
    (
        Column("Action", 40),
        Column("Owner", 24),
        Column("Due", 16),
        Column("Progress", 20),
    ),
    (
        (
            "Agree who brings concerns from the three academies",
            "Head of Education Quality",
            "30 September 2025",
            "Two of three agreed",
        ),
        ("Publish the venue guidance", "Licensing", "31 October 2025", ""),
    ),
    SOURCE,
)


def heading(number: str, text: str, level: int = 2) -> Heading:
    key = f"section-{number.strip('.').replace('.', '-') or text.lower().replace(' ', '-')}"
    return Heading(text, level, key, number)


def paragraph(number: str, text: str, lead: str = "") -> Paragraph:
    return Paragraph(runs(text), number, lead)


def bullets(*items: str) -> Bullets:
    return Bullets(tuple(map(runs, items)))


VERIFIED = "Implications verified by:"
BLOCKS: tuple[Block, ...] = (
    heading("", "Executive summary"),
    paragraph(
        "",
        "This report tells the committee how the council meets the Prevent duty, what has changed "
        "since the last report and what is still to do. It rests on the self-assessment that the "
        "Strategic Prevent Board signed off in January 2026.",
    ),
    paragraph("", "The committee is asked to judge whether:"),
    bullets(
        "the local risk is understood, and",
        "the plan answers that risk within the means that the partnership has.",
    ),
    heading("", "Commissioner comment"),
    paragraph("", "Not applicable."),
    heading("1.", "Recommendations"),
    paragraph("", "That the members of the committee:"),
    paragraph("1.1", "note the ratings and the actions in section 2;"),
    paragraph(
        "1.2",
        "complete the [elected members’ training](https://training.northmere.example/prevent) "
        "before 30 June 2026; and",
    ),
    paragraph("1.3", "receive the next report in February 2027."),
    heading("2.", "Introduction and background"),
    paragraph(
        "2.1",
        "Councils have a duty in law to have due regard to the need to prevent people from being "
        "drawn into terrorism. How a council does so is measured by ten benchmarks.",
    ),
    paragraph("2.2", "The board has rated the benchmarks as follows."),
    FRONT_SHEET,
    heading("2.3", "Current assessment", 3),
    paragraph(
        "2.3.1",
        "A score of 1 or 2 means that the duty is not met, 3 that it is met, and 4 or 5 that more "
        "is done than the duty asks.",
    ),
    SCORES,
    paragraph("2.3.2", "Areas for development and recommended actions:"),
    bullets(
        "Partnership: realistic dates for actions",
        "Training: e-learning for all staff, tracked; see www.northmere.example",
    ),
    Paragraph(
        ("Not for publication: paragraph 7",),
        "2.3.3",
        withheld=True,
    ),
    heading("3.", "Issues, options and analysis of options"),
    heading("3.1", "Actions overdue", 3),
    OVERDUE,
    heading("4.", "Reasons for recommendation"),
    paragraph("4.1", "So that members can see that the council meets the duty in all areas."),
    heading("5.", "Consultation"),
    paragraph("5.1", "The partners on the board, and the independent advisory group."),
    heading("6.", "Impact on corporate policies, priorities, performance and community impact"),
    paragraph("6.1", "The work serves the council’s priority of safe and strong communities."),
    heading("7.", "Implications"),
    heading("7.1", "Financial", 3),
    paragraph("", "Leo Marsh, Senior Management Accountant, 2 February 2026", VERIFIED),
    paragraph("", "The work is paid for from core funding; this report has no financial effect."),
    heading("7.2", "Legal", 3),
    paragraph("", "Ines Calder, Deputy Monitoring Officer, 3 February 2026", VERIFIED),
    paragraph(
        "",
        "The council must have regard to the statutory guidance.\n\nIt must also keep to its "
        "duties of confidence and to the law of data protection.",
    ),
    heading("7.3", "Diversity and equality", 3),
    paragraph("", "Tom Achebe, Community Engagement Officer, 3 February 2026", VERIFIED),
    paragraph("", "An equality analysis of the new strategy will be made."),
    heading("7.4", "Risks", 3),
    paragraph("", "Corporate risk log, number 21."),
    heading("7.5", "Other implications", 3),
    paragraph("", "None."),
    heading("8.", "Background papers used in preparing the report"),
    bullets(
        "[Prevent duty guidance on GOV.UK]"
        "(https://www.gov.uk/government/publications/prevent-duty-guidance)",
        "https://northmere.example/community-safety/plan-2025.pdf",
    ),
    heading("9.", "Appendices to the report"),
    bullets("Appendix 1: Prevent self-assessment 2025/26"),
    heading("", "Report author"),
    paragraph("", "Priya Nair\nCommunity Safety Partnership Manager\nPublic Realm"),
)
SAMPLE = Report(
    identity=IDENTITY,
    title="The council’s response to the Prevent duty",
    committee="Safer Communities Overview and Scrutiny Committee",
    facts=FACTS,
    publicity="This report is public",
    version="Committee version",
    blocks=BLOCKS,
    marking="OFFICIAL",
    footer="Safer Communities Overview and Scrutiny Committee, 24 February 2026, item 6",
)


def repeated(times: int) -> Report:
    """A report of about four pages for each time."""
    blocks = tuple(
        dataclasses.replace(block, key=f"{block.key}-{time}")
        if isinstance(block, Heading)
        else block
        for time in range(times)
        for block in BLOCKS
    )
    return dataclasses.replace(SAMPLE, blocks=blocks)
