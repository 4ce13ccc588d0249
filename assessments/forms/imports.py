"""Uploading a document, and choosing where a row of it goes."""

from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms_gds.layout import Field, Fluid
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from assessments.forms.cycles import PositionForm, offer_scales, scale_field
from assessments.forms.govuk import GovukForm
from assessments.imports.office import MAX_BYTES
from assessments.imports.word.entries import Entry
from assessments.imports.word.package import OLD_WORD, check_kind
from assessments.imports.word.places import Place
from assessments.imports.word.splitting import HERE, Piece, pieces_of
from benchmarks.models import RatingScale, Toolkit

TRAY = "tray"
SCALE_HELP = "What your document answers, and how it is rated there: no rating is converted"
Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]


class UploadForm(GovukForm):
    document = forms.FileField(
        label="Your completed toolkit",
        help_text="A Word document (.docx) of up to 20 MB",
        error_messages={
            "required": "Choose your Word document",
            "empty": "The document is an empty file",
        },
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    scale = scale_field()
    button = "Read the document"

    def __init__(
        self,
        toolkits: Iterable[Toolkit],
        data: QueryDict | None,
        files: MultiValueDict[str, Any] | None,
        *,
        usual: RatingScale | None,
    ) -> None:
        super().__init__(data, files, initial={"scale": usual.pk if usual else None})
        self.fields["scale"].help_text = SCALE_HELP
        self.scales = offer_scales(self, toolkits)

    def clean_scale(self) -> RatingScale:
        return self.scales[self.cleaned_data["scale"]]

    def clean_document(self) -> "UploadedFile[Any]":
        upload: UploadedFile[Any] = self.cleaned_data["document"]
        if (upload.size or 0) > MAX_BYTES:
            raise ValidationError("The document must be smaller than 20 MB")
        if (upload.name or "").lower().endswith(".doc"):
            raise ValidationError(OLD_WORD)
        self.check_the_beginning(upload)
        return upload

    def check_the_beginning(self, upload: "UploadedFile[Any]") -> None:
        """Its kind alone; whether it can be read, a job finds out."""
        check_kind(upload.read())
        upload.seek(0)


class PlaceForm(GovukForm):
    """`groups` of places an edition has; the tray comes first."""

    place = forms.ChoiceField(
        label="Where does it go?",
        error_messages={
            "required": "Choose where it goes",
            "invalid_choice": "Choose one of these places",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    button = "Save and go to the next"

    def __init__(self, groups: Groups, data: QueryDict | None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(TRAY, "Nowhere: keep it in the tray"), *groups]

    def shape(self) -> Sequence[Any]:
        return [Field.select("place", css_class=f"govuk-input--width-{Fluid.FULL}"), "version"]

    def clean_place(self) -> Place | None:
        chosen = self.cleaned_data["place"]
        return None if chosen == TRAY else Place.read(chosen)


class CutForm(GovukForm):
    """Where a piece of a row shall be cut in two: the text stays out of every address."""

    cut = forms.CharField(
        label="Is a piece too long?",
        help_text="Enter the first words of the part that shall be a piece of its own",
        max_length=200,
        error_messages={"required": "Enter the words that a new piece begins with"},
    )
    button = "Cut before these words"

    def __init__(self, data: QueryDict | None, *, address: str) -> None:
        super().__init__(data, auto_id="id_new_%s")  # beside the hidden field of that name
        self.helper.form_action = address

    def shape(self) -> Sequence[Any]:
        return [Field.text("cut", field_width=Fluid.TWO_THIRDS)]


class SplitForm(GovukForm):
    """For each piece of a row: whether it stays, or which new row it goes to."""

    NEW_ROWS = 4
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    cut = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)

    def __init__(self, entry: Entry, data: QueryDict | None, *, cut: str = "") -> None:
        super().__init__(data, initial={"version": entry.version, "cut": cut})
        self.pieces = pieces_of(entry, data.get("cut", "") if data else cut)
        for number, _ in enumerate(self.pieces):
            self.fields[self.name_of(number)] = piece_field(number, self.NEW_ROWS)

    @staticmethod
    def name_of(number: int) -> str:
        return f"piece-{number}"

    @property
    def choices(self) -> list[tuple[Piece, BoundField]]:
        return [(piece, self[self.name_of(n)]) for n, piece in enumerate(self.pieces)]

    def clean(self) -> dict[str, Any]:
        """Only a row as it is now: what was chosen for it as it was is told so by the save."""
        is_current = self.cleaned_data.get("version") == self.initial["version"]
        if is_current and not any(self.goes_to.values()):
            raise ValidationError("Choose at least one piece that goes to a new row")
        return self.cleaned_data

    @property
    def goes_to(self) -> dict[int, int]:
        """Once it has been checked."""
        names = {number: self.name_of(number) for number, _ in enumerate(self.pieces)}
        chosen = {number: self.cleaned_data.get(name) for number, name in names.items()}
        return {number: int(row or HERE) for number, row in chosen.items()}


def piece_field(number: int, new_rows: int) -> forms.ChoiceField:
    new = [(row, f"New row {row}") for row in range(1, new_rows + 1)]
    return forms.ChoiceField(
        label=f"Where piece {number + 1} goes",
        choices=[(HERE, "Stays in this row"), *new],
        required=False,
        initial=HERE,
        error_messages={"invalid_choice": "Choose one of these rows"},
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )


class JoinForm(forms.Form):
    """Two rows as they stood when a person looked at them."""

    version = forms.IntegerField(min_value=0)
    before = forms.IntegerField(min_value=1)
    before_version = forms.IntegerField(min_value=0)


class ConfirmForm(PositionForm):
    button = "Make the cycle"
