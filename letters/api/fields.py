"""What answers are made of: shapes, and in those values: addresses, words of a fixed list, what may be unknown (null, never "")."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from types import MethodType

from django.urls import reverse
from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


# How a row is answered; of a serializer what only writes. The framework asks of each value again what may be wrong with it, or
# given instead: half the time of an answer. (As a docstring this would describe every shape to programs.)
class Shape(serializers.Serializer):
    def to_representation(self, instance):
        answer = {}
        for name, path, field in self._values:
            value = _at(instance, path)
            answer[name] = None if value is None or value == "" else field.to_representation(value)
        return answer

    @cached_property
    def _values(self) -> list[tuple[str, list[str], serializers.Field]]:
        return [(name, field.source_attrs, field) for name, field in self.fields.items()]


def _at(row, path: list[str]):
    """What stands at a path of attributes, methods among them (``topics.all``); None when something on the way is."""
    for name in path:
        if row is None:
            return None
        row = getattr(row, name)
        if isinstance(row, MethodType):
            row = row()
    return row


@lru_cache(maxsize=100)
def answering(shape: type[Shape], origin: str = "") -> Shape:
    """What makes answers of rows, by ``to_representation``; made once, for it has hundreds of fields.

    ``origin``: of the site, as stands before the paths in addresses.
    """
    return shape(context={"origin": origin})


class Plain(serializers.Field):
    """A value that JSON has as it is."""

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
class Date(Plain):
    def to_representation(self, value):
        return value.isoformat()


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
