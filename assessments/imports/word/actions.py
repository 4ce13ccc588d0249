"""An action as proposed from the words of its cell, which are always kept as they stand."""

import datetime
import re
from dataclasses import dataclass

from assessments.models import ActionStatus

MONTHS = "january february march april may june july august september october november december"
MONTH_NAMES = MONTHS.split()
MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
MONTH += r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
YEAR = r"(?:20)?\d{2}"

FULL_DATE = re.compile(
    rf"\b(\d{{1,2}})(?:(?:st|nd|rd|th)?\s+(?:of\s+)?({MONTH})\s+|[/.](\d{{1,2}})[/.])({YEAR})\b",
    re.IGNORECASE,
)
DUE_WORDS = re.compile(
    rf"\b(?:Q[1-4](?:\s*,?\s*{YEAR}(?:\s*[/–-]\s*{YEAR})?)?"
    rf"|(?:(?:by|end of|early|mid|late)\s+)*{MONTH}\s*(?:of\s+)?['’]?{YEAR}\b(?![/.])"
    r"|(?:spring|summer|autumn|winter)\s+20\d\d"
    r"|20\d\d(?:\s*[/–-]\s*(?:20)?\d\d)?(?!\d)"
    r"|when approved[^.\n]{0,80})",
    re.IGNORECASE,
)
DUE_PHRASE = re.compile(r"\b(?:by|before|due|until|in|from|at|for|end of)\s*:?\s*\Z", re.IGNORECASE)

NOT_YET = re.compile(r"\b(?:to be|be|not(?: yet)?|when|once|until|in)\s+\Z", re.IGNORECASE)
DONE = re.compile(r"\b(?:COMPLETED?|Completed?|ACTIONED|[Aa]ctioned|DONE|Done|CLOSED|Closed)\b")
ONLY_A_VERB = re.compile(r"\AComplete\s+[a-z](?!or\b)")
# Capitals are how people mark what they add to a text; small letters belong to the text.
IN_PART = re.compile(
    r"(?i:\bpart(?:ly|ially)?[\s-]+complete)|(?i:\bamended\s*:)|(?i:\bin progress\b)"
    r"|(?i:\bon track\b)|(?i:\bunder ?way\b)|\bCOMPLETE FOR\b|\bCURRENTLY\b|\bDRAFTED\b"
)
ONGOING = re.compile(r"\bongoing\b|\bon-going\b|\bcontinue(?:s|d)?\b|\bcontinuing\b", re.IGNORECASE)

LONGEST_OWNER, LONGEST_DUE = 200, 200
TOO_LONG_FOR_AN_ACTION = 500
ROLE_WORDS = {
    *("manager", "managers", "lead", "leads", "board", "chair", "director", "officer", "officers"),
    *("team", "teams", "police", "council", "partners", "panel", "committee", "coordinator"),
    *("co-ordinator", "champions", "education", "childrens", "children’s", "children's", "head"),
    *("safeguarding", "corporate", "licensing", "services", "community", "a/d", "officer’s", "all"),
    *("directorate", "csp", "lscp", "partnership", "councillor", "member", "development"),
}
JOINING = {"and", "&", "/", "of", "the", "vice", "adult", "social", "care", "–", "-", ","}
TOKEN = re.compile(r"[^\s/–,:]+(?:/[^\s/–,:]+)*|[/–,:]")
MOST_OWNER_WORDS = 14


@dataclass(frozen=True)
class ProposedAction:
    text: str
    owners: tuple[str, ...]
    due_date: datetime.date | None
    due_words: str
    status: str


def propose(text: str, *, owner: str = "", due: str = "", status: str = "") -> ProposedAction:
    """From the cell's text, and its own columns of owner, due and status where there are any.
    Words too long for their field stay with the action's text."""
    kept, owners = owners_of(text, owner)
    due_date = date_in(due or text, alone=bool(due))
    due_words = "" if due_date else due.strip() or due_words_in(text)
    if len(due_words) > LONGEST_DUE:
        kept, due_words = f"{kept}\n{due_words}", ""
    said = status.strip()
    if said and not is_plain_status(said):
        kept = f"{kept}\n{said}"
    if due_date and due and not FULL_DATE.fullmatch(due.strip()):
        kept = f"{kept}\n{due.strip()}"
    return ProposedAction(kept, owners, due_date, due_words, status_in(said or text))


