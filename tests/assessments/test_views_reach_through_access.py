"""Walks the syntax tree of views/: objects are reached only through the council of the URL."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VIEWS = sorted((ROOT / "assessments" / "views").glob("**/*.py"))
GUARDS = {"council_page", "cycle_page", "pack_page", "site_page", "signed_in_page"}
GUARDS |= {"feed_page", "reminders_page"}  # for addresses that are keys
GUARDS |= {"desk_page", "draft_page"}  # of assessments.desk
SHORTCUTS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
IMPORT = "from assessments.models import Cycle\n"
IMPORT_ALL = "from assessments import models\n"
REQUEST = "request"


def problems_in(source: str) -> list[str]:
    tree = ast.parse(source)
    models = imported_models(tree)
    found = [f"line {node.lineno}: {said}" for node, said in reaches(tree, models)]
    return found + [
        f"line {function.lineno}: {function.name} has none of the guards {sorted(GUARDS)}"
        for function in unguarded_views(tree)
    ]


def imported_models(tree: ast.Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[-1] == "models"
        for alias in node.names
    }


def reaches(tree: ast.Module, models: set[str]) -> list[tuple[ast.expr, str]]:
    found: list[tuple[ast.expr, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and reaches_all(node, models):
            found.append((node, f".{node.attr} reaches past the council"))
        if isinstance(node, ast.Call) and called(node) in SHORTCUTS and starts_at(node, models):
            found.append((node, f"{called(node)} on a model reaches past the council"))
    return found


def reaches_all(node: ast.Attribute, models: set[str]) -> bool:
    """A manager; or the history of a model, where that of a row in hand is nobody else's."""
    of_model = isinstance(node.value, ast.Name) and node.value.id in models
    return node.attr in MANAGERS or (node.attr == "history" and of_model)


def called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def starts_at(node: ast.Call, models: set[str]) -> bool:
    """Whether the first argument is a model, or hangs on one: `models.Cycle.objects`."""
    root = node.args[0] if node.args else None
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and root.id in models | {"models"}


def unguarded_views(tree: ast.Module) -> list[ast.FunctionDef]:
    """Functions that look like a view, by their first parameter and what they return, and that
    something else than a view of the same module could reach."""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [each for each in functions if is_routed(each) and not guards_of(each) & GUARDS]


def is_routed(function: ast.FunctionDef) -> bool:
    """A view takes the request first and has decorators or stands in urls.py; helpers that
    take a request have neither."""
    parameters = [each.arg for each in function.args.args]
    return parameters[:1] == [REQUEST] and bool(function.decorator_list or function.name in ROUTED)


def guards_of(function: ast.FunctionDef) -> set[str]:
    return {
        called(each) if isinstance(each, ast.Call) else getattr(each, "id", "")
        for each in function.decorator_list
    }


def routed_names() -> set[str]:
    """The attributes named as views in the URL files: `council.settings` gives `settings`."""
    names: set[str] = set()
    for file in ("assessments/urls.py", "prevent_toolkit/urls.py"):
        for node in ast.walk(ast.parse((ROOT / file).read_text())):
            if isinstance(node, ast.Call) and called(node) == "path" and len(node.args) > 1:
                view = node.args[1]
                names.add(getattr(view, "attr", getattr(view, "id", "")))
    return names


ROUTED = routed_names()


def test_there_are_views_and_routes():
    assert len(VIEWS) > 6
    assert {"council", "question", "home"} <= ROUTED


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.name)
def test_views_reach_objects_through_access_alone(path: Path):
    assert problems_in(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "def f(access):\n    return Council.objects.all()",
        IMPORT + "def f(pk):\n    return get_object_or_404(Cycle, pk=pk)",
        IMPORT + "def f(pk):\n    return Cycle.history.get(pk=pk)",
        IMPORT_ALL + "def f(pk):\n    return get_object_or_404(models.Cycle, pk=pk)",
        IMPORT_ALL + "def f():\n    return models.Cycle._default_manager.all()",
        "@require_safe\ndef f(request, slug):\n    return render(request, 'x.html')",
        "def home(request):\n    return render(request, 'x.html')",
    ],
)
def test_what_reaches_past_the_council_is_found(source: str):
    assert len(problems_in(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "def f(access):\n    return get_object_or_404(access.cycle.statements, pk=1)",
        "def f(access):\n    return access.cycle.history.all()",
        "@require_safe\n@council_page(P.ENTER)\ndef f(request, access):\n    ...",
        "@signed_in_page\ndef home(request):\n    ...",
        "def helper(request, form):\n    ...",
    ],
)
def test_what_goes_through_it_is_let_alone(source: str):
    assert problems_in(source) == []
