"""Checks of finished files, as other programs read them."""

import re
import subprocess
from pathlib import Path

import outloud
import pdfua
from openxml_audit import OpenXmlValidator

# Why a rule of outloud is passed over. Each of them takes a page for the whole.
PASSED_OVER = {
    "TBL-014": "looks for a table among those that begin on the page; ours goes on from one before",
    "TBL-013": "takes repeated headings for a new table; they are decoration, and the table is one",
}


def pdf_findings(data: bytes, folder: Path) -> list[str]:
    """Of both checkers, warnings too."""
    file = folder / "checked.pdf"
    file.write_bytes(data)
    found = [each.message for each in pdfua.validate(file).findings]
    for each in outloud.check(str(file), skip=list(PASSED_OVER)).findings:
        found.append(f"{each.rule} {each.message}")
    return found


def pdf_errors(data: bytes, folder: Path) -> list[str]:
    """Of both checkers, where official wording or a council's makes warnings unavoidable: long
    questions are headings, and an address in evidence is text."""
    file = folder / "checked.pdf"
    file.write_bytes(data)
    found = [each.message for each in pdfua.validate(file).findings]
    for each in outloud.check(str(file), skip=list(PASSED_OVER)).findings:
        if each.severity == "error":
            found.append(f"{each.rule} {each.message}")
    return found


def docx_findings(data: bytes, folder: Path) -> list[str]:
    file = folder / "checked.docx"
    file.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(file).errors]


def in_libreoffice(data: bytes, folder: Path) -> Path:
    """The document as a PDF, by a LibreOffice with a profile of its own."""
    file = folder / "report.docx"
    file.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, file]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / "report.pdf"


def tables_in_structure(data: bytes, folder: Path) -> int:
    file = folder / "structure.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdfinfo", "-struct", file], capture_output=True, text=True, check=True)
    return len(re.findall(r"^\s*Table\b", done.stdout, re.M))
