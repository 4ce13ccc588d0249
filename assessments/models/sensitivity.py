"""Who may read a piece of council text."""

from typing import Any

from django.db import models


class Sensitivity(models.TextChoices):
    """Public, exempt under a paragraph of Schedule 12A to the Local Government Act 1972, or
    not for publication at all. One value, so that a paragraph can't stand without its class."""

    PUBLIC = "public", "Public"
    EXEMPT_1 = "exempt-1", "Exempt, paragraph 1: about an individual"
    EXEMPT_2 = "exempt-2", "Exempt, paragraph 2: would reveal who somebody is"
    EXEMPT_3 = "exempt-3", "Exempt, paragraph 3: financial or business affairs"
    EXEMPT_4 = "exempt-4", "Exempt, paragraph 4: labour relations"
    EXEMPT_5 = "exempt-5", "Exempt, paragraph 5: legal privilege"
    EXEMPT_6 = "exempt-6", "Exempt, paragraph 6: notices and orders"
    EXEMPT_7 = "exempt-7", "Exempt, paragraph 7: preventing or investigating crime"
    NOT_FOR_PUBLICATION = "not-for-publication", "Not for publication"

    @property
    def withheld_text(self) -> str:
        """What a public document prints in place of the text; empty where the text is public."""
        if self == Sensitivity.PUBLIC:
            return ""
        if self.value.startswith("exempt-"):
            return f"Not for publication: paragraph {self.value[-1]}"
        return "Not for publication"


class SensitivityField(models.CharField):  # type: ignore[type-arg]
    """The sensitivity of the text it is named for. Public until somebody says otherwise."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("choices", Sensitivity.choices)
        kwargs.setdefault("default", Sensitivity.PUBLIC)
        super().__init__(**kwargs)


def sensitivity_is_known(field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": Sensitivity.values}), name=name
    )
