"""Writes docs/exit-codes.md from the code: `python -m tests.exit_codes > docs/exit-codes.md`."""

import ast
import re
from collections import defaultdict
from functools import cache

from hubscope import main
from tests import house
from warehouse import errors
from warehouse.program import stopping

HEAD = """# Exit codes and messages

Made from the code by `python -m tests.exit_codes`; a test compares. Every message stands on standard error, says what happened, what
was kept and what to do next, and begins with `hubscope:`. `--debug` shows the traceback of an error. Below
each kind of error stand its messages as the code writes them; `…` is what is filled in.
"""
TAIL = f"""
A signal (INT, TERM, HUP) ends every command within two seconds, with 130 and one sentence: `{stopping.SENTENCE}` (commands that can
be resumed say that instead). Words that cannot be written are lost and the work goes on; where standard output took not all of them,
success becomes 2. A reader that has seen enough, as `| head` has, is no fault.
"""


def page() -> str:
    """The whole document."""
    return HEAD + "".join(_section(code, meaning) for code, meaning in codes().items()) + TAIL


def codes() -> dict[int, str]:
    """Code to its line in `hubscope --help`."""
    return {int(code): meaning for code, meaning in re.findall(r"^ +(\d+) +(\S.*)$", main.epilog or "", re.MULTILINE)}


def _section(code: int, meaning: str) -> str:
    lines = [f"\n## {code}: {meaning}\n"]
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, errors.HubscopeError) and kind.exit_code == code and code > 1:
            lines.append(f"- `{kind.__name__}`: {' '.join((kind.__doc__ or '').split())}")
            lines += [f"  - {message}" for message in sorted(messages()[kind.__name__])]
    for name, command in sorted(main.commands.items()):
        stated = re.search(rf"Exit codes\n(?:.*\n)*? +{code} +(\S.*)", command.help or "")
        if stated:
            lines.append(f"- `hubscope {name}`: {stated[1]}")
    return "\n".join(lines) + "\n"


@cache
def messages() -> dict[str, set[str]]:
    """Name of an error class to the texts with which the code makes one; a text that comes from elsewhere is not among them."""
    found = defaultdict(set)
    for path in house.files().values():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                text = _text(node.args[0])
                if text.strip(" …"):
                    found[node.func.id].add(text)
    return found


def _text(node: ast.expr) -> str:
    """A text of the code in one line, each value in it as `…`."""
    match node:
        case ast.Constant(value=str(text)):
            return " ".join(text.split())
        case ast.JoinedStr(values=parts):
            whole = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)
            return " ".join(whole.split())
        case _:
            return ""


if __name__ == "__main__":
    print(page(), end="")
