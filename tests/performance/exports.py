"""What an export costs beside the bare library making the same document."""

import datetime
import io
import time
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from statistics import median
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from weasyprint import HTML

from assessments.exports.pdf import render_html, render_pdf
from assessments.exports.pdf_sources import OwnFilesOnly
from assessments.exports.report.pdf import render_print_html, render_report_pdf
from assessments.exports.workbook import build_workbook, render_workbook
from assessments.models import Cycle
from assessments.record_builder import build_record
from tests.exports.report.sample import repeated

DATE = datetime.date(2026, 1, 15)
LONG_REPORT = repeated(16)  # 52 pages
Make = Callable[[], object]
Cells = list[tuple[str, list[tuple[Any, ...]]]]  # of each sheet: its name, its rows


@dataclass(frozen=True)
class Compared:
    name: str
    aim: float
    ours: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.ours / self.bare


def compare_exports(cycle: Cycle) -> list[Compared]:
    record = build_record(cycle)
    html = render_html(record, made_on=DATE)
    report = render_print_html(LONG_REPORT, made_on=DATE)
    finished = build_workbook(record, (), DATE)
    cells = [(s.title, list(s.iter_rows(values_only=True))) for s in finished.worksheets]
    return [
        compare(
            "PDF",
            1.2,
            lambda: render_pdf(build_record(cycle), made_on=DATE),
            lambda: bare_pdf(html),
            rounds=5,
        ),
        compare(
            "Workbook",
            1.5,
            lambda: render_workbook(build_record(cycle), made_on=DATE),
            lambda: bare_workbook(cells),
            rounds=15,
        ),
        compare(
            "Report as PDF",
            1.2,
            lambda: render_report_pdf(LONG_REPORT, made_on=DATE),
            lambda: bare_pdf(report),
            rounds=5,
        ),
    ]


def compare(name: str, aim: float, ours: Make, bare: Make, *, rounds: int) -> Compared:
    """In turn, after one of each to warm up."""
    times: tuple[list[float], list[float]] = [], []
    for lap in range(rounds + 1):
        for make, kept in zip((ours, bare), times, strict=True):
            start = time.perf_counter()
            make()
            if lap:
                kept.append(time.perf_counter() - start)
    return Compared(name, aim, *map(median, times))


def bare_pdf(html: str) -> bytes:
    page = HTML(string=html, url_fetcher=OwnFilesOnly())
    pdf: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def bare_workbook(cells: Cells) -> bytes:
    """Every cell with its text and one style; no widths, filters, drop-downs or colours."""
    workbook = Workbook()
    for title, rows in cells:
        sheet: Any = workbook.create_sheet(title)
        first = sheet.cell(1, 1)
        first.font, first.alignment = Font("Arial", 10), Alignment(wrap_text=True)
        for row, values in enumerate(rows, start=1):
            for column, value in enumerate(values, start=1):
                sheet.cell(row, column, value)._style = copy(first._style)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()
