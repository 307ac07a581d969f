"""The roles of editors (NĐ 224/2026, quy chế hoạt động của cổng): what each may do, and no more.

Rights on pages are given on the home pages; an administrator gives a section's editors theirs on
the section alone, in the admin, and takes those on the home page away.
"""

from __future__ import annotations

from dataclasses import dataclass

CONTRIBUTORS = "Cộng tác viên"
SECTION_EDITORS = "Biên tập viên chuyên mục"
EDITORS = "Biên tập viên"
MODERATORS = "Người kiểm duyệt"
LIST_OFFICERS = "Cán bộ danh sách"
ADMINISTRATORS = "Quản trị nội dung"
OFFICERS = "Cán bộ"

# Wagtail asks for the rights of its own models, whatever model stands in for them.
OWN_FILES = ("add_document", "choose_document", "add_image", "choose_image")
FILES = (*OWN_FILES, "change_document", "change_image")
ALL_FILES = (*FILES, "delete_document", "delete_image", "add_collection", "change_collection")


@dataclass(frozen=True, slots=True)
class Role:
    """Rights on pages below the home pages, on all files, and on models (`app.codename`)."""

    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


def _of(app: str, verbs: tuple[str, ...], *models: str) -> tuple[str, ...]:
    return tuple(f"{app}.{verb}_{model}" for model in models for verb in verbs)


KEEP = ("add", "change", "view")
WHOLE = (*KEEP, "delete")
CODE_LISTS = ("issuer", "field", "documenttype")

QUERIES = "search.view_querycount"
NEWS_RIGHTS = ("news.view_statistics", "news.import_content")

ROLES: dict[str, Role] = {
    # Writes, changes own pages only, hands them in.
    CONTRIBUTORS: Role(("add_page",), OWN_FILES),
    # Changes the pages of others, is the first to look at what was handed in.
    SECTION_EDITORS: Role(("add_page", "change_page", "lock_page"), FILES),
    # Has the last word: publishes, schedules, takes down.
    EDITORS: Role(
        ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
        FILES,
        (
            *_of("news", KEEP, *CODE_LISTS),
            *NEWS_RIGHTS,
            QUERIES,
            "registration.publish_list",
        ),
    ),
    # What visitors write; the pages are others' work.
    MODERATORS: Role(models=("dialogue.moderate_comment", "dialogue.change_dialoguesettings")),
    # Published lists of the own area, which an assignment opens.
    LIST_OFFICERS: Role(models=("registration.publish_list",)),
    # Keeps the house: accounts, code lists, old addresses, steps of approval; no superuser.
    ADMINISTRATORS: Role(
        (
            "add_page",
            "change_page",
            "publish_page",
            "bulk_delete_page",
            "lock_page",
            "unlock_page",
        ),
        ALL_FILES,
        (
            *_of("news", WHOLE, *CODE_LISTS),
            *NEWS_RIGHTS,
            *_of("workdays", WHOLE, "holiday"),
            *_of("search", WHOLE, "abbreviation"),
            QUERIES,
            *_of("wagtailredirects", WHOLE, "redirect"),
            *_of("wagtailcore", KEEP, "workflow", "task"),
            *_of("areas", KEEP, "user"),
        ),
    ),
    # Case work and the villages of the own area, which an assignment opens; the province's
    # officers also keep the units.
    OFFICERS: Role(
        models=(*_of("areas", WHOLE, "village"), *_of("areas", ("change", "view"), "unit"))
    ),
}
