"""Writes docs/exit-codes.md from the code: `python -m tests.exit_codes > docs/exit-codes.md`."""

import re

from hubscope import main
from warehouse import errors
from warehouse.program import stopping

HEAD = """# Exit codes and messages

Made from the code by `python -m tests.exit_codes`; a test compares. Every message stands on standard error, says what happened, what
was kept and what to do next, and begins with `hubscope:`. `--debug` shows the traceback of an error.
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
    for name, command in sorted(main.commands.items()):
        stated = re.search(rf"Exit codes\n(?:.*\n)*? +{code} +(\S.*)", command.help or "")
        if stated:
            lines.append(f"- `hubscope {name}`: {stated[1]}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
