"""What every format says around the report's own blocks, in the same words."""

import datetime
import re

from assessments.report import Link, Report, Run, runs

OTHER_FORMATS = "To ask for this report in another format: "
EMAIL = re.compile(r"((?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)", re.ASCII)


def document_title(report: Report) -> str:
    """For the properties of a file: “Northmere Borough Council: Prevent duty (Draft 3)”."""
    title = f"{report.identity.council}: {report.title}"
    return f"{title} ({report.version})" if report.is_draft else title


def standing(report: Report) -> str:
    """Over a draft; empty over what has been released."""
    return f"{report.version}: not released for publication" if report.is_draft else ""


def footer(report: Report) -> str:
    return report.footer or f"{report.identity.council}: {report.committee}"


def closing(report: Report, made_on: datetime.date) -> tuple[tuple[Run, ...], ...]:
    """Under the last block: who publishes it, and whom to ask for another format."""
    identity = report.identity
    council = ", ".join([identity.council, *identity.address.splitlines()])
    made = f"{report.version}, made on {made_on:%-d %B %Y}."
    if not identity.contact:
        return (council,), (made,)
    return (council,), (OTHER_FORMATS, *with_mail(identity.contact)), (made,)


def with_mail(text: str) -> tuple[Run, ...]:
    """E-mail addresses as links that open a letter to them, web addresses as links."""
    pieces = EMAIL.split(text)
    found: list[Run] = []
    for place, piece in enumerate(pieces):
        found += [Link(piece, f"mailto:{piece}")] if place % 2 else runs(piece)
    return tuple(found)
