"""The checksums of a pack, and what its files are called."""

import subprocess
from hashlib import sha256
from pathlib import Path

import lxml.html
import pytest
from django.template.loader import render_to_string

from assessments.exports.files import pack_file_name
from assessments.exports.report.checksums import Checked, render_checksums

FILES = {
    "Item 6 Prevent duty report.pdf": b"report",
    "Item 6 Appendix 1 Prevent self-assessment 2023-24.pdf": b"x" * 12_345,
}


CHECKED = [Checked(name, len(data), sha256(data).hexdigest()) for name, data in FILES.items()]
HEADING = "Item 6: Prevent duty\nNorthmere Borough Council, 24 February 2026"


@pytest.fixture
def page() -> str:
    return render_checksums(HEADING, CHECKED)


def test_the_page_shows_name_size_and_sum() -> None:
    block = render_to_string("assessments/_checksums.html", {"files": CHECKED})
    rows = [
        [cell.text_content().replace("\xa0", " ") for cell in row]
        for row in lxml.html.fragment_fromstring(block, create_parent=True).iter("tr")
    ]
    assert rows == [
        ["File", "Size", "SHA-256"],
        [CHECKED[0].name, "6 bytes", CHECKED[0].sha256],
        [CHECKED[1].name, "12.1 KB", CHECKED[1].sha256],
    ]


def test_a_person_can_read_it(page: str) -> None:
    assert page.splitlines()[:4] == [
        "# Item 6: Prevent duty",
        "# Northmere Borough Council, 24 February 2026",
        "# Item 6 Prevent duty report.pdf: 6 bytes",
        "# Item 6 Appendix 1 Prevent self-assessment 2023-24.pdf: 12,345 bytes",
    ]


def test_sha256sum_accepts_it_and_finds_a_change(page: str, tmp_path: Path) -> None:
    (tmp_path / "checksums.txt").write_text(page)
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    command = ["sha256sum", "--strict", "-c", "checksums.txt"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 0
    (tmp_path / next(iter(FILES))).write_bytes(b"another")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 1


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("6", "Prevent duty report", "", "pdf"), "Item 6 Prevent duty report.pdf"),
        (
            ("6", "Appendix 1 Prevent self-assessment", "2023/24", "xlsx"),
            "Item 6 Appendix 1 Prevent self-assessment 2023-24.xlsx",
        ),
        (("", "Prevent duty report", "", "docx"), "Prevent duty report.docx"),
        (("6", "Report: a/b\\c?", "", "html"), "Item 6 Report a b c.html"),
        (("6\r\n", "\u202efdp.exe", "", "pdf"), "Item 6 fdp.exe.pdf"),
        (("6", "R" * 300, "2" * 300, "pdf"), f"Item 6 {'R' * 100} {'2' * 100}.pdf"),
    ],
)
def test_names_are_those_democratic_services_would_choose(
    parts: tuple[str, str, str, str], name: str
) -> None:
    *words, ext = parts
    assert pack_file_name(*words, ext=ext) == name


def test_which_of_two_files_it_is_stays_in_a_long_name() -> None:
    both = {pack_file_name("6", "R" * 300, which, ext="pdf") for which in ("", "with exempt text")}
    assert both == {f"Item 6 {'R' * 100}.pdf", f"Item 6 {'R' * 100} with exempt text.pdf"}