def owners_of(text: str, column: str) -> tuple[str, tuple[str, ...]]:
    """The text, and who: names of the owner column apart, or those the text begins with."""
    if not column:
        owner = owner_in(text)
        return text, (owner,) if owner else ()
    names = [name.strip(" •\t") for name in re.split(r"[\n;,]", column)]
    names = list(dict.fromkeys(name for name in names if name))
    if any(len(name) > LONGEST_OWNER for name in names):
        return f"{text}\n{column}", ()
    return text, tuple(names)


def owner_in(text: str) -> str:
    """Who a text begins with: words of posts, teams and partners, before what they do."""
    if len(text) > TOO_LONG_FOR_AN_ACTION:
        return ""
    last = last_role_end = 0
    for count, found in enumerate(TOKEN.finditer(text)):
        word = found[0].rstrip("-")
        lower = word.lower()
        if found[0] == ":" or count >= MOST_OWNER_WORDS:
            break
        if lower in ROLE_WORDS or is_acronym(word):
            last_role_end = found.start() + len(word)
        elif not (lower in JOINING or (word[:1].isupper() and lower != "to")):
            break
        last = found.start() + len(word)
        if found[0].endswith("-"):
            break
    owner = text[:last_role_end].strip(" /–-,")
    between = text[last_role_end:last].strip(" /–-,").lower()
    names_a_role = any(word.lower() in ROLE_WORDS for word in TOKEN.findall(owner.rstrip("-")))
    fits = len(owner) <= LONGEST_OWNER and between in {"", *JOINING}
    return owner if names_a_role and fits else ""


def is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word.isupper()


def date_in(text: str, *, alone: bool) -> datetime.date | None:
    """A full date: in a column of its own, or after “by” and the like."""
    for found in FULL_DATE.finditer(text):
        if alone or DUE_PHRASE.search(text[: found.start()]):
            return real_date(found)
    return None


def real_date(found: re.Match[str]) -> datetime.date | None:
    day, name, number, year = found.groups()
    month = month_number(name) if name else int(number)
    try:
        return datetime.date(int(year) % 100 + 2000, month, int(day))
    except ValueError:
        return None


def month_number(name: str) -> int:
    return next(n for n, each in enumerate(MONTH_NAMES, 1) if each.startswith(name.lower()[:3]))


def due_words_in(text: str) -> str:
    """Such as “Q4 21/22”; not the day on which it was done, nor an older date in passing."""
    for found in DUE_WORDS.finditer(text if len(text) <= TOO_LONG_FOR_AN_ACTION else ""):
        if not DONE.search(text[max(0, found.start() - 25) : found.start()]):
            return found[0].strip()
    return ""


def is_a_date(text: str) -> bool:
    """Nothing but a date or such words, as where one stands in the rating column."""
    words = text.strip()
    return bool(FULL_DATE.fullmatch(words) or DUE_WORDS.fullmatch(words))


def status_in(text: str) -> str:
    if IN_PART.search(text):
        return ActionStatus.IN_PROGRESS.value
    if is_done(text):
        return ActionStatus.COMPLETED.value
    if ONGOING.search(text):
        return ActionStatus.IN_PROGRESS.value
    return ActionStatus.NOT_STARTED.value


def is_done(text: str) -> bool:
    if ONLY_A_VERB.match(text):
        return False
    return any(not NOT_YET.search(text[: found.start()]) for found in DONE.finditer(text))


PLAIN_STATUSES = {
    *("complete", "completed", "done", "closed", "open", "ongoing", "on-going", "in progress"),
    *("not started", "not yet started", "started", "underway", "under way", "on track"),
}


def is_plain_status(said: str) -> bool:
    """A word that the status itself says."""
    return said.lower().strip(" .") in PLAIN_STATUSES
