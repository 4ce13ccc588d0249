"""The colours of ratings in files that take no style sheet."""

# The screen's colours: white or black text on them is at least 4.5:1.
COLOURS = {
    "red": ("B3261E", "FFFFFF"),
    "orange": ("F19A5B", "0B0C0C"),
    "amber": ("FFC94D", "0B0C0C"),
    "green": ("0F7A52", "FFFFFF"),
    "teal": ("0E6A73", "FFFFFF"),
    "blue": ("1A5A96", "FFFFFF"),
    "grey": ("E1E5E8", "0B0C0C"),
}
