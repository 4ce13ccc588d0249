"""The dashboard's one sentence."""

import pytest

from assessments.models import Cycle, Stage, User
from assessments.presenters.dashboard import Dashboard
from tests.assessments.boards import act, challenge, rate


def sentence(cycle: Cycle) -> list[str]:
    return [phrase.words for phrase in Dashboard(cycle).sentence]


def test_one_sentence_says_it_all(mixed: Cycle) -> None:
    act(mixed, "1.1", "Renew the profile", "Ann", days=-3)
    assert sentence(mixed) == [
        "1 Amber, 1 Red",
        "Local risk has moved from Amber to Red since 2019",
        "Training has moved from Red to Amber since 2019",
        "1 action overdue",
        f"ready to sign: no, {Dashboard(mixed).check.count} gaps",
    ]


def test_a_first_cycle_has_nothing_to_have_moved_from(cycle: Cycle) -> None:
    assert sentence(cycle)[:2] == ["2 not decided", "no actions overdue"]
    assert Dashboard(cycle).movement.none.startswith("There is no earlier cycle")


def test_when_nothing_has_moved_it_says_so(cycle: Cycle, last_year: Cycle) -> None:
    rate(cycle, 1, "amber")
    rate(cycle, 2, "n/a", reason="Done by the county")
    assert sentence(cycle)[:2] == ["1 Amber, 1 not applicable", "no benchmark has moved since 2019"]
    [move] = Dashboard(cycle).movement.moves
    assert (move.words, move.why.value) == ("was Red", "Done by the county")


def test_ready_to_sign_follows_the_stage(
    cycle: Cycle, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ready(stage: Stage, gaps: int) -> str:
        cycle.stage = stage
        board = Dashboard(cycle)
        monkeypatch.setattr(type(board.check), "count", gaps)
        return board.sentence[-1].words

    assert ready(Stage.DRAFT, 1) == "ready to sign: no, 1 gap"
    assert ready(Stage.DRAFT, 0) == "ready to sign: no, not sent to the board yet"
    assert ready(Stage.IN_REVIEW, 0) == "ready to sign: yes"
    assert ready(Stage.SIGNED_OFF, 3) == "signed off"
    challenge(cycle, lead)
    assert ready(Stage.IN_REVIEW, 2) == "ready to sign: only by accepting 2 gaps and 1 challenge"
