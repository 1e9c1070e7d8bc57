"""Makes the fonts of this folder anew: `python make.py FOLDER` with `NotoSansCJK-{Regular,Bold}.ttc` in FOLDER.

Needs `fonttools`, which hubscope itself does not. Debian has the originals in `fonts-noto-cjk`
(/usr/share/fonts/opentype/noto). The name is our own, so that an export is drawn with these very files wherever it is
made, whatever else is installed.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Hubscope Sans"
SIMPLIFIED_CHINESE = 2  # place of "Noto Sans CJK SC" in the collection
SIGNS = "←↑→↓↔≈≠≤≥−×÷∞∑√°µ·…•–—“”‘’€™◆●○▲▼■□✓✗①②③④⑤⑥⑦⑧⑨⑩αβγδεθλμπσωΔΣΩ₂²³"


def gb2312(first_row: int, last_row: int) -> set[str]:
    """The characters of these rows of the national standard; rows 16 to 55 are the 3,755 most used characters."""
    cells = (bytes([0xA0 + row, 0xA0 + cell]) for row in range(first_row, last_row + 1) for cell in range(1, 95))
    return {cell.decode("gb2312", "ignore") for cell in cells} - {""}


LATIN = {chr(code) for code in (*range(0x20, 0x180), *range(0x2010, 0x2040))} | set(SIGNS)
MARKS = gb2312(1, 3)  # punctuation, numbers, full-width letters
CHARACTERS = {"Regular": LATIN | MARKS | gb2312(16, 87), "Bold": LATIN | MARKS | gb2312(16, 55)}


def make(source: Path, weight: str, target: Path) -> None:
    """Keep the characters of one weight and give the font its own name."""
    font = TTFont(source / f"NotoSansCJK-{weight}.ttc", fontNumber=SIMPLIFIED_CHINESE)
    options = Options(layout_features=["kern", "mark", "mkmk", "ccmp"], hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(CHARACTERS[weight]))
    subsetter.subset(font)
    compact = FAMILY.replace(" ", "")
    names = {1: FAMILY, 2: weight, 3: f"{compact}-{weight}", 4: f"{FAMILY} {weight}", 6: f"{compact}-{weight}"}
    for record in list(font["name"].names):
        if record.nameID in (16, 17, 18, 21, 22):
            font["name"].removeNames(nameID=record.nameID)
    for number, text in names.items():
        font["name"].removeNames(nameID=number)
        font["name"].setName(text, number, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [names[6]]
    top[0].FullName, top[0].FamilyName = names[4], names[1]
    font.save(target / f"{compact}-{weight}.otf")


if __name__ == "__main__":
    for weight in CHARACTERS:
        make(Path(sys.argv[1]), weight, Path(__file__).parent)
