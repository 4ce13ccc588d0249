"""`make screenshots`: remakes docs/screenshots from the demonstration councils."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.chromium import chromium
from tests.serving import ROOT, server

FOLDER = ROOT / "docs" / "screenshots"
WIDTH = 1200
LARGEST = 200_000  # bytes


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "prevent_toolkit.settings",
            "DATA_DIR": folder,
            "ENVIRONMENT": "demo",
            "LOG_LEVEL": "WARNING",
        }
        os.environ.pop("DATABASE_URL", None)
        cycle = load_demo()
        FOLDER.mkdir(exist_ok=True)
        with server() as port, chromium() as browser:
            take_pages(browser, f"http://127.0.0.1:{port}", cycle)
        take_front_sheet_of_pdf(cycle, Path(folder))
    for file in sorted(FOLDER.glob("*.png")):
        shrink(file)
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1024} KB")


def load_demo() -> int:
    """The number of Northmere's current cycle."""
    import django
    from django.core.management import call_command

    django.setup()
    for command in ("migrate", "collectstatic"):
        call_command(command, interactive=False, verbosity=0)
    toolkits = sorted(map(str, (ROOT / "fixtures" / "toolkits").glob("*.yaml")))
    with open(os.devnull, "w") as nowhere:
        call_command("toolkit", "load", *toolkits, stdout=nowhere)
        call_command("demo", stdout=nowhere)
    from assessments.models import Council

    cycle = Council.objects.get(slug="northmere").cycles.first()
    assert cycle
    return cycle.pk


def take_pages(browser: Browser, site: str, cycle: int) -> None:
    here = f"/councils/northmere/cycles/{cycle}"
    with signed_in(browser, site) as page:
        for name, address in (
            ("council-home", "/councils/northmere/"),
            ("task-list", f"{here}/"),
            ("question", f"{here}/questions/7.1/"),
            ("front-sheet", f"{here}/front-sheet/"),
            ("dashboard", f"{here}/dashboard/"),
            ("committee-pack", "/councils/northmere/packs/1/"),
        ):
            page.goto(address, wait_until="networkidle")
            page.screenshot(path=FOLDER / f"{name}.png")


@contextmanager
def signed_in(browser: Browser, site: str) -> Iterator[Page]:
    """As the first lead whom the sign-in page offers."""
    viewport = {"width": WIDTH, "height": 900}
    context = browser.new_context(base_url=site, viewport=viewport)
    page = context.new_page()
    page.goto("/account/login/")
    page.get_by_role("button", name="Toolkit lead, Northmere").click()
    page.wait_for_url("**/councils/northmere/")
    yield page
    context.close()


def take_front_sheet_of_pdf(cycle: int, folder: Path) -> None:
    from django.core.management import call_command

    pdf = folder / "toolkit.pdf"
    call_command("export", str(cycle), "--format", "pdf", "--output", str(pdf))
    picture = FOLDER / "pdf-front-sheet"
    which = ["-f", "2", "-l", "2", "-singlefile", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
    subprocess.run(["pdftoppm", *which, "-png", pdf, picture], check=True)


def shrink(file: Path) -> None:
    with Image.open(file) as image:
        image.convert("RGB").save(file, optimize=True)
    if file.stat().st_size > LARGEST:
        raise SystemExit(f"{file.name} is larger than {LARGEST} bytes.")


if __name__ == "__main__":
    main()
