"""Which record each address names. What is missing here fails the walk until somebody decides."""

from __future__ import annotations

from collections.abc import Mapping

from tests.security.routes import Route

# By the address's own name: the portal's rooms, where every address is decided on its own.
OWN: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "registration_list",
            "registration_upload",
            "registration_publish",
            "registration_extend",
            "registration_withdraw",
        ),
        ("list",),
    ),
    **dict.fromkeys(("registration_import", "registration_import_decide"), ("list", "import")),
    "registration_import_errors": ("list", "import", "ending"),
    **dict.fromkeys(("forms_record", "forms_receive", "forms_new_code"), ("submission",)),
    "labour_settle": ("submission",),
    "news_dropped": ("document",),
    "home_next_week": ("week",),
    "sitemap_part": ("sitemap",),
    "forms_paper": ("submission", "paper"),
    "forms_export_file": ("export",),
    **dict.fromkeys(("home_offer", "home_undo"), ("page",)),
    "home_waiting": ("waiting",),
    **dict.fromkeys(("home_code_export", "home_code_import"), ("code_list",)),
    **dict.fromkeys(("home_take_over", "home_decline"), ("offer",)),
    "dialogue_switch": ("page",),
    **dict.fromkeys(("dialogue_request", "dialogue_request_step"), ("request",)),
    "dialogue_question": ("question",),
    "dialogue_question_file": ("question", "number"),
    "dialogue_question_step": ("question", "question_step"),
    **dict.fromkeys(("dialogue_comment", "dialogue_thanks", "dialogue_rating"), ("draft_page",)),
    "news_statistics_workbook": ("table",),
    **dict.fromkeys(("news_import", "news_import_report"), ("package",)),
    **{
        f"{room}_modeladmin_{action}": (kind,)
        for room, kind in (
            ("thon-to-dan-pho", "village"),
            ("phan-cong", "assignment"),
            ("don-vi-hanh-chinh", "unit"),
        )
        for action in ("edit", "delete", "inspect", "history")
    },
    **{
        f"news_{room}_modeladmin_{action}": (kind,)
        for room, kind in (("documenttype", "type"), ("issuer", "issuer"), ("field", "field"))
        for action in ("edit", "delete", "history")
    },
    **{
        f"workdays_holiday_modeladmin_{action}": ("holiday",)
        for action in ("edit", "delete", "history")
    },
    "wagtaildocs_serve": ("document", "file_name"),
    "wagtail_serve": ("draft_path",),
    "wagtail_bulk_action": ("core_app", "core_model", "delete_action"),
}

