"""Write what was read about the letter as a whole: its own fields, and who signs."""

from django.utils.translation import gettext as _

from letters.ingest.merge import NEVER_READ, merge_value
from letters.ingest.rows import RowMerger
from letters.ingest.submissions import write_submission
from letters.models import Edition, Letter, Signatory
from letters.parsing.parsed_letter import ParsedLetter, Problem


def write_fields(letter: Letter, edition: Edition, parsed: ParsedLetter, merger: RowMerger) -> None:
    merger.save(
        letter,
        {
            "kind": parsed.kind.value,
            "date": parsed.date,
            "subject": (parsed.subject or "")[:500],
            "language": parsed.language,
            "ministries": [parsed.ministry] if parsed.ministry else [],
            "department": (parsed.department or "")[:160],
        },
    )
    _write_signatories(letter, parsed, merger)
    write_submission(letter, edition, parsed, merger)


def fill_blanks(letter: Letter, edition: Edition, parsed: ParsedLetter, merger: RowMerger) -> None:
    """Take from another edition only what the letter does not have yet: its date, its numbers, who signed.

    What the text edition read (``letter.read``) stays, so that reading it again does not take this away.
    """
    found = {
        "date": parsed.date,
        "subject": (parsed.subject or "")[:500],
        "department": (parsed.department or "")[:160],
        "ministries": [parsed.ministry] if parsed.ministry else [],
    }
    blank = {name: value for name, value in found.items() if value and not getattr(letter, name)}
    for name, value in blank.items():
        setattr(letter, name, value)
    if blank:
        letter.save()
        merger.changed = True
    if parsed.signatories and not letter.signatories.exists():
        _replace_signatories(letter, _signatories_read(parsed), merger)
    write_submission(letter, edition, parsed, merger)


def _signatories_read(parsed: ParsedLetter) -> list[list]:
    return [
        [(signatory.name or "")[:120], signatory.office[:160], signatory.signs]
        for signatory in parsed.signatories
    ]


def _write_signatories(letter: Letter, parsed: ParsedLetter, merger: RowMerger) -> None:
    """The signatories are one value, the list: a person's correction of any of them keeps the whole list."""
    new = _signatories_read(parsed)
    current = [[row.name, row.office, row.signs] for row in letter.signatories.all()]
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
        _replace_signatories(letter, new, merger)
    if letter.read.get("signatories") != new:
        letter.read = {**letter.read, "signatories": new}
        letter.save(update_fields=["read"])


def _replace_signatories(letter: Letter, signatories: list[list], merger: RowMerger) -> None:
    letter.signatories.all().delete()
    for order, (name, office, signs) in enumerate(signatories):
        Signatory.objects.create(letter=letter, order=order, name=name, office=office, signs=signs)
    merger.changed = True


def _in_words(signatories: list[list]) -> str:
    return "; ".join(f"{name}, {office}" if name else office for name, office, _signs in signatories) or "–"
