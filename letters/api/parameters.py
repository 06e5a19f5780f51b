"""The keys of a query as the description of the API tells them: read off the fields that read them."""

from django.forms import Field
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from letters.api import queries
from letters.api.keys import keys
from letters.filters import Query, fields

#: A year from 0001 to 9999: "2021".
YEAR = r"^(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])$"

SLUG = r"^[-a-zA-Z0-9_]+$"

#: Of keys whose values are not a fixed list: values that the samples have.
EXAMPLES = {
    "onderwerp": "oekraine",
    "valtOnder": "oekraine",
    "bijeenkomst": "2023-11-28-navo-buitenlandse-zaken",
    "bewindspersoon": "stef-blok",
    "q": "luchtverdediging",
    "van": "2021",
    "tot": "2023-11-29",
    "briefdatumVan": "2021",
    "briefdatumTot": "2023-11-29",
    "sessie": 1,
}


#: What stands in an address for one thing: the name, the words, an example, and the pattern that addresses have.
IN_PATH = {
    "brief": ("Het id van de brief.", "2021-04-01-verslag-navo-buitenlandse-zaken", SLUG),
    "anker": ("Het nummer van de alinea.", "1", SLUG),
    "id": ("Het id van het standpunt.", 1, None),
    "bijeenkomst": ("Het id van de bijeenkomst.", "2023-11-28-navo-buitenlandse-zaken", SLUG),
    "onderwerp": ("Het id van het onderwerp.", "oekraine", SLUG),
}


def path_parameters(*names: str) -> list[OpenApiParameter]:
    return [_path_parameter(name, *IN_PATH[name]) for name in names]


def _path_parameter(name: str, words: str, example, pattern: str | None) -> OpenApiParameter:
    schema = {"type": "string", "pattern": pattern} if pattern else {"type": "integer", "minimum": 1}
    examples = [OpenApiExample(name, value=example)]
    return OpenApiParameter(name, schema, OpenApiParameter.PATH, description=words, examples=examples)


def parameters(query_class: type[Query]) -> list[OpenApiParameter]:
    return [
        _parameter(key, query_class.base_filters[page_key].field)
        for key, page_key in keys(query_class).items()
    ]


def _parameter(key: str, field: Field) -> OpenApiParameter:
    schema = _schema(field)
    several = schema.get("type") == "array"
    example = EXAMPLES.get(key)
    return OpenApiParameter(
        key,
        schema,
        description=description(field),
        examples=[OpenApiExample(key, value=[example] if several else example)] if example else [],
        **({"style": "form", "explode": True} if several else {}),
    )


def description(field: Field) -> str:
    label = capfirst(str(field.label))
    if isinstance(field, fields.DayField):
        return _("%(label)s: een jaar (2021) of een dag (2021-06-14).") % {"label": label}
    if isinstance(field, fields.WordField):
        words = ", ".join(f"{word} ({meaning})" for word, meaning in field.words.items())
        return f"{label}: {words}."
    if isinstance(field, fields.OneField):
        return f"{label}."
    return _("%(label)s. Herhaal de sleutel voor meer waarden: een ervan volstaat.") % {"label": label}


def _schema(field: Field) -> dict:
    if isinstance(field, queries.PageSizeField):
        return {
            "type": "integer",
            "minimum": 1,
            "maximum": queries.MAX_PAGE_SIZE,
            "default": queries.PAGE_SIZE,
        }
    if isinstance(field, fields.PageField):
        return {"type": "integer", "minimum": 1, "maximum": 999_999_999, "default": 1}
    if isinstance(field, fields.DayField):
        return {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "pattern": YEAR}]}
    if isinstance(field, fields.WordsField):
        return {"type": "string", "minLength": 1, "maxLength": fields.MAX_WORDS}
    if isinstance(field, fields.WordField):
        return {"type": "string", "enum": list(field.words)}
    return {"type": "array", "items": _item(field), "maxItems": fields.MAX_VALUES}


def _item(field: Field) -> dict:
    if isinstance(field, fields.TableField):
        return {"type": "string", "enum": list(field.table)}
    if isinstance(field, fields.NumbersField):
        return {"type": "integer", "minimum": 1, "maximum": 99}
    return {"type": "string", "minLength": 1}
