"""Officers, and the administrative units they work for (đơn vị hành chính).

Units are dated (design decision 14): a code alone does not name a place, since almost every code
of today named an older unit before 1 July 2025. The key is (code, valid from).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.areas.people import KEY_OF, find_key
from portal.areas.scope import ScopedQuerySet

UNKNOWN_START = date(1900, 1, 1)


class User(AbstractUser):  # type: ignore[django-manager-missing]  # docs/adr/0011
    """A person who logs in; what the person may see is in `Assignment`, not here."""

    post = models.CharField(_("post"), max_length=120, blank=True)
    find_key = models.TextField(editable=False, default="")

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]
        verbose_name_plural = _("users")  # type: ignore[assignment]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What colleagues look for follows the names, also when only some columns are written."""
        self.find_key = find_key(self)
        written = kwargs.get("update_fields")
        if written is not None and not KEY_OF.isdisjoint(written):
            kwargs["update_fields"] = {*written, "find_key"}
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """Vietnamese order: family and middle name (`last_name`) before the given name."""
        return f"{self.last_name} {self.first_name}".strip()


class Level(models.TextChoices):
    """Levels of units; the district ended on 30 June 2025."""

    PROVINCE = "province", _("province")
    DISTRICT = "district", _("district (until 30/06/2025)")
    COMMUNE = "commune", _("commune")


class Kind(models.TextChoices):
    """Kinds of units with the word that stands before the name."""

    TINH = "tinh", "tỉnh"
    THANH_PHO = "thanh_pho", "thành phố"
    QUAN = "quan", "quận"
    HUYEN = "huyen", "huyện"
    THI_XA = "thi_xa", "thị xã"
    XA = "xa", "xã"
    PHUONG = "phuong", "phường"
    THI_TRAN = "thi_tran", "thị trấn"
    DAC_KHU = "dac_khu", "đặc khu"


class AreaType(models.TextChoices):
    """Which poverty line counts (NĐ 07/2021, Art. 3)."""

    URBAN = "urban", _("urban")
    RURAL = "rural", _("rural")


class Unit(models.Model):
    """A unit in force from `valid_from` to `valid_to`, both days included; `None` is open."""

    code = models.CharField(_("code"), max_length=5)
    name = models.CharField(_("name"), max_length=100)
    name_folded = models.CharField(max_length=100, editable=False, default="", db_index=True)
    sort_key = models.CharField(max_length=300, editable=False, default="")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    valid_from = models.DateField(_("valid from"), default=UNKNOWN_START)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    area_type = models.CharField(_("area type"), max_length=5, choices=AreaType)
    successors: models.ManyToManyField[Unit, UnitSuccession] = models.ManyToManyField(
        "self",
        through="UnitSuccession",
        through_fields=("old", "new"),
        symmetrical=False,
        related_name="predecessors",
    )

    class Meta:
        verbose_name = _("administrative unit")
        verbose_name_plural = _("administrative units")
        ordering = ["sort_key", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="unit_code_valid_from"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["level", "valid_to", "parent"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"


class UnitName(models.Model):
    """Another spelling in use for a unit (Sà Phìn / Xà Phìn)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="other_names")
    name = models.CharField(_("name"), max_length=100)
    name_folded = models.CharField(max_length=100, editable=False, default="", db_index=True)
    used_in = models.CharField(_("used in"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="unit_other_name")]

    def __str__(self) -> str:
        return self.name


class UnitSuccession(models.Model):
    """Which unit an older one went into; `people` says whether its inhabitants went along."""

    class Part(models.TextChoices):
        """Whether the old unit stayed undivided."""

        WHOLE = "whole", _("whole")
        PART = "part", _("divided")

    class People(models.TextChoices):
        """`none`: only land moved; `some`: the new commune must be asked, never guessed."""

        ALL = "all", _("all")
        SOME = "some", _("some")
        NONE = "none", _("none")

    old = models.ForeignKey(Unit, models.CASCADE, related_name="successions")
    new = models.ForeignKey(Unit, models.CASCADE, related_name="precessions")
    part = models.CharField(max_length=5, choices=Part)
    people = models.CharField(max_length=4, choices=People)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="unit_succession")]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Village(models.Model):
    """A village or residential group (thôn, tổ dân phố); no national code exists for them."""

    class VillageKind(models.TextChoices):
        """The official word for the place."""

        THON = "thon", "thôn"
        TO_DAN_PHO = "to_dan_pho", "tổ dân phố"

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="villages", verbose_name=_("commune")
    )
    name = models.CharField(_("name"), max_length=100)
    name_folded = models.CharField(max_length=100, editable=False, default="", db_index=True)
    sort_key = models.CharField(max_length=300, editable=False, default="")
    kind = models.CharField(_("kind"), max_length=10, choices=VillageKind)
    area_type = models.CharField(
        _("area type"),
        max_length=5,
        choices=AreaType,
        blank=True,
        help_text=_("Empty: as the commune."),
    )

    objects = ScopedQuerySet.as_manager()
    unit_path = "unit"
    village_path = "pk"
    # Pages never refer to one, and a workbook of a province would leave thousands of tasks.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("village")
        verbose_name_plural = _("villages")
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name_folded"], name="village_in_commune")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def effective_area_type(self) -> str:
        """The village's own area type, else the commune's."""
        return self.area_type or self.unit.area_type


class Role(models.TextChoices):
    """What an officer does in the unit of the assignment."""

    PROVINCE_OFFICER = "province_officer", _("provincial officer")
    COMMUNE_OFFICER = "commune_officer", _("commune officer")
    VILLAGE_HEAD = "village_head", _("village head")
    AUDITOR = "auditor", _("auditor")


class Assignment(models.Model):
    """An officer's work: role and unit (or one village) from a day until a day, both included."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="assignments", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="assignments", verbose_name=_("administrative unit")
    )
    village = models.ForeignKey(
        Village,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("village"),
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        indexes = [models.Index(fields=["user", "valid_from", "valid_to"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="assignment_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.unit}"
