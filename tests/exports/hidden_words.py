"""Looking for words in everything that a finished file holds, however it is packed."""

import base64
import html
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

from tests.exports.pdf_reading import all_text, structure

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def everything_in(data: bytes, format: str) -> Iterator[bytes]:
    """The bytes as they are, and all that is packed in them."""
    yield data
    if format in ("xlsx", "docx"):
        yield from zip_members(data)
    elif format == "pdf":
        yield all_text(data).encode()
        yield structure(data).text.encode()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for each in pdf.objects:
                yield from pdf_object(each)
    elif format == "html":
        yield html.unescape(data.decode()).encode()


def zip_members(data: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield archive.comment
        for each in archive.infolist():
            content = archive.read(each)
            yield from (each.filename.encode(), each.comment, content)
            if each.filename.endswith((".xml", ".rels")):
                yield html.unescape(content.decode()).encode()


def pdf_object(value: Any) -> Iterator[bytes]:
    if isinstance(value, pikepdf.Stream):
        yield value.read_bytes()
        value = value.stream_dict
    if isinstance(value, pikepdf.Dictionary | pikepdf.Array):
        yield str(value).encode()
        yield from (
            str(part).encode()
            for part in (value.values() if isinstance(value, pikepdf.Dictionary) else value)
            if isinstance(part, pikepdf.String)
        )


def found(words: Iterable[str], data: bytes, format: str) -> set[str]:
    return found_in(words, everything_in(data, format))


def found_in(words: Iterable[str], parts: Iterable[bytes]) -> set[str]:
    """In any of the encodings, whatever the case. The words are of letters and figures alone:
    no way of escaping changes those."""
    whole = b"\n".join(parts)
    lower = whole.lower()
    return {
        word
        for word in words
        if any(form in lower for form in written_as(word.lower()))
        or any(form in whole for form in base64_of(word))
    }


def written_as(word: str) -> Iterator[bytes]:
    """As text, and as the hexadecimal strings that PDF knows."""
    for encoding in ENCODINGS:
        yield word.encode(encoding)
    for encoding in ENCODINGS:
        yield word.encode(encoding).hex().encode()


def base64_of(word: str) -> Iterator[bytes]:
    """What stays the same wherever in the encoded text the word begins."""
    for encoding in ENCODINGS:
        for shift in range(3):
            encoded = base64.b64encode(b"\0" * shift + word.encode(encoding)).rstrip(b"=")
            yield encoded[4 if shift else 0 : -1]
