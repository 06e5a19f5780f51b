"""Whether two letters are one: add a draft to a letter as an edition, keep them apart, or let one replace the other."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from letters.decisions.carrying import carry_decisions, touched
from letters.decisions.locking import Refused, lock_letters
from letters.decisions.publication import discard_draft
from letters.ingest import one_at_a_time, write_reading
from letters.ingest.problems import SAME_LETTER
from letters.models import Edition, Letter, Position, Problem, Submission
from letters.parsing.markings import MARKING
from letters.parsing.revisions import REVISION


@transaction.atomic
def attach(draft: Letter, letter: Letter, *, by: User | None) -> Letter:
    """Add a draft's editions to a letter that is the same, with all that people decided on it; the draft is gone then.

    The letter keeps its text. Raises ``Refused`` when a decision on the draft does not fit the letter.
    """
    draft, letter = _hold(draft, letter)
    if draft.first_published_at is not None:
        raise Refused(
            _("“%(draft)s” is openbaar geweest en houdt haar eigen adres. Kies “vervangt” of “vult aan”.")
            % {"draft": draft}
        )
    letter._history_user = by
    carry_decisions(draft, letter, by=by)
    _carry_submissions(draft, letter)
    editions = list(draft.editions.all())
    Letter.objects.filter(pk=draft.pk).update(text_edition=None)
    draft.editions.update(letter=letter)
    draft.problems.filter(resolved_at__isnull=False).exclude(code=SAME_LETTER).update(letter=letter)
    _point_to(letter, draft)
    discard_draft(draft)
    if letter.text_edition_id is None and editions:
        letter.text_edition = editions[0]
        letter.save(update_fields=["text_edition"])
    for edition in editions:
        edition.letter = letter
        write_reading(edition, letter)
    letter.refresh_from_db()
    return letter


@transaction.atomic
def submit_to_other_chamber(draft: Letter, letter: Letter, *, by: User | None) -> Letter:
    """Add a draft to a letter with the same text, as its submission to the other chamber."""
    draft, letter = _hold(draft, letter)
    held = {submission.chamber for submission in letter.submissions.all()}
    free = [chamber for chamber in Submission.Chamber.values if chamber not in held]
    if "" in held or len(free) != 1:
        raise Refused(
            _(
                "Vul eerst bij “%(letter)s” in aan welke Kamer zij is aangeboden; één Kamer moet nog over zijn."
            )
            % {"letter": letter}
        )
    submission = draft.submissions.first() or Submission(letter=draft)
    if submission.chamber not in ("", free[0]):
        raise Refused(
            _(
                "Het concept is aan dezelfde Kamer aangeboden als de brief. Voeg het toe als editie, of houd ze apart."
            )
        )
    submission.chamber = free[0]
    submission._history_user = by
    submission.save()
    return attach(draft, letter, by=by)


@transaction.atomic
def keep_apart(draft: Letter, letter: Letter, *, by: User | None) -> None:
    """Say that two letters that look alike are two."""
    draft, letter = _hold(draft, letter)
    _settle(draft, letter, _("Een andere brief"), by)


@transaction.atomic
def replace(draft: Letter, letter: Letter, *, by: User | None) -> None:
    """Say that a letter takes the place of an earlier one; both stay, and each says so."""
    draft, letter = _hold(draft, letter)
    _relate(draft, letter, "replaces", by)
    _settle(draft, letter, _("Vervangt deze brief"), by)
    asked = draft.problems.open().filter(code=REVISION)
    asked.update(resolved_at=timezone.now(), resolved_by=by, resolution=str(letter)[:500])


@transaction.atomic
def supplement(draft: Letter, letter: Letter, *, by: User | None) -> None:
    """Say that a letter adds to an earlier one."""
    draft, letter = _hold(draft, letter)
    _relate(draft, letter, "supplements", by)
    _settle(draft, letter, _("Vult deze brief aan"), by)


@transaction.atomic
def supply_text(edition: Edition, *, by: User | None) -> Letter:
    """Let this edition's stored reading be the letter's text; anchors and decisions stay with their words.

    Raises ``Refused``, also when the text would be public at once although it carries a marking that nobody overrode.
    """
    one_at_a_time()
    lock_letters([edition.letter_id])
    edition = _still_there(edition)
    letter = edition.letter
    if letter.text_edition_id == edition.pk:
        raise Refused(_("Deze editie levert de tekst al."))
    if not any(section["paragraphs"] for section in edition.reading.get("sections", [])):
        raise Refused(_("In deze editie is geen tekst gelezen. Lees haar eerst opnieuw, of kies een andere."))
    if letter.is_public and (marking := _marking_of(edition)):
        raise Refused(
            _("“%(edition)s” levert de tekst nog niet. %(marking)s")
            % {"edition": edition, "marking": marking}
        )
    previous = letter.text_edition
    letter.text_edition = edition
    letter._history_user = by
    letter.save(update_fields=["text_edition"])
    write_reading(edition, letter)
    if previous is not None and previous.reading:
        previous.letter = letter
        write_reading(previous, letter)  # what it asked about its text is asked no more
    return letter


def _still_there(edition: Edition) -> Edition:
    """The edition as it is now, of the same letter: a colleague may have added it to another or thrown it away."""
    now = Edition.objects.select_related("letter").filter(pk=edition.pk, letter=edition.letter_id).first()
    if now is None:
        raise Refused(
            _(
                "Deze editie hoort niet meer bij deze brief: een ander heeft er intussen over beslist. Er is niets veranderd."
            )
        )
    return now


def _marking_of(edition: Edition) -> Problem | None:
    """A marking on this edition that keeps it from the public."""
    read = [
        problem["message"] for problem in edition.reading.get("problems", []) if problem["code"] == MARKING
    ]
    return edition.letter.problems.blocking().filter(message__in=read).first()


@dataclass(frozen=True, slots=True)
class TextChange:
    """What would change when another edition supplied the text. ``orphans``: sentences of positions that would be gone."""

    paragraphs_before: int
    paragraphs_after: int
    words_gone: int
    words_new: int
    anchors_retired: int
    orphans: tuple[str, ...]
    conflicts: tuple[str, ...]


def preview_text(edition: Edition, *, by: User | None) -> TextChange:
    """Do ``supply_text``, look what became of the letter, and undo it."""
    letter = edition.letter
    with transaction.atomic():
        before, anchors, orphans, asked = _state(letter)
        supply_text(edition, by=by)
        after, anchors_after, orphans_after, asked_after = _state(letter)
        transaction.set_rollback(True)
    old, new = (Counter(word for text in texts for word in text.split()) for texts in (before, after))
    return TextChange(
        paragraphs_before=len(before),
        paragraphs_after=len(after),
        words_gone=(old - new).total(),
        words_new=(new - old).total(),
        anchors_retired=len(anchors - anchors_after),
        orphans=tuple(sorted(orphans_after - orphans)),
        conflicts=tuple(sorted(asked_after - asked)),
    )


def _state(letter: Letter) -> tuple[list[str], set[str], set[str], set[str]]:
    paragraphs = letter.paragraphs.order_by("order", "id")
    orphans = letter.positions.filter(paragraph=None).exclude(status=Position.Status.REJECTED)
    asked = letter.problems.open().exclude(code="orphaned-position")
    return (
        list(paragraphs.values_list("text", flat=True)),
        set(paragraphs.exclude(anchor="").values_list("anchor", flat=True)),
        set(orphans.values_list("sentence", flat=True)),
        set(asked.values_list("message", flat=True)),
    )


def _hold(draft: Letter, letter: Letter) -> tuple[Letter, Letter]:
    """Both letters as they are now, held until the transaction ends."""
    one_at_a_time()
    lock_letters([draft.pk, letter.pk])
    held = Letter.objects.in_bulk([draft.pk, letter.pk])
    if draft.pk not in held or letter.pk not in held:
        raise Refused(
            _(
                "Een van de twee brieven is er niet meer: een ander heeft er intussen over beslist. Er is niets veranderd."
            )
        )
    if draft.pk == letter.pk:
        raise Refused(_("Dit is twee keer dezelfde brief. Kies een andere."))
    return held[draft.pk], held[letter.pk]


def _relate(draft: Letter, letter: Letter, field: str, by: User | None) -> None:
    if getattr(draft, f"{field}_id") not in (None, letter.pk):
        raise Refused(
            _(
                "Bij “%(draft)s” is al een andere brief ingevuld: “%(other)s”. Pas dat eerst aan op haar pagina."
            )
            % {"draft": draft, "other": getattr(draft, field)}
        )
    above, seen = letter, set()
    while above is not None and above.pk not in seen:
        if above.pk == draft.pk:
            raise Refused(
                _("“%(letter)s” komt zelf na “%(draft)s”. Kies andersom.")
                % {"letter": letter, "draft": draft}
            )
        seen.add(above.pk)
        above = getattr(above, field)
    setattr(draft, field, letter)
    draft._history_user = by
    draft.save(update_fields=[field])


def _settle(draft: Letter, letter: Letter, resolution: str, by: User | None) -> None:
    """Close what was asked about the two, on whichever of them: a decision may be taken either way round."""
    asked = Problem.objects.open().filter(
        Q(letter=draft, other_letter=letter) | Q(letter=letter, other_letter=draft)
    )
    asked.update(resolved_at=timezone.now(), resolved_by=by, resolution=resolution)


def _carry_submissions(draft: Letter, letter: Letter) -> None:
    """Move submissions to a chamber that the letter has none to; in others, keep what a person wrote or refuse."""
    held = {submission.chamber: submission for submission in letter.submissions.all()}
    written = letter.read.get("submission_editions", [])
    for submission in draft.submissions.all():
        by_hand = touched(submission) if submission.read else _filled(submission)
        twin = held.get(submission.chamber) or (held.get("") if len(held) == 1 else None)
        if submission.chamber and submission.chamber not in held and "" not in held:
            submission.letter = letter
            submission.save()
            written = [*written, submission.read.get("edition", draft.text_edition_id)]
        elif by_hand and twin is None:
            raise Refused(
                _("Vul eerst in aan welke Kamer het concept is aangeboden: “%(row)s”.") % {"row": submission}
            )
        elif by_hand:
            _carry_numbers(by_hand, twin, letter, submission)
    letter.remember({**letter.read, "submission_editions": list(dict.fromkeys(written))})


def _filled(submission: Submission) -> dict:
    names = ["chamber", "date", "reference", "paper_number", "dossiers", "session_year"]
    return {name: getattr(submission, name) for name in names if getattr(submission, name)}


def _carry_numbers(values: dict, twin: Submission, letter: Letter, submission: Submission) -> None:
    for name, value in values.items():
        held = getattr(twin, name)
        if held and held != value:
            raise Refused(
                _(
                    "Aanbieding: in het concept is “%(value)s” ingevuld en bij “%(letter)s” staat “%(held)s”. Maak ze eerst gelijk."
                )
                % {"value": value, "letter": letter, "held": held}
            )
        setattr(twin, name, value)
    Submission.objects.filter(pk=submission.pk).update(paper_number="")  # a number belongs to one row
    twin.save()


def _point_to(letter: Letter, draft: Letter) -> None:
    """Let what pointed at the draft point at the letter that it turned out to be."""
    for field in ("replaces", "supplements"):
        for row in Letter.objects.filter(**{field: draft}).exclude(pk=letter.pk):
            setattr(row, field, letter)
            row.save(update_fields=[field])
    asked = Problem.objects.filter(other_letter=draft)
    asked.filter(letter=letter).delete()
    already = Problem.objects.open().filter(code=SAME_LETTER, other_letter=letter).values("letter")
    asked.filter(code=SAME_LETTER, resolved_at=None, letter__in=already).delete()
    asked.update(other_letter=letter)
