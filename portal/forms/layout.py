"""How one question is laid out: crispy asks, the template of its kind answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crispy_forms.utils import TEMPLATE_PACK
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.areas.queries import former_units
from portal.forms import kinds
from portal.forms.kinds.places import unit_of
from portal.forms.questionnaire import Choice, Field

if TYPE_CHECKING:
    from portal.forms.step_form import StepForm


@dataclass(frozen=True, slots=True)
class Option:
    """One choice as it stands on the page."""

    id: str
    name: str
    code: str
    choice: Choice
    kind: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its inputs; `anchor` is where the list of errors leads."""

    form: StepForm
    field: Field
    names: list[str]

    @property
    def inputs(self) -> list[BoundField]:
        """The inputs in their order."""
        return [self.form[name] for name in self.names]

    @property
    def errors(self) -> list[str]:
        """The sentences of all its inputs."""
        return [str(one) for name in self.names for one in self.form.errors.get(name, [])]

    @property
    def anchor(self) -> str:
        """The id of the first input with an error, else of the first input."""
        wrong = [name for name in self.names if name in self.form.errors]
        name = (wrong or self.names)[0]
        first = "_0" if self.field.choices and self.field.kind != "code" else ""
        return f"id_{name}{first or ('_0' if name.endswith('_pick') else '')}"

    @property
    def official(self) -> str:
        """The term of the printed form, where the question puts it in other words."""
        term = str(self.field.official or "")
        return "" if term == str(self.field.label) else term

    @property
    def commune(self) -> str:
        """Of a village: the commune that was found for what the person wrote."""
        place = self.form.asking.answers.get(self.field.option("of"))
        return str(place["name"]) if place else ""

    @property
    def former(self) -> list[str]:
        """The units that were joined into that commune, so that a wrong one is noticed."""
        asking = self.form.asking
        unit = unit_of(asking.answers.get(self.field.option("of")), asking.kept)
        return former_units(unit) if unit else []

    @property
    def described_by(self) -> str:
        """Ids of the hint and the error, for assistive technology."""
        found = [f"hint_{self.field.name}"] if self.field.hint or self.official else []
        return " ".join([*found, *([f"error_{self.field.name}"] if self.errors else [])])

    @property
    def widgets(self) -> list[SafeString]:
        """The inputs as HTML, tied to hint and error."""
        attrs: dict[str, Any] = {}
        if self.described_by:
            attrs["aria-describedby"] = self.described_by
        if self.errors:
            attrs["aria-invalid"] = "true"
        return [bound.as_widget(attrs=attrs) for bound in self.inputs]

    @property
    def parts(self) -> list[tuple[BoundField, SafeString]]:
        """Inputs and their HTML together."""
        return list(zip(self.inputs, self.widgets, strict=True))

    @property
    def pick(self) -> BoundField | None:
        """The choice between places of one name, when there is one to make."""
        name = f"{self.field.name}_pick"
        return self.form[name] if name in self.names else None

    @property
    def lines(self) -> list[tuple[BoundField, SafeString]]:
        """Inputs of an address, without the choice between places."""
        return [part for part in self.parts if not part[0].name.endswith("_pick")]

    @property
    def unit(self) -> str:
        """What a number counts: m², người."""
        return str(self.field.option("unit", ""))

    @property
    def options(self) -> list[Option]:
        """The choices of a question to tick."""
        bound = self.form[self.names[0]]
        value = bound.value()
        chosen = {str(one) for one in value} if isinstance(value, list) else {str(value)}
        return [
            Option(
                id=f"id_{bound.name}_{place}",
                name=bound.html_name,
                code=choice.code,
                choice=choice,
                kind="checkbox" if self.field.kind == "multi" else "radio",
                checked=choice.code in chosen,
            )
            for place, choice in enumerate(self.field.choices)
        ]

    @property
    def suggestions(self) -> list[str]:
        """Entries of the help while typing."""
        kind = kinds.get(self.field.kind)
        offer = getattr(kind, "suggestions", None)
        if offer is not None:
            return list(offer(self.field, self.form.asking))
        return [str(choice.label) for choice in self.field.choices]


class QuestionLayout:
    """The layout object that crispy renders for a question."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(
        self, form: StepForm, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        """The question by the template of its kind."""
        form.rendered_fields.update(form.names[self.name])  # type: ignore[attr-defined]
        question = form.question(self.name)
        return render_to_string(kinds.get(question.field.kind).template, {"question": question})
