"""The pictures that are taken: which page, in whose browser."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

ARTICLE = (
    "/tin-tuc/giam-ngheo/"
    "cac-xa-vung-cao-hoan-thanh-hop-thon-lay-y-kien-ve-ket-qua-ra-soat-ho-ngheo/"
)
NOTICE = "/thong-bao/canh-bao-gia-danh-can-bo-ra-soat-de-thu-tien/"
LIST = "/danh-sach/ho-ngheo-ho-can-ngheo-dot-cuoi-nam-khu-vuc-tan-trao/"
PLAN = "/van-ban/ubnd-tinh/167-kh-ubnd-2024/"
QUESTION = "/hoi-dap/nguoi-lao-dong-tu-do-co-phai-khai-phieu-thong-tin-lao-dong-khong/"
DRAFT = "/gop-y/ho-tro-hoc-nghe-lao-dong-nong-thon/"
DESK = "/quan-tri/danh-sach/"
FORM = "/ra-soat-ho-ngheo/"
SHEET = "/lao-dong/phieu/"
WORKER = {
    "full_name": "Ma Thị Mẫu",
    "birth_date_day": "7",
    "birth_date_month": "3",
    "birth_date_year": "1990",
    "id_number": "008190001234",
}
HEADINGS = "Họ và tên chủ hộ,Thôn,Xã,Diện"
GOOD_ROWS = (
    "Nguyễn Văn An,Thôn Tân Lập,Tân Trào,hộ nghèo",
    "Ma Thị Đức,Thôn Tân Lập,Tân Trào,hộ cận nghèo",
    "Lý Văn Páo,Thôn Suối Hoa,Tân Trào,hộ nghèo",
    "Hoàng Thị Mai,Thôn Đồng Ngọc,Sơn Dương,hộ cận nghèo",
)
BAD_ROWS = (
    *GOOD_ROWS,
    "Triệu Thị Sính,Thôn Bản Mới,Tân Trào,khá giả",
    ",Thôn Bản Mới,Tân Trào,hộ nghèo",
    "Phạm Văn Bình,Thôn Bản Mới,Xã Không Có,hộ nghèo",
)


class Who(Enum):
    """In whose browser the picture is taken."""

    READER = "anybody"
    STAFF = "logged in"
    HOUSEHOLD = "somebody who has begun a declaration"
    WORKER = "somebody who has begun a worker's sheet"
    OUTAGE = "anybody, while the search engine does not answer"


@dataclass(frozen=True, slots=True)
class Shot:
    """One page; `cookie` is a reader's choice of display, `{…}` in the path a prepared key."""

    name: str
    path: str
    who: Who = Who.READER
    cookie: str = ""


