"""Taking in the articles of an old portal with their pictures; every row is a transaction.

A run that was killed is simply started again: an article that is there, by its old address or by
section, title and time, is passed over; a picture is known by its bytes and stored once.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.core.files.images import ImageFile
from django.core.files.storage import Storage
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError
from wagtail.contrib.redirects.models import Redirect

from portal.areas.models import User
from portal.home.models import PortalImage
from portal.home.slugs import slugify_vi
from portal.jobs import clock
from portal.news.manifest import ManifestRow, RowError, read_day, title_of
from portal.news.models import ArticlePage, NewsIndexPage, SectionPage
from portal.news.old_html import OldPicture, blocks_of
from portal.news.taking import RowResult, take_rows
from portal.tables.columns import Column
from search.text import fold

NEEDED = ("title", "section", "date", "body")
ARTICLE_SPOKEN = {
    "title": "Tiêu đề",
    "section": "Chuyên mục",
    "date": "Ngày giờ",
    "body": "Nội dung",
    "lead": "Lời dẫn",
    "views": "Lượt xem",
    "images": "Thư mục ảnh",
    "picture": "Ảnh đại diện",
    "old_address": "Địa chỉ cũ",
    "source": "Nguồn",
    "author": "Tác giả",
    "tags": "Thẻ",
}
ARTICLE_COLUMNS = tuple(
    Column(name, (name, fold(spoken)), required=name in NEEDED)
    for name, spoken in ARTICLE_SPOKEN.items()
)
BODY_BYTES = 4 * 1024 * 1024
PICTURE_BYTES = 30 * 1024 * 1024
PICTURE_PIXELS = 100_000_000
TIMES = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y - %H:%M")
LONGEST_LEAD = 600
FORMATS = {"JPEG", "PNG", "GIF", "WEBP"}


@dataclass(slots=True)
class _Work:
    """One row on its way: where its files lie, and what its report will mention."""

    row: ManifestRow
    folder: Path
    user: User | None
    warnings: list[str] = field(default_factory=list)


def import_articles(
    rows: Sequence[ManifestRow],
    folder: Path,
    index: NewsIndexPage,
    *,
    live: bool,
    user: User | None = None,
) -> Iterator[RowResult]:
    """Take in the rows one after the other; a bad row never touches the others."""

    def take(row: ManifestRow, name: str) -> RowResult:
        return _import_row(_Work(row, folder, user), name, index, live)

    return take_rows(rows, lambda row: row["title"][:60], take)


def _import_row(work: _Work, name: str, index: NewsIndexPage, live: bool) -> RowResult:
    row = work.row
    title, _cut = title_of(row)
    moment = read_moment(row["date"])
    old = Redirect.normalise_path(row["old_address"]) if row["old_address"] else ""
    if _is_there(index, title, row["section"], moment, old):
        return RowResult(row.line, name, "kept", _("was there already"))
    blocks = blocks_of(_body(work))
    if not blocks:
        raise RowError(_("body: it holds no text."))
    with transaction.atomic():
        section = _section(work, index)
        page = ArticlePage(
            title=title,
            lead=" ".join(row["lead"].split())[:LONGEST_LEAD],
            body=[_block(work, kind, value) for kind, value in blocks if _is_found(work, value)],
            image=_picture(work, OldPicture(row["picture"], title)) if row["picture"] else None,
            published_at=moment,
            views=_views(row),
            byline=row["author"],
            source=row["source"],
            owner=work.user,
            live=False,
        )
        _publish(page, section, row, live, work.user)
        if old:
            Redirect.objects.create(old_path=old, redirect_page=page, is_permanent=True)
    sentence = _("published") if live else _("kept as a draft")
    return RowResult(row.line, name, "done", sentence, tuple(work.warnings))


def _publish(
    page: ArticlePage, section: SectionPage, row: ManifestRow, live: bool, user: User | None
) -> None:
    page.has_unpublished_changes = not live
    tags = [" ".join(tag.split())[:100] for tag in row["tags"].split(";")]
    page.tags.add(*filter(None, tags))
    section.add_child(instance=page)
    revision = page.save_revision(user=user, clean=False)
    if live:
        revision.publish(user=user)


def read_moment(text: str) -> datetime:
    """A day with or without its time: `2024-09-23 20:06`, `23/09/2024 - 20:06`, `23/09/2024`."""
    for pattern in TIMES:
        try:
            found = datetime.strptime(text.strip(), pattern)  # noqa: DTZ007
        except ValueError:
            continue
        _year_of(text)
        return found.replace(tzinfo=clock.ZONE)
    return datetime.combine(_year_of(text), time(8), clock.ZONE)


def _year_of(text: str) -> Any:
    """The day alone; the sentence of a wrong one names this manifest's column."""
    try:
        return read_day(text.replace("T", " ").split(" ")[0])
    except RowError as error:
        raise RowError(str(error).replace("issued_on:", "date:", 1)) from error


