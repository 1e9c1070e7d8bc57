"""The house as its own source tells it: which file imports which, in which rooms they stand, and the pictures of both.

`python -m tests.house` draws the pictures in ARCHITECTURE.md anew; `test_architecture.py` says when that is due.
"""

import ast
import re
from collections.abc import Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
MAP = ROOT / "ARCHITECTURE.md"
PACKAGES = ("collector", "warehouse", "dashboard")
MAY_IMPORT = {
    "collector": {"collector", "warehouse"},
    "warehouse": {"warehouse"},
    "dashboard": {"dashboard", "warehouse"},
}
OWNERS = {
    "duckdb": "warehouse",
    "pyspark": "warehouse",
    "sqlglot": "warehouse",
    "huggingface_hub": "collector",
    "openai": "collector",
    "apscheduler": "collector",
    "httpx2": "collector",
    "streamlit": "dashboard",
    "altair": "dashboard",
}
"""Who alone may import a library."""
Arrows = Mapping[str, set[str]]


@cache
def files() -> dict[str, Path]:
    """Every module of the product, by the name under which it is imported."""
    found = [ROOT / "hubscope.py", *(path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))]
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in found
        if path.name != "make.py"
    }


@cache
def imported(path: Path) -> frozenset[str]:
    """All that a file imports, anywhere in it: `a.b` of `import a.b`, and both `a` and `a.b` of `from a import b`."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


def libraries(path: Path) -> set[str]:
    """The first names of what a file imports: packages, ours and others'."""
    return {name.split(".")[0] for name in imported(path)}


@cache
def between_files() -> Arrows:
    """Module to the modules of the product that it imports; of a package and its module, the module."""
    arrows: dict[str, set[str]] = {}
    for name, path in files().items():
        known = imported(path) & files().keys()
        packages = {one for one in known if any(other.startswith(f"{one}.") for other in known)}
        arrows[name] = (known - packages - {name}) | {one for one in packages if one in _taken_from_init(path)}
    return arrows


def _taken_from_init(path: Path) -> set[str]:
    """Packages of which a file imports something that is no module of theirs."""
    nodes = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.ImportFrom)]
    return {n.module for n in nodes if n.module and any(f"{n.module}.{a.name}" not in files() for a in n.names)}


def room(module: str) -> str:
    """The folder of a module; a file on the ground floor of a package is a room of its own, for it stands between others."""
    parent = files()[module].parent.relative_to(ROOT)
    return module if len(parent.parts) < 2 else parent.as_posix()


def between_rooms() -> Arrows:
    """Room to the rooms it stands on."""
    arrows: dict[str, set[str]] = {room(name): set() for name in files()}
    for name, known in between_files().items():
        arrows[room(name)] |= {room(other) for other in known} - {room(name)}
    return arrows


def circle(arrows: Arrows) -> list[str]:
    """One circle, from a name back to it; empty if there is none."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def picture(package: str) -> str:
    """The rooms of one package and what they stand on, as Mermaid. Arrows that follow from others are left out."""
    arrows = _grouped(package)
    lines = ["```mermaid", "flowchart TD"]
    for name in sorted(arrows):
        lines.append(f'    {_id(name)}["{_label(name)}"]')
    for name, known in sorted(arrows.items()):
        lines += [f"    {_id(name)} --> {_id(other)}" for other in sorted(known - _further(known, arrows))]
    return "\n".join([*lines, "```"])


def _grouped(package: str) -> Arrows:
    """The rooms of a package; files of its ground floor that stand on the same rooms are drawn as one."""
    arrows = {
        name: {other for other in known if _is_in(other, package)}
        for name, known in between_rooms().items()
        if _is_in(name, package) and name != package
    }
    floors = {name: frozenset(r for r in _below(name, arrows) if "/" in r) for name in arrows}
    groups: dict[frozenset[str], list[str]] = {}
    for name in sorted(arrows):
        if "/" not in name:
            groups.setdefault(floors[name], []).append(name)
    drawn = {name: " ".join(group) for group in groups.values() for name in group}
    together: dict[str, set[str]] = {}
    for name, known in arrows.items():
        box = drawn.get(name, name)
        together.setdefault(box, set()).update(drawn.get(other, other) for other in known if other in arrows)
        together[box].discard(box)
    return together


def _is_in(name: str, package: str) -> bool:
    return re.split(r"[./]", name)[0] == package


def _below(name: str, arrows: Arrows) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for other in arrows.get(waiting.pop(), set()) - found:
            found.add(other)
            waiting.append(other)
    return found


def _further(known: set[str], arrows: Arrows) -> set[str]:
    return {other for one in known for other in _below(one, arrows)}


def _id(name: str) -> str:
    return re.sub(r"\W+", "_", name.split(" ")[0])


def _label(name: str) -> str:
    """A room by its folder, files by their names, three on a line."""
    if "/" in name:
        return f"<b>{name.split('/', 1)[1]}/</b>"
    names = [one.split(".")[-1] for one in name.split(" ")]
    return "<br/>".join(" · ".join(names[i : i + 3]) for i in range(0, len(names), 3))


def rooms(package: str) -> str:
    """The rooms of one package as a table: what each is for, in the words of its `__init__`."""
    lines = ["| room | what it is |", "|---|---|"]
    for path in files().values():
        folder = path.parent.relative_to(ROOT).as_posix()
        if path.name == "__init__.py" and _is_in(folder, package):
            said = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
            lines.append(f"| `{folder}/` | {' '.join(said.split())} |")
    return "\n".join(lines)


def rules() -> str:
    """Who may import what, as a table."""
    lines = ["| package | may import of ours | alone may import |", "|---|---|---|"]
    for package in PACKAGES:
        owned = ", ".join(f"`{library}`" for library, owner in OWNERS.items() if owner == package)
        others = ", ".join(f"`{other}`" for other in sorted(MAY_IMPORT[package] - {package})) or "nothing"
        lines.append(f"| `{package}` | {others} | {owned} |")
    return "\n".join(lines)


def drawn(text: str) -> str:
    """The map with everything between `<!-- NAME -->` and `<!-- end -->` drawn anew."""
    parts = {"rules": rules()} | {
        f"{kind.__name__} {package}": kind(package) for kind in (picture, rooms) for package in PACKAGES
    }
    for name, part in parts.items():
        text, found = re.subn(
            rf"(<!-- {name} -->\n).*?(\n<!-- end -->)",
            lambda match, new=part: match[1] + new + match[2],
            text,
            flags=re.S,
        )
        assert found == 1, f"ARCHITECTURE.md has no place for {name}"
    return text


if __name__ == "__main__":
    MAP.write_text(drawn(MAP.read_text(encoding="utf-8")), encoding="utf-8")
