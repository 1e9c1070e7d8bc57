"""The files of containers as the programs that read them do; what they run is tried by `tests.containers.in_a_bare_root`."""

import fnmatch
import json
import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from hubscope import main
from tests.containers.dockerfile import environment, health_command, last_stage, steps

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples"
CONTAINER = EXAMPLES / "container"
COMPOSE = yaml.safe_load((CONTAINER / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILES = sorted(EXAMPLES.rglob("Dockerfile"))
DEVCONTAINER = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))


def _name(path: Path) -> str:
    return path.parent.name


def _is_ours(words: list[str]) -> None:
    """Raises where hubscope knows no such command or option."""
    command = main.commands[words[0]]
    command.make_context(words[0], words[1:], resilient_parsing=False)


def _is_root(user: str) -> bool:
    return user.split(":")[0] in ("0", "root")


@pytest.mark.parametrize("path", DOCKERFILES, ids=_name)
def test_the_program_runs_as_nobody_in_particular_and_hears_signals_itself(path):
    stage = last_stage(steps(path))
    names = [step.name for step in stage]
    (user,) = [step.rest for step in stage if step.name == "USER"]
    assert not _is_root(user)
    assert re.fullmatch(r"\d+:\d+", user), "by number, which a host can check"
    assert not {"RUN", "COPY", "ADD"} & set(names[names.index("USER") :]), "what is written as root stays root's"
    (entry,) = [step.words for step in stage if step.name == "ENTRYPOINT"]
    assert entry == ["hubscope"]
    (command,) = [step.words for step in stage if step.name == "CMD"]
    _is_ours(command)


@pytest.mark.parametrize("path", DOCKERFILES, ids=_name)
def test_the_data_are_in_a_volume_that_belongs_to_the_user(path):
    stage = last_stage(steps(path))
    (user,) = [step.rest.split(":")[0] for step in stage if step.name == "USER"]
    home = environment(stage)["HUBSCOPE_HOME"]
    assert [step.rest for step in stage if step.name == "VOLUME"] == [home]
    (made,) = [step.rest for step in stage if step.name == "RUN" and "useradd" in step.rest]
    assert f"--uid {user} " in made
    assert re.search(rf"install --directory --owner (\w+) --group \1 --mode 700 {home}$", made)


@pytest.mark.parametrize("path", DOCKERFILES, ids=_name)
def test_the_health_check_asks_where_the_dashboard_answers(path):
    stage = last_stage(steps(path))
    (command,) = [step.words for step in stage if step.name == "CMD"]
    context = main.commands[command[0]].make_context(command[0], command[1:])
    (exposed,) = [step.rest for step in stage if step.name == "EXPOSE"]
    assert context.params["port"] == int(exposed)
    program, flag, text = health_command(stage)
    assert (program, flag) == ("python3", "-c")
    assert f"http://127.0.0.1:{exposed}/_stcore/health" in text
    compile(text, "HEALTHCHECK", "exec")


@pytest.mark.parametrize("path", DOCKERFILES, ids=_name)
def test_what_is_installed_comes_from_a_lock_with_hashes_and_the_base_has_a_release(path):
    found = steps(path)
    installed = [
        part for step in found if step.name == "RUN" for part in step.rest.split("&&") if "pip install" in part
    ]
    assert ["--require-hashes" in part for part in installed] == [True, False]
    assert all(option in installed[1] for option in ("--no-deps", "--no-build-isolation"))
    for base in (step.rest.split()[0] for step in found if step.name == "FROM"):
        assert ":" in base and not base.endswith(":latest"), base


def test_the_space_says_what_a_space_must_and_serves_where_it_says():
    """Of https://huggingface.co/docs/hub/spaces-config-reference what a Space of Docker reads."""
    front = (EXAMPLES / "space" / "README.md").read_text(encoding="utf-8").split("---\n")[1]
    said = yaml.safe_load(front)
    stage = last_stage(steps(EXAMPLES / "space" / "Dockerfile"))
    (exposed,) = [step.rest for step in stage if step.name == "EXPOSE"]
    assert (said["sdk"], said["app_port"], said["license"]) == ("docker", int(exposed), "apache-2.0")
    assert {said["colorFrom"], said["colorTo"]} <= {
        "red",
        "yellow",
        "green",
        "blue",
        "indigo",
        "purple",
        "pink",
        "gray",
    }
    assert len(said["short_description"]) <= 60
    assert [step.rest for step in stage if step.name == "USER"] == ["1000:1000"]
    (command,) = [step.words for step in stage if step.name == "CMD"]
    asked = main.commands["up"].make_context("up", command[1:]).params
    assert asked["source"].startswith("hf://datasets/")
    assert asked["embedders"] == ("https://huggingface.co",)


def test_the_image_holds_what_the_wheel_is_made_of_and_nothing_else():
    copied = [step.rest.split()[:-1] for step in steps(CONTAINER / "Dockerfile") if step.name == "COPY"]
    sources = {name for words in copied if not words[0].startswith("--") for name in words}
    ignored = (CONTAINER / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[0] == "*"
    assert {line[1:] for line in ignored if line.startswith("!")} == sources
    assert all((ROOT / name).exists() for name in sources)
    wheel = re.search(r"only-include = (\[.+\])", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(json.loads(wheel[1])) <= sources


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_a_service_may_write_to_its_volumes_alone_and_gains_nothing(name):
    service = COMPOSE["services"][name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert ":" in service["image"] or service["build"]


def test_the_services_are_collect_on_schedule_serve_and_nginx_before_it():
    services = COMPOSE["services"]
    for name in ("collect", "serve"):
        assert services[name]["volumes"] == ["history:/data"]
        assert (CONTAINER / services[name]["build"]["context"]).resolve() == ROOT
        assert (ROOT / services[name]["build"]["dockerfile"]) == CONTAINER / "Dockerfile"
        _is_ours(services[name]["command"])
    assert services["collect"]["command"][0] == "schedule"
    assert "env_file" not in services["serve"], "keys are for what collects"
    nginx = (CONTAINER / "nginx.conf").read_text(encoding="utf-8")
    port = main.commands["serve"].make_context("serve", services["serve"]["command"][1:]).params["port"]
    assert f"server serve:{port};" in nginx
    (published,) = services["nginx"]["ports"]
    assert f"listen {published.split(':')[1]};" in nginx


def test_nginx_passes_on_in_a_container_what_it_passes_on_elsewhere():
    said = [
        set(re.findall(r"proxy_set_header .+?;|proxy_http_version .+?;", path.read_text(encoding="utf-8")))
        for path in (CONTAINER / "nginx.conf", EXAMPLES / "nginx.conf")
    ]
    assert said[0] == said[1]
    assert len(said[0]) == 5


def test_the_development_container_installs_from_the_lock_and_shows_the_demo_at_its_port():
    installs = [shlex.split(part) for part in DEVCONTAINER["postCreateCommand"].split("&&")]
    assert "--require-hashes" in installs[1]
    assert (ROOT / installs[1][-1]).is_file()
    assert installs[2][-4:] == ["--no-deps", "--no-build-isolation", "--editable", "."]
    program, *words = shlex.split(DEVCONTAINER["postAttachCommand"])
    assert program == ".venv/bin/hubscope"
    demo = main.commands[words[0]]
    assert isinstance(demo, click.Command)
    assert DEVCONTAINER["forwardPorts"] == [demo.make_context(words[0], words[1:]).params["port"]]
    assert fnmatch.fnmatch(DEVCONTAINER["image"], "mcr.microsoft.com/devcontainers/python:3.*")
