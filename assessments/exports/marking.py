"""What every page and sheet says about who may read it."""

from assessments.record import CycleRecord, Text


def marking(record: CycleRecord) -> str:
    if record.is_public:
        return "Public version"
    restricted = ": contains restricted text" if record.has_restricted_text else ""
    return f"Board version{restricted}"


def marked(text: Text) -> str:
    """The text, after its sensitivity where it is a restricted one."""
    if text.is_public or text.withheld or not text:
        return text.value
    return f"[{text.sensitivity_label}] {text.value}"
