"""The parts of an interchange file, each checked against the edition and turned into a record."""

import dataclasses
import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from assessments.imports.problems import Path, Problem, shown
from assessments.models import ActionStatus, Sensitivity
from assessments.record import (
    Action,
    Answer,
    Benchmark,
    CycleRecord,
    Decision,
    Document,
    Link,
    Owner,
    Person,
    Question,
    Statement,
    Text,
    Update,
)

Fields = dict[str, Any]
check_url = URLValidator()


class PartReader:
    """Fills in a blank record of the edition; keeps every problem rather than stop at one.

    `broken`: the paths of entries that are not well-formed, passed over here.
    """

    def __init__(self, edition: CycleRecord, broken: set[Path]) -> None:
        self.edition = edition
        self.broken = broken
        self.problems: list[Problem] = []
        self.levels = {level.slug: level for level in edition.levels}

    def problem(self, path: Path, says: str) -> None:
        self.problems.append(Problem(path, says))

    def entries(self, values: list[Fields], path: Path) -> Iterator[tuple[Path, Fields]]:
        for index, value in enumerate(values):
            if (*path, index) not in self.broken:
                yield (*path, index), value

    def benchmarks(self, values: list[Fields]) -> tuple[Benchmark, ...]:
        found = {each.number: each for each in self.edition.benchmarks}
        known, seen = set(found), set()
        for path, value in self.entries(values, ("benchmarks",)):
            number = int(value["number"])
            if number not in known:
                self.problem(path, f"the toolkit has no benchmark {number}")
            elif number in seen:
                self.problem(path, "stands in the file twice")
            else:
                seen.add(number)
                found[number] = self.benchmark(found[number], value, path)
        return tuple(found.values())

    def benchmark(self, blank: Benchmark, value: Fields, path: Path) -> Benchmark:
        return dataclasses.replace(
            blank,
            decision=self.decision(value, path).of_benchmark,
            actions=text(value, "actions"),
            comments=text(value, "comments"),
            questions=self.questions(blank, value.get("questions", []), (*path, "questions")),
        )

    def questions(
        self, benchmark: Benchmark, values: list[Fields], path: Path
    ) -> tuple[Question, ...]:
        found = {each.ref: each for each in benchmark.questions}
        known, seen = set(found), set()
        for each_path, value in self.entries(values, path):
            ref = value["ref"]
            if ref not in known:
                elsewhere = "belongs to another benchmark" if ref in self.edition.questions else ""
                says = elsewhere or f"the toolkit has no question “{shown(ref)}”"
                self.problem(each_path, says)
            elif ref in seen:
                self.problem(each_path, "stands in the file twice")
            else:
                seen.add(ref)
                found[ref] = self.question(found[ref], value, each_path)
        return tuple(found.values())

    def question(self, blank: Question, value: Fields, path: Path) -> Question:
        self.check_wording(blank.text, value, path)
        assignee = value.get("assignee")
        evidence = self.entries(value.get("evidence", []), (*path, "evidence"))
        documents = self.entries(value.get("documents", []), (*path, "documents"))
        return dataclasses.replace(
            blank,
            assignee=Person(assignee.get("name", ""), assignee["email"]) if assignee else None,
            answers=self.answers(blank, value.get("answers", []), (*path, "answers")),
            statements=tuple(self.statement(blank, one, place) for place, one in evidence),
            documents=tuple(self.document(one, place) for place, one in documents),
        )

    def answers(self, question: Question, values: list[Fields], path: Path) -> tuple[Answer, ...]:
        found = {each.position: each for each in question.answers}
        known, seen = set(found), set()
        for each_path, value in self.entries(values, path):
            position = int(value.get("prompt", 0))
            if position not in known:
                self.problem(each_path, no_such_prompt(question, position))
            elif position in seen:
                self.problem(each_path, "answers the same prompt as an earlier one")
            else:
                seen.add(position)
                self.check_wording(found[position].prompt, value, each_path)
                decision = self.decision(value, each_path)
                found[position] = dataclasses.replace(found[position], decision=decision)
        return tuple(found.values())

    def decision(self, value: Fields, path: Path) -> Decision:
        rating = value.get("rating")
        if rating and value.get("not_applicable"):
            self.problem(path, "has a rating and is not applicable; it can only be one of them")
        if rating and rating not in self.levels:
            known = ", ".join(self.levels)
            self.problem((*path, "rating"), f"“{shown(rating)}” is not a level: {known}")
        to_confirm, carried_from = carried(value)
        decision = Decision(
            level=self.levels.get(rating) if rating else None,
            not_applicable=value.get("not_applicable", False),
            reason=text(value, "reason"),
            carried_from="" if to_confirm else carried_from,
        )
        if to_confirm:
            return Decision(to_confirm=decision, carried_from=carried_from)
        return decision

    def statement(self, question: Question, value: Fields, path: Path) -> Statement:
        covers = sorted(int(position) for position in value.get("covers", []))
        known = {answer.position for answer in question.answers}
        for position in covers:
            if position not in known:
                self.problem((*path, "covers"), no_such_prompt(question, position))
        return Statement(shared_text(value, "text"), tuple(covers), *carried(value))

    def document(self, value: Fields, path: Path) -> Document:
        if url := value.get("url"):
            try:
                check_url(url)
            except ValidationError:
                self.problem((*path, "url"), f"“{shown(url)}” is not a web address")
        return Document(
            title=shared_text(value, "title"),
            url=shared_text(value, "url"),
            reference=shared_text(value, "reference"),
            dated_on=self.date(value, "dated_on"),
            review_on=self.date(value, "review_on"),
            **carried(value)._asdict(),
        )

    def actions(self, values: list[Fields]) -> tuple[Action, ...]:
        entries = self.entries(values, ("actions",))
        return tuple(self.action(n, value, path) for n, (path, value) in enumerate(entries, 1))

    def action(self, number: int, value: Fields, path: Path) -> Action:
        self.check_action(value, path)
        owners = self.entries(value.get("owners", []), (*path, "owners"))
        links = self.entries(value["links"], (*path, "links"))
        updates = self.entries(value.get("updates", []), (*path, "updates"))
        return Action(
            number=number,
            text=shared_text(value, "text"),
            status=value.get("status", ActionStatus.NOT_STARTED.value),
            owners=tuple(
                Owner(Text(one["name"], sensitivity(value)), one.get("email", ""))
                for _, one in owners
            ),
            due_date=self.date(value, "due_date"),
            due_words=shared_text(value, "due_words"),
            completed_on=self.date(value, "completed_on"),
            links=tuple(self.link(one, place) for place, one in links),
            updates=tuple(self.update(one) for _, one in updates),
        )

    def check_action(self, value: Fields, path: Path) -> None:
        if value.get("due_date") and value.get("due_words"):
            self.problem(path, "has both due_date and due_words; it can only have one")
        if value.get("completed_on") and value.get("status") != ActionStatus.COMPLETED:
            self.problem(path, "has completed_on, but its status is not “completed”")
        names = [one["name"] for _, one in self.entries(value.get("owners", []), (*path, "owners"))]
        if len(names) != len(set(names)):
            self.problem((*path, "owners"), "names an owner twice")
        places = self.entries(value["links"], (*path, "links"))
        links = [(one["question"], one.get("prompt")) for _, one in places]
        if len(links) != len(set(links)):
            self.problem((*path, "links"), "names a place twice")

    def link(self, value: Fields, path: Path) -> Link:
        question = self.edition.questions.get(value["question"])
        position = int(value.get("prompt", 0))
        if question is None:
            self.problem(path, f"the toolkit has no question “{shown(value['question'])}”")
        elif position and position not in {answer.position for answer in question.answers}:
            self.problem(path, no_such_prompt(question, position))
        return Link(value["question"], position, *carried(value))

    def update(self, value: Fields) -> Update:
        return Update(
            dated_on=datetime.date.fromisoformat(value["dated_on"]),
            quarter=value.get("quarter", ""),
            text=shared_text(value, "text"),
            next_steps=shared_text(value, "next_steps"),
            author_name=value.get("author_name", ""),
        )

    def check_wording(self, wording: str, value: Fields, path: Path) -> None:
        """The edition's own words are in the file for its readers; other words under the same
        ref mean that it was made for something else."""
        if value.get("wording", wording) != wording:
            says = "is not the toolkit’s wording; correct it or leave it out"
            self.problem((*path, "wording"), says)

    def date(self, value: Fields, name: str) -> datetime.date | None:
        return datetime.date.fromisoformat(value[name]) if value.get(name) else None


def sensitivity(value: Fields, name: str = "sensitivity") -> str:
    return str(value.get(name, Sensitivity.PUBLIC.value))


class Carried(NamedTuple):
    to_confirm: bool
    carried_from: str


def carried(value: Fields) -> Carried:
    return Carried(value.get("to_confirm", False), value.get("carried_from", ""))


def text(value: Fields, name: str) -> Text:
    return Text(value.get(name, ""), sensitivity(value, f"{name}_sensitivity"))


def shared_text(value: Fields, name: str) -> Text:
    """One of several texts that have the sensitivity of their entry."""
    return Text(value.get(name, ""), sensitivity(value))


def no_such_prompt(question: Question, position: int) -> str:
    count = len(question.answers) if question.answers[0].position else 0
    if not count:
        return f"question {question.ref} has no prompts, so no prompt can be named"
    if not position:
        return f"name the prompt, 1 to {count}"
    return f"question {question.ref} has no prompt {position}; it has 1 to {count}"
