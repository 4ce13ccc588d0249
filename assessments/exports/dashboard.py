"""The board's dashboard on one printed page, as a tagged PDF (PDF/UA-1)."""

import datetime

from django.template.loader import render_to_string
from weasyprint import HTML, Document

from assessments.exports.files import in_name
from assessments.exports.logo import Logo
from assessments.exports.pdf_finishing import finish
from assessments.exports.pdf_sources import OwnFilesOnly
from assessments.models import Cycle
from assessments.presenters.dashboard import Dashboard

TAGGED = {"pdf_variant": "pdf/ua-1"}
SIZES = ("usual", "small", "smaller", "smallest")  # classes of the style sheet


def dashboard_file_name(cycle: Cycle) -> str:
    name = f"{in_name(cycle.council.name)} Prevent dashboard {in_name(cycle.period, '-')}"
    return f"{name} (board).pdf"


def render_dashboard(
    board: Dashboard, *, made_on: datetime.date, logo: Logo | None = None
) -> bytes:
    """In the largest letters that leave it on one page."""
    for size in SIZES:
        document = laid_out(board, made_on, logo, size)
        if len(document.pages) == 1:
            break
    pdf: bytes = document.write_pdf(pdf_identifier=True, finisher=finish, **TAGGED)
    return pdf


def laid_out(board: Dashboard, made_on: datetime.date, logo: Logo | None, size: str) -> Document:
    context = {
        "board": board,
        "cycle": board.cycle,
        "council": board.cycle.council,
        "made_on": made_on,
        "logo": logo,
        "size": size,
    }
    page = HTML(
        string=render_to_string("exports/dashboard.html", context), url_fetcher=OwnFilesOnly()
    )
    return page.render(**TAGGED)
