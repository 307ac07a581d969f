"""Samples of the frame's own pieces; the words are about pieces, not about anybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.home.gallery import Piece, State, register, sample_page

ICONS = ("household", "search", "labour", "question", "file")
LONGEST = (
    "Kế hoạch thu thập, cập nhật và chuẩn hóa thông tin về người lao động đang cư trú trên địa bàn "
    "tỉnh gắn với cơ sở dữ liệu quốc gia về dân cư năm mẫu"
)

WORDS = {
    "heading": "Tiêu đề bậc ba",
    "text": "Một đoạn văn mẫu, viết để xem chữ thường trông ra sao trên trang.",
    "link": "liên kết",
    "found": "chỗ tìm thấy",
    "moment": "23/09/2024 - 20:06",
    "tags": [
        ("", "nhãn"),
        ("con", "còn hiệu lực"),
        ("chua", "chưa có hiệu lực"),
        ("mot-phan", "hết hiệu lực một phần"),
        ("het", "hết hiệu lực"),
        ("xong", "đã thực hiện xong"),
    ],
    "panels": [("", "Khung thường"), ("note", "Khung lưu ý"), ("bad", "Khung lỗi")],
    "table": "Bảng số liệu mẫu",
    "columns": ["Đơn vị", "Chỉ tiêu", "Tỷ lệ"],
    "rows": [("Xã Mẫu Một", "1.369", "64 %"), ("Xã Mẫu Hai", "980", "100 %")],
    "facts": [("Số, ký hiệu", "167/KH-UBND"), ("Cơ quan ban hành", "Ủy ban nhân dân tỉnh")],
}


def register_pieces() -> None:
    """Called once from the app's `ready()`."""
    own = (
        ("basics", gettext_lazy("Text, buttons, tags, panels, tables"), _basics),
        ("icon", gettext_lazy("Small pictures"), _icons),
        ("crumbs", gettext_lazy("Where the reader is"), _crumbs),
        ("notices", gettext_lazy("Notice bar"), _notices),
        ("contacts", gettext_lazy("People to turn to"), _contacts),
        ("upkeep", gettext_lazy("Who answers for the page"), _upkeep),
        ("pager", gettext_lazy("Turning pages"), _pager),
        ("file_list", gettext_lazy("Files of a page"), _files),
    )
    for name, title, states in own:
        folder = "home/gallery" if name == "basics" else "components"
        register(Piece(name, title, f"{folder}/{name}.html", states))


def _basics() -> Sequence[State]:
    return [State("", {"words": WORDS})]


def _icons() -> Sequence[State]:
    return [State(name, {"name": name}) for name in ICONS]


def _frame(**values: Any) -> dict[str, Any]:
    return {"frame": SimpleNamespace(**values)}


def _crumbs() -> Sequence[State]:
    way = [{"title": title, "url": "#"} for title in ("Trang chủ", "Văn bản", LONGEST)]
    return [
        State(_("Two steps"), _frame(crumbs=way[:2])),
        State(_("With the longest title"), _frame(crumbs=way)),
    ]


def _notices() -> Sequence[State]:
    calm = sample_page("Lịch tiếp công dân định kỳ (mẫu)", urgent=False)
    urgent = sample_page(LONGEST, urgent=True)
    return [
        State(_("One notice"), _frame(notices=[calm])),
        State(_("An urgent one before it"), _frame(notices=[urgent, calm])),
    ]


def _contacts() -> Sequence[State]:
    whole = {"name": "Nguyễn Văn Mẫu", "post": "Chánh Văn phòng (minh họa)"}
    reached = {**whole, "telephone": "0207 000 0000", "email": "mau@example.vn"}
    return [State(_("With and without telephone and e-mail"), {"contacts": [reached, whole]})]


def _upkeep() -> Sequence[State]:
    day = date(2026, 11, 24)
    known = {"pk": 1, "owner_name": "Văn phòng (mẫu)", "updated_on": day}
    return [
        State(_("Without a day of review"), {"page": known}),
        State(_("With a day of review"), {"page": {**known, "review_on": date(2027, 5, 24)}}),
    ]


def _pager() -> Sequence[State]:
    pages = Paginator(range(1000), 20)
    return [
        State(label, {"items": pages.get_page(number), "base": ""})
        for label, number in ((_("First page"), 1), (_("In the middle"), 7), (_("Last page"), 50))
    ]


def _files() -> Sequence[State]:
    whole = {"title": "167-KH-UBND.pdf", "kind": "PDF", "url": "#", "pages": 9, "size": 1_234_567}
    bare = {"title": LONGEST, "kind": "DOCX", "url": "#"}
    scan = {**whole, "title": "ban-quet.pdf", "note": _("no text layer")}
    return [
        State(label, {"heading": _("Attachments"), "files": files})
        for label, files in (
            (_("One file"), [whole]),
            (_("A scan, and a file without size"), [scan, bare]),
        )
    ]
