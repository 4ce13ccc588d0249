"""A council's own Word template: what is taken, what is refused, where it goes."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from assessments import word_template
from assessments.imports import office
from assessments.imports.word import package
from assessments.models import Council, User
from assessments.word_template import NotATemplate, check_template
from tests.cast import SignIn

ATTACHED = RELATIONSHIP_TYPE.HYPERLINK.replace("hyperlink", "attachedTemplate")
PAGE = "/councils/northmere/settings/word-template/"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(autouse=True)
def _media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client_of_lead(as_: SignIn, lead: User) -> Client:
    return as_(lead)


def document(*, target: str = "", kind: str = RELATIONSHIP_TYPE.HYPERLINK) -> bytes:
    """As Word saves one, with its named styles; with a relation to something outside."""
    made = docx.Document()
    made.add_heading("Prevent duty: annual report")
    if target:
        made.sections[0].footer.part.relate_to(target, kind, is_external=True)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def attached(target: str, *, more: str = "") -> bytes:
    """As Word saves what was made from an office's own template."""
    made = docx.Document()
    part = made.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)
    rel = part.relate_to(target, ATTACHED, is_external=True)
    element = made.settings.element.makeelement(qn("w:attachedTemplate"), {qn("r:id"): rel})
    made.settings.element.insert(0, element)
    if more:
        part.relate_to(more, RELATIONSHIP_TYPE.IMAGE, is_external=True)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(name: str, change: Callable[[bytes], bytes], start: bytes | None = None) -> bytes:
    """The document with one part changed, or added where there is none."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(start or document())) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = dict.fromkeys([*source.namelist(), name])
        for each in names:
            content = source.read(each) if each in source.namelist() else b""
            target.writestr(each, change(content) if each == name else content)
    return out.getvalue()


def with_field(instruction: str) -> bytes:
    field = f'<w:p><w:fldSimple w:instr="{instruction}"/></w:p></w:body>'.encode()
    return changed("word/document.xml", lambda xml: xml.replace(b"</w:body>", field))


def with_split_field() -> bytes:
    runs = (
        b"<w:p><w:r><w:instrText>INCLUDE</w:instrText><w:instrText>TEXT</w:instrText></w:r></w:p>"
    )
    return changed("word/document.xml", lambda xml: xml.replace(b"</w:body>", runs + b"</w:body>"))


def as_dotx(types: bytes) -> bytes:
    return types.replace(b"document.main+xml", b"template.main+xml")


def without_styles() -> bytes:
    return changed("word/styles.xml", lambda _: f"<w:styles {W}/>".encode())


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "text": (lambda: b"Dear all", package.NOT_WORD),
    "old Word": (lambda: office.OLE + bytes(512), package.OLD_WORD),
    "cut short": (lambda: document()[:2000], package.DAMAGED),
    "too large": (lambda: b"PK" + bytes(word_template.MOST_BYTES), word_template.TOO_LARGE),
    "macros": (lambda: changed("word/vbaProject.bin", lambda _: b"x"), package.MACROS),
    "a template by name": (lambda: changed("[Content_Types].xml", as_dotx), word_template.DOTX),
    "no styles": (without_styles, word_template.NO_STYLES),
    "an object": (lambda: changed("word/embeddings/a.bin", lambda _: b"x"), word_template.OBJECTS),
    "a control": (lambda: changed("word/activeX/a.xml", lambda _: b"<a/>"), word_template.OBJECTS),
    "a linked picture": (
        lambda: document(target="https://example.org/a.png", kind=RELATIONSHIP_TYPE.IMAGE),
        word_template.OUTSIDE,
    ),
    "a link to a file": (
        lambda: document(target="file://server/share"),
        word_template.OUTSIDE,
    ),
    "a picture field": (
        lambda: with_field("INCLUDEPICTURE https://example.org/a.png"),
        word_template.OUTSIDE,
    ),
    "another program": (lambda: with_field("ddeauto c:\\\\a.exe"), word_template.OUTSIDE),
    "a field in pieces": (with_split_field, word_template.OUTSIDE),
    "a part that is no XML": (
        lambda: changed("word/settings.xml", lambda _: b"<w:settings"),
        package.DAMAGED,
    ),
    "definitions": (
        lambda: changed("word/settings.xml", lambda _: b"<!DOCTYPE a><a/>"),
        package.UNSAFE,
    ),
    "no main part": (
        lambda: changed("_rels/.rels", lambda xml: xml.replace(b"officeDocument", b"other")),
        package.DAMAGED,
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_sound_template_is_refused_with_a_sentence(kind: str):
    make, says = REFUSED[kind]
    with pytest.raises(NotATemplate) as refusal:
        check_template(io.BytesIO(make()))
    assert str(refusal.value) == says


@pytest.mark.parametrize(
    "target", ["", "https://northmere.example/", "mailto:democratic.services@northmere.example"]
)
def test_a_sound_document_comes_back_as_it_is(target: str):
    data = document(target=target)
    assert check_template(io.BytesIO(data)) == data


def test_the_template_that_word_made_it_from_is_let_go():
    """It names a place on somebody's network; the styles are in the document itself."""
    data = attached("file:///\\\\northmere-files\\Corporate.dotm")
    kept = check_template(io.BytesIO(data))
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        assert archive.testzip() is None
        assert not [n for n in archive.namelist() if b"Corporate.dotm" in archive.read(n)]
        assert b"attachedTemplate" not in archive.read("word/settings.xml")
        assert b"defaultTabStop" in archive.read("word/settings.xml")
    styles = docx.Document(io.BytesIO(kept)).styles
    assert {"Title", "Heading 1", "List Bullet"} <= {style.name for style in styles}


