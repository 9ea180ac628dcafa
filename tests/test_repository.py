"""What stands around the code: one set of versions everywhere, licences, CI."""

import importlib.util
import re
import tomllib

import pytest
import yaml
from conftest import REPOSITORY
from packaging.requirements import Requirement

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())


@pytest.fixture(scope="module")
def lock():
    spec = importlib.util.spec_from_file_location("lock", REPOSITORY / "tools" / "lock.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def locked(lock):
    return [Requirement(line) for line in lock.locked()]


def test_environment_yml_holds_the_versions_of_the_lock_file(locked):
    environment = yaml.safe_load((REPOSITORY / "environment.yml").read_text())
    (pip,) = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    there = [Requirement(line) for line in pip if not line.startswith("--")]
    assert sorted(map(str, there)) == sorted(map(str, locked))
    assert "--editable=." in pip


def test_environment_yml_is_what_the_script_writes(lock):
    assert (REPOSITORY / "environment.yml").read_text() == lock.environment()


def test_environment_yml_takes_a_python_that_the_project_supports():
    environment = yaml.safe_load((REPOSITORY / "environment.yml").read_text())
    (python,) = [e for e in environment["dependencies"] if str(e).startswith("python=")]
    version = python.removeprefix("python=")
    assert Requirement(f"python{PROJECT['project']['requires-python']}").specifier.contains(version)


def test_every_direct_dependency_is_locked_within_its_range(locked):
    versions = {}
    for requirement in locked:
        (pin,) = requirement.specifier
        assert pin.operator == "=="
        versions.setdefault(requirement.name, []).append(pin.version)
    for line in PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]:
        wanted = Requirement(line)
        assert versions[wanted.name], wanted.name
        assert all(wanted.specifier.contains(version) for version in versions[wanted.name])


def test_every_locked_version_has_hashes_and_no_address():
    text = (REPOSITORY / "requirements.lock").read_text()
    for block in re.split(r"\n(?=[A-Za-z0-9])", text.split("\n", 2)[2]):
        assert "--hash=sha256:" in block, block.splitlines()[0]
    assert "://" not in text and "--index-url" not in text


def test_pyproject_says_of_every_dependency_why_it_is_there():
    text = (REPOSITORY / "pyproject.toml").read_text()
    for line in PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]:
        assert re.search(re.escape(f'"{line}",') + r" +# .{6,}", text), line


def test_ci_calls_make_test():
    assert "make test" in (REPOSITORY / ".ci" / "run").read_text()
    workflow = yaml.safe_load((REPOSITORY / ".github" / "workflows" / "test.yml").read_text())
    steps = workflow["jobs"]["test"]["steps"]
    assert "make test" in [step.get("run") for step in steps]
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]


def test_licences_of_code_and_text():
    assert (REPOSITORY / "LICENSE").read_text().startswith("BSD 3-Clause License")
    assert "Attribution 4.0 International" in (REPOSITORY / "LICENSE-TEXT").read_text()


def test_pictures_in_the_readme_exist_and_have_alternative_text():
    text = (REPOSITORY / "README.md").read_text()
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text)
    assert len(pictures) >= 2
    for alt, path in pictures:
        assert len(alt) > 20 and (REPOSITORY / path).is_file(), path


def test_links_in_the_readme_lead_somewhere():
    text = (REPOSITORY / "README.md").read_text()
    for path in re.findall(r"\]\((?!http|#)([^)#]+)\)", text):
        assert (REPOSITORY / path).exists(), path


def test_every_package_is_installed_with_the_project():
    found = {".".join(path.parent.relative_to(REPOSITORY).parts)
             for top in ("cnnlab", "autograder") for path in (REPOSITORY / top).rglob("__init__.py")}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == found
