"""Who gets what from every address of the site: the tables that the permission matrix holds it to.

in       let in: a page, or on a POST a page or a redirect onwards
sign-in  sent to the sign-in page
403      the person belongs here and may not do this
404      as if it weren't there
405      this method isn't for this address

A single outcome is everybody's. `administrator` is the site's, and a member of no council.
"""

from pathlib import Path

Rows = dict[str, dict[str, dict[str, str]]]

PEOPLE = ["nobody", "stranger", "viewer", "contributor", "reviewer", "publisher", "lead"]
PEOPLE += ["administrator"]


def rows(*tables: str) -> Rows:
    """Route → method → person → outcome."""
    result: Rows = {}
    for line in (line for table in tables for line in lines_of(table)):
        route, method, *outcomes = line.split()
        methods = result.setdefault(route, {})
        assert method not in methods, f"{route} {method} stands there twice"
        everybody = outcomes * len(PEOPLE) if len(outcomes) == 1 else outcomes
        methods[method] = dict(zip(PEOPLE, everybody, strict=True))
    return result


def lines_of(table: str) -> list[str]:
    text = (Path(__file__).parent / f"{table}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


# With what is the contributor's: question 1.1 is assigned to them, the document stands there,
# they own the action; and with files that hold nothing but public text.
ROWS = rows("site", "councils", "cycles", "packs", "editions")
# The same addresses where question, action and document are somebody else's: 2.2, assigned to
# nobody, and the lead's; and where the file holds restricted text.
ROWS_OF_OTHERS = rows("others")
