"""What is asked of the comparison: two meetings, of each perhaps one kind of letter, and on which topics."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from letters.filters import choices, facets, fields
from letters.filters.lists import LetterList, PositionList
from letters.filters.query import FORMAT, Key, Query

FIRST, SECOND = "eerste", "tweede"
SIDES = (FIRST, SECOND)
FORMATS = {"docx": choices.FORMATS["docx"]}


class OneMeeting(fields.OneField, fields.RowsField):
    def __init__(self, name):
        message = _("Er is geen bijeenkomst “%(value)s”. Kies een bijeenkomst van de lijst.")
        super().__init__(name, find=choices.meeting_choices, message=message)


class OneKind(fields.OneField, fields.TableField):
    def __init__(self, name):
        super().__init__(name, choices.KINDS)


class ComparisonQuery(Query):
    """``side`` gives the lists of what stands on either side."""

    eerste = Key(OneMeeting(_("eerste bijeenkomst")))
    tweede = Key(OneMeeting(_("tweede bijeenkomst")))
    onderwerp = facets.topic()
    format = Key(fields.WordField(FORMAT, FORMATS))
    # Names that Python cannot spell as attributes.
    locals()["eerste-soort"] = Key(OneKind(_("soort brief, eerste kant")))
    locals()["tweede-soort"] = Key(OneKind(_("soort brief, tweede kant")))

    @property
    def is_complete(self) -> bool:
        return all(self.cleaned[side] for side in SIDES)

    @property
    def compares_itself(self) -> bool:
        """Whether both sides are the same letters."""
        first, second = (self.chosen(side) for side in SIDES)
        return self.is_complete and first == second

    def chosen(self, side: str) -> tuple[str, str]:
        """The values of a side in the address: of the meeting and of the kind of letter, "" for none."""
        return tuple(
            choice.value if choice else "" for choice in (self.cleaned[side], self.cleaned[f"{side}-soort"])
        )

    def anew(self) -> "ComparisonQuery":
        """The same comparison, of this moment."""
        return type(self)(cleaned=self.cleaned, path=self.path)

    @cached_property
    def on_topics(self) -> PositionList:
        """The checked positions on the chosen topics, of all meetings."""
        return PositionList.under(onderwerp=self.cleaned["onderwerp"])

    def positions(self, side: str) -> PositionList:
        return self.on_topics.with_choices(self._letters(side))

    def letters(self, side: str) -> LetterList:
        return self.on_topics.with_choices({"onderwerp": ()} | self._letters(side), LetterList)

    def _letters(self, side: str) -> dict:
        kind = self.cleaned[f"{side}-soort"]
        return {"bijeenkomst": (self.cleaned[side],), "soort": (kind,) if kind else ()}

    @property
    def topics_in_words(self) -> str:
        return str(_(" of ")).join(choice.label for choice in self.cleaned["onderwerp"])

    def in_words(self, side: str) -> str:
        """ "Verslag · NAVO-ministers van Buitenlandse Zaken, 23–24 maart 2021"."""
        parts = (self.cleaned[f"{side}-soort"], self.cleaned[side])
        text = " · ".join(str(choice.label) for choice in parts if choice)
        return text[:1].upper() + text[1:]
