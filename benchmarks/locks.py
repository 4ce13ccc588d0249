"""The lock on published toolkits: every way Django offers to write a row passes through here."""

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from django.db import models

M = TypeVar("M", bound="LockedModel")
M2 = TypeVar("M2", bound="FixedModel")


class PublishedToolkitError(Exception):
    """Something tried to alter or delete a published toolkit, or a part of one."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"The toolkit “{slug}” is published, so nothing in it can be altered or deleted. "
            "Make a new edition with a slug of its own instead."
        )


def refuse_published(rows: models.QuerySet[Any]) -> None:
    """Raises for the first published toolkit these rows belong to. One query."""
    path = rows.model.path_to_toolkit
    published = rows.filter(**{f"{path}published_at__isnull": False}).order_by()
    slug = published.values_list(f"{path}slug", flat=True).first()
    if slug is not None:
        raise PublishedToolkitError(slug)


def refuse_published_parents(model: type["LockedModel"], keys: Iterable[Any]) -> None:
    parent: Any = model._meta.get_field(model.parent_name).related_model
    refuse_published(parent._default_manager.filter(pk__in=keys))


def refuse_published_among(model: type[M], rows: Iterable[M]) -> None:
    """Raises where a stored row, or the parent it is about to have, is published."""
    rows = list(rows)
    refuse_published(model._default_manager.filter(pk__in=[row.pk for row in rows if row.pk]))
    if model.parent_name:
        refuse_published_parents(model, {getattr(row, f"{model.parent_name}_id") for row in rows})


class LockedQuerySet(models.QuerySet[M]):
    """Refuses to write any row that belongs to a published toolkit."""

    def update(self, **values: Any) -> int:
        refuse_published(self)
        name = self.model.parent_name
        new_parents = [values[key] for key in (name, f"{name}_id") if key in values]
        if new_parents:
            refuse_published_parents(self.model, (getattr(new, "pk", new) for new in new_parents))
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        refuse_published(self)
        return super().delete()

    # Without this, as_manager() would offer a way to delete every row there is.
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[M], *args: Any, **options: Any) -> list[M]:
        objs = list(objs)
        refuse_published_among(self.model, objs)
        return super().bulk_create(objs, *args, **options)

    def bulk_update(self, objs: Iterable[M], *args: Any, **options: Any) -> int:
        objs = list(objs)
        refuse_published_among(self.model, objs)
        return super().bulk_update(objs, *args, **options)


class FixedError(Exception):
    """Something tried to alter or delete what is loaded once and stays."""

    def __init__(self) -> None:
        super().__init__("A mapping between editions can't be altered or deleted once loaded.")


class FixedQuerySet(models.QuerySet[M2]):
    def update(self, **values: Any) -> int:
        raise FixedError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise FixedError

    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_update(self, objs: Iterable[M2], *args: Any, **options: Any) -> int:
        raise FixedError


class FixedModel(models.Model):
    """Written once and never again."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk:
            raise FixedError
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise FixedError


class LockedModel(models.Model):
    """A toolkit or a part of one: writable only until the toolkit is published."""

    path_to_toolkit: ClassVar[str]
    parent_name: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        refuse_published_among(type(self), [self])
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        refuse_published(type(self)._default_manager.filter(pk=self.pk))
        return super().delete(*args, **options)
