"""The lock on published toolkits: every way Django offers to write a row passes through here."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class PublishedToolkitError(Exception):
    """Something tried to alter or delete a published toolkit, or a part of one."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"The toolkit “{slug}” is published, so nothing in it can be altered or deleted. "
            "Make a new edition with a slug of its own instead."
        )


class LockedQuerySet(models.QuerySet[M]):
    """Refuses to write any row that belongs to a published toolkit."""

    def refuse_published(self) -> None:
        """Raises for the first published toolkit these rows belong to. One query."""
        path = getattr(self.model, "path_to_toolkit", "")
        published = self.filter(**{f"{path}published_at__isnull": False}).order_by()
        slug = published.values_list(f"{path}slug", flat=True).first()
        if slug is not None:
            raise PublishedToolkitError(slug)

    def refuse_published_among(self, rows: Iterable[M]) -> None:
        """Raises where the stored row, or the parent it is about to have, is published."""
        rows = list(rows)
        stored = [row.pk for row in rows if row.pk is not None]
        if stored:
            self.model._default_manager.filter(pk__in=stored).refuse_published()
        name = getattr(self.model, "parent_name", None)
        if name is not None:
            self.refuse_published_parents({getattr(row, f"{name}_id") for row in rows})

    def refuse_published_parents(self, keys: Iterable[Any]) -> None:
        parents = self.model._meta.get_field(self.model.parent_name).related_model
        parents._default_manager.filter(pk__in=keys).refuse_published()

    def update(self, **values: Any) -> int:
        self.refuse_published()
        name = getattr(self.model, "parent_name", "")
        moved_to = [values[key] for key in (name, f"{name}_id") if key in values]
        if moved_to:
            self.refuse_published_parents(getattr(to, "pk", to) for to in moved_to)
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.refuse_published()
        return super().delete()

    # Without this, as_manager() would offer a way to delete every row there is.
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[M], *args: Any, **options: Any) -> list[M]:
        objs = list(objs)
        self.refuse_published_among(objs)
        return super().bulk_create(objs, *args, **options)

    def bulk_update(
        self, objs: Iterable[M], fields: Sequence[str], batch_size: int | None = None
    ) -> int:
        objs = list(objs)
        self.refuse_published_among(objs)
        return super().bulk_update(objs, fields, batch_size)


class LockedModel(models.Model):
    """A toolkit or a part of one: writable only until the toolkit is published."""

    path_to_toolkit: ClassVar[str]
    parent_name: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        type(self)._default_manager.all().refuse_published_among([self])
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        type(self)._default_manager.filter(pk=self.pk).refuse_published()
        return super().delete(*args, **options)
