"""What stands in front of the hills in the demo's pictures."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1280, 800
SCALE = 2  # drawn twice as large and shrunk, for smooth edges
ROOF, WALL, POST, DOOR = "#6b4634", "#a97c50", "#573d2b", "#3b2a20"
LEAF, LEAF_DARK, TRUNK = "#4d7d4a", "#3a6440", "#6a4b35"

Points = Sequence[tuple[float, float]]


class Canvas:
    """A picture under way: shapes in the picture's own units, chance of its own."""

    def __init__(self, picture: Image.Image, chance: random.Random) -> None:
        self.picture, self.chance = picture, chance
        self._pen = ImageDraw.Draw(picture)

    def polygon(self, points: Points, colour: str) -> None:
        """A filled shape."""
        self._pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def line(self, points: Points, colour: str, width: int) -> None:
        """A bent line."""
        bent = [(x * SCALE, y * SCALE) for x, y in points]
        self._pen.line(bent, fill=colour, width=width * SCALE, joint="curve")

    def ellipse(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """A filled ellipse in its box."""
        self._pen.ellipse([value * SCALE for value in (left, top, right, bottom)], fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """A filled rectangle."""
        self._pen.rectangle([value * SCALE for value in (left, top, right, bottom)], fill=colour)


def _wave(base: float, height: float, length: float, shift: float) -> list[tuple[float, float]]:
    return [(x, base + height * math.sin(x / length + shift)) for x in range(-8, WIDTH + 16, 8)]


def _ground(canvas: Canvas, line: Points, colour: str) -> None:
    canvas.polygon([*line, (WIDTH + 8, HEIGHT), (-8, HEIGHT)], colour)


def _house(canvas: Canvas, x: float, y: float, size: float = 1.0) -> None:
    """A stilt house; `x`, `y` is the middle of its floor."""
    for leg in range(-48, 60, 24):
        canvas.box(x + (leg - 2) * size, y, x + (leg + 2) * size, y + 30 * size, POST)
    canvas.box(x - 56 * size, y - 34 * size, x + 56 * size, y, WALL)
    canvas.box(x - 60 * size, y - 3 * size, x + 60 * size, y + 4 * size, POST)
    for window in (-36, 22):
        canvas.box(
            x + window * size, y - 24 * size, x + (window + 14) * size, y - 10 * size, "#f1dca4"
        )
    canvas.box(x - 7 * size, y - 26 * size, x + 8 * size, y, DOOR)
    eaves, ridge = (72 * size, y - 30 * size), (40 * size, y - 78 * size)
    roof = [(x - eaves[0], eaves[1]), (x - ridge[0], ridge[1]), (x + ridge[0], ridge[1])]
    canvas.polygon([*roof, (x + eaves[0], eaves[1])], ROOF)
    canvas.line([(x - ridge[0], ridge[1]), (x + ridge[0], ridge[1])], "#7d5541", 3)


def _tree(canvas: Canvas, x: float, y: float, size: float, leaf: str = LEAF) -> None:
    canvas.box(x - 3 * size, y - 24 * size, x + 3 * size, y, TRUNK)
    for dx, dy, r in ((-14, -36, 18), (14, -36, 18), (0, -52, 22)):
        canvas.ellipse(
            x + (dx - r) * size,
            y + (dy - r) * size,
            x + (dx + r) * size,
            y + (dy + r) * size,
            leaf,
        )


def _bamboo(canvas: Canvas, x: float, y: float) -> None:
    for stem in range(5):
        lean = canvas.chance.uniform(-34, 46)
        top = y - canvas.chance.uniform(120, 190)
        curve = [(x + stem * 7 + lean * t * t, y + (top - y) * t) for t in (0, 0.3, 0.6, 0.85, 1)]
        canvas.line(curve, "#5f8350", 4)
        tip_x, tip_y = curve[-1]
        for drop in (-18, -6, 8, 20):
            canvas.line([(tip_x, tip_y), (tip_x + drop, tip_y + 24)], "#7ba063", 4)


def terraces(canvas: Canvas) -> None:
    """Terraces of ripening rice, each step with its bank, and two houses above them."""
    tones = ("#a9b95a", "#c4b850", "#d9bd57", "#e2c766", "#cfc062", "#b3bd63")
    shift = canvas.chance.uniform(0, math.tau)
    _house(canvas, 930, 506, 0.8)
    _house(canvas, 1090, 520, 0.62)
    _tree(canvas, 1010, 548, 0.9, LEAF_DARK)
    for step in range(9):
        base = 548 + step * (20 + step * 1.6)
        line = _wave(base, 20 - step * 0.8, 190 + step * 14, shift + step * 0.42)
        _ground(canvas, line, tones[step % len(tones)])
        canvas.line(line, "#7d8a45", 3)


def river(canvas: Canvas) -> None:
    """A river that widens towards the reader, a boat, bamboo on the bank."""
    _ground(canvas, _wave(600, 10, 260, 0.6), "#6d9468")
    left = [(690, 596), (610, 640), (560, 690), (380, 750), (250, HEIGHT + 8)]
    right = [(1130, HEIGHT + 8), (960, 740), (850, 690), (790, 640), (740, 596)]
    canvas.polygon(left + right, "#b9d3da")
    for y, half in ((650, 60), (688, 100), (730, 150), (768, 210)):
        x = 700 - (y - 640) * 0.1
        canvas.line([(x - half, y), (x + half * 0.4, y)], "#d8e7ea", 2)
    hull = [(610, 712), (800, 712), (772, 734), (640, 734)]
    canvas.polygon(hull, "#5b4030")
    canvas.polygon([(660, 712), (672, 684), (744, 684), (756, 712)], "#b58d5a")
    canvas.line([(774, 686), (830, 744)], "#4a3526", 3)
    for x in (70, 150, 250, 1130, 1210):
        _bamboo(canvas, x, 700 + canvas.chance.uniform(-20, 50))


def village(canvas: Canvas) -> None:
    """Stilt houses at the foot of a hill, a pond before them."""
    _ground(canvas, _wave(590, 14, 300, 0.2), "#8a9a5b")
    for x, y, size in ((250, 560, 0.8), (520, 556, 0.72), (1040, 560, 0.86)):
        _tree(canvas, x - 90, y + 34, 1.1, LEAF_DARK)
        _house(canvas, x, y, size)
    _house(canvas, 780, 600, 1.2)
    _tree(canvas, 930, 650, 1.4)
    _tree(canvas, 640, 648, 1.0)
    canvas.ellipse(120, 668, 620, 764, "#b7cfd0")
    canvas.ellipse(150, 682, 560, 740, "#c9dcdb")
    for x in range(60, WIDTH, 74):
        canvas.box(x, 772, x + 5, 800, POST)
    canvas.line([(40, 780), (WIDTH - 30, 780)], POST, 4)


def market(canvas: Canvas) -> None:
    """Stalls with thatched roofs and baskets of fruit and vegetables."""
    _ground(canvas, _wave(580, 6, 320, 1.1), "#c9b48d")
    for x in (150, 400, 650, 900, 1150):
        _stall(canvas, x, 640 + canvas.chance.randrange(-6, 8))
    for place in range(15):
        x = 40 + place * 86 + canvas.chance.randrange(-14, 14)
        _basket(canvas, x, 736 + canvas.chance.randrange(0, 30))


def _stall(canvas: Canvas, x: float, y: float) -> None:
    cloth = canvas.chance.choice(("#2f4b7c", "#7c3b46", "#35645a", "#a06a34"))
    for leg in (-88, 84):
        canvas.box(x + leg, y - 100, x + leg + 5, y + 46, POST)
    canvas.polygon(
        [(x - 112, y - 92), (x - 72, y - 148), (x + 72, y - 148), (x + 112, y - 92)], ROOF
    )
    canvas.line([(x - 112, y - 91), (x + 112, y - 91)], "#8b6549", 5)
    canvas.box(x - 86, y, x + 86, y + 36, cloth)
    canvas.line([(x - 86, y + 26), (x + 86, y + 26)], "#e2c766", 3)
    for heap in (-58, -20, 18, 56):
        colour = canvas.chance.choice(("#d9822b", "#6f9e4c", "#b5413a", "#e0c14f"))
        canvas.ellipse(x + heap - 17, y - 15, x + heap + 17, y + 9, colour)
    canvas.box(x - 90, y - 2, x + 90, y + 5, POST)


def _basket(canvas: Canvas, x: float, y: float) -> None:
    for dx, colour in ((-10, "#7aa353"), (8, "#d9822b"), (0, "#5d8a45")):
        canvas.ellipse(x + dx - 12, y - 30, x + dx + 12, y - 8, colour)
    canvas.polygon(
        [(x - 26, y - 16), (x + 26, y - 16), (x + 18, y + 18), (x - 18, y + 18)], "#b98f56"
    )
    canvas.line([(x - 24, y - 4), (x + 24, y - 4)], "#94703f", 2)


def karst(canvas: Canvas) -> None:
    """Grey pinnacles and a field of buckwheat in flower."""
    for left, height, width in (
        (150, 250, 150),
        (330, 190, 120),
        (1010, 270, 160),
        (1180, 200, 140),
    ):
        _pinnacle(canvas, left, 640, height, width)
    _ground(canvas, _wave(620, 12, 240, 2.0), "#b98f9c")
    for row in range(12):
        for place in range(90):
            x = place * 15 + canvas.chance.uniform(-6, 6)
            y = 628 + row * 15 + 12 * math.sin(x / 240 + 2.0) + canvas.chance.uniform(-5, 5)
            radius = 2.2 + row * 0.35
            colour = canvas.chance.choice(("#e9c7d0", "#dba8b8", "#f3dde2", "#9aa878"))
            canvas.ellipse(x - radius, y - radius, x + radius, y + radius, colour)
    for place, size in ((90, 46), (470, 34), (700, 54), (1120, 44)):
        _boulder(canvas, place, 744, size)


def _pinnacle(canvas: Canvas, x: float, y: float, height: float, width: float) -> None:
    ridge = [
        (-0.5, 0),
        (-0.36, 0.52),
        (-0.2, 0.78),
        (-0.04, 1),
        (0.14, 0.82),
        (0.32, 0.5),
        (0.5, 0),
    ]
    canvas.polygon([(x + dx * width, y - dy * height) for dx, dy in ridge], "#7c828e")
    shade = [(-0.04, 1), (0.14, 0.82), (0.32, 0.5), (0.5, 0), (0.12, 0), (0.04, 0.5)]
    canvas.polygon([(x + dx * width, y - dy * height) for dx, dy in shade], "#666c78")


def _boulder(canvas: Canvas, x: float, y: float, size: float) -> None:
    edge = [(-1, 0), (-0.7, -0.7), (-0.1, -1), (0.55, -0.75), (1, 0)]
    canvas.polygon([(x + dx * size, y + dy * size) for dx, dy in edge], "#8a8f99")
    shade = [(-0.1, -1), (0.55, -0.75), (1, 0), (0.25, 0)]
    canvas.polygon([(x + dx * size, y + dy * size) for dx, dy in shade], "#747985")


def orchard(canvas: Canvas) -> None:
    """Rows of tea around a hill, orange trees in front."""
    for step in range(11):
        line = [
            (x, 560 + step * 19 - 70 * math.sin(math.pi * (x + 160) / 1500) + step * 6)
            for x in range(-8, WIDTH + 16, 8)
        ]
        _ground(canvas, line, "#6fa15c" if step % 2 else "#5b8d4f")
        canvas.line(line, "#86b56c", 4)
    for x, y, size in ((150, 742, 2.0), (400, 770, 1.7), (980, 770, 1.8), (1170, 736, 2.1)):
        _tree(canvas, x, y, size, LEAF_DARK)
        for _fruit in range(11):
            angle, reach = canvas.chance.uniform(0, math.tau), canvas.chance.uniform(4, 26) * size
            fx, fy = x + reach * math.cos(angle), y - 42 * size + 0.8 * reach * math.sin(angle)
            canvas.ellipse(fx - 5.5, fy - 5.5, fx + 5.5, fy + 5.5, "#e58a2f")


def lake(canvas: Canvas) -> None:
    """Still water with the hills in it and two small islands."""
    shore = 590
    box = (0, (2 * shore - HEIGHT) * SCALE, WIDTH * SCALE, shore * SCALE)
    mirror = canvas.picture.crop(box).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    water = Image.blend(mirror, Image.new("RGB", mirror.size, "#a9c3cc"), 0.55)
    canvas.picture.paste(water, (0, shore * SCALE))
    canvas.line([(0, shore), (WIDTH, shore)], "#d3e2e4", 2)
    for x, y, width in ((420, 650, 120), (930, 626, 84)):
        canvas.ellipse(x - width, y - 16, x + width, y + 16, "#4f7a58")
        for tree in range(5):
            _tree(canvas, x + (tree - 2) * width / 3, y - 2, 0.7 + 0.12 * (tree % 2), LEAF_DARK)
        canvas.line([(x - width * 0.8, y + 22), (x + width * 0.8, y + 22)], "#c9dadd", 2)
    for y in (690, 724, 762):
        x = canvas.chance.randrange(120, 800)
        canvas.line([(x, y), (x + 240, y)], "#c9dadd", 2)
