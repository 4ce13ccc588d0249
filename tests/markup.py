"""Whether a page is what its author thinks it is."""

from tinyhtml5.parser import HTMLParser


def parse_errors(page: str) -> list[str]:
    """Where a browser would have to guess, by the rules of the HTML standard: an element that
    can't stand there, isn't closed or is closed twice, an attribute given twice."""
    parser = HTMLParser()
    parser.parse(page)
    return [f"{place}: {code} {about}" for place, code, about in parser.errors]
