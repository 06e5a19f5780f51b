"""Two meetings, or agenda and report, with their positions side by side: what is the same, and which words are not."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from letters.comparison import Relation
from letters.comparison_sides import (
    MOST,
    Columns,
    ComparedRow,
    Comparison,
    Side,
    comparison,
    relation_in_words,
    shared_in_words,
    title,
)
from letters.filters import current_topics, facet_options
from letters.filters.choices import KINDS
from letters.filters.comparison_query import FIRST, SECOND, SIDES, ComparisonQuery
from letters.views.exports import ComparisonExportMixin
from letters.views.pages import PageMixin

#: Meetings in the lists to choose from, the newest first: of twenty years they would weigh more than the page.
MEETINGS = 250


class ComparisonView(PageMixin, ComparisonExportMixin, TemplateView):
    query_class = ComparisonQuery
    template_name = "letters/comparison.html"

    def get_title(self):
        if not self.query.is_complete:
            return _("Formuleringen vergeleken")
        return title(self.query)

    def get_crumbs(self):
        topics = self.asked["onderwerp"]
        crumbs = [(_("Onderwerpen"), reverse("topics"))]
        return crumbs + [(topic.label, reverse("topic", args=[topic.value])) for topic in topics[:1]]

    def get_crumb(self):
        return _("Vergelijken")

    def get_context_data(self, **kwargs):
        found = comparison(self.query) if self.query.is_complete else None
        return super().get_context_data(
            comparison=found,
            heads=[self.head(side, one) for side, one in zip(SIDES, found.sides, strict=True)]
            if found
            else [],
            rows=parts(found) if found else [],
            summary=summary(found) if found and found.rows else "",
            compares_itself=self.query.compares_itself,
            shared=shared_in_words(found) if found and found.shared else "",
            most=MOST,
            missing_choice=self.missing_choice(),
            choosers=[self.chooser(side) for side in SIDES],
            meetings=self.meetings(),
            topics=self.topics(),
            swapped_url=self.swapped_url(),
            download_url=self.address.setting(format="docx").url if found and found.rows else "",
            **kwargs,
        )

    def head(self, side: str, one: Side) -> dict:
        """What stands above a column: the meeting, and what is missing where nothing stands below it."""
        meeting = self.asked[side]
        return {
            "side": one,
            "name": one.name,
            "url": reverse("meeting", args=[meeting.value]),
            "count": ngettext("%(count)s standpunt", "%(count)s standpunten", one.count)
            % {"count": one.count},
            "missing": self.missing(side, one),
            "positions_url": one.positions.address.on("positions").url,
            "unchecked_url": one.positions.address.on("positions").setting(ongecontroleerd="ja").url,
        }

    def missing(self, side: str, one: Side) -> str:
        kind, topics = self.asked[f"{side}-soort"], self.query.topics_in_words
        if not one.held:
            if kind:
                return _(
                    "Van deze bijeenkomst staat in deze verzameling geen brief van de soort “%(kind)s”."
                ) % {"kind": kind.label}
            return _("Van deze bijeenkomst staat geen brief in deze verzameling.")
        if one.count:
            return ""
        if topics:
            return _("In deze brieven staat geen nagekeken standpunt over %(topics)s.") % {"topics": topics}
        return _("In deze brieven staat geen nagekeken standpunt.")

    def missing_choice(self) -> dict | None:
        """The side that is still to be chosen, of a comparison with the other."""
        sides = [side for side in SIDES if not self.asked[side]]
        if len(sides) != 1:
            return None
        [side] = sides
        words = {FIRST: _("Kies ook de eerste bijeenkomst."), SECOND: _("Kies ook de tweede bijeenkomst.")}
        return {"side": side, "words": words[side]}

    # To choose from

    def chooser(self, side: str) -> dict:
        meeting, kind = self.query.chosen(side)
        return {
            "side": side,
            "label": {FIRST: _("Eerste kant"), SECOND: _("Tweede kant")}[side],
            "meeting": meeting,
            "kind": kind,
            "kinds": [(value, capfirst(str(member.label))) for value, member in KINDS.items()],
        }

    def meetings(self) -> dict:
        """Meetings with checked positions on the chosen topics, and those that are chosen, by year."""
        filtered = self.query.on_topics
        options = facet_options(filtered, filtered.filters["bijeenkomst"]).values
        chosen = [self.asked[side] for side in SIDES if self.asked[side]]
        kept = options[:MEETINGS]
        known = {option.value for option in kept}
        return {
            "options": [
                {"value": option.value, "label": f"{option.label} ({option.count})"} for option in kept
            ],
            "others": [
                {"value": choice.value, "label": choice.label}
                for choice in chosen
                if choice.value not in known
            ],
            "cut": len(options) - len(kept),
        }

    def topics(self) -> list[dict]:
        chosen = {choice.value for choice in self.asked["onderwerp"]}
        return [
            {"value": topic.slug, "label": topic.name, "selected": topic.slug in chosen}
            for topic in current_topics()
        ]

    def swapped_url(self) -> str:
        if not self.query.is_complete:
            return ""
        values = {}
        for side, other in ((FIRST, SECOND), (SECOND, FIRST)):
            values[side], values[f"{side}-soort"] = self.query.chosen(other)
        return self.address.setting(**values).url


def parts(found: Comparison) -> list[dict]:
    """The rows for the page, with what stands above them."""
    return [
        {"columns": [column(found, *side) for side in zip(found.sides, part, strict=True)]}
        if isinstance(part, Columns)
        else {"row": part, "label": relation_in_words(part.row, found)}
        for part in found.parts
    ]


def column(found: Comparison, side: Side, rows: Sequence[ComparedRow]) -> dict:
    label = relation_in_words(rows[0].row, found) if rows else ""
    return {"label": label, "name": side.name, "rows": rows}


def summary(found: Comparison) -> str:
    """How many rows there are of each relation."""
    both = _("Zinnen in beide: %(repeated)s letterlijk herhaald, %(changed)s in andere woorden.")
    told = both % {"repeated": found.count(Relation.REPEATED), "changed": found.count(Relation.CHANGED)}
    if found.moved:
        told += " " + _("Daarvan %(count)s op een andere plaats.") % {"count": found.moved}
    alone = _("Als nagekeken standpunt alleen in de eerste %(first)s, alleen in de tweede %(second)s.")
    counts = {"first": found.count(Relation.ONLY_FIRST), "second": found.count(Relation.ONLY_SECOND)}
    return f"{told} {alone % counts}"
