"""Where a picture was taken is nobody's business: phones write the position into the file."""

from __future__ import annotations

import io
from typing import IO, Any

from django.core.files.base import ContentFile
from PIL import Image, UnidentifiedImageError
from PIL.ExifTags import IFD

# Of a phone's XMP packet only the words `exif:GPS…` tell a place.
XMP_POSITION = b"GPS"


def without_position(file: IO[bytes]) -> ContentFile[bytes] | None:
    """The picture anew without its position, or `None` where it carries none.

    Originals lie at a public address. The pixels stay: a JPEG keeps its own tables, and turns
    (the EXIF orientation) and colours (the profile) are taken along.
    """
    file.seek(0)
    try:
        with Image.open(file) as picture:
            return _anew(picture) if _tells_a_place(picture) else None
    except UnidentifiedImageError:  # no picture: whoever took it in says so
        return None
    finally:
        file.seek(0)


def _tells_a_place(picture: Image.Image) -> bool:
    if IFD.GPSInfo in picture.getexif():
        return True
    packets = (picture.info.get(name) or b"" for name in ("xmp", "XML:com.adobe.xmp"))
    return any(
        XMP_POSITION in (each.encode() if isinstance(each, str) else each) for each in packets
    )


def _anew(picture: Image.Image) -> ContentFile[bytes]:
    exif = picture.getexif()
    if IFD.GPSInfo in exif:
        del exif[IFD.GPSInfo]
    options: dict[str, Any] = {"exif": exif.tobytes()}
    if profile := picture.info.get("icc_profile"):
        options["icc_profile"] = profile
    # A phone's panorama format holds a preview beside the picture: only the picture is kept.
    kind = "JPEG" if picture.format == "MPO" else str(picture.format)
    if kind == "JPEG":
        options["quality"] = "keep" if picture.format == "JPEG" else 90
    elif kind == "WEBP":
        options |= {"quality": 90, "save_all": getattr(picture, "n_frames", 1) > 1}
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return ContentFile(out.getvalue())
