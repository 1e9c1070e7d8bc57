"""How colours look: contrast as the Web's guidelines measure it, and what eyes with each kind of colour blindness tell apart."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np

from dashboard import theme

# Machado, Oliveira and Fernandes 2009, full severity, on linear RGB.
SIGHT = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
APART = 15.0  # CIE76; a just noticeable difference is about 2.3


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    dark, light = sorted(float(TO_XYZ[1] @ _linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def alike(colours: list[str]) -> list[tuple[str, str, str]]:
    """Pairs that some kind of sight does not tell apart: the kind, and the two colours."""
    return [
        (name, one, other)
        for name, sight in SIGHT.items()
        for one, other in combinations(dict.fromkeys(colours), 2)
        if np.linalg.norm(_lab(sight @ _linear(one)) - _lab(sight @ _linear(other))) < APART
    ]


def of_categories(spec: dict[str, Any]) -> Iterator[list[str]]:
    """The colours of each scale of categories in a picture but for the sizes, whose order is a ramp."""
    if isinstance(spec, list):
        for one in spec:
            yield from of_categories(one)
    if isinstance(spec, dict):
        if isinstance(colour := spec.get("color"), dict) and isinstance(colour.get("scale"), dict):
            colours = [one for one in colour["scale"].get("range", []) if isinstance(one, str)]
            ramps = [set(shades.values()) & set(colours) for shades in _RAMPS]
            if colours and not any(len(ramp) > 2 for ramp in ramps):
                yield colours
        for name, one in spec.items():
            if name != "datasets":
                yield from of_categories(one)


def too_pale(spec: dict[str, Any], mode: str) -> set[str]:
    """Colours of marks in a picture that stand out less than 3 to 1 from its ground."""
    ground = theme.INK[mode]["background"]
    return {colour for colours in of_categories(spec) for colour in colours if contrast(colour, ground) < 3}


_RAMPS = [
    {colour: shades[colour] for colour in theme.SIZES.values() if shades[colour] != theme.NEUTRAL}
    for shades in theme.SHADES.values()
]


def _linear(colour: str) -> np.ndarray:
    rgb = np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def _lab(linear: np.ndarray) -> np.ndarray:
    ratio = TO_XYZ @ np.clip(linear, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
