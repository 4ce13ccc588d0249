"""A council's name, logo and colour."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from assessments.colours import READABLE, contrast, parse_colour, readable_shade
from assessments.models import Council, User
from tests.cast import SignIn

SETTINGS = "/councils/northmere/settings/"
PLAIN = {"name": "Northmere Borough Council", "accent_colour": "#12436d"}
SECRET = b"taken at 51.5N 0.1W"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client_of_lead(as_: SignIn, lead: User) -> Client:
    return as_(lead)


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 100), **options) -> bytes:
    out = BytesIO()
    mode = "RGB" if kind == "JPEG" else "RGBA"
    Image.new(mode, size, "#123456").save(out, kind, **options)
    return out.getvalue()


def upload(client: Client, content: bytes, name: str = "logo.png"):
    return client.post(SETTINGS, {**PLAIN, "logo": SimpleUploadedFile(name, content)})


# Colours -------------------------------------------------------------------------------------

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("one", "ratio"), [("#000000", 21), ("#ffffff", 1), ("#767676", 4.54), ("#1d70b8", 5.17)]
)
def test_contrast_is_what_wcag_says(one: str, ratio: float):
    assert contrast(one) == pytest.approx(ratio, abs=0.01)


@given(colours)
def test_the_shade_offered_is_readable_and_the_colour_itself_where_that_is(colour: str):
    shade = readable_shade(colour)
    assert contrast(shade) >= READABLE
    assert shade == colour or contrast(colour) < READABLE


@given(st.text(max_size=12))
def test_any_text_is_a_colour_or_refused(typed: str):
    try:
        colour = parse_colour(typed)
    except ValueError:
        return
    assert len(colour) == 7
    assert set(colour) <= set("#0123456789abcdef")


@pytest.mark.parametrize(
    ("typed", "kept"), [("#00594F", "#00594f"), (" 00594f ", "#00594f"), ("#048", "#004488")]
)
def test_a_colour_is_kept_in_one_form_and_shown(
    client_of_lead: Client, lead: User, typed: str, kept: str
):
    client_of_lead.post(SETTINGS, {**PLAIN, "accent_colour": typed})
    council = Council.objects.get()
    assert council.accent_colour == kept
    assert council.history.first().history_user == lead
    css = client_of_lead.get("/councils/northmere/theme.css")
    assert css.content.decode() == f":root{{--accent:{kept};--accent-text:#ffffff}}\n"
    assert css["Content-Type"] == "text/css"
    assert "private" in css["Cache-Control"]
    page = client_of_lead.get(SETTINGS).content.decode()
    assert f'href="/councils/northmere/theme.css?v={kept[1:]}"' in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("#ffd700", "White words can’t be read on #ffd700: the contrast is 1.4 to 1"),
        ("gold", "Enter a colour as # and six figures"),
        ("", "Enter a colour, for example #12436d"),
        ("#fff;}body{display:none", "at most 20 characters"),
        ("red;}*{}", "Enter a colour as # and six figures"),
    ],
)
def test_a_colour_that_will_not_do_is_explained(client_of_lead: Client, typed: str, message: str):
    response = client_of_lead.post(SETTINGS, {**PLAIN, "accent_colour": typed})
    assert message in dict(response.context["form"].error_links)["id_accent_colour"]
    assert Council.objects.get().accent_colour == "#1d70b8"


def test_the_shade_offered_is_accepted(client_of_lead: Client):
    client_of_lead.post(SETTINGS, {**PLAIN, "accent_colour": readable_shade("#ffd700")})
    assert Council.objects.get().accent_colour == readable_shade("#ffd700")


# The logo ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_again_smaller_and_served(client_of_lead: Client, kind: str):
    assert upload(client_of_lead, picture(kind, (3000, 1500))).status_code == 302
    response = client_of_lead.get("/councils/northmere/logo/")
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    with Image.open(BytesIO(response.content)) as image:
        assert (image.format, image.size) == ("PNG", (480, 240))
    assert "/councils/northmere/logo/?v=" in client_of_lead.get(SETTINGS).content.decode()


def test_what_hides_in_a_picture_is_left_out(client_of_lead: Client):
    notes = PngInfo()
    notes.add_text("Comment", SECRET.decode())
    upload(client_of_lead, picture(pnginfo=notes) + b"<script>" + SECRET)
    assert SECRET not in client_of_lead.get("/councils/northmere/logo/").content


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "PNG, JPEG or WebP"),
        (b"GIF89a" + bytes(40), "PNG, JPEG or WebP"),
        (picture()[:20], "PNG, JPEG or WebP"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "PNG, JPEG or WebP"),
        (b"", "empty file"),
        (bytes(2 * 1024 * 1024 + 1), "smaller than 2 MB"),
        (picture(size=(5000, 5000)), "20 million pixels"),
    ],
    ids=["svg", "gif", "beginning of a png", "postscript", "empty", "too many bytes", "too large"],
)
def test_what_is_no_logo_is_refused(client_of_lead: Client, content: bytes, message: str):
    response = upload(client_of_lead, content)
    assert message in dict(response.context["form"].error_links)["id_logo"]
    assert not Council.objects.get().logo


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_half_a_picture_is_taken_or_refused_but_never_breaks(client_of_lead: Client, kind: str):
    """Which of the two hangs on a switch of Pillow's that WeasyPrint turns for all."""
    whole = picture(kind)
    assert upload(client_of_lead, whole[: len(whole) // 2]).status_code in {200, 302}


def test_a_logo_is_replaced_and_removed_with_its_file(
    client_of_lead: Client, tmp_path, django_capture_on_commit_callbacks
):
    upload(client_of_lead, picture())
    with django_capture_on_commit_callbacks(execute=True):
        upload(client_of_lead, picture(size=(10, 10)))
    assert len(list((tmp_path / "logos").iterdir())) == 1
    with django_capture_on_commit_callbacks(execute=True):
        client_of_lead.post(SETTINGS, {**PLAIN, "remove_logo": "on"})
    assert not list((tmp_path / "logos").iterdir())
    assert client_of_lead.get("/councils/northmere/logo/").status_code == 404


def test_a_logo_whose_file_is_lost_breaks_no_page(client_of_lead: Client, northmere: Council):
    northmere.logo = "logos/lost.png"
    northmere.save()
    assert client_of_lead.get("/councils/northmere/logo/").status_code == 404
    assert client_of_lead.get("/councils/northmere/").status_code == 200


def test_the_name_is_changed(client_of_lead: Client):
    client_of_lead.post(SETTINGS, {**PLAIN, "name": "New Northmere"})
    assert "New Northmere" in client_of_lead.get("/councils/northmere/").content.decode()
    response = client_of_lead.post(SETTINGS, {**PLAIN, "name": " "})
    assert "Enter the name of the council" in response.content.decode()
