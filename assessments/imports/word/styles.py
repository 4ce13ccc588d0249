"""What the styles of a document say for the paragraphs and runs that name them."""

from lxml import etree

from assessments.imports.word.xml import W, value_of

DEEPEST = 12  # of styles based on styles; a file may well have them in a circle


class Styles:
    def __init__(self, root: etree._Element | None) -> None:
        found = [] if root is None else list(root.iterchildren(f"{W}style"))
        self.by_name = {each.get(f"{W}styleId") or "": each for each in found}

    def first(self, name: str, *paths: str) -> etree._Element | None:
        """The first of these that the style, or one it is based on, has."""
        for _ in range(DEEPEST):
            style = self.by_name.get(name)
            if style is None:
                return None
            for path in paths:
                found = style.find(path)
                if found is not None:
                    return found
            name = value_of(style.find(f"{W}basedOn"))
        return None
