"""The way of a page from draft to publication: “Biên tập → Duyệt → Đăng”, in two steps."""

from __future__ import annotations

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from portal.start.roles import EDITORS, SECTION_EDITORS

STOCK = "Moderators approval"
WAY, EDITING, APPROVAL = "Biên tập → Duyệt → Đăng", "Biên tập", "Duyệt đăng"


def prepare_approval(groups: dict[str, Group]) -> bool:
    """The two steps, on every page; says whether they had to be made. One that stands stays."""
    if Workflow.objects.filter(name=WAY).exists():
        return False
    way = Workflow.objects.filter(name=STOCK).first() or Workflow()
    way.name = WAY
    way.save()
    last = GroupApprovalTask.objects.filter(name=STOCK).first() or GroupApprovalTask()
    last.name = APPROVAL
    last.save()
    last.groups.set([groups[EDITORS]])
    first = GroupApprovalTask.objects.create(name=EDITING)
    first.groups.set([groups[SECTION_EDITORS], groups[EDITORS]])
    for order, task in enumerate((first, last)):
        WorkflowTask.objects.update_or_create(
            workflow=way, task=task.task_ptr, defaults={"sort_order": order}
        )
    root = Page.get_first_root_node()
    WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": way})
    return True
