"""A council's logo, drawn again from its pixels: nothing else of the uploaded file is kept."""

from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 20_000_000
LARGEST = (600, 240)  # shown 40 pixels high on screen and about 20 mm on paper


class NotALogo(Exception):
    """The message says to the person what to do."""


def clean_logo(file: IO[bytes]) -> bytes:
    """A PNG without metadata, no larger than `LARGEST`."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise NotALogo("The logo must be smaller than 2 MB")
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotALogo("The logo must be smaller than 20 million pixels")
            return redrawn(image)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NotALogo("The logo must be a PNG, JPEG or WebP picture") from error


def redrawn(image: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail(LARGEST)
    clean = Image.frombytes("RGBA", upright.size, upright.tobytes())
    out = BytesIO()
    clean.save(out, "PNG", optimize=True)
    return out.getvalue()
