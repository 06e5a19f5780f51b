"""The description of the API (OpenAPI): made from the serializers and queries that answer, finished with what holds for all."""

import copy
from functools import cache
from http import HTTPStatus

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers

from letters import licence
from letters.api import ROOT, VERSION, problems
from letters.api.parameters import parameters, path_parameters

TAGS = {
    "brieven": "Brieven van bewindspersonen aan het parlement, met hun tekst.",
    "passages": "De alinea's van die brieven.",
    "standpunten": "Zinnen waarin Nederland iets wil, vindt, doet of toezegt, in de woorden van de brief.",
    "bijeenkomsten": "Waar de brieven over gaan, met de inzet naast de uitkomst.",
    "onderwerpen": "De lijst van onderwerpen waarop brieven te vinden zijn.",
}
ABOUT = """\
Brieven van Nederlandse bewindspersonen aan het parlement over bijeenkomsten van de NAVO, met de Nederlandse standpunten daarin.
Alleen om te lezen, zonder sleutel, voor iedereen hetzelfde; dezelfde filters als de pagina's.

Een standpunt is een hele zin uit de brief. Wat niet door een mens is nagekeken, komt alleen mee met `ongecontroleerd=ja` en zegt
dat ook (`nagekeken: false`). Uitleg en voorbeelden: zie de documentatie."""


class WrongParameter(serializers.Serializer):
    """One thing that is wrong with the query string."""

    def get_fields(self):
        return {
            "in": serializers.ChoiceField(["query"]),
            "location": Location(),
            "code": serializers.ChoiceField(["onbekend", "leeg", "ongeldig"]),
            "detail": serializers.CharField(help_text="Wat er mis is, en wat wel kan."),
        }


class Location(serializers.Serializer):
    name = serializers.CharField(help_text="De sleutel.")


class Problem(serializers.Serializer):
    """RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()


class InvalidQuery(Problem):
    errors = WrongParameter(many=True, required=False, help_text="Alles wat er mis is.")


class Withdrawn(Problem):
    ingetrokkenOp = serializers.DateField(required=False)
    reden = serializers.CharField(required=False)


def documented_list(plural: str, query_class, part_class):
    return _documented(
        operation_id=f"{plural}Zoeken",
        summary=_("%(items)s zoeken") % {"items": plural.capitalize()},
        tags=[plural],
        parameters=parameters(query_class),
        responses={200: part_class, **_problems(404)},
    )


def documented_detail(
    singular: str, path: list[str], item_class, query_class, *, tag: str, moves=False, withdrawn=False
):
    statuses = [404, *([410] if withdrawn else [])]
    moved = (
        {301: OpenApiResponse(None, _("Het adres is veranderd: Location noemt het nieuwe."))} if moves else {}
    )
    return _documented(
        operation_id=f"{singular}Ophalen",
        summary=_("Een %(item)s ophalen") % {"item": singular},
        tags=[tag],
        parameters=[*path_parameters(*path), *parameters(query_class)],
        responses={200: item_class, **moved, **_problems(*statuses)},
    )


def _documented(**described):
    return extend_schema_view(get=extend_schema(**described))


def _problems(*statuses: int) -> dict:
    """What can go wrong at every address, and these."""
    bodies = {400: InvalidQuery, 410: Withdrawn}
    return {
        (str(status), problems.MEDIA_TYPE): OpenApiResponse(
            bodies.get(status, Problem), str(problems.TITLES[HTTPStatus(status)])
        )
        for status in [400, *statuses, 406, 500, 503]
    }


HEADERS = {
    "API-Version": {
        "description": "De versie van deze API.",
        "required": True,
        "schema": {"type": "string", "example": VERSION},
    }
}
LOCATION = {
    "Location": {"description": "Het adres van nu.", "schema": {"type": "string", "format": "uri-reference"}}
}


def finish(result: dict, generator, request, public) -> dict:
    """Post-processing of drf-spectacular: what holds for the whole, and for every answer."""
    result["info"] = {
        "title": "NAVO-brieven",
        "version": VERSION,
        "description": f"{ABOUT}\n\n{licence.in_words()}",
        "license": {"name": licence.NAME, "url": licence.URL},
    }
    result["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
    for path in result["paths"].values():
        for status, response in path["get"]["responses"].items():
            response["headers"] = HEADERS | (LOCATION if status == "301" else {})
    return result


@cache
def _description() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


def description(origin: str) -> dict:
    """The description of the API as it runs at ``origin`` ("https://brieven.example.nl")."""
    described = copy.copy(_description())
    documentation = f"{origin}{reverse('api-docs')}"
    described["info"] = described["info"] | {
        "contact": {"name": "Redactie NAVO-brieven", "url": documentation, "email": settings.CONTACT_EMAIL}
    }
    described["servers"] = [{"url": f"{origin}{ROOT}", "description": "Deze site"}]
    described["externalDocs"] = {"url": documentation, "description": "Uitleg, voorbeelden en wijzigingen"}
    return described
