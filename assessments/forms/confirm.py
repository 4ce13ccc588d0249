"""Which documents and actions a page showed, each at its version."""

import re

from django.http import QueryDict

from assessments.services.confirm import Beside

SEEN = re.compile(r"\A(document|action)-([1-9]\d{0,17})-version\Z")
VERSION = re.compile(r"\A\d{1,9}\Z", re.ASCII)


def beside_seen(data: QueryDict) -> Beside:
    """What isn't a version was seen by nobody."""
    beside = Beside()
    shown = {"document": beside.documents, "action": beside.actions}
    for name, value in data.items():
        match = SEEN.match(name)
        if match and VERSION.match(str(value)):
            shown[match[1]][int(match[2])] = int(str(value))
    return beside
