"""What the home pages say before an editor wrote anything: names come from the units."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from portal.areas.models import Kind, Unit

CONTENTS = (
    ("News", "tin-tuc"),
    ("Notices", "thong-bao"),
    ("Official documents", "van-ban"),
    ("Published lists", "danh-sach"),
)


def vietnamese_values(province: Unit) -> dict[str, Any]:
    """Title, agency and attribution; licence, address and telephone are the editors' to fill in."""
    name, portal = str(province), settings.WAGTAIL_SITE_NAME
    return {
        "title": f"{name[:1].upper()}{name[1:]}",
        "portal_name": portal,
        "agency": f"Cơ quan chủ quản: Ủy ban nhân dân {name}",
        "attribution": f"Ghi rõ nguồn “{portal}” khi phát hành lại thông tin từ cổng.",
    }


def english_values(province: Unit) -> dict[str, Any]:
    """A short page that says what is here, and that it is in Vietnamese."""
    kind = "Province" if province.kind == Kind.TINH else "City"
    title = f"{province.name} {kind}"
    return {
        "title": title,
        "portal_name": f"E-portal of {title}",
        "agency": f"People's Committee of {title}",
        "body": english_body(title),
    }


def english_body(title: str) -> list[tuple[str, Any]]:
    """What is here, and that it is in Vietnamese."""
    text = (
        f"<p>This is the e-portal of {title}, Viet Nam. News, official documents and published "
        "lists are in Vietnamese; the search finds them with or without accents.</p>"
    )
    links = [{"title": f"{words} (in Vietnamese)", "url": f"/{slug}/"} for words, slug in CONTENTS]
    return [("rich_text", text), ("links", {"title": "Contents", "links": links})]