def _is_there(index: NewsIndexPage, title: str, section: str, moment: datetime, old: str) -> bool:
    if old and (known := Redirect.objects.filter(old_path=old, site=None).first()):
        if known.redirect_page is None:
            raise RowError(_("old_address: it leads elsewhere already."))
        return True
    same = ArticlePage.objects.descendant_of(index).filter(title=title, published_at=moment)
    return any(page.get_parent().title == " ".join(section.split()) for page in same)


def _section(work: _Work, index: NewsIndexPage) -> SectionPage:
    """The section by its name; an unknown one is made, and told."""
    name = " ".join(work.row["section"].split())
    if not name:
        raise RowError(_("section: it is empty."))
    sections = SectionPage.objects.child_of(index)
    found: SectionPage | None = next(
        (page for page in sections if page.title.casefold() == name.casefold()), None
    )
    if found is None:
        found = SectionPage(title=name[:255])
        NewsIndexPage.objects.get(pk=index.pk).add_child(instance=found)
        work.warnings.append(_("section: “%s” was unknown and has been made.") % name)
    return found


def _views(row: ManifestRow) -> int:
    digits = row["views"].replace(".", "").replace(",", "").strip()
    if not digits:
        return 0
    if not digits.isdecimal() or len(digits) > 9:
        raise RowError(_("views: “%s” is no number.") % row["views"][:40])
    return int(digits)


def _body(work: _Work) -> str:
    """The HTML itself, or that of the file named in its place."""
    text = work.row["body"]
    if "<" in text or not text.strip().lower().endswith((".html", ".htm")):
        return text
    path = _inside(work.folder, text.strip(), "body")
    if path.stat().st_size > BODY_BYTES:
        raise RowError(_("body: the file is larger than %s MB.") % (BODY_BYTES // 2**20))
    return path.read_text("utf-8-sig", errors="replace")


def _inside(folder: Path, name: str, column: str) -> Path:
    """A file below the manifest's folder; nothing outside of it is read."""
    try:
        path = (folder / name).resolve()
        there = path.is_file()
    except (OSError, ValueError) as error:
        raise RowError(_("%(column)s: “%(name)s” is not there.") % _named(column, name)) from error
    if not path.is_relative_to(folder.resolve()) or not there:
        raise RowError(_("%(column)s: “%(name)s” is not there.") % _named(column, name))
    return path


def _named(column: str, name: str) -> dict[str, str]:
    return {"column": column, "name": name[:100]}


def _block(work: _Work, kind: str, value: Any) -> tuple[str, Any]:
    if kind == "image":
        return kind, {"image": _picture(work, value), "caption": value.caption, "credit": ""}
    if kind == "table":
        return kind, {"data": value, "first_row_is_table_header": True}
    return kind, value


def _is_found(work: _Work, value: Any) -> bool:
    """A picture that is missing costs the article its picture, not itself; the report tells."""
    if not isinstance(value, OldPicture):
        return True
    try:
        _checked(_path_of(work, value.name))
    except (RowError, OSError) as error:
        work.warnings.append(str(error) or value.name)
        return False
    return True


def _path_of(work: _Work, name: str) -> Path:
    folder = work.row["images"].strip() or "."
    return _inside(work.folder, f"{folder}/{name}", "images")


def _checked(path: Path) -> Path:
    """Only what is a picture of a bearable size; its name and its ending say nothing."""
    problem = _("images: “%s” is no picture that can be shown.") % path.name[:100]
    if path.stat().st_size > PICTURE_BYTES:
        raise RowError(problem)
    try:
        with Image.open(path) as picture:
            if picture.format not in FORMATS or picture.width * picture.height > PICTURE_PIXELS:
                raise RowError(problem)
            picture.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, OSError) as error:
        raise RowError(problem) from error
    return path


def _picture(work: _Work, old: OldPicture) -> PortalImage:
    """The stored picture of these bytes, with words for those who cannot see it."""
    path = _checked(_path_of(work, old.name))
    digest = hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()
    found: PortalImage | None = PortalImage.objects.filter(file_hash=digest).first()
    if found is not None:
        return found
    alt = old.alt or old.caption
    if not alt:
        work.warnings.append(_("images: “%s” has no description; please write one.") % path.name)
    image = PortalImage(
        title=(old.caption or old.alt or path.stem)[:255],
        description=alt[:255],
        uploaded_by_user=work.user,
    )
    _store(image, path, digest)
    return image


def _store(image: PortalImage, path: Path, digest: str) -> None:
    """Keep the file under a name made of its bytes, whatever a killed run left."""
    suffix = path.suffix.lower() if mimetypes.guess_type(path.name)[0] else ".jpg"
    name = f"{slugify_vi(path.stem)[:60] or 'anh'}-{digest[:10]}{suffix}"
    full = image.file.field.generate_filename(image, name)
    storage: Storage = image.file.storage
    if storage.exists(full) and not PortalImage.objects.filter(file=full).exists():
        storage.delete(full)
    with path.open("rb") as source:
        image.file = ImageFile(source, name=name)
        image._set_image_file_metadata()
        image.save()
