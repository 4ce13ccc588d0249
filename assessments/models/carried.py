from django.db import models


class Carried(models.Model):
    """What may have come along from an earlier cycle.

    `to_confirm`: nobody has confirmed it yet, so that it counts as nothing. `carried_from`:
    where it stood before, such as “2024/25”; it stays once confirmed. Words, not a key: they
    outlive the row they name, and travel in files.
    """

    to_confirm = models.BooleanField(default=False)
    carried_from = models.CharField(blank=True, max_length=200)

    class Meta:
        abstract = True
