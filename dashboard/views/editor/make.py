"""Makes `codemirror.js` and `LICENSE.txt` of this folder anew: `python make.py FOLDER`, an empty folder to work in.

Needs Node.js with npm, which hubscope itself does not, and a network. CodeMirror 6 and what it stands on are packed into
one module by esbuild: no host but the dashboard's own is asked for an editor.
"""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PACKAGES = {
    "@codemirror/autocomplete": "6.20.4",
    "@codemirror/commands": "6.11.1",
    "@codemirror/lang-sql": "6.10.0",
    "@codemirror/language": "6.13.1",
    "@codemirror/state": "6.7.6",
    "@codemirror/view": "6.43.15",
    "@lezer/highlight": "1.2.5",
    "esbuild": "0.28.2",
}
TAKEN = """\
export {autocompletion, ifNotIn} from "@codemirror/autocomplete";
export {defaultKeymap, history, historyKeymap} from "@codemirror/commands";
export {schemaCompletionSource, sql, SQLDialect} from "@codemirror/lang-sql";
export {bracketMatching, syntaxHighlighting} from "@codemirror/language";
export {EditorState, Prec} from "@codemirror/state";
export {EditorView, keymap} from "@codemirror/view";
export {classHighlighter} from "@lezer/highlight";
"""
"""What `editor.js` asks for, and no more."""


def make(work: Path) -> None:
    """Fetch the packages, pack what is taken, and put the licence of each packed one beside it."""
    (work / "package.json").write_text(json.dumps({"private": True, "dependencies": PACKAGES}))
    (work / "taken.js").write_text(TAKEN)
    subprocess.run(["npm", "install", "--no-audit", "--no-fund"], cwd=work, check=True)
    packer = ["node_modules/.bin/esbuild", "taken.js", "--bundle", "--minify", "--format=esm"]
    options = ["--metafile=packed.json", f"--outfile={HERE / 'codemirror.js'}", "--legal-comments=none"]
    subprocess.run([*packer, *options, "--banner:js=// CodeMirror, MIT: LICENSE.txt"], cwd=work, check=True)
    packed = json.loads((work / "packed.json").read_text())["inputs"]
    homes = {path.partition("/dist/")[0].partition("/src/")[0] for path in packed if path.startswith("node_modules/")}
    homes = {home.removesuffix("/index.js") for home in homes}
    (HERE / "LICENSE.txt").write_text("\n\n".join(licence(work / home) for home in sorted(homes)), encoding="utf-8")


def licence(home: Path) -> str:
    """Name, version and terms of one package."""
    about = json.loads((home / "package.json").read_text())
    return f"{about['name']} {about['version']}\n\n{(home / 'LICENSE').read_text(encoding='utf-8').strip()}\n"


if __name__ == "__main__":
    make(Path(sys.argv[1]).resolve())