SHOTS = (
    Shot("home", "/"),
    Shot("home-contrast", "/", cookie="rat-lon.cao"),
    Shot("news", "/tin-tuc/"),
    Shot("section", "/tin-tuc/giam-ngheo/"),
    Shot("article", ARTICLE),
    Shot("tag", "/tin-tuc/the/ra-soat-ho-ngheo/"),
    Shot("notices", "/thong-bao/"),
    Shot("notices-past", "/thong-bao/?loc=het"),
    Shot("notice", NOTICE),
    Shot("documents", "/van-ban/"),
    Shot("documents-empty", "/van-ban/?q=khong-co-van-ban-nay"),
    Shot("documents-filtered", "/van-ban/?cap=province&sap-xep=cu&so-dong=50"),
    Shot("document", PLAN),
    Shot("documents-ended", "/van-ban/?hieu-luc=het"),
    Shot("document-contrast", PLAN, cookie="rat-lon.cao"),
    Shot("issuer", "/van-ban/ubnd-tinh/"),
    Shot("lists", "/danh-sach/"),
    Shot("list", LIST),
    Shot("commune", f"{LIST}?xa=02545"),
    Shot("village", f"{LIST}?xa=02545&thon=thon-tan-lap"),
    Shot("search", "/tim-kiem/?q=ke+hoach+167"),
    Shot("search-name", "/tim-kiem/?q=nguyen+van+an"),
    Shot("search-start", "/tim-kiem/"),
    Shot("search-nothing", "/tim-kiem/?q=khongcogi+hetthay"),
    Shot("search-short", "/tim-kiem/?q=nguyen&loai=list_entry"),
    Shot("search-outage", "/tim-kiem/?q=ke+hoach+167", Who.OUTAGE),
    Shot("form", FORM),
    Shot("form-start", f"{FORM}khai/"),
    Shot("form-resume", f"{FORM}khai/tiep-tuc/"),
    Shot("form-look-up", f"{FORM}tra-cuu/"),
    Shot("form-step", f"{FORM}khai/noi-o/", Who.HOUSEHOLD),
    Shot("form-people", f"{FORM}khai/thanh-vien/", Who.HOUSEHOLD),
    Shot("receipt-check", "/bien-nhan/"),
    Shot("labour", "/lao-dong/"),
    Shot("campaign", "/lao-dong/thu-thap-2024/"),
    Shot("worker-form", SHEET),
    Shot("worker-person", f"{SHEET}khai/nguoi-lao-dong/", Who.WORKER),
    Shot("worker-home", f"{SHEET}khai/noi-o/", Who.WORKER),
    Shot("units", "/don-vi/"),
    Shot("unit", "/don-vi/xa-tan-trao/"),
    Shot("search-unit", "/tim-kiem/?q=ra+soat"),
    Shot("comment", f"/y-kien{ARTICLE}"),
    Shot("rating", f"/danh-gia{ARTICLE}"),
    Shot("questions", "/hoi-dap/"),
    Shot("question", QUESTION),
    Shot("question-form", "/hoi-dap/gui/"),
    Shot("question-follow", "/hoi-dap/tra-cuu/"),
    Shot("drafts", "/gop-y/"),
    Shot("draft", DRAFT),
    Shot("data-request", "/du-lieu-ca-nhan/"),
    Shot("standard", "/gioi-thieu/"),
    Shot("organisation", "/to-chuc/"),
    Shot("organisation-unit", "/to-chuc/so-noi-vu/"),
    Shot("leaders", "/lanh-dao/"),
    Shot("schedule", "/lich-cong-tac/"),
    Shot("guides", "/huong-dan/"),
    Shot("guide", "/huong-dan/khai-ra-soat-ho-ngheo/"),
    Shot("contact", "/lien-he/"),
    Shot("links", "/dich-vu-cong/"),
    Shot("accessibility", "/kha-nang-tiep-can/"),
    Shot("personal-data", "/bao-ve-du-lieu-ca-nhan/"),
    Shot("site-map", "/so-do-cong/"),
    Shot("feeds", "/rss/"),
    Shot("english", "/en/"),
    Shot("english-unit", "/en/organisation/"),
    Shot("english-form", "/en/household-review/"),
    Shot("not-found", "/khong-co-trang-nay/"),
    Shot("login", "/quan-tri/login/"),
    Shot("desk", "/quan-tri/", Who.STAFF),
    Shot("desk-today", "/quan-tri/hom-nay/", Who.STAFF),
    Shot("desk-inbox", "/quan-tri/ho-so/", Who.STAFF),
    Shot("desk-record", "/quan-tri/ho-so/1/", Who.STAFF),
    Shot("desk-type-in", "/quan-tri/ho-so/nhap/", Who.STAFF),
    Shot("desk-comments", "/quan-tri/y-kien/", Who.STAFF),
    Shot("desk-questions", "/quan-tri/hoi-dap/", Who.STAFF),
    Shot("desk-question", "/quan-tri/hoi-dap/1/", Who.STAFF),
    Shot("desk-requests", "/quan-tri/du-lieu-ca-nhan/", Who.STAFF),
    Shot("desk-lists", DESK, Who.STAFF),
    Shot("desk-create", f"{DESK}tao/", Who.STAFF),
    Shot("desk-list", f"{DESK}1/", Who.STAFF),
    Shot("desk-preview", "{preview}", Who.STAFF),
    Shot("desk-errors", "{errors}", Who.STAFF),
    Shot("desk-publish", "{publish}", Who.STAFF),
    Shot("desk-extend", f"{DESK}1/thoi-han/", Who.STAFF),
    Shot("desk-withdraw", f"{DESK}1/go/", Who.STAFF),
    Shot("desk-article", "{article}", Who.STAFF),
    Shot("desk-document", "{document}", Who.STAFF),
    Shot("desk-offers", "/quan-tri/de-nghi-dang/", Who.STAFF),
    Shot("desk-offers-taken", "/quan-tri/de-nghi-dang/?trang-thai=taken", Who.STAFF),
    Shot("desk-waiting", "/quan-tri/viec-cho-toi/thong-bao/", Who.STAFF),
    Shot("desk-waiting-nothing", "/quan-tri/viec-cho-toi/ra-soat/", Who.STAFF),
    Shot("desk-calendar", "/quan-tri/lich-dang/", Who.STAFF),
    Shot("desk-schedule", "/quan-tri/hen-gio/", Who.STAFF),
    Shot("desk-search-state", "/quan-tri/tim-kiem/", Who.STAFF),
    Shot("desk-search-queries", "/quan-tri/tim-kiem/tu-khoa/", Who.STAFF),
    Shot("desk-expired", "/quan-tri/hen-gio/?trang-thai=da-het-han", Who.STAFF),
    Shot("desk-links", "/quan-tri/lien-ket-hong/", Who.STAFF),
    Shot("desk-files", "/quan-tri/tep-va-van-ban/", Who.STAFF),
    Shot("desk-codes", "/quan-tri/danh-muc/issuer/nhap/", Who.STAFF),
    Shot("desk-villages", "/quan-tri/danh-muc/village/nhap/", Who.STAFF),
    Shot("desk-holidays", "/quan-tri/workdays/holiday/", Who.STAFF),
    Shot("desk-search", "/quan-tri/pages/search/?q=ke+hoach", Who.STAFF),
    Shot("desk-users", "/quan-tri/users/?q=bien+tap", Who.STAFF),
    Shot("desk-undo", "{undo}", Who.STAFF),
    Shot("desk-review", "/quan-tri/reports/xem-lai/", Who.STAFF),
    Shot("desk-old-addresses", "/quan-tri/dia-chi-cu/", Who.STAFF),
    Shot("desk-statistics", "/quan-tri/thong-ke-tin-bai/", Who.STAFF),
    Shot("desk-imports", "/quan-tri/nhap-noi-dung/", Who.STAFF),
    Shot("desk-units", "/quan-tri/don-vi-hanh-chinh/", Who.STAFF),
    Shot("desk-design", "/quan-tri/giao-dien/", Who.STAFF),
)
