"""Code lists of official documents: types, issuers, fields."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.home.slugs import slugify_vi


class DocumentType(models.Model):  # type: ignore[django-manager-missing]
    """A type of document (loại văn bản): 29 administrative ones of NĐ 30/2020, 9 normative ones."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    label_en = models.CharField(_("name in English"), max_length=120, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=10, blank=True)
    normative = models.BooleanField(_("normative act"), default=False)
    portal_default = models.BooleanField(_("offered in the public filter"), default=True)
    order = models.PositiveSmallIntegerField(_("order in lists"), default=500)

    class Meta:
        verbose_name = _("document type")
        verbose_name_plural = _("document types")
        ordering = ["order", "label_vi"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        english = (get_language() or "").startswith("en") and self.label_en
        return self.label_en if english else self.label_vi


class Issuer(models.Model):  # type: ignore[django-manager-missing]
    """An agency that issues documents (cơ quan ban hành)."""

    class Level(models.TextChoices):
        """Where the agency stands."""

        CENTRAL = "central", _("central")
        PROVINCE = "province", _("province")
        DEPARTMENT = "department", _("department")
        COMMUNE = "commune", _("commune")

    unscoped_because = "the names of issuing agencies are public"

    name = models.CharField(_("name"), max_length=200, unique=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    slug = models.SlugField(_("address part"), max_length=120, unique=True, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.PROVINCE)
    unit = models.ForeignKey(
        "areas.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="issuers",
        verbose_name=_("administrative unit"),
    )

    class Meta:
        verbose_name = _("issuing agency")
        verbose_name_plural = _("issuing agencies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """An empty address part is made from the name."""
        self.slug = self.slug or _free_slug(Issuer, self.name)
        super().save(*args, **kwargs)


class Field(models.Model):  # type: ignore[django-manager-missing]
    """A field of work (lĩnh vực)."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("address part"), max_length=120, unique=True, blank=True)

    class Meta:
        verbose_name = _("field of work")
        verbose_name_plural = _("fields of work")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """An empty address part is made from the name."""
        self.slug = self.slug or _free_slug(Field, self.name)
        super().save(*args, **kwargs)


def _free_slug(model: type[Issuer] | type[Field], name: str) -> str:
    base = slugify_vi(name)[:110] or "khac"
    taken = set(model.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug
        for slug in [base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))]
        if slug not in taken
    )
