"""What the board asks about an action stands beside it, wherever the action is shown."""

import pytest
from django.utils import timezone

from assessments.models import Action, Challenge, Cycle, User
from tests.assessments.boards import act, words_of
from tests.budgets import assert_budget
from tests.cast import SignIn
from tests.volume import add_earlier_cycle, fill

REGISTER = "/councils/northmere/actions/"


def pages(cycle: Cycle) -> list[str]:
    below = f"/councils/northmere/cycles/{cycle.pk}"
    return [f"{below}/questions/1.1/", f"{below}/actions/", REGISTER]


def page_of(cycle: Cycle, action: Action) -> str:
    return f"/councils/northmere/cycles/{cycle.pk}/actions/{action.pk}/"


def ask(cycle: Cycle, action: Action, by: User, text: str, **fields: str) -> Challenge:
    return Challenge.objects.create(
        cycle=cycle, action=action, text=text, raised_by=by, raised_at=timezone.now(), **fields
    )


def conversation(challenge: Challenge) -> str:
    return f'href="/councils/northmere/cycles/{challenge.cycle_id}/challenges/{challenge.pk}/"'


@pytest.fixture
def action(cycle: Cycle) -> Action:
    return act(cycle, "1.1", "Renew the profile", "Ann")


def test_the_open_one_stands_first_with_the_way_to_its_conversation(
    cycle: Cycle, action: Action, as_: SignIn, lead: User, chair: User
) -> None:
    first = ask(cycle, action, chair, "Why so late?")
    ask(cycle, action, chair, "Answered since", state="answered")
    ask(cycle, action, chair, "Long settled", state="resolved")
    for page in pages(cycle):
        response = as_(lead).get(page)
        assert "Challenge, open: Why so late? Chika Chair" in words_of(response), page
        assert conversation(first) in response.content.decode(), page
        assert "and 1 more" in words_of(response), page
        assert "Answered since" not in words_of(response), page


@pytest.mark.parametrize("person", ["lead", "chair"])
def test_the_action_s_page_has_them_all_open_ones_first(
    cycle: Cycle, action: Action, as_: SignIn, person: str, request: pytest.FixtureRequest,
    chair: User, lead: User,
) -> None:  # fmt: skip
    earlier = add_earlier_cycle(cycle, 2019, lead)
    texts = {"resolved": "Long settled", "answered": "Answered since", "open": "Why so late?"}
    asked = [ask(earlier, action, chair, text, state=state) for state, text in texts.items()]
    response = as_(request.getfixturevalue(person)).get(page_of(cycle, action))
    shown = words_of(response)
    places = [shown.index(text) for text in reversed(texts.values())]
    assert places == sorted(places)
    assert all(conversation(each) in response.content.decode() for each in asked)


def test_a_reviewer_asks_from_wherever_it_stands(
    cycle: Cycle, action: Action, as_: SignIn, chair: User, lead: User
) -> None:
    address = f"/councils/northmere/cycles/{cycle.pk}/challenges/add/?action={action.pk}"
    for page in (*pages(cycle), page_of(cycle, action)):
        assert f'href="{address}"' in as_(chair).get(page).content.decode(), page
        assert "Ask about this action" not in as_(lead).get(page).content.decode(), page
    form = as_(chair).get(address).content.decode()
    assert f'<option value="action:{action.pk}" selected>' in form


def test_a_long_and_restricted_one_is_shortened_marked_and_inert(
    cycle: Cycle, action: Action, as_: SignIn, lead: User, chair: User
) -> None:
    ask(cycle, action, chair, "<b>" + "Who? " * 60, sensitivity="exempt-1")
    for page in pages(cycle):
        html = as_(lead).get(page).content.decode()
        assert "&lt;b&gt;Who?" in html, page
        assert "…</a>" in html, page
        assert "paragraph 1" in html, page
        assert "Who? " * 40 not in html, page


def test_it_stays_when_the_action_is_shown_again_in_place(
    cycle: Cycle, action: Action, as_: SignIn, lead: User, chair: User
) -> None:
    ask(cycle, action, chair, "Why so late?")
    typed = {
        "dated_on_0": "1", "dated_on_1": "2", "dated_on_2": "2026", "text": "Begun",
        "sensitivity": "public",
    }  # fmt: skip
    for query in ("?at=1.1", "?back=register"):
        address = f"{page_of(cycle, action)}progress/add/{query}"
        response = as_(lead).post(address, typed, headers={"HX-Request": "true"})
        assert "Why so late?" in response.content.decode(), query


def test_it_costs_no_query_where_many_actions_stand(
    cycle: Cycle, action: Action, as_: SignIn, lead: User, chair: User
) -> None:
    fill(cycle, lead)
    for each in Action.objects.all():
        ask(cycle, each, chair, "Why?")
        ask(cycle, each, chair, "How?")
    client = as_(lead)
    for name, page in zip(("question", "actions", "register"), pages(cycle), strict=True):
        assert_budget(f"councils:{name}", lambda page=page: client.get(page))
    assert_budget("councils:action", lambda: client.get(page_of(cycle, action)))
