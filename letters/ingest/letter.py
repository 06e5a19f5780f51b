"""Write what was read about the letter as a whole: its own fields, and who signs."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from letters.ingest.merge import NEVER_READ, is_blank, merge_value
from letters.ingest.rows import RowMerger
from letters.ingest.submissions import write_submission
from letters.models import Edition, Letter, Signatory
from letters.models.signatories import signatory_slug
from letters.parsing.parsed_letter import ParsedLetter, Problem
from letters.parsing.serialisation import from_json


def write_fields(letter: Letter, edition: Edition, parsed: ParsedLetter, merger: RowMerger) -> None:
    """Write what all editions together say of the letter, and what this edition says of its submission.

    The edition that supplies the text goes first; another gives only what those before it do not say.
    """
    readings = _readings(letter, edition, parsed, merger)
    merger.save(letter, letter_values(readings))
    _write_signatories(letter, readings, merger)
    write_submission(letter, edition, parsed, merger)


def letter_values(readings: Sequence[ParsedLetter]) -> dict:
    """The values of a letter's own fields from the readings of its editions, the most important one first."""
    merged: dict = {}
    for parsed in readings:
        found = {
            "kind": parsed.kind.value,
            "date": parsed.date,
            "subject": (parsed.subject or "")[:500],
            "language": parsed.language,
            "ministries": [parsed.ministry] if parsed.ministry else [],
            "department": (parsed.department or "")[:160],
        }
        merged |= {name: value for name, value in found.items() if is_blank(merged.get(name))}
    return merged


def _readings(
    letter: Letter, edition: Edition, parsed: ParsedLetter, merger: RowMerger
) -> list[ParsedLetter]:
    others = merger.stored(letter.editions.exclude(pk=edition.pk).exclude(reading={}))
    readings = {edition.pk: parsed} | {one.pk: from_json(one.reading) for one in others}
    return [readings[key] for key in sorted(readings, key=lambda key: (key != letter.text_edition_id, key))]


def _write_signatories(letter: Letter, readings: Sequence[ParsedLetter], merger: RowMerger) -> None:
    """The signatories are one value, the list: a person's correction of any of them keeps the whole list."""
    lists = [_signatories_read(parsed) for parsed in readings]
    new = next(filter(None, lists), [])
    rows = merger.stored(letter.signatories.all())
    current = [[row.name, row.office, row.signs] for row in rows]
    merged = merge_value(current, letter.read.get("signatories", NEVER_READ), new)
    if merged.conflict:
        merger.problems.append(
            Problem(
                code="conflict",
                field=f"letter:{letter.pk}:signatories",
                message=_(
                    "Bewindspersonen: u hebt “%(current)s”, de nieuwe lezing geeft “%(new)s”. "
                    "Uw keuze blijft staan; pas haar aan als de lezing gelijk heeft."
                )
                % {"current": _in_words(current), "new": _in_words(new)},
            )
        )
        return
    if merged.value != current:
        _replace_signatories(letter, rows, new)
        merger.changed = True
    letter.remember({**letter.read, "signatories": new})


def _signatories_read(parsed: ParsedLetter) -> list[list]:
    return [
        [(signatory.name or "")[:120], signatory.office[:160], signatory.signs]
        for signatory in parsed.signatories
    ]


def _replace_signatories(letter: Letter, rows: list[Signatory], signatories: list[list]) -> None:
    """Rows that stay a signatory's place stay: a clerk may have them on screen."""
    for row in rows[len(signatories) :]:
        row.delete()
    for row, (order, (name, office, signs)) in zip(rows, enumerate(signatories), strict=False):
        row.order, row.name, row.office, row.signs = order, name, office, signs
        row.save()
    Signatory.objects.bulk_create(
        Signatory(
            letter=letter,
            order=order,
            name=name,
            office=office,
            signs=signs,
            slug=signatory_slug(name, office),
        )
        for order, (name, office, signs) in list(enumerate(signatories))[len(rows) :]
    )


def _in_words(signatories: list[list]) -> str:
    return "; ".join(f"{name}, {office}" if name else office for name, office, _signs in signatories) or "–"
