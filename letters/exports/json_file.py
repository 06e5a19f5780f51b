"""JSON: one object with what the file is and all items, valid only once the last item is there."""

import datetime
import json
from collections.abc import Iterator

from django.utils.timezone import localtime

from letters import licence
from letters.exports import about
from letters.exports.columns import Value
from letters.exports.export import Export
from letters.exports.parts import joined


def write(export: Export) -> Iterator[bytes]:
    """Metadata, then the items one by one under the keys of their columns."""
    return joined(_texts(export))


def _texts(export: Export) -> Iterator[str]:
    yield '{"metadata": ' + _json(metadata(export)) + ',\n"items": ['
    between = "\n"
    for item in export.items():
        yield between + _json({column.key: plain(column.value(item, export)) for column in export.columns})
        between = ",\n"
    yield "\n]}\n"


def metadata(export: Export) -> dict:
    """What the file is. ``aantal`` is counted at the moment of which the items are."""
    remark = about.remark(export)
    return {
        "weergave": export.title,
        "lijst": export.list_name,
        **({"opmerking": remark} if remark else {}),
        "adres": export.address,
        "volgorde": export.order,
        "aantal": export.count,
        "ookNietNagekeken": export.shows_unchecked,
        "gemaakt": localtime(export.made_at).isoformat(timespec="seconds"),
        "licentie": {"omschrijving": licence.in_words(), "adres": licence.URL},
        "velden": [
            {"sleutel": column.key, "naam": str(column.name), "uitleg": str(column.explanation)}
            for column in export.columns
        ],
    }


def plain(value: Value) -> object:
    """A value as JSON has it: several as an array, a day or moment in ISO 8601."""
    if isinstance(value, datetime.datetime):
        return localtime(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, datetime.date) else value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
