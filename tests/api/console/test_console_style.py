"""The colours of the style sheet can be told apart: WCAG 2.2, contrast of text, level AA."""

import re
from pathlib import Path

import pytest

STYLE = Path("api/console/console.css").read_text(encoding="utf-8")
NAMED = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", STYLE))
ENOUGH = 4.5


def luminance(colour):
    """The relative luminance of #rrggbb, as WCAG defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (NAMED[name], ground)
        for name in ("ink", "soft", "accent", "immediate", "low")
        for ground in (NAMED["paper"], NAMED["ground"])
    ]
    + [
        ("#ffffff", NAMED["immediate"]),
        ("#ffffff", NAMED["accent"]),
        ("#ffffff", NAMED["accent-dark"]),
        ("#ffffff", "#12303a"),
        ("#e6eef1", "#12303a"),
        (NAMED["high"], "#fff1e4"),
        (NAMED["medium"], "#eaf2fa"),
        (NAMED["ink"], NAMED["warn"]),
        (NAMED["ink"], "#fdecee"),
        (NAMED["soft"], "#f8fafb"),
    ],
)
def test_text_stands_out_from_its_ground(text, ground):
    assert text in STYLE + "#ffffff"
    assert ground in STYLE
    assert contrast(text, ground) >= ENOUGH


def test_contrast_is_what_wcag_says():
    assert round(contrast("#000000", "#ffffff")) == 21
    assert contrast("#999999", "#ffffff") < ENOUGH
