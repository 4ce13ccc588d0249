"""What holds for every format of a report alike."""

from typing import Any

import pytest

from assessments.exports.report.pdf import render_report_pdf
from assessments.exports.report.web import render_report_html
from assessments.exports.report.word import render_report_docx
from tests.exports.report.sample import MADE_ON, SAMPLE

FORMATS = [render_report_pdf, render_report_docx, render_report_html]


@pytest.mark.parametrize("render", FORMATS)
def test_the_same_report_is_the_same_file(render: Any) -> None:
    assert render(SAMPLE, made_on=MADE_ON) == render(SAMPLE, made_on=MADE_ON)
