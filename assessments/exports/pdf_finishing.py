"""What WeasyPrint leaves out of a tagged PDF, put in just before it is written."""

from typing import Any

from assessments.exports.pdf_tables import join_tables

PRINT = 4  # the flag of an annotation that is as good on paper as on screen


def finish(document: Any, pdf: Any) -> None:
    """A WeasyPrint `finisher`."""
    join_tables(document, pdf)
    print_links(pdf)


def print_links(pdf: Any) -> None:
    """A reader may pass over an annotation that isn't meant for paper."""
    for each in pdf.objects:
        if isinstance(each, dict) and each.get("Subtype") == "/Link":
            each["F"] = PRINT
