"""Calm landscapes drawn by the program: the demo ships no photograph of anybody."""

from __future__ import annotations

import io
import math
import random

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1280, 800)
SKIES = [
    ("#cfe3ee", "#f6ecd6"),
    ("#f3d9b8", "#f9f1e2"),
    ("#bcd6e6", "#e9f1f2"),
    ("#e8d3c6", "#fbf3e6"),
    ("#c4dce0", "#f3f3e4"),
]
HILLS = [
    ["#8fb3a6", "#5d8f73", "#3f7257", "#2c5a45"],
    ["#a7b59a", "#7f9a62", "#597f46", "#3d6335"],
    ["#93a9bd", "#66859f", "#4a6d77", "#2f5556"],
    ["#b6a79a", "#94826c", "#6f6a4d", "#4c5639"],
    ["#9dbdb1", "#6fa08a", "#4d8468", "#2f6650"],
]


def landscape(number: int) -> bytes:
    """A JPEG of hills, terraces and a few stilt houses; the same number gives the same picture."""
    chance = random.Random(number)  # noqa: S311  # nosec B311
    picture = _sky(*SKIES[number % len(SKIES)])
    draw = ImageDraw.Draw(picture)
    sun = chance.randrange(200, 1080)
    draw.ellipse((sun - 46, 120, sun + 46, 212), fill="#f7e3b0")
    colours = HILLS[number % len(HILLS)]
    for layer, colour in enumerate(colours):
        _hill(draw, chance, 330 + layer * 105, 90 - layer * 12, colour)
        if layer == 1:
            picture = picture.filter(ImageFilter.GaussianBlur(1.6))
            draw = ImageDraw.Draw(picture)
    _terraces(draw, chance, colours[-1])
    for _house in range(chance.randrange(2, 5)):
        _stilt_house(draw, chance.randrange(90, 1120), chance.randrange(600, 690))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=86)
    return out.getvalue()


def _sky(top: str, bottom: str) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(SIZE)
    return Image.composite(Image.new("RGB", SIZE, bottom), Image.new("RGB", SIZE, top), ramp)


def _hill(
    draw: ImageDraw.ImageDraw, chance: random.Random, base: int, height: int, colour: str
) -> None:
    phases = [(chance.uniform(0.6, 2.6), chance.uniform(0, 6.3), height / n) for n in (1, 2, 4)]
    line = [
        (x, base - sum(h * math.sin(x / 1280 * 6.3 * f + p) for f, p, h in phases))
        for x in range(0, SIZE[0] + 8, 8)
    ]
    draw.polygon([*line, (SIZE[0], SIZE[1]), (0, SIZE[1])], fill=colour)


def _terraces(draw: ImageDraw.ImageDraw, chance: random.Random, colour: str) -> None:
    shift = chance.uniform(0, 6.3)
    for step in range(9):
        y = 690 + step * 13
        line = [(x, y + 9 * math.sin(x / 170 + shift + step * 0.35)) for x in range(0, 1288, 8)]
        draw.line(line, fill="#d9b95f" if step % 2 else "#b9c98a", width=3)


def _stilt_house(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    for leg in range(0, 84, 20):
        draw.line((x + leg + 4, y, x + leg + 4, y + 24), fill="#4a3524", width=4)
    draw.rectangle((x, y - 26, x + 86, y), fill="#7a5636")
    draw.rectangle((x + 34, y - 20, x + 50, y), fill="#2f2218")
    draw.polygon(
        [(x - 14, y - 24), (x + 12, y - 62), (x + 74, y - 62), (x + 100, y - 24)], fill="#5b3a2c"
    )