# By room and value: Wagtail's own addresses, whose values always mean the same in one room.
WAGTAIL: dict[str, dict[str, str]] = {
    "wagtailadmin_api:pages": {"pk": "page", "action_name": "delete_action"},
    "wagtailadmin_api:documents": {"pk": "document"},
    "wagtailadmin_api:images": {"pk": "image"},
    "wagtailadmin_explore": {"parent_page_id": "parent"},
    "wagtailadmin_explore_results": {"parent_page_id": "parent"},
    "wagtailadmin_choose_page_child": {"parent_page_id": "parent"},
    "wagtailadmin_pages": {
        "content_type_app_name": "page_app",
        "content_type_model_name": "page_model",
        "app_label": "page_app",
        "model_name": "page_model",
        "parent_page_id": "parent",
        "page_id": "page",
        "page_to_move_id": "page",
        "destination_id": "parent",
        "pk": "page",
        "revision_id": "revision",
        "revision_id_a": "first",
        "revision_id_b": "second",
        "action_name": "delete_action",
        "task_state_id": "number",
        "task_id": "task",
        "workflow_state_id": "number",
    },
    "wagtailadmin_tag_model_autocomplete": {"app_name": "tag_app", "model_name": "tag_model"},
    "wagtailadmin_collections": {"pk": "collection", "collection_id": "collection"},
    "wagtailadmin_workflows": {
        "pk": "workflow",
        "page_pk": "page",
        "workflow_pk": "workflow",
        "task_id": "task",
        "app_label": "task_app",
        "model_name": "task_model",
    },
    "wagtailadmin_editing_sessions": {
        "app_label": "page_app",
        "model_name": "page_model",
        "object_id": "page",
        "session_id": "session",
    },
    "wagtailsettings": {"app_name": "page_app", "model_name": "page_model", "pk": "site"},
    "wagtailredirects": {"redirect_id": "redirect"},
    "simple_translation": {
        "page_id": "page",
        "app_label": "page_app",
        "model_name": "page_model",
        "pk": "page",
    },
    "wagtaildocs": {
        "document_id": "document",
        "doc_id": "document",
        "uploaded_file_id": "uploaded_document",
    },
    "wagtaildocs_chooser": {"pk": "document"},
    "wagtaildocs_authenticate_with_password": {"restriction_id": "collection_restriction"},
    "wagtailimages": {
        "image_id": "image",
        "uploaded_file_id": "uploaded_image",
        "filter_spec": "filter",
    },
    "wagtailimages_chooser": {"pk": "image", "image_id": "image"},
    "wagtaillocales": {"pk": "locale"},
    "wagtailsites": {"pk": "site"},
    "wagtailsnippets_search_abbreviation": {"pk": "abbreviation"},
    "wagtailsnippetchoosers_search_abbreviation": {"pk": "abbreviation"},
    "wagtailusers_users": {"pk": "user"},
    "wagtailusers_groups": {"pk": "group"},
    "wagtailadmin_password_reset_confirm": {"uidb64": "uid", "token": "token"},
    "wagtailcore_authenticate_with_password": {
        "page_view_restriction_id": "page_restriction",
        "page_id": "restricted_page",
    },
}

# Pictures on public pages are public by decision; their addresses carry no name and no number.
PUBLIC_FILES = frozenset({"^media/(?P<path>images/.*)$"})


def kinds_of(route: Route) -> tuple[str, ...] | None:
    """The kinds of record that an address names, in its order; `None` where nobody decided."""
    if route.name in OWN:
        return OWN[route.name]
    known: Mapping[str, str] = WAGTAIL.get(route.space, {})
    kinds = tuple(known.get(want, "") for want in route.wants)
    return kinds if all(kinds) else None


# Answered otherwise than by a refusal, and why that is right. The words of records stay hidden.
OPEN = {
    "don-vi-hanh-chinh_modeladmin_inspect": "communes are public; who has the right may read",
    "don-vi-hanh-chinh_modeladmin_history": "communes are public; who has the right may read",
    "home_waiting": "lists pages that the user may change, and no other",
    "sitemap_part": "names public pages alone",
    "wagtail_bulk_action": "says that the right is missing, and does nothing",
    "wagtailadmin_pages:choose_parent": "offers no parent page to those who may not write",
    "wagtailadmin_pages:move_confirm": "a question; the answer is refused",
    "wagtailadmin_pages:confirm_workflow_cancellation": "a question without anything of the page",
    "wagtailadmin_pages:revisions_index": "leads to the history, which refuses",
    "wagtailadmin_choose_page_child": "pages are chosen for links by everybody who writes",
    "wagtailadmin_tag_model_autocomplete": "tags are public words",
    "wagtailadmin_workflows:task_chosen": "names of steps, nothing of a record",
    "wagtailadmin_editing_sessions:release": "ends own sessions only; others stay",
    "wagtailadmin_password_reset_confirm": "asks for a token that only the owner gets",
    "wagtailsnippetchoosers_search_abbreviation:chosen": "abbreviations are public words",
    "wagtaildocs_authenticate_with_password": "asks for the password",
    "wagtailcore_authenticate_with_password": "asks for the password",
}
# Wagtail shows titles of unpublished pages, and no more, to every officer; no page is a commune's.
TITLES = frozenset(
    {
        "wagtail_bulk_action",
        "wagtailadmin_pages:move_confirm",
        "wagtailadmin_pages:workflow_preview",
        "wagtailadmin_choose_page_child",
    }
)
LOGIN = "/quan-tri/login/"
FOR_EVERYBODY = frozenset(
    {
        "wagtailadmin_login",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete",
    }
)
