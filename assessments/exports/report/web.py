"""The report as one HTML file to publish on a council's site: it asks nothing of any other."""

import datetime
from functools import cache

from django.template.loader import render_to_string

from assessments.exports.pdf_sources import joined
from assessments.exports.report.page import page_context
from assessments.report import Report


def render_report_html(report: Report, *, made_on: datetime.date) -> str:
    context = page_context(report, made_on)
    return render_to_string("exports/report/web.html", {**context, "css": style_sheet()})


@cache
def style_sheet() -> str:
    return joined("common.css", "report-web.css")
