"""What every format says around the report's own blocks, in the same words."""

import datetime

from assessments.report import Report


def document_title(report: Report) -> str:
    """For the properties of a file: “Northmere Borough Council: Prevent duty (Draft 3)”."""
    title = f"{report.identity.council}: {report.title}"
    return f"{title} ({report.version})" if report.is_draft else title


def standing(report: Report) -> str:
    """Over a draft; empty over what has been released."""
    return f"{report.version}: not released for publication" if report.is_draft else ""


def footer(report: Report) -> str:
    return report.footer or f"{report.identity.council}: {report.committee}"


def closing(report: Report, made_on: datetime.date) -> tuple[str, ...]:
    """Under the last block: who publishes it, and whom to ask for another format."""
    identity = report.identity
    council = ", ".join([identity.council, *identity.address.splitlines()])
    formats = identity.contact and f"To ask for this report in another format: {identity.contact}"
    return tuple(
        filter(None, [council, formats, f"{report.version}, made on {made_on:%-d %B %Y}."])
    )
