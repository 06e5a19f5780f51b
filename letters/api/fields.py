"""The kinds of values in answers: addresses, words of a fixed list, and what may be unknown (null, never "")."""

from collections.abc import Callable
from functools import lru_cache

from django.urls import reverse
from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class Plain(serializers.Field):
    """A value that JSON has as it is."""

    def get_attribute(self, instance):
        value = super().get_attribute(instance)
        return None if value == "" else value

    def to_representation(self, value):
        return value


@extend_schema_field({"type": "string"})
class Text(Plain):
    def to_representation(self, value):
        return str(value)  # what is translated is a string only then


@extend_schema_field({"type": "integer"})
class Number(Plain):
    pass


@extend_schema_field({"type": "number", "minimum": 0, "maximum": 1})
class Share(Plain):
    pass


@extend_schema_field({"type": "boolean"})
class YesOrNo(Plain):
    pass


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class Texts(Plain):
    pass


@extend_schema_field({"type": "string", "format": "date"})
class Day(Plain):
    """The day, here, on which something was done."""

    def to_representation(self, value):
        return localdate(value).isoformat()


class Word(serializers.ChoiceField):
    """A value of the database as the word that stands for it in addresses; ``table`` maps words to values."""

    def __init__(self, table: dict, **options):
        super().__init__(choices=list(table), **options)
        self.words = {str(value): word for word, value in table.items()}

    def get_attribute(self, instance):
        value = super().get_attribute(instance)
        return None if value == "" else value

    def to_representation(self, value):
        return self.words[str(value)]


def page_path(row) -> str:
    return row.get_absolute_url()


@extend_schema_field({"type": "string", "format": "uri"})
class Url(serializers.Field):
    """An absolute address. ``path`` gives from the row its path on this site, a whole address, or "" for none."""

    def __init__(self, path: Callable[[object], str] = page_path, **options):
        super().__init__(source="*", **options)
        self.path = path

    def to_representation(self, row):
        path = self.path(row)
        return f"{self.context['origin']}{path}" if path.startswith("/") else path or None


def api_path(route: str, *arguments: str) -> Callable[[object], str]:
    """The address in the API of a row, from these attributes of it."""
    return lambda row: reversed_path(route, *[getattr(row, name) for name in arguments])


@lru_cache(maxsize=10_000)
def reversed_path(route: str, *arguments: str | int) -> str:
    """The path of an address of the API. An answer has hundreds, of which most more than once."""
    return reverse(f"api:{route}", args=arguments)
