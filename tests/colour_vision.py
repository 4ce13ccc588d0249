"""Colours as people see them who lack one kind of cone.

The matrices are those of Machado, Oliveira and Fernandes (2009) at full severity, on linear light.
"""

Colour = tuple[float, float, float]

SIMULATIONS: dict[str, tuple[Colour, Colour, Colour]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(code: str) -> Colour:
    """Of “#b3261e”."""
    red, green, blue = (int(code[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return (light(red), light(green), light(blue))


def light(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def seen_with(simulation: str, colour: Colour) -> Colour:
    """What is out of the screen's range is shown at its edge."""
    red, green, blue = (
        min(1.0, max(0.0, sum(part * value for part, value in zip(row, colour, strict=True))))
        for row in SIMULATIONS[simulation]
    )
    return (red, green, blue)


def contrast(one: Colour, other: Colour) -> float:
    """By WCAG 2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
