"""Calm scenes drawn by the program: the demo ships no photograph of anybody or anywhere."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

from portal.demo import motifs
from portal.demo.motifs import HEIGHT, SCALE, WIDTH, Canvas

SIZE = (WIDTH, HEIGHT)
HILL_LAYERS = 4


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture of the demo: file name, title, what it shows, its colours and its foreground."""

    name: str
    title: str
    description: str
    sky: tuple[str, str]
    hills: tuple[str, str]
    front: Callable[[Canvas], None]
    base: int = 330


SCENES = (
    Scene(
        "ruong-bac-thang",
        "Ruộng bậc thang (tranh minh họa)",
        "Tranh vẽ ruộng bậc thang vàng lúa giữa những dãy núi xanh",
        ("#bcd8ea", "#fbf0d4"),
        ("#b4cbc4", "#4c7f5c"),
        motifs.terraces,
    ),
    Scene(
        "song-va-thuyen",
        "Dòng sông buổi sớm (tranh minh họa)",
        "Tranh vẽ con sông uốn giữa núi, một chiếc thuyền nhỏ và hàng tre",
        ("#d5e2e6", "#fae6cf"),
        ("#b9c7cf", "#4f7d78"),
        motifs.river,
    ),
    Scene(
        "ban-nha-san",
        "Bản nhà sàn (tranh minh họa)",
        "Tranh vẽ những nếp nhà sàn dưới chân đồi, phía trước là ao và hàng cây",
        ("#f4d8b4", "#fcf3e2"),
        ("#c9b79c", "#6d7d4c"),
        motifs.village,
    ),
    Scene(
        "cho-phien",
        "Chợ phiên vùng cao (tranh minh họa)",
        "Tranh vẽ các lán chợ mái lá bày gùi rau quả, phía sau là núi",
        ("#cfe0ec", "#f8efe0"),
        ("#a8bac6", "#5c8377"),
        motifs.market,
        280,
    ),
    Scene(
        "cao-nguyen-da",
        "Cao nguyên đá mùa hoa (tranh minh họa)",
        "Tranh vẽ những mỏm đá xám và nương hoa tam giác mạch hồng nhạt",
        ("#c8d6ea", "#f7ead9"),
        ("#b2b5c2", "#6d7482"),
        motifs.karst,
    ),
    Scene(
        "doi-che-vuon-cam",
        "Đồi chè và vườn cam (tranh minh họa)",
        "Tranh vẽ những luống chè lượn quanh đồi và mấy cây cam sai quả",
        ("#c6e0dc", "#fbf2da"),
        ("#a9c9b4", "#5d9560"),
        motifs.orchard,
    ),
    Scene(
        "ho-tren-nui",
        "Hồ trên núi (tranh minh họa)",
        "Tranh vẽ mặt hồ phẳng lặng soi bóng núi, hai hòn đảo nhỏ phủ cây",
        ("#b7cfe2", "#f3ece0"),
        ("#9db4c4", "#3f6b6b"),
        motifs.lake,
    ),
)


def draw(scene: Scene) -> bytes:
    """The scene as a JPEG of 1280 × 800; the same scene gives the same picture."""
    picture = _sky(scene)
    canvas = Canvas(picture, random.Random(scene.name))  # noqa: S311  # nosec B311
    _sun(canvas)
    for layer in range(HILL_LAYERS):
        share = layer / (HILL_LAYERS - 1)
        _hill(canvas, scene.base + layer * 78, 92 - layer * 14, _mix(*scene.hills, share))
    scene.front(canvas)
    out = io.BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).save(out, "JPEG", quality=84, optimize=True)
    return out.getvalue()


def _sky(scene: Scene) -> Image.Image:
    size = (WIDTH * SCALE, HEIGHT * SCALE)
    ramp = Image.linear_gradient("L").resize(size)
    top, bottom = (Image.new("RGB", size, colour) for colour in scene.sky)
    return Image.composite(bottom, top, ramp)


def _sun(canvas: Canvas) -> None:
    """A pale sun with a soft edge."""
    x, y = canvas.chance.randrange(220, 1060), canvas.chance.randrange(110, 180)
    glow = Image.new("L", canvas.picture.size, 0)
    box = [(value) * SCALE for value in (x - 62, y - 62, x + 62, y + 62)]
    ImageDraw.Draw(glow).ellipse(box, fill=190)
    glow = glow.filter(ImageFilter.GaussianBlur(14 * SCALE))
    canvas.picture.paste("#fff3cf", (0, 0), glow)
    canvas.ellipse(x - 40, y - 40, x + 40, y + 40, "#fdeec2")


def _hill(canvas: Canvas, base: int, height: int, colour: str) -> None:
    waves = [
        (
            canvas.chance.uniform(0.7, 1.6) * n,
            canvas.chance.uniform(0, math.tau),
            height / n**1.15,
        )
        for n in (1, 2, 3, 6)
    ]
    line = [
        (x, base - sum(h * math.sin(x / WIDTH * math.tau * f + p) for f, p, h in waves))
        for x in range(0, WIDTH + 8, 8)
    ]
    canvas.polygon([*line, (WIDTH, HEIGHT), (0, HEIGHT)], colour)


def _mix(first: str, second: str, share: float) -> str:
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
