"""What the browser is sent: our own files only, nothing the content security policy forbids."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.storage import FileSystemStorage
from django.template.loader import get_template

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
CSS = (STATIC / "css/app.css").read_text()
# Documents made from templates/exports never meet a browser.
TEMPLATES = sorted(
    {*(ROOT / "templates").rglob("*.html")}
    - {*(ROOT / "templates/exports").rglob("*")}
    # No policy stands over an e-mail, and no stylesheet of ours reaches it.
    - {*(ROOT / "templates/assessments/email").rglob("*")}
)


@pytest.mark.parametrize("forbidden", ["url(", "@import", "@font-face", "crest", "GDS Transport"])
def test_the_stylesheet_fetches_nothing_and_has_nothing_reserved_to_government(
    forbidden: str,
) -> None:
    assert forbidden not in CSS


def test_only_our_own_kinds_of_file_are_served() -> None:
    kinds = {path.suffix for path in STATIC.rglob("*") if path.is_file()}
    assert kinds == {".css", ".js", ".mjs", ".scss", ".svg", ".txt"}
    assert [path.name for path in STATIC.rglob("*.svg")] == ["favicon.svg"]


@pytest.mark.parametrize("name", ["govuk-frontend", "htmx"])
def test_a_vendored_library_names_its_version_and_licence(name: str) -> None:
    packages = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    version = packages[{"htmx": "htmx.org"}.get(name, name)]
    source = (STATIC / f"js/{name}.min.js").read_text()
    assert re.match(
        rf"/\*! {name}(\.org)? {re.escape(version)}\. .*{name}\.LICENCE\.txt \*/", source
    )
    assert len((STATIC / f"js/{name}.LICENCE.txt").read_text()) > 400
    assert "sourceMappingURL" not in source


def test_the_npm_lock_names_no_address() -> None:
    assert "://" not in (ROOT / "package-lock.json").read_text()


def test_every_file_can_be_given_a_hashed_name(tmp_path: Path) -> None:
    storage = ManifestStaticFilesStorage(location=tmp_path, base_url="/static/")
    source = FileSystemStorage(location=STATIC)
    names = [str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file()]
    for name in names:
        with source.open(name) as file:
            storage.save(name, file)
    outcomes = list(storage.post_process({name: (storage, name) for name in names}))
    assert [outcome for *_, outcome in outcomes if isinstance(outcome, Exception)] == []


class Markup(HTMLParser):
    """The inline scripts, styles and handlers of a template, and the classes it uses."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.classes: set[str] = set()
        # A tag between attributes or letters leaves a gap, so that a half-named class is known.
        self.feed(re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "…", source, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in values):
            self.inline.append(tag)
        self.inline += [name for name in values if name == "style" or name.startswith("on")]
        self.classes.update(re.split(r"[\s]+", values.get("class") or ""))


def named_classes(path: Path) -> Iterator[str]:
    for name in Markup(path.read_text()).classes:
        whole = name.strip("…")
        if re.fullmatch(r"(app|govuk)-[\w!-]*\w", whole) and not name.endswith("-…"):
            yield whole


def block(name: str) -> str:
    """`app-card` of `app-card__heading` and of `app-card--accent`."""
    return re.split("__|--", name)[0]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_keeps_to_the_content_security_policy(path: Path) -> None:
    assert Markup(path.read_text()).inline == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_uses_only_classes_that_the_stylesheet_has(path: Path) -> None:
    known = {name.replace("\\", "") for name in re.findall(r"\.((?:\\.|[\w-])+)", CSS)}
    blocks = {block(name) for name in known}
    unknown = {*named_classes(path)} - known - blocks
    # GOV.UK Frontend names parts that it gives no style, and marks for its JavaScript.
    assert {
        name
        for name in unknown
        if not name.startswith("govuk-js-")
        and not (name.startswith("govuk-") and block(name) in blocks)
    } == set()


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("token", ["red", "orange", "amber", "green", "teal", "blue", "grey"])
def test_the_words_on_a_rating_are_readable(token: str) -> None:
    tokens = (STATIC / "src/_tokens.scss").read_text()
    rule = re.search(rf'"{token}": \((.*)\)', tokens)
    assert rule
    colours = dict(part.split(": ") for part in rule[1].split(", "))
    assert contrast(colours["text"], colours["solid"]) >= 4.5
    assert contrast(colours["deep"], "#ffffff") >= 4.5
    assert contrast(colours["deep"], colours["tint"]) >= 4.5


def test_the_page_for_a_fault_of_ours_needs_nothing() -> None:
    page = get_template("500.html").render()
    assert "Something went wrong" in page
    assert "/static/css/app.css" in page
