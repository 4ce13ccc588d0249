"""What may be committed: nothing that ties the project to one machine or one package registry."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-dev.lock"]

# The brackets keep these lines from matching themselves.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:[w]ork|[r]oot|[f]arm|[t]mp/bash\w*)(?![\w-])")
REGISTRIES = re.compile(
    r"[p]ypi\.org|[p]ypi\.python\.org|[p]ythonhosted\.org|[n]pmjs\.|[y]arnpkg\.com"
    r"|[u]npkg\.com|[j]sdelivr\.net"
)


@cache
def committed() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listing.stdout.split("\0") if name]


def texts() -> list[tuple[str, str]]:
    """Name and text of every committed file; pictures and fonts come with undecodable bytes."""
    return [
        (str(path.relative_to(ROOT)), path.read_text(encoding="utf-8", errors="replace"))
        for path in committed()
        if path.is_file()
    ]


def places(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_patterns_find_what_they_must():
    for path in ("work/main", "root/.cache", "tmp/bash_jobs"):
        assert MACHINE_PATHS.search(f"in /{path}")
    for host in ("py" + "pi.org/simple", "registry.npm" + "js.org/sass"):
        assert REGISTRIES.search(f"https://{host}")
    assert not MACHINE_PATHS.search("../work/x.py, :root and /workshop")
    assert len(committed()) > 20


def test_no_committed_file_names_a_path_of_some_machine():
    assert places(MACHINE_PATHS) == []


def test_no_committed_file_names_a_registry():
    assert places(REGISTRIES) == []


@pytest.mark.parametrize("name", [*LOCKS, "package-lock.json"])
def test_a_lock_names_no_address(name):
    assert re.findall(r"\w+://\S+", (ROOT / name).read_text()) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_is_pinned_and_hashed(name):
    entries = re.split(r"\n(?=\w)", (ROOT / name).read_text().strip())
    loose = [
        entry.splitlines()[0]
        for entry in entries
        if not re.match(r"[\w.\[\]-]+==\S+.*\\\n\s+--hash=sha256:[0-9a-f]{64}", entry)
    ]
    assert loose == []
    assert len(entries) > 30


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", (ROOT / name).read_text(), re.M))


def test_the_development_lock_holds_the_product_lock():
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_every_declared_package_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    declared = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": project["dependency-groups"]["dev"],
    }
    for lock, names in declared.items():
        wanted = {re.match(r"[\w-]+", name)[0] for name in names}
        assert wanted - pins(lock).keys() == set()


def test_templates_name_only_static_files_that_exist():
    named = {
        path
        for name, text in texts()
        if name.startswith("templates/")
        for path in re.findall(r"""{%\s*static\s+["']([^"']+)["']""", text)
    }
    assert sorted(path for path in named if not finders.find(path)) == []


def test_every_script_is_executable_and_stops_at_the_first_failure():
    scripts = [
        path
        for path in committed()
        if path.is_file() and path.read_bytes()[:15] == b"#!/usr/bin/env "
    ]
    bash = [path for path in scripts if b"bash" in path.read_bytes()[:25]]
    assert [path.name for path in scripts if not path.stat().st_mode & 0o111] == []
    assert [path.name for path in bash if "\nset -euo pipefail\n" not in path.read_text()] == []
    assert len(bash) >= 3


def test_every_variable_is_documented_and_every_documented_one_is_read():
    settings = (ROOT / "prevent_toolkit/settings.py").read_text()
    read = set(re.findall(r'setting\(\s*"([A-Z_]+)"', settings)) | {"WEB_CONCURRENCY"}
    documented = set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/deployment.md").read_text(), re.M)
    )
    assert read == documented


def test_links_between_documents_lead_somewhere():
    broken = [
        f"{name}: {target}"
        for name, text in texts()
        if name.endswith(".md")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text)
        if not (ROOT / name).parent.joinpath(target).exists()
    ]
    assert broken == []


def test_every_target_says_what_it_does():
    makefile = (ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.M)[1].split()
    assert sorted(re.findall(r"^(\w+):.* ## \w", makefile, re.M)) == sorted(targets)
