"""What is asked of the page of a letter: the list that one came from, under its filters, and at which of its items one is."""

import re

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from letters.filters import fields
from letters.filters.address import Address
from letters.filters.filtered_list import FilteredList
from letters.filters.form import FilterForm
from letters.filters.lists import LetterList, PassageList, PositionList
from letters.filters.query import Key
from letters.models import Letter, Paragraph, Position

LIST, HIT, MARKS = "lijst", "treffer", "markeringen"
LISTS: dict[str, type[FilteredList]] = {
    "zoeken": PassageList,
    "standpunten": PositionList,
    "brieven": LetterList,
}
NAMES = {of.route: name for name, of in LISTS.items()}
#: What a letter is asked without coming from a list.
OF_THE_LETTER = {LIST, MARKS, "ongecontroleerd"}

#: The anchor of a paragraph ("12", "12a", "0a" before the first), or the number of a position.
HIT_VALUE = re.compile(r"\d{1,12}[a-z]{0,11}", re.ASCII)


class HitField(fields.OneField):
    """The item of the list at which one is."""

    def known(self, values):
        return {value: fields.Choice(value, value, value) for value in values if HIT_VALUE.fullmatch(value)}

    def unknown(self, value):
        message = _now("“%(value)s” is geen treffer. Schrijf het nummer van een alinea (12a) of standpunt.")
        return fields.wrong(message, value)


class LetterForm(FilterForm):
    """Filters say something here only together with the list that they belong to."""

    def clean(self):
        cleaned = super().clean()
        if LIST in self.errors or cleaned[LIST]:
            return cleaned
        for key in [key for key, value in cleaned.items() if value and key not in OF_THE_LETTER]:
            message = _now("Dit hoort bij een lijst. Noem die erbij; mogelijk zijn: %(allowed)s.")
            allowed = ", ".join(f"{LIST}={name}" for name in LISTS)
            self.add_error(key, fields.wrong(message, "", allowed=allowed))
        return cleaned


class LetterQuery(FilteredList):
    """The keys of a list, without those of its parts and files; with ``lijst``, ``treffer`` and ``markeringen``."""

    pagina = format = None
    form_base = LetterForm
    lijst = Key(fields.WordField(LIST, {name: of.all_items for name, of in LISTS.items()}))
    treffer = Key(HitField(HIT))
    markeringen = Key(fields.WordField(MARKS, {"uit": _("zonder markeringen")}))

    @cached_property
    def came_from(self) -> FilteredList | None:
        """The list that one came from."""
        if not self.cleaned[LIST]:
            return None
        of = LISTS[self.cleaned[LIST].value]
        return of(cleaned={key: self.cleaned.get(key) for key in of.base_filters}, path=reverse(of.route))

    @property
    def hit(self) -> str:
        return self.cleaned[HIT].value if self.cleaned[HIT] else ""

    @property
    def shows_marks(self) -> bool:
        return not self.cleaned[MARKS]


class Trail:
    """The way from a list: addresses of letters that know from which list one came, and at which of its items one is.

    ``more``: what they keep beside that.
    """

    def __init__(self, filtered: FilteredList, more: tuple[tuple[str, str], ...] = ()):
        view = filtered.address.without("pagina")
        self.pairs = (*view.pairs, (LIST, NAMES[filtered.route]), *more)

    def to(self, item: Letter | Paragraph | Position) -> str:
        """The address of an item's letter, at its paragraph."""
        if isinstance(item, Letter):
            return Address(item.get_absolute_url(), self.pairs).url
        paragraph = item if isinstance(item, Paragraph) else item.paragraph
        hit = paragraph.anchor if item is paragraph else str(item.pk)
        url = Address(item.letter.get_absolute_url(), (*self.pairs, (HIT, hit))).url
        return f"{url}#al-{paragraph.anchor}" if paragraph.anchor else url

    def to_letter_of(self, paragraph: Paragraph) -> str:
        """The address of its letter, come from a list of letters, at this paragraph."""
        url = self.to(paragraph.letter)
        return f"{url}#al-{paragraph.anchor}" if paragraph.anchor else url
