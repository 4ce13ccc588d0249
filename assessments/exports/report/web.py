"""The report as one HTML file to publish on a council's site: it asks nothing of any other."""

import datetime

from django.conf import settings
from django.template.loader import render_to_string

from assessments.exports.report.page import page_context
from assessments.report import Report


def render_report_html(report: Report, *, made_on: datetime.date) -> str:
    css = (settings.BASE_DIR / "static" / "print" / "report-web.css").read_text()
    return render_to_string(
        "exports/report/web.html", {**page_context(report, made_on), "css": css}
    )
