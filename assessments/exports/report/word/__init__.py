"""The report as a Word document, to go on in a council's own process."""

import datetime
import io

from docx.document import Document

from assessments.exports.characters import printable
from assessments.exports.report import words
from assessments.exports.report.word.base import own_base
from assessments.exports.report.word.template import opened_template
from assessments.exports.report.word.template_problem import TemplateProblem as TemplateProblem
from assessments.exports.report.word.writing import Writer
from assessments.exports.undated_zip import undated
from assessments.report import Report


def render_report_docx(
    report: Report, *, made_on: datetime.date, template: bytes | None = None
) -> bytes:
    """The same bytes for the same arguments. `template`: a council's .docx, whose styles,
    headers, footers and page set-up are used. Raises TemplateProblem where it can't be."""
    report = printable(report)
    document = own_base() if template is None else opened_template(template)
    Writer(document, report, made_on).write()
    describe(document, report, made_on)
    return saved(document)


def describe(document: Document, report: Report, made_on: datetime.date) -> None:
    about = document.core_properties
    about.author = about.last_modified_by = report.identity.council[:255]
    about.title = words.document_title(report)[:255]
    about.subject = report.publicity[:255]
    about.language = "en-GB"
    about.revision = 1
    about.created = about.modified = datetime.datetime.combine(made_on, datetime.time())


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return undated(stream.getvalue())
