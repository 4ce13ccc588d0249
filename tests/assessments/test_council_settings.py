"""A council's name, address, logo and colour."""

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
from assessments.services.councils import IdentityInput, PublishingInput, change_settings
from tests.cast import SignIn

SETTINGS = "/councils/northmere/settings/"
PLAIN = {"name": "Northmere Borough Council", "accent_colour": "#12436d", "version": "1"}
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


@given(colours.map(readable_shade))
def test_what_white_can_be_read_on_is_seen_as_a_line_on_white(colour: str):
    assert contrast("#ffffff", colour) >= 3  # WCAG 2.2 AA, for what isn't text


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


# Who the council is, in its documents --------------------------------------------------------


def test_address_and_contact_are_kept_with_their_author(client_of_lead: Client, lead: User):
    address = "Mere House\r\n4 Lantern Street\r\n"
    contact = "Democratic Services, 01632 960142"
    client_of_lead.post(SETTINGS, {**PLAIN, "address": address, "formats_contact": contact})
    council = Council.objects.get()
    assert council.address == "Mere House\n4 Lantern Street"
    assert council.formats_contact == contact
    assert council.history.first().history_user == lead
    page = client_of_lead.get(SETTINGS).content.decode()
    assert "4 Lantern Street</textarea>" in page


def test_an_address_that_is_too_long_is_refused_whole(client_of_lead: Client):
    response = client_of_lead.post(SETTINGS, {**PLAIN, "address": "x" * 501})
    (message,) = dict(response.context["form"].error_links).values()
    assert message == "Shorten this to 500 characters or fewer: it has 501"
    assert Council.objects.get().address == ""


# Two people at once --------------------------------------------------------------------------


def theirs_first(name: str = "Their Northmere") -> None:
    """Somebody else's save of the same page, opened at version 1."""
    council = Council.objects.get()
    change = IdentityInput(name, "", "", "#12436d")
    other = User.objects.create_user("other@northmere.example", name="Olu Other")
    change_settings(council=council, version=1, change=change, by=other)


def test_a_stale_save_shows_both_and_either_can_stand(client_of_lead: Client):
    theirs_first()
    response = client_of_lead.post(SETTINGS, {**PLAIN, "name": "My Northmere"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Olu Other" in page
    assert "Their Northmere" in page
    assert "My" in page
    assert Council.objects.get().name == "Their Northmere"

    (clash,) = response.context["clashes"]
    client_of_lead.post(SETTINGS, {**dict(clash.fields), "keep": "theirs"})
    assert Council.objects.get().name == "Their Northmere"
    client_of_lead.post(SETTINGS, {**dict(clash.fields), "keep": "mine"})
    assert Council.objects.get().name == "My Northmere"


def test_a_logo_sent_with_a_stale_save_is_kept(client_of_lead: Client):
    theirs_first()
    logo = SimpleUploadedFile("logo.png", picture())
    response = client_of_lead.post(SETTINGS, {**PLAIN, "name": "My Northmere", "logo": logo})
    assert response.status_code == 409
    assert "your other changes on this page have been saved" in response.content.decode()
    assert Council.objects.get().logo


def test_the_same_said_twice_is_no_clash(client_of_lead: Client):
    theirs_first("Northmere Borough Council")
    assert client_of_lead.post(SETTINGS, PLAIN).status_code == 302
    assert Council.objects.get().version == 2


def test_another_page_of_the_settings_is_no_clash(client_of_lead: Client, lead: User):
    change = PublishingInput("OFFICIAL", 6, 5)
    change_settings(council=Council.objects.get(), version=1, change=change, by=lead)
    assert client_of_lead.post(SETTINGS, PLAIN).status_code == 302
    council = Council.objects.get()
    assert (council.protective_marking, council.accent_colour) == ("OFFICIAL", "#12436d")
