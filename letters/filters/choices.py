"""What may stand in the query string: for each key its values, with the words and the stored value behind them."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from letters.languages import Words
from letters.models import Letter, Level, Meeting, Position, Signatory, Submission


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter: as it stands in the address, in words, and as the database keeps it."""

    value: str
    label: str
    stored: object


KINDS = {
    "geannoteerde-agenda": Letter.Kind.ANNOTATED_AGENDA,
    "beantwoording": Letter.Kind.COMMITTEE_ANSWERS,
    "verslag": Letter.Kind.REPORT,
    "andere-brief": Letter.Kind.OTHER,
}
STANCES = {
    "steunt": Position.Stance.SUPPORT,
    "wijst-af": Position.Stance.OPPOSE,
    "roept-op": Position.Stance.CALL,
    "zorg": Position.Stance.CONCERN,
    "veroordeelt": Position.Stance.CONDEMNATION,
    "stelt-voor": Position.Stance.PROPOSAL,
    "vindt": Position.Stance.VIEW,
    "doet": Position.Stance.ACTION,
    "zegt-toe": Position.Stance.PROMISE,
}
MOMENTS = {
    "voorgenomen": Position.Moment.PLANNED,
    "ingebracht": Position.Moment.DELIVERED,
    "gesteld": Position.Moment.STATED,
}
LEVELS = {level.value: level for level in Level}
CHAMBERS = {chamber.value: chamber for chamber in Submission.Chamber}
NEWEST, OLDEST, RELEVANCE = "nieuwste", "oudste", "relevantie"
#: Files of a whole view: ``letters.exports`` has how each is written.
FORMATS = {
    "docx": "Word",
    "xlsx": "Excel",
    "csv": "CSV",
    "json": "JSON",
    "ris": "RIS",
    "bib": "BibTeX",
    "csl": "CSL-JSON",
}
ORDERS = {NEWEST: _("Nieuwste eerst"), OLDEST: _("Oudste eerst"), RELEVANCE: _("Relevantste eerst")}

_KEY_OF = {member: key for table in (KINDS, STANCES, MOMENTS) for key, member in table.items()}


def key_of(member) -> str:
    """The word that stands for a kind, stance or moment in addresses."""
    return _KEY_OF[member]


def meeting_choices(slugs) -> dict[str, Choice]:
    return {
        meeting.slug: Choice(meeting.slug, meeting.name, meeting.pk)
        for meeting in Meeting.objects.public().filter(slug__in=slugs)
    }


def signatory_choices(slugs) -> dict[str, Choice]:
    return {slug: Choice(slug, name, slug) for slug, name in signatory_names(slugs).items()}


def signatory_names(slugs=None) -> dict[str, str]:
    """Of those who signed a public letter, or of these of them: slug to name, as it was written last."""
    signed: QuerySet[Signatory] = Signatory.objects.filter(letter__in=Letter.objects.public())
    if slugs is not None:
        signed = signed.filter(slug__in=list(slugs))
    rows = signed.order_by("slug", "-pk").distinct("slug")
    return {signatory.slug: signatory.name or Words(signatory.office, "nl") for signatory in rows}


def day_choice(text: str, *, last: bool) -> Choice | None:
    """A year or a day; as the end of a period (``last``) a year means its last day. None when it is neither."""
    try:
        if len(text) == 4 and text.isascii() and text.isdecimal():
            day = datetime.date(int(text), 12, 31) if last else datetime.date(int(text), 1, 1)
        elif len(text) == 10:
            day = datetime.date.fromisoformat(text)
        else:
            return None
    except ValueError:
        return None
    whole_year = (day.month, day.day) == ((12, 31) if last else (1, 1))
    value = f"{day.year:04}" if whole_year else day.isoformat()
    return Choice(value, value, day)