def test_what_else_its_settings_take_in_is_still_refused():
    data = attached("https://example.org/a.dotm", more="https://example.org/a.png")
    with pytest.raises(NotATemplate, match="from outside"):
        check_template(io.BytesIO(data))


@pytest.mark.parametrize("instruction", ["PAGE", "HYPERLINK https://northmere.example/", "TITLE"])
def test_fields_that_stay_inside_are_taken(instruction: str):
    data = with_field(instruction)
    assert check_template(io.BytesIO(data)) == data


def test_a_document_broken_anywhere_is_taken_or_refused_but_never_breaks():
    whole = document()
    for place in range(0, len(whole), 997):
        broken = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        with suppress(NotATemplate):
            assert check_template(io.BytesIO(broken)) == broken


# On the page ---------------------------------------------------------------------------------


def upload(client: Client, content: bytes):
    return client.post(PAGE, {"template": SimpleUploadedFile("ours.docx", content)})


def files(folder: Path) -> list[Path]:
    return list((folder / "word-templates").iterdir())


def test_it_is_kept_with_its_author_and_downloaded_as_it_was(client_of_lead: Client, lead: User):
    data = document()
    assert upload(client_of_lead, data).status_code == 302
    assert "Download the template" in client_of_lead.get(PAGE).content.decode()
    response = client_of_lead.get(f"{PAGE}file/")
    assert b"".join(response) == data
    assert response["Content-Type"] == WORD
    assert response["Content-Disposition"] == 'attachment; filename="northmere-template.docx"'
    assert Council.objects.get().history.first().history_user == lead


def test_it_is_replaced_and_removed_with_its_file(
    client_of_lead: Client, tmp_path: Path, django_capture_on_commit_callbacks
):
    upload(client_of_lead, document())
    with django_capture_on_commit_callbacks(execute=True):
        upload(client_of_lead, document(target="https://northmere.example/"))
    assert len(files(tmp_path)) == 1
    asked = client_of_lead.get(f"{PAGE}remove/").content.decode()
    assert "Remove the Word template?" in asked
    assert len(files(tmp_path)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        client_of_lead.post(f"{PAGE}remove/")
    assert not files(tmp_path)
    assert not Council.objects.get().word_template
    assert client_of_lead.get(f"{PAGE}file/").status_code == 404


def test_what_is_refused_leaves_the_one_that_was_there(client_of_lead: Client, tmp_path: Path):
    upload(client_of_lead, document())
    response = upload(client_of_lead, b"PK")
    assert response.context["form"].error_links == [("id_template", package.DAMAGED)]
    assert len(files(tmp_path)) == 1


def test_removing_what_is_not_there_writes_no_history(client_of_lead: Client):
    before = Council.history.count()
    client_of_lead.post(f"{PAGE}remove/")
    assert Council.history.count() == before
