"""A result in parts, as it is answered: the totals, links to the other parts, the items."""

from rest_framework import serializers

from letters.api import serializers as items
from letters.api.fields import Number, Shape, Text, YesOrNo
from letters.filters import FilteredList, options
from letters.filters.options import FacetOptions


class Links(Shape):
    zelf = serializers.URLField()
    eerste = serializers.URLField()
    vorige = serializers.URLField(allow_null=True)
    volgende = serializers.URLField(allow_null=True)
    laatste = serializers.URLField()


class Value(Shape):
    waarde = Text(source="value", help_text="Zoals zij in het adres staat.")
    naam = Text(source="label")
    aantal = Number(
        source="count", help_text="Hoeveel er zouden zijn met deze waarde, onder de andere filters."
    )
    gekozen = YesOrNo(source="selected")


class Facet(Shape):
    sleutel = Text(source="key")
    naam = Text(source="label")
    waarden = Value(source="values", many=True)


class Year(Shape):
    jaar = Number()
    aantal = Number()


class Facets(Shape):
    filters = Facet(many=True)
    jaren = Year(many=True, help_text="Van de bijeenkomsten.")


class Part(Shape):
    """A page of a result."""

    totaal = Number(help_text="Hoeveel er in het hele resultaat zijn.")
    pagina = Number()
    paginaGrootte = Number(help_text="Hoeveel er hooguit op een pagina staan.")
    paginas = Number(help_text="Hoeveel pagina's er zijn.")
    links = Links()


class FacetedPart(Part):
    brieven = Number(help_text="In hoeveel brieven.")
    facetten = Facets(required=False, help_text="Alleen met facetten=ja.")


class Passages(FacetedPart):
    resultaten = items.PassageItem(many=True)


class Positions(FacetedPart):
    resultaten = items.PositionItem(many=True)


class Letters(FacetedPart):
    resultaten = items.LetterItem(many=True)


class Meetings(Part):
    resultaten = items.MeetingItem(many=True)


class Topics(Part):
    resultaten = items.TopicItem(many=True)


def facets(filtered: FilteredList) -> dict:
    """How many items each value of each filter would give under the other filters: as ``Facets`` says, which takes ten times as
    long to write the values of, and there may be thousands.
    """
    years = filtered.counts.values.get("jaar", {})
    return {
        "filters": [
            {"sleutel": facet.key, "naam": str(facet.label), "waarden": _values(facet)}
            for facet in options(filtered)
        ],
        "jaren": [{"jaar": int(year), "aantal": years[year]} for year in sorted(years, key=int)],
    }


def _values(facet: FacetOptions) -> list[dict]:
    return [
        {"waarde": value, "naam": str(label), "aantal": count, "gekozen": value in facet.chosen_values}
        for value, label, count in facet.rows()
    ]
