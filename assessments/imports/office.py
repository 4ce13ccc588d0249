"""What .docx and .xlsx have in common as files: looked at before anything in them is read."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assessments.imports.problems import ImportProblems

MAX_BYTES = 20 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_RATIO = 250
SMALL = 1024 * 1024  # below it no ratio is suspicious
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")


@dataclass(frozen=True)
class Refusals:
    """The sentences of one kind of file. `others`: how files of other kinds begin."""

    not_one: str
    old: str
    locked: str
    macros: str
    too_large_inside: str
    others: Sequence[tuple[bytes, str]]


def check_kind(data: bytes, says: Refusals) -> None:
    if len(data) > MAX_BYTES:
        raise ImportProblems(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.")
    if data.startswith(OLE):
        raise ImportProblems(says.locked if ENCRYPTED in data else says.old)
    for start, sentence in says.others:
        if data.startswith(start):
            raise ImportProblems(sentence)
    if not data.startswith(b"PK"):
        raise ImportProblems(says.not_one)


def check_entries(archive: zipfile.ZipFile, says: Refusals, *, most: int) -> set[str]:
    """The names of all parts, in small letters. `most`: the bytes that it may unpack to."""
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > most:
        raise ImportProblems(says.too_large_inside)
    if any(is_bomb(entry) for entry in entries):
        raise ImportProblems(says.too_large_inside)
    if any(entry.flag_bits & 1 for entry in entries):
        raise ImportProblems(says.locked)
    if any(name.endswith(MACRO_PARTS) for name in names):
        raise ImportProblems(says.macros)
    return names


def is_bomb(entry: zipfile.ZipInfo) -> bool:
    ratio = entry.file_size / max(entry.compress_size, 1)
    return entry.file_size > SMALL and ratio > MAX_RATIO


def foreign(names: set[str], parts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What is said of each of these parts that is there."""
    return (says for start, says in parts if any(name.startswith(start) for name in names))
