"""The report as a tagged PDF (PDF/UA-1), A4 upright as committees print it."""

import datetime

from django.template.loader import render_to_string
from weasyprint import HTML

from assessments.exports.pdf_finishing import finish
from assessments.exports.pdf_sources import OwnFilesOnly
from assessments.exports.report.page import page_context
from assessments.report import Report


def render_report_pdf(report: Report, *, made_on: datetime.date) -> bytes:
    """The same bytes for the same arguments."""
    page = HTML(string=render_print_html(report, made_on=made_on), url_fetcher=OwnFilesOnly())
    pdf: bytes = page.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=True, finisher=finish)
    return pdf


def render_print_html(report: Report, *, made_on: datetime.date) -> str:
    """What the PDF is made from."""
    return render_to_string("exports/report/print.html", page_context(report, made_on))
