"""A council's accent colour: white words stand on it, so they must be readable there."""

import re

WHITE = "#ffffff"
READABLE = 4.5  # WCAG 2.2 AA, for text of any size
HEX = re.compile(r"\A#?([0-9a-f]{3}|[0-9a-f]{6})\Z", re.IGNORECASE)


def parse_colour(typed: str) -> str:
    """`#1d70b8` from that, `1D70B8` or `#17b`. Raises ValueError for anything else."""
    match = HEX.match(typed.strip())
    if not match:
        raise ValueError(f"{typed} is not a colour")
    digits = match[1].lower()
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return f"#{digits}"


def contrast(colour: str, other: str = WHITE) -> float:
    """WCAG's contrast ratio, from 1 to 21."""
    lighter, darker = sorted((luminance(colour), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (linear(value / 255) for value in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def readable_shade(colour: str) -> str:
    """The colour itself where white can be read on it, else its lightest shade where it can."""
    shades = (shade(colour, percent) for percent in range(100, -1, -1))
    return next(each for each in shades if contrast(each) >= READABLE)


def shade(colour: str, percent: int) -> str:
    return "#" + "".join(f"{value * percent // 100:02x}" for value in channels(colour))
