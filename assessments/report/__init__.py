"""The committee report: what it is made of (`tree`) and how it is written from a pack."""

from assessments.report.tree import (
    Block,
    Bullets,
    Cell,
    Column,
    Entry,
    FrontSheet,
    Heading,
    Identity,
    Line,
    Link,
    Paragraph,
    Rated,
    Report,
    Run,
    Table,
    runs,
)

__all__ = [
    "Block",
    "Bullets",
    "Cell",
    "Column",
    "Entry",
    "FrontSheet",
    "Heading",
    "Identity",
    "Line",
    "Link",
    "Paragraph",
    "Rated",
    "Report",
    "Run",
    "Table",
    "runs",
]
