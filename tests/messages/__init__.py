"""The catalogue of the English site: what the sources say in Dutch, and what is said for it. Without GNU gettext's programs.

``locale/en/LC_MESSAGES/django.po`` is for translators, ``django.mo`` beside it is what the site reads; both are committed.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
PO = ROOT / "locale/en/LC_MESSAGES/django.po"
MO = PO.with_suffix(".mo")
SOURCES = ("letters", "navo_site", "templates")

#: What our code calls gettext, with the arguments that are messages: as GNU gettext's --keyword.
KEYWORDS = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
COMMENTS = ["Translators:"]
WIDTH = 120

HEADER = """\
English of the site. Made by script/messages; only the msgstr are written by hand. British English, plain,
sentence case.

Words that are always the same:
  aanbieding        submission            kenmerk      reference
  agendapunt        agenda topic          motie        motion
  alinea            paragraph             nagekeken    checked
  beantwoording     answers to questions  onderwerp    topic
  bewindspersoon    minister              sessie       session
  bijeenkomst       meeting               soort brief  kind of letter
  brief             letter                standpunt    position
  geannoteerde agenda  annotated agenda   toelichting  note
  inbreng           contribution          toezegging   commitment
  inzet             intended position     uitkomst     outcome
  Kamer             House                 verslag      report
  Kamerstuk         parliamentary paper   voetnoot     footnote
Tweede Kamer is the House of Representatives, Eerste Kamer the Senate. Citations (Kamerstukken II …) stay Dutch:
they are the official form."""


class English(Catalog):
    """The catalogue as it is written: the same for the same strings, whenever that is done."""

    def __init__(self):
        comment = "\n".join(f"# {line}".rstrip() for line in HEADER.split("\n"))
        super().__init__(locale="en", header_comment=comment, fuzzy=False)

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", "en"),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def extracted() -> Catalog:
    """Every string of the sources, without translations."""
    catalog = Catalog(charset="utf-8")
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in {".py", ".html", ".txt"}:
                continue
            for _line, message, comments, context in _messages(path):
                name = path.relative_to(ROOT).as_posix()
                catalog.add(message, locations=[(name, None)], auto_comments=comments, context=context)
    return catalog


def _messages(path: Path) -> Iterator[tuple]:
    text = path.read_text()
    if path.suffix != ".py":
        # As Python: without the spaces in front, which would be blocks of it.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).split("\n"))
    for line, function, found, comments in extract_python(io.BytesIO(text.encode()), KEYWORDS, COMMENTS, {}):
        arguments = found if isinstance(found, tuple) else (found,)
        chosen = KEYWORDS[function] or (1,)
        places = [place[0] if isinstance(place, tuple) else place for place in chosen]
        if len(arguments) < max(places) or not all(arguments[place - 1] for place in places):
            continue  # of a variable: that is somewhere else a string
        context = arguments[0] if isinstance(chosen[0], tuple) else None
        words = tuple(arguments[place - 1] for place in places[context is not None :])
        yield line, words if len(words) > 1 else words[0], comments, context


def committed() -> Catalog:
    """The catalogue with its English, as it is kept."""
    if not PO.exists():
        return Catalog(locale="en", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def merged(sources: Catalog, kept: Catalog) -> Catalog:
    """The strings of the sources with the English that there is. Nothing is guessed, and what no source has goes."""
    catalog = English()
    for message in sorted((one for one in sources if one.id), key=_file):
        old = kept.get(message.id, message.context)
        words = old.string if old and not old.fuzzy and old.pluralizable == message.pluralizable else ""
        catalog.add(
            message.id,
            words,
            locations=message.locations,
            flags=message.flags,
            auto_comments=message.auto_comments,
            context=message.context,
        )
    return catalog


def _file(message: Message) -> str:
    """What belongs together stands together: in one file, in the order in which it was found."""
    return min(name for name, _line in message.locations)


def untranslated(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id and not is_translated(message)]


def is_translated(message: Message) -> bool:
    words = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(words) and all(words) and not message.fuzzy


def mistakes(catalog: Catalog) -> list[str]:
    """Translations with other placeholders than their string has."""
    return [f"{message.id!r}: {error}" for message, errors in catalog.check() for error in errors]


def as_po(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalog, width=WIDTH, ignore_obsolete=True, include_lineno=False)
    return file.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()
