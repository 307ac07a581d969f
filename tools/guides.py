"""Takes the pictures of the guides: the upper part of pages of the demo, small enough to commit.

They are taken as those of `make screenshots` are, so that a guide shows the portal as it is now.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator

from PIL import Image

from tools import screenshots

DATA = screenshots.ROOT / "portal" / "demo" / "data"
FOLDER = DATA / "guides"
HIGHEST = {"phone": 640, "desktop": 800}
QUALITY = 60


def names() -> set[str]:
    """Every picture that a step of a guide shows: `NAME-SIZE`."""
    raw = tomllib.loads((DATA / "organisation.toml").read_text())
    return set(_pictures(raw["guide"]))


def _pictures(guides: list[dict[str, list[list[str]]]]) -> Iterator[str]:
    for guide in guides:
        for step in (*guide["steps"], *guide.get("english_steps", [])):
            yield from step[2:]


def main() -> int:
    """Photograph, cut, write."""
    wanted = sorted(names())
    screenshots.main(sorted({name.rpartition("-")[0] for name in wanted}))
    FOLDER.mkdir(exist_ok=True)
    for name in wanted:
        with Image.open(screenshots.TARGET / f"{name}.png") as picture:
            lowest = min(picture.height, HIGHEST[name.rpartition("-")[2]])
            upper = picture.convert("RGB").crop((0, 0, picture.width, lowest))
            upper.save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)
    return 0


if __name__ == "__main__":
    sys.exit(main())
