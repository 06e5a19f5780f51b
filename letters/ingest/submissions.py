"""Write to which chamber a letter was submitted, and under which numbers."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from letters.ingest.rows import RowMerger
from letters.models import Edition, Letter, Submission
from letters.parsing.parsed_letter import ParsedLetter, Problem

CHAMBERS = {"Tweede Kamer": Submission.Chamber.HOUSE, "Eerste Kamer": Submission.Chamber.SENATE}


def write_submission(letter: Letter, edition: Edition, parsed: ParsedLetter, merger: RowMerger) -> None:
    """Write what one edition says about its submission.

    The same letter goes to both chambers in an edition each, so a submission remembers in ``read["edition"]`` whose
    reading it is: that edition may correct it, another only adds what is missing. ``letter.read`` remembers which
    editions were written, so that a submission which a person deleted does not come back.
    """
    values = {
        "chamber": str(CHAMBERS.get(parsed.chamber or "", "")),
        "reference": (parsed.reference or "")[:120],
        "paper_number": parsed.paper or "",
        "dossiers": list(parsed.dossiers),
        "session_year": parsed.session_year or "",
    }
    written = letter.read.get("submission_editions", [])
    rows = merger.stored(letter.submissions.all())
    submission = _submission_of(edition, rows, values, letter)
    if not any(values.values()) and submission is None:
        return
    if submission is None and written and (edition.pk in written or _was_deleted(letter, values)):
        return
    if submission is None:
        submission = Submission(letter=letter, read={"edition": edition.pk})
    others = [row for row in rows if row.pk != submission.pk]
    if values["chamber"] and any(row.chamber == values["chamber"] for row in others):
        merger.problems.append(_chamber_taken(submission, values["chamber"]))
        return
    values["paper_number"] = _free_paper_number(submission, values["paper_number"], merger)
    if submission.pk is None or _owner(submission, letter) in (None, edition.pk):
        merger.save(submission, values)
        if "edition" not in submission.read:
            submission.remember({**submission.read, "edition": edition.pk})
    else:
        _fill(submission, values, merger)
    if edition.pk not in written:
        letter.remember({**letter.read, "submission_editions": [*written, edition.pk]})


def _was_deleted(letter: Letter, values: dict) -> bool:
    """Whether a person took this very submission off the letter before, whatever it said by then.

    One without any number is the one to its chamber: it says nothing that makes it another.
    """
    gone = Submission.history.filter(letter=letter, history_type="-").values("id")
    ever = Submission.history.filter(id__in=gone, chamber=values["chamber"])
    numbers = [{name: values[name]} for name in ("reference", "paper_number") if values[name]] or [{}]
    return any(ever.filter(**number).exists() for number in numbers)


def _owner(submission: Submission, letter: Letter) -> int | None:
    """The edition whose reading this submission is; ``None`` when a person made it."""
    return submission.read.get("edition", letter.text_edition_id) if submission.read else None


def _submission_of(
    edition: Edition, rows: Sequence[Submission], values: dict, letter: Letter
) -> Submission | None:
    """The edition's own submission, else the one with the same number or chamber, else one whose chamber is unknown."""
    own = [row for row in rows if _owner(row, letter) == edition.pk]
    number, chamber = values["paper_number"], values["chamber"]
    same = [row for row in rows if number and row.paper_number == number]
    same = same or [row for row in rows if row.chamber == chamber]
    same = same or [row for row in rows if not row.chamber]
    if not (own or same) and not chamber and len(rows) == 1:
        same = list(rows)
    return next(iter(own or same), None)


def _fill(submission: Submission, values: dict, merger: RowMerger) -> None:
    """Add what the submission does not have, nor ever had: what a person emptied stays empty."""
    blank = {name: value for name, value in values.items() if value and not getattr(submission, name)}
    had = submission.history.all()
    new = {
        name: value
        for name, value in blank.items()
        if not had.exclude(**{name: [] if isinstance(value, list) else ""}).exists()
    }
    for name, value in new.items():
        setattr(submission, name, value)
    if new:
        submission.save()
        merger.changed = True


def _chamber_taken(submission: Submission, chamber: str) -> Problem:
    return Problem(
        code="chamber-taken",
        field="submissions",
        message=_(
            "De lezing geeft nu de %(chamber)s, maar daarvoor heeft deze brief al een andere aanbieding. "
            "Wijzig de aanbiedingen zelf als dat niet klopt; “%(submission)s” bleef zoals zij was."
        )
        % {"chamber": Submission.Chamber(chamber).label, "submission": submission},
    )


def _free_paper_number(submission: Submission, number: str, merger: RowMerger) -> str:
    """The paper's number, unless another submission has it: a number belongs to one, so a person must look."""
    if not number:
        return number
    same = Submission.objects.filter(paper_number=number).exclude(pk=submission.pk)  # a number is unique
    other = next(iter(same.order_by().select_related("letter")), None)
    if other is None:
        return number
    if other.letter_id == submission.letter_id:
        message = _("Het nummer %(number)s staat al bij een andere aanbieding van deze brief: “%(other)s”.")
    else:
        message = _(
            "Dit lijkt %(number)s te zijn, maar dat nummer heeft “%(other)s” al. Vergelijk beide: is het dezelfde "
            "brief, voeg dit concept daar dan als editie toe; is dit een herdruk, leg dan vast dat deze de andere vervangt."
        )
    shown = other if other.letter_id == submission.letter_id else other.letter
    merger.problems.append(
        Problem(
            code="paper-number-taken",
            field="submissions",
            message=message % {"number": number, "other": shown},
        )
    )
    return ""
