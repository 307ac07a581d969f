"""The models of the room, by what they are about."""

from portal.news.articles import (
    ArticleDocument,
    ArticlePage,
    ArticleTag,
    NewsIndexPage,
    SectionPage,
)
from portal.news.attachments import ArticleAttachment, DocumentFile, NoticeAttachment
from portal.news.codes import DocumentType, Field, Issuer
from portal.news.documents import (
    DocumentTarget,
    IssuerIndexPage,
    OfficialDocumentIndexPage,
    OfficialDocumentPage,
    Relation,
    Secrecy,
)
from portal.news.notices import NoticeIndexPage, NoticePage
from portal.news.readings import PageReading
from portal.news.states import State

__all__ = [
    "ArticleAttachment",
    "ArticleDocument",
    "ArticlePage",
    "ArticleTag",
    "DocumentFile",
    "DocumentTarget",
    "DocumentType",
    "Field",
    "Issuer",
    "IssuerIndexPage",
    "NewsIndexPage",
    "NoticeAttachment",
    "NoticeIndexPage",
    "NoticePage",
    "OfficialDocumentIndexPage",
    "OfficialDocumentPage",
    "PageReading",
    "Relation",
    "Secrecy",
    "SectionPage",
    "State",
]
