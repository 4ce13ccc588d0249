"""Ratings by colour alone, however the document says which colour."""

from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor

from assessments.imports.word.blocks import read_rows
from assessments.imports.word.building import build_record
from assessments.imports.word.marks import PALE, STRONG, colour_of
from assessments.imports.word.matching import match
from assessments.record import CycleRecord
from tests.imports.documents import Document, append, saved, with_part
from tests.imports.reading import EDITION, PROMPTS, asked, levels, record_of

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
# As the theme that Word had from 2013 to 2022 has them; `accent2` is a council's own red.
THEME = {"lt1": "FFFFFF", "accent2": "C00000", "accent4": "FFC000", "accent6": "70AD47"}


def themed(document: Document) -> CycleRecord:
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in THEME.items()
    )
    system = '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
    scheme = f"<a:clrScheme>{system}{colours}</a:clrScheme>"
    xml = f"<a:theme {A}><a:themeElements>{scheme}</a:themeElements></a:theme>"
    data = with_part(saved(document), "word/theme/theme1.xml", xml.encode())
    return build_record(EDITION, match(read_rows(data), EDITION))


def shaded(cell: Any, attributes: str) -> None:
    cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:shd {nsdecls('w')} {attributes}/>"))


def rated_by(attributes: str) -> str:
    document = Document()
    table = asked(
        document, "1.2", [["Prompt", "Evidence", "RAG"], [PROMPTS["1.2", 1], "We do.", ""]]
    )
    shaded(table.cell(1, 2), attributes)
    return levels(themed(document), "1.2")[0]


@pytest.mark.parametrize(
    ("attributes", "level"),
    [
        ('w:val="clear" w:fill="E36C0A" w:themeFill="accent6"', "Green"),  # saved by another theme
        ('w:val="clear" w:fill="auto" w:themeFill="accent6" w:themeFillTint="33"', "Green"),
        ('w:val="clear" w:fill="auto" w:themeFill="accent6" w:themeFillShade="80"', "Green"),
        ('w:val="clear" w:fill="FFF2CC" w:themeFill="accent4" w:themeFillTint="33"', "Amber"),
        ('w:val="clear" w:fill="auto" w:themeFill="accent2" w:themeFillTint="99"', "Red"),
        ('w:val="solid" w:color="auto" w:themeColor="accent2" w:fill="auto"', "Red"),
        ('w:val="clear" w:fill="92D050" w:themeFill="accent9"', "Green"),  # no such colour there
        (
            'w:val="clear" w:fill="D9D9D9" w:themeFill="background1" w:themeFillShade="D9"',
            "Not rated",
        ),
        ('w:val="clear" w:fill="auto"', "Not rated"),
        ('w:val="nil" w:fill="00B050"', "Not rated"),
        ('w:val="solid" w:color="FF0000" w:fill="FFFFFF"', "Red"),
        ('w:val="pct50" w:color="00B050" w:fill="FFFFFF"', "Green"),
        ('w:val="pct10" w:color="000000" w:fill="FFC000"', "Amber"),
        ('w:val="pct15" w:color="auto" w:fill="auto"', "Not rated"),
        ('w:val="thinDiagStripe" w:color="FFC000" w:fill="FFFFFF"', "Amber"),
        ('w:val="clear" w:fill="red"', "Red"),
        ('w:fill="#00ff00"', "Green"),
        ('w:val="clear" w:fill="C6EFCE"', "Green"),  # what a spreadsheet calls good,
        ('w:val="clear" w:fill="FFEB9C"', "Amber"),  # neutral
        ('w:val="clear" w:fill="FFC7CE"', "Red"),  # and bad
        ('w:val="clear" w:fill="DEEAF6"', "Not rated"),
    ],
)
def test_a_cell_is_rated_by_its_shade(attributes: str, level: str):
    assert rated_by(attributes) == level


def test_a_theme_that_is_missing_or_makes_no_sense_leaves_the_colour_that_is_written():
    for theme in (b"<a/>", f"<a:t {A}><a:clrScheme><a:accent6/></a:clrScheme></a:t>".encode()):
        document = Document()
        table = asked(document, "1.2", [["Prompt", "RAG"], [PROMPTS["1.2", 1], ""]])
        shaded(table.cell(1, 1), 'w:fill="FF0000" w:themeFill="accent6" w:themeFillTint="zz"')
        data = with_part(saved(document), "word/theme/theme1.xml", theme)
        record = build_record(EDITION, match(read_rows(data), EDITION))
        assert levels(record, "1.2")[0] == "Red"


def highlighted(cell: Any) -> None:
    append(
        cell.paragraphs[0], '<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t>tbc</w:t></w:r>'
    )


def of_a_style(cell: Any) -> None:
    styles = cell.part.document.styles
    style = styles.add_style("RAG amber", 1)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:fill="FFC000"/>'))
    styles.add_style("RAG amber small", 1).base_style = style
    cell.paragraphs[0].style = styles["RAG amber small"]


def of_its_line(cell: Any) -> None:
    properties = cell.paragraphs[0]._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="FFC000"/>'))


def in_coloured_letters(cell: Any) -> None:
    cell.paragraphs[0].add_run("●").font.color.rgb = RGBColor(0xFF, 0xC0, 0x00)


@pytest.mark.parametrize("colour", [highlighted, of_a_style, of_its_line, in_coloured_letters])
def test_the_colour_of_what_stands_in_a_rating_cell_rates_it(colour: Any):
    document = Document()
    table = asked(document, "1.2", [["Prompt", "Evidence", "RAG"], [PROMPTS["1.2", 1], "Yes.", ""]])
    colour(table.cell(1, 2))
    assert levels(record_of(document), "1.2")[0] == "Amber"


@pytest.mark.parametrize("column", [0, 1])
def test_words_highlighted_elsewhere_rate_nothing(column: int):
    document = Document()
    table = asked(document, "1.2", [["Prompt", "Evidence", "RAG"], [PROMPTS["1.2", 1], "Yes.", ""]])
    highlighted(table.cell(1, column))
    assert levels(record_of(document), "1.2")[0] == "Not rated"


def test_the_stripes_of_a_table_style_rate_nothing():
    document = Document()
    styles = document.docx.styles
    style = styles.add_style("Green stripes", 3)
    stripe = '<w:tcPr><w:shd w:val="clear" w:fill="00B050"/></w:tcPr>'
    for kind in ("band1Horz", "firstRow"):
        xml = f'<w:tblStylePr {nsdecls("w")} w:type="{kind}">{stripe}</w:tblStylePr>'
        style.element.append(parse_xml(xml))
    table = asked(document, "1.2", [[PROMPTS["1.2", n], "Said.", "", ""] for n in (1, 2)])
    table.style = style
    assert set(levels(record_of(document), "1.2")) == {"Not rated"}


def test_a_row_between_others_that_is_coloured_for_show_rates_nothing():
    document = Document()
    rows = [["Prompt", "Evidence", "RAG"], [PROMPTS["1.2", 1], "Yes.", "Green"], ["", "", ""]]
    table = asked(document, "1.2", rows)
    shaded(table.cell(2, 0), 'w:val="clear" w:fill="C00000"')
    assert levels(record_of(document), "1.2")[0] == "Green"


def test_a_row_is_rated_by_strong_colours_only():
    assert colour_of("E2EFD9", PALE) == "green"
    assert colour_of("E2EFD9", STRONG) == ""
