"""The register: progress and completion where an action stands."""

import datetime
import re
from typing import Any

from django.test import Client

from assessments.models import Action, Cycle, User
from tests.assessments.registered import IN_PLACE, REGISTER, words
from tests.cast import SignIn


def test_a_chair_reads_without_a_form(as_: SignIn, chair: User, several: dict[str, Action]) -> None:
    html = as_(chair).get(REGISTER).content.decode()
    assert "Change the ticked actions" not in html
    assert 'type="checkbox"' not in html
    assert "Add progress" not in html


def test_progress_is_added_in_place(page: Client, cycle: Cycle, several: dict[str, Action]) -> None:
    action = several["soon"]
    html = page.get(f"{REGISTER}?due=soon").content.decode()
    link = re.search(r'hx-get="([^"]+progress/add/[^"]*)"', html)
    assert link
    address = link[1].replace("&amp;", "&")
    form = page.get(address, **IN_PLACE).content.decode()
    assert f'hx-target="#action-{action.pk}"' in form
    assert f'hx-get="{REGISTER}?due=soon"' in form  # Cancel puts the action back
    sent = {**progress("Begun."), "next_steps": "Ask round."}
    response = page.post(address, sent, **IN_PLACE)
    assert response["HX-Retarget"] == f"#action-{action.pk}"
    shown = words(response)
    assert "The progress has been added." in shown
    assert "Begun. Next: Ask round." in shown
    assert (
        response.content.decode()
        .strip()
        .startswith(f'<li class="app-register__item" id="action-{action.pk}"')
    )
    back = page.post(address, progress("More.")).url
    assert back == f"{REGISTER}?due=soon#action-{action.pk}"


def progress(text: str, **more: str) -> dict[str, str]:
    date = {"dated_on_0": "2", "dated_on_1": "2", "dated_on_2": "2026"}
    return {"text": text, "sensitivity": "public", **date, **more}


def test_coming_back_never_leaves_the_site(page: Client, several: dict[str, Action]) -> None:
    action = several["soon"]
    cycle = action.links.get().cycle_id
    address = f"/councils/northmere/cycles/{cycle}/actions/{action.pk}/progress/add/"
    response = page.post(f"{address}?back=register&list=//evil.example/", progress("Begun."))
    assert response.url == f"{REGISTER}?//evil.example/#action-{action.pk}"


def test_completing_with_progress_says_what_and_when(
    page: Client, several: dict[str, Action], lead: User
) -> None:
    action = several["soon"]
    address = f"/councils/northmere/cycles/{action.links.get().cycle_id}/actions/{action.pk}/"
    response = page.post(f"{address}progress/add/", progress("", completes="on"))
    assert "Enter what has happened" in words(response)
    for _ in range(2):
        page.post(f"{address}progress/add/", progress("All trained.", completes="on"))
    action.refresh_from_db()
    assert (action.status, action.version) == ("completed", 2)
    assert action.completed_on == datetime.date(2026, 2, 2)
    assert action.updates.get().text == "All trained."
    assert action.history.first().history_user == lead
    assert "This completes the action" not in words(page.get(f"{address}progress/add/"))


def change(action: Action, **fields: Any) -> dict[str, Any]:
    kept = {"text": action.text, "version": action.version, "beside": ["0"], "owners": ["Jo"]}
    return {**kept, "status": "completed", "sensitivity": "exempt-3", **fields}


def test_completing_on_the_form_asks_what_was_done_and_when(
    page: Client, several: dict[str, Action]
) -> None:
    action = several["never"]
    address = f"/councils/northmere/cycles/{action.links.get().cycle_id}/actions/{action.pk}/"
    shown = words(page.post(address, change(action)))
    assert "Enter when it was completed" in shown
    assert "Enter what was done" in shown
    date = {"completed_on_0": "2", "completed_on_1": "2", "completed_on_2": "2026"}
    page.post(address, change(action, done="Forty people trained.", **date))
    action.refresh_from_db()
    assert action.completed_on == datetime.date(2026, 2, 2)
    update = action.updates.get()
    assert (update.text, update.sensitivity) == ("Forty people trained.", "exempt-3")
    assert (update.dated_on, update.quarter) == (action.completed_on, "Q4 2025/26")
    assert update.author_name == "Lena Lead"
    again = page.post(address, change(action, text="Better words.", **date))
    assert again.status_code == 302
    assert action.updates.count() == 1


def test_an_action_added_as_completed_says_so_too(page: Client, cycle: Cycle) -> None:
    address = f"/councils/northmere/cycles/{cycle.pk}/questions/1.1/actions/add/"
    sent = {"text": "New.", "status": "completed", "sensitivity": "public", "beside": ["0"]}
    assert "Enter what was done" in words(page.post(address, sent))
    date = {"completed_on_0": "2", "completed_on_1": "2", "completed_on_2": "2026"}
    page.post(address, {**sent, **date, "done": "It was."})
    assert Action.objects.get().updates.get().text == "It was."
