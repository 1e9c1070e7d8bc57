"""Every step of examples/container/Dockerfile in a bare root of Debian's packages, where no container can be built.

    python -m tests.containers.in_a_bare_root [FOLDER]

Takes about four minutes, root rights, debootstrap and a network; part of no ordinary run. Each stage begins as debootstrap makes
it (minbase, of the release that FROM names), RUN and COPY are carried out in it, and the program runs as USER, as the first process
of its own, with no capability, in a root that is mounted read-only but for /data and /tmp. What it shows is printed; a step that
fails ends it. It is not Docker: its layers, its network and nginx's image are not tried.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.containers.dockerfile import Step, environment, health_command, last_stage, steps

ROOT = Path(__file__).parent.parent.parent
DOCKERFILE = ROOT / "examples" / "container" / "Dockerfile"
MIRROR = "http://deb.debian.org/debian"
OF_THIS_MACHINE = ("/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt", "/etc/pip.conf")
"""Without which nothing in the root finds the network of this machine; they are taken away again before the program runs."""


def build(work: Path) -> Path:
    """Carry out every stage; the root of the last."""
    stages: list[Path] = []
    for step in steps(DOCKERFILE):
        print(f"{step.name} {step.rest[:110]}", flush=True)
        if step.name == "FROM":
            stages.append(work / f"stage{len(stages)}")
            release = step.rest.split()[0].removeprefix("debian:").removesuffix("-slim")
            subprocess.run(
                ["debootstrap", "--variant=minbase", release, stages[-1], MIRROR], check=True, stdout=subprocess.DEVNULL
            )
        elif step.name == "RUN":
            _run(stages[-1], step)
        elif step.name == "COPY":
            _copy(stages, step)
    return stages[-1]


def _run(stage: Path, step: Step) -> None:
    here = [Path(name) for name in OF_THIS_MACHINE if Path(name).exists()]
    lent = [stage / path.relative_to("/") for path in here if not (stage / path.relative_to("/")).exists()]
    for path in here:
        place = stage / path.relative_to("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    settings = {
        name: value for name, value in os.environ.items() if name.startswith("PIP_") or name.lower().endswith("_proxy")
    }
    surroundings = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", **settings}
    quiet = subprocess.DEVNULL
    subprocess.run(["chroot", stage, "/bin/sh", "-c", step.rest], env=surroundings, check=True, stdout=quiet)
    for place in lent:
        place.unlink(missing_ok=True)


def _copy(stages: list[Path], step: Step) -> None:
    *sources, target = [word for word in step.rest.split() if not word.startswith("--")]
    context = stages[0] if "--from=build" in step.rest else ROOT
    for source in sources:
        begin, end = context / source.lstrip("/"), stages[-1] / target.lstrip("/")
        if begin.is_dir():
            shutil.copytree(begin, end, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            end.mkdir(parents=True, exist_ok=True)
            shutil.copy(begin, end)


def begin(root: Path, data: Path, *command: str, home: str = "/data") -> subprocess.Popen[str]:
    """The program in its root: read-only, as its user, first process of its own, without a capability."""
    stage = last_stage(steps(DOCKERFILE))
    (user,) = [step.rest for step in stage if step.name == "USER"]
    chroot = shutil.which("chroot")
    prepared = (
        f"mount --bind {root} {root} && mount --bind {data} {root}/data && mount -t tmpfs tmpfs {root}/tmp "
        f"&& mount -t proc proc {root}/proc && mount --bind /dev {root}/dev && mount -o remount,ro,bind {root} && "
        f'exec setpriv --bounding-set=-all,+setuid,+setgid,+sys_chroot --no-new-privs {chroot} --userspec={user} {root} "$@"'
    )
    return subprocess.Popen(
        ["unshare", "--mount", "--pid", "--fork", "--kill-child=TERM", "/bin/sh", "-c", prepared, "sh", *command],
        env={**environment(stage), "HUBSCOPE_HOME": home},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _ended(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 0, said
    return said


def _child(process: subprocess.Popen[str]) -> int:
    """The program itself, of which `unshare` is the parent."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii")
    return int(children.split()[0])


def main() -> None:
    """Build, collect a demo, serve it, ask whether it is well, and stop it."""
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as folder:
        work = Path(folder)
        root, data, stage = build(work), work / "data", last_stage(steps(DOCKERFILE))
        data.mkdir(mode=0o700)
        os.chown(data, 10_001, 10_001)
        (entry,) = [step.words for step in stage if step.name == "ENTRYPOINT"]
        (command,) = [step.words for step in stage if step.name == "CMD"]
        asked = "id -u; touch /opt/mine 2>&1; touch /data/mine && rm /data/mine; grep CapEff /proc/self/status"
        print(_ended(begin(root, data, "/bin/sh", "-c", asked)), flush=True)
        print(_ended(begin(root, data, *entry, "demo", "--collect-only", "--models", "1000")), flush=True)
        serving = begin(root, data, *entry, *command, home="/data/demo")
        _wait_until_well(root, health_command(stage))
        began, program = time.monotonic(), _child(serving)
        os.kill(program, signal.SIGTERM)
        said, _ = serving.communicate(timeout=30)
        print(f"{said}ended {time.monotonic() - began:.1f} s after SIGTERM to its first process")


def _wait_until_well(root: Path, command: list[str]) -> None:
    for _ in range(60):
        time.sleep(1)
        if not subprocess.run(["chroot", root, *command], capture_output=True, check=False).returncode:
            print("HEALTHCHECK: well", flush=True)
            return
    raise AssertionError("the program never became well")


if __name__ == "__main__":
    main()
