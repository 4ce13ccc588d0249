"""A council's own Word template: its looks are used, and nothing else of it."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from assessments.exports.report.word import TemplateProblem, render_report_docx
from tests.exports.documents import docx_findings
from tests.exports.report.reading import expected, found_in_docx
from tests.exports.report.sample import MADE_ON, SAMPLE, png

ATTACHED = f"{RT.STYLES.rpartition('/')[0]}/attachedTemplate"


def made(template: bytes) -> bytes:
    return render_report_docx(SAMPLE, made_on=MADE_ON, template=template)


def bytes_of(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture
def template() -> Document:
    """With text, a picture and a comment of its own, a header, and some of the styles."""
    document = docx.Document()
    document.add_paragraph("Type the report here").add_run().add_picture(io.BytesIO(png(9, 9)))
    document.add_comment(document.paragraphs[0].runs, "Ask the secret officer", "A. Clerk", "AC")
    document.core_properties.author = "A. Clerk"
    document.core_properties.keywords = "objective://internal"
    section = document.sections[0]
    section.page_width, section.left_margin = Mm(200), Mm(40)
    section.header.paragraphs[0].text = "Crest of Northmere"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "First page of Northmere"
    document.styles["Heading 1"].font.size = Pt(21)
    document.styles.add_style("Numbered Paragraph", WD_STYLE_TYPE.PARAGRAPH).font.italic = True
    return document


def test_its_styles_header_and_page_are_used(template: Document, tmp_path: Path) -> None:
    data = made(bytes_of(template))
    document = docx.Document(io.BytesIO(data))
    assert document.styles["Heading 1"].font.size == Pt(21)
    assert document.styles["Numbered Paragraph"].font.italic
    assert document.styles["Report Notice"].font.bold  # ours, as it has none
    first, *others = document.sections
    assert (round(first.page_width.mm), round(first.left_margin.mm)) == (200, 40)
    assert said_in(first.header) == ["Crest of Northmere", "OFFICIAL"]
    assert said_in(first.first_page_header) == ["First page of Northmere", "OFFICIAL"]
    assert not any(section.different_first_page_header_footer for section in others)
    assert first.footer.paragraphs[0].text.endswith("Page 1 of 1")
    assert docx_findings(data, tmp_path) == []


def said_in(margin: Any) -> list[str]:
    return [paragraph.text for paragraph in margin.paragraphs]


def test_every_page_has_the_marking_once_and_says_that_a_draft_is_one(template: Document) -> None:
    """Also where the template has the marking already, and headers of even pages."""
    template.sections[0].header.add_paragraph("OFFICIAL")
    template.settings.odd_and_even_pages_header_footer = True
    draft = replace(SAMPLE, version="Draft 3", is_draft=True)
    data = render_report_docx(draft, made_on=MADE_ON, template=bytes_of(template))
    first = docx.Document(io.BytesIO(data)).sections[0]
    assert said_in(first.header) == ["Crest of Northmere", "OFFICIAL", "Draft 3"]
    for header in (first.first_page_header, first.even_page_header):
        assert said_in(header)[-2:] == ["Draft 3", "OFFICIAL"]


def test_the_report_says_the_same_in_it(template: Document) -> None:
    found = found_in_docx(made(bytes_of(template)))
    wanted = expected(SAMPLE)
    assert found.lines == wanted.lines
    assert (found.headings, found.tables) == (wanted.headings, wanted.tables)


def test_nothing_else_of_it_is_in_the_report(template: Document) -> None:
    with ZipFile(io.BytesIO(made(bytes_of(template)))) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
        names = " ".join(package.namelist())
    for gone in (b"Type the report", b"secret officer", b"Clerk", b"objective"):
        assert gone not in everything
    for gone in ("comments", "customXml", "thumbnail", "app.xml"):
        assert gone not in names
    assert names.count("word/media/") == 1  # the logo


def test_the_same_template_gives_the_same_file(template: Document) -> None:
    data = bytes_of(template)
    assert made(data) == made(data)


def test_a_template_of_few_parts_will_do(tmp_path: Path) -> None:
    """No lists, no section, no header: as another program may write it."""
    document = docx.Document()
    body: Any = document.element.body
    body.remove(body.sectPr)
    for key, relationship in list(document.part.rels.items()):
        if relationship.reltype in {RT.NUMBERING, RT.SETTINGS}:
            del document.part.rels[key]
    for style in document.styles.element.findall(qn("w:style")):
        if style.get(qn("w:styleId")) == "ListBullet":
            document.styles.element.remove(style)
    data = made(bytes_of(document))
    assert found_in_docx(data).lines == expected(SAMPLE).lines
    assert docx_findings(data, tmp_path) == []


# What can't be used ------------------------------------------------------------------------------
def changed(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def as_kind(kind: bytes) -> Callable[[dict[str, bytes]], None]:
    plain = b"wordprocessingml.document.main+xml"

    def change(parts: dict[str, bytes]) -> None:
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(plain, kind)

    return change


WRONG: list[tuple[Callable[[dict[str, bytes]], None], str]] = [
    (lambda parts: parts.update({"word/vbaProject.bin": b"x"}), "It holds macros"),
    (lambda parts: parts.update({"word/activeX/activeX1.xml": b"x"}), "It holds macros"),
    (as_kind(b"document.macroEnabled.main+xml"), "It holds macros"),
    (as_kind(b"wordprocessingml.template.main+xml"), "It is a .dotx"),
    (lambda parts: parts.pop("word/document.xml") and None, "It is not a Word document"),
    (lambda parts: parts.pop("[Content_Types].xml") and None, "It is not a Word document"),
    (lambda parts: parts.update({"word/document.xml": b"<broken"}), "It is not a Word document"),
    (lambda parts: parts.update({"word/styles.xml": b"<a/>"}), "It is not a Word document"),
    (lambda parts: parts.update({"word/big.xml": b" " * 21_000_000}), "It is too large"),
    (lambda parts: parts.update({f"word/{n}.xml": b"" for n in range(600)}), "It is too large"),
]


@pytest.mark.parametrize(("change", "says"), WRONG, ids=[str(n) for n in range(len(WRONG))])
def test_what_is_no_template_says_why(
    template: Document, change: Callable[[dict[str, bytes]], None], says: str
) -> None:
    with pytest.raises(TemplateProblem, match=says):
        made(changed(bytes_of(template), change))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0 an old .doc"])
def test_what_is_no_document_at_all_says_so(data: bytes) -> None:
    with pytest.raises(TemplateProblem, match="It is not a Word document"):
        made(data)


def test_a_header_that_asks_another_site_for_a_picture_is_refused(template: Document) -> None:
    header = template.sections[0].header.part
    header.relate_to("https://elsewhere.example/crest.png", RT.IMAGE, is_external=True)
    with pytest.raises(TemplateProblem, match="takes a picture from another file"):
        made(bytes_of(template))


def test_a_link_in_a_header_is_fine_and_an_attached_template_goes(template: Document) -> None:
    template.sections[0].header.part.relate_to(
        "https://northmere.example/", RT.HYPERLINK, is_external=True
    )
    settings = template.part.part_related_by(RT.SETTINGS)
    settings.rels.get_or_add_ext_rel(ATTACHED, "file:///s:/templates/report.dotm")
    assert b"report.dotm" in bytes_of_parts(bytes_of(template))
    assert b"report.dotm" not in bytes_of_parts(made(bytes_of(template)))


def bytes_of_parts(data: bytes) -> bytes:
    with ZipFile(io.BytesIO(data)) as package:
        return b"".join(package.read(name) for name in package.namelist())


TRACKED = f"""<w:p {nsdecls("w")} w:rsidR="00AB12CD">
<w:ins w:author="A. Clerk"><w:r><w:t>Shown</w:t></w:r></w:ins>
<w:del w:author="A. Clerk"><w:r><w:delText>Struck out</w:delText></w:r></w:del>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>Out of sight</w:t></w:r></w:p>"""


def test_of_changes_in_its_header_only_what_is_seen_is_kept(template: Document) -> None:
    template.sections[0].header.paragraphs[0]._p.addnext(parse_xml(TRACKED))
    data = made(bytes_of(template))
    header = docx.Document(io.BytesIO(data)).sections[0].header
    assert said_in(header)[:2] == ["Crest of Northmere", "Shown"]
    everything = bytes_of_parts(data)
    for gone in (b"Struck out", b"Out of sight", b"Clerk", b"rsid"):
        assert gone not in everything, gone


@pytest.mark.parametrize("field", ["INCLUDEPICTURE", "DDEAUTO", "includetext"])
def test_a_header_with_a_field_that_reads_another_file_is_refused(
    template: Document, field: str
) -> None:
    code = f'<w:instrText {nsdecls("w")}> {field} "https://elsewhere.example/x"</w:instrText>'
    template.sections[0].header.paragraphs[0].add_run()._r.append(parse_xml(code))
    with pytest.raises(TemplateProblem, match="a field that reads another file"):
        made(bytes_of(template))


def test_a_style_of_another_kind_is_named(template: Document) -> None:
    template.styles.add_style("Table Text", WD_STYLE_TYPE.CHARACTER)
    with pytest.raises(TemplateProblem, match="Its style “Table Text” is not a paragraph style"):
        made(bytes_of(template))
