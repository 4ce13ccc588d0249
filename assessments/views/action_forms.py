"""The forms on an action, each opened in place or as a page."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django_htmx.http import reswap, retarget

from assessments.access import CycleAccess
from assessments.forms.actions import ActionForm, UpdateForm
from assessments.presenters.actions import ActionCard, Rights
from assessments.presenters.asked import Asked
from assessments.presenters.challenges import asked_about
from assessments.presenters.register import register_listed
from assessments.services.actions import find_same
from assessments.views.in_place import SmallForm, SmallFormPage
from benchmarks.models import Question


class ActionPage(SmallFormPage[SmallForm]):
    """What the three forms share. `kind` begins the name of the draft."""

    section = "actions"
    kind: str

    def __init__(
        self,
        request: HttpRequest,
        access: CycleAccess,
        question: Question,
        rights: Rights,
        card: ActionCard | None = None,
    ) -> None:
        self.rights, self.card = rights, card
        super().__init__(
            request,
            access,
            question,
            draft_name=f"{self.kind}:{card.action.pk if card else question.ref}",
            place=f"action-{card.action.pk}" if card else "add-action",
            may_answer=rights.may_use(question),
        )

    def context(self) -> dict[str, Any]:
        return {**super().context(), "card": self.card}

    def section_again(self, message: str) -> HttpResponse:
        """On the register, the action alone."""
        if not (self.from_register and self.card):
            return super().section_again(message)
        register = register_listed(self.access, self.request.GET)
        card = register.cards_of([self.card.action.pk])[self.card.action.pk]
        row = register.row(card, f"{card.action.pk}-again", is_first=True)
        context = {"register": register, "row": row, "message": message}
        response = render(self.request, "assessments/_register_item.html", context)
        return retarget(reswap(response, "outerHTML"), f"#{self.place}")


class AddActionPage(ActionPage[ActionForm]):
    title = "Add an action"
    kind = "add-action"
    fields = "assessments/_action_fields.html"

    def make(self, data: QueryDict | None) -> ActionForm:
        return ActionForm(
            data,
            asked=Asked(self.access.cycle),
            home=self.question,
            members=self.access.council.members.all(),
            may_use=self.rights.may_use,
            card=self.card,
            auto_id=self.auto_id,
        )

    def is_saved(self, form: ActionForm) -> bool:
        return find_same(self.access.cycle, form.input) is not None


class ChangeActionPage(AddActionPage):
    title = "Change the action"
    kind = "action"
    template = "assessments/action.html"

    def context(self) -> dict[str, Any]:
        if not self.card:
            return super().context()
        more = asked_about(self.card.action)
        return {**super().context(), **more, "may_remove": bool(self.rights.places_of(self.card))}

    def is_saved(self, form: ActionForm) -> bool:
        return self.card is not None and form.input.says(self.card.action, self.access.cycle)


class UpdatePage(ActionPage[UpdateForm]):
    title = "Add progress"
    kind = "update"
    fields = "assessments/_update_fields.html"

    def make(self, data: QueryDict | None) -> UpdateForm:
        initial = {"dated_on": timezone.localdate()}
        is_open = self.card is None or self.card.is_open
        return UpdateForm(data, initial=initial, auto_id=self.auto_id, is_open=is_open)

    def is_saved(self, form: UpdateForm) -> bool:
        return self.card is not None and form.input.find_in(self.card.action) is not None
