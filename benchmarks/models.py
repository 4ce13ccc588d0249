"""What is asked: toolkits, their rating scales, benchmarks, questions and prompts."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from .locks import FixedModel, FixedQuerySet, LockedModel, LockedQuerySet


class ToolkitQuerySet(LockedQuerySet["Toolkit"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def with_contents(self) -> Self:
        """Everything asked, in six queries however long the toolkit."""
        whole = self.select_related("corrects")
        return whole.prefetch_related("scales__levels", "benchmarks__questions__prompts")


class Toolkit(LockedModel):
    """One edition of an assessment instrument; cycles are pinned to one for ever.

    `corrects`: the edition that this one stands in for from now on. `feeds`: short titles of
    benchmarks of other toolkits that its results are evidence for.
    """

    path_to_toolkit = ""
    parent_name = ""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    publisher = models.CharField(max_length=200)
    source_title = models.CharField(max_length=300)
    source_url = models.URLField(max_length=500)
    licence = models.CharField(max_length=200)
    attribution = models.TextField()
    issued_on = models.DateField()
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    feeds = models.JSONField(default=list, blank=True)
    roll_up = models.JSONField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ToolkitQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("toolkits:toolkit", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def default_scale(self) -> "RatingScale":
        """The scale a cycle uses unless it picks another. Reads self.scales."""
        return self.scales.all()[0]


class RatingScale(LockedModel):
    path_to_toolkit = "toolkit__"
    parent_name = "toolkit"

    toolkit = models.ForeignKey(Toolkit, models.CASCADE, related_name="scales")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()

    objects = LockedQuerySet["RatingScale"].as_manager()

    class Meta:
        ordering = ["toolkit_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["toolkit", "slug"], name="scale_slug_once"),
            models.UniqueConstraint(fields=["toolkit", "position"], name="scale_position_once"),
        ]

    def __str__(self) -> str:
        return self.name


class RatingLevel(LockedModel):
    class Colour(models.TextChoices):
        RED = "red"
        ORANGE = "orange"
        AMBER = "amber"
        GREEN = "green"
        TEAL = "teal"
        BLUE = "blue"
        GREY = "grey"

    # All seven are in Liberation Sans, so that the PDF prints them without another font.
    SHAPES = {
        Colour.RED: "■",
        Colour.ORANGE: "▼",
        Colour.AMBER: "▲",
        Colour.GREEN: "●",
        Colour.TEAL: "►",
        Colour.BLUE: "◊",
        Colour.GREY: "○",
    }

    path_to_toolkit = "scale__toolkit__"
    parent_name = "scale"

    scale = models.ForeignKey(RatingScale, models.CASCADE, related_name="levels")
    slug = models.SlugField(max_length=60)
    label = models.CharField(max_length=60)
    rank = models.PositiveSmallIntegerField(help_text="Higher is better.")
    colour = models.CharField(max_length=10, choices=Colour.choices)
    met = models.BooleanField(help_text="An expectation at this level counts as met.")
    meaning = models.TextField()

    objects = LockedQuerySet["RatingLevel"].as_manager()

    class Meta:
        ordering = ["scale_id", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "slug"], name="level_slug_once"),
            models.UniqueConstraint(fields=["scale", "rank"], name="level_rank_once"),
            models.CheckConstraint(
                condition=Q(colour__in=["red", "orange", "amber", "green", "teal", "blue", "grey"]),
                name="level_colour_known",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def shape(self) -> str:
        """The glyph that always stands beside the word, so that colour is never alone."""
        return self.SHAPES[self.Colour(self.colour)]


class Benchmark(LockedModel):
    path_to_toolkit = "toolkit__"
    parent_name = "toolkit"

    toolkit = models.ForeignKey(Toolkit, models.CASCADE, related_name="benchmarks")
    number = models.PositiveSmallIntegerField()
    short_title = models.CharField(max_length=100, help_text="As on front sheets.")
    statement = models.TextField()
    outcome = models.TextField(blank=True)
    guidance = models.JSONField(default=dict, help_text="summary, look_for and links.")

    objects = LockedQuerySet["Benchmark"].as_manager()

    class Meta:
        ordering = ["toolkit_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["toolkit", "number"], name="benchmark_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.short_title}"

    def get_absolute_url(self) -> str:
        """Reads self.toolkit."""
        return reverse("toolkits:benchmark", args=[self.toolkit.slug, self.number])


class Question(LockedModel):
    class Category(models.TextChoices):
        EXPECTATION = "expectation", "Expectation of compliance"
        GOOD_PRACTICE = "good_practice", "Good practice activity"

    path_to_toolkit = "benchmark__toolkit__"
    parent_name = "benchmark"

    benchmark = models.ForeignKey(Benchmark, models.CASCADE, related_name="questions")
    ref = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=20, choices=Category.choices)
    text = models.TextField()

    objects = LockedQuerySet["Question"].as_manager()

    class Meta:
        ordering = ["benchmark_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["benchmark", "ref"], name="question_ref_once"),
            models.UniqueConstraint(
                fields=["benchmark", "position"], name="question_position_once"
            ),
            models.CheckConstraint(
                condition=Q(category__in=["expectation", "good_practice"]),
                name="question_category_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.text}"


class Prompt(LockedModel):
    path_to_toolkit = "question__benchmark__toolkit__"
    parent_name = "question"

    question = models.ForeignKey(Question, models.CASCADE, related_name="prompts")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    objects = LockedQuerySet["Prompt"].as_manager()

    class Meta:
        ordering = ["question_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="prompt_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="prompt_position_from_one"),
        ]

    def __str__(self) -> str:
        return self.text


class EditionMapping(FixedModel):
    """What became of the benchmarks of one edition in another.

    `links`: from (numbers), to (numbers), relation (same, merged, split, dropped), note. Numbers,
    not rows: neither edition can change.
    """

    source = models.ForeignKey(Toolkit, models.PROTECT, related_name="mappings_from")
    target = models.ForeignKey(Toolkit, models.PROTECT, related_name="mappings_to")
    says = models.TextField()
    links = models.JSONField()

    objects = FixedQuerySet["EditionMapping"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="mapped_once"),
            models.CheckConstraint(
                condition=~Q(source=models.F("target")), name="mapped_to_another_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source.slug} to {self.target.slug}"
