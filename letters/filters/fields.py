"""The fields of the filter form. Each gives choices with their words, and says in Dutch what is wrong and what is allowed."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from letters.filters.choices import Choice, day_choice
from letters.search import parse_query

MAX_WORDS = 300  # characters of q
MAX_TERMS = 50  # words in q: each costs the database a look in its index
MAX_VALUES = 100  # of one filter at a time
MAX_SHOWN = 60  # characters of a wrong value that are repeated on the page

# What PostgreSQL takes for a word, or about: "F-16’s" is three.
TERM = re.compile(r"\w+")


def wrong(key_message: str, value: str, **words) -> ValidationError:
    """What is wrong with one value of a key, or ("") with all its values together."""
    shown = value if len(value) <= MAX_SHOWN else value[:MAX_SHOWN] + "…"
    return ValidationError(
        key_message, code="wrong", params={"value": shown.replace("\0", "�"), "whole": value, **words}
    )


class ValuesField(forms.Field):
    """Any number of values. ``clean`` gives a tuple of choices; a value that is not known is an error of its own."""

    widget = forms.SelectMultiple

    def __init__(self, name, **options):
        super().__init__(required=False, label=name, **options)

    def __deepcopy__(self, memo):
        """A form copies its fields, lest one request change those of another. These are never changed."""
        return self

    def clean(self, value) -> tuple[Choice, ...]:
        given = list(dict.fromkeys(one for one in value or [] if one))
        if len(given) > MAX_VALUES:
            message = _(
                "Het filter %(name)s heeft hier %(number)s waarden. Mogelijk zijn er hooguit %(most)s tegelijk."
            )
            raise wrong(message, "", name=str(self.label), number=len(given), most=MAX_VALUES)
        broken = {one for one in given if "\0" in one}
        known = self.known([one for one in given if one not in broken])
        errors = [self.unknown(one) for one in given if one not in known]
        if errors:
            raise ValidationError(errors)
        return tuple({known[one].value: known[one] for one in given}.values())

    def known(self, values: list[str]) -> dict[str, Choice]:
        """The choices for those of the values that are allowed, in a constant number of queries."""
        raise NotImplementedError

    def unknown(self, value: str) -> ValidationError:
        raise NotImplementedError

    def address_values(self, cleaned) -> list[str]:
        return [choice.value for choice in cleaned]


class TableField(ValuesField):
    """Values of a fixed table, from the word in the address to a member of a model's choices."""

    def __init__(self, name, table, **options):
        super().__init__(name, **options)
        self.table = table

    def known(self, values):
        return {
            value: Choice(value, str(self.table[value].label), self.table[value].value)
            for value in values
            if value in self.table
        }

    def unknown(self, value):
        message = _("“%(value)s” is geen waarde van het filter %(name)s. Wel mogelijk: %(allowed)s.")
        return wrong(message, value, name=str(self.label), allowed=", ".join(self.table))


class RowsField(ValuesField):
    """Values that are rows of the database; ``find`` maps addresses to choices."""

    def __init__(self, name, find, message, **options):
        super().__init__(name, **options)
        self.find, self.message = find, message

    def known(self, values):
        return self.find(values) if values else {}

    def unknown(self, value):
        return wrong(str(self.message), value)


class NumbersField(ValuesField):
    """Whole numbers from 1 to 99."""

    def known(self, values):
        numbers = {
            value: int(value)
            for value in values
            if value.isascii() and value.isdecimal() and len(value) <= 4 and 1 <= int(value) <= 99
        }
        return {
            value: Choice(str(number), _("Sessie %(number)s") % {"number": number}, number)
            for value, number in numbers.items()
        }

    def unknown(self, value):
        return wrong(_("“%(value)s” is geen nummer van een sessie. Wel mogelijk: 1 tot en met 99."), value)


class OneField(ValuesField):
    """At most one value. ``clean`` gives a choice or None."""

    def clean(self, value):
        choices = super().clean(value)
        if len(choices) > 1:
            message = _("Het filter %(name)s kan maar één waarde hebben; hier staan er meer.")
            raise wrong(message, choices[-1].value, name=str(self.label))
        return choices[0] if choices else None

    def address_values(self, cleaned):
        return [cleaned.value] if cleaned else []


class WordField(OneField):
    """One word of a fixed list."""

    def __init__(self, name, words, **options):
        super().__init__(name, **options)
        self.words = words

    def known(self, values):
        return {
            value: Choice(value, str(self.words[value]), value) for value in values if value in self.words
        }

    def unknown(self, value):
        message = _("“%(value)s” is geen waarde van %(name)s. Wel mogelijk: %(allowed)s.")
        return wrong(message, value, name=str(self.label), allowed=", ".join(self.words))


class DayField(OneField):
    """A year or a day; with ``last`` a year means its last day."""

    def __init__(self, name, *, last, **options):
        super().__init__(name, **options)
        self.last = last

    def known(self, values):
        days = {value: day_choice(value.strip(), last=self.last) for value in values}
        return {value: choice for value, choice in days.items() if choice}

    def unknown(self, value):
        message = _("“%(value)s” is geen datum. Schrijf een jaar (2021) of een dag (2021-06-14).")
        return wrong(message, value)


class PageField(OneField):
    def known(self, values):
        return {
            value: Choice(str(int(value)), value, int(value))
            for value in values
            if value.isascii() and value.isdecimal() and len(value) <= 9 and int(value) > 0
        }

    def unknown(self, value):
        return wrong(_("“%(value)s” is geen bladzijde. Schrijf een getal vanaf 1."), value)


class WordsField(OneField):
    """What is searched for, with its white space folded; None when there is no word in it."""

    def known(self, values):
        folded = {value: " ".join(value.split()) for value in values}
        return {
            value: Choice(text, f"“{text}”", text)
            for value, text in folded.items()
            if len(text) <= MAX_WORDS and len(TERM.findall(text)) <= MAX_TERMS
        }

    def clean(self, value):
        words = super().clean(value)
        return words if words and parse_query(words.value) else None

    def unknown(self, value):
        if "\0" in value:
            return wrong(_("De zoekvraag bevat een teken dat niet in tekst kan staan."), value)
        length, terms = len(" ".join(value.split())), len(TERM.findall(value))
        if length > MAX_WORDS:
            message = _(
                "De zoekvraag telt %(length)s tekens. Mogelijk zijn er hooguit %(most)s: zoek op minder woorden."
            )
            return wrong(message, value, length=length, most=MAX_WORDS)
        message = _(
            "De zoekvraag telt %(length)s woorden. Mogelijk zijn er hooguit %(most)s: laat woorden weg die overal staan."
        )
        return wrong(message, value, length=terms, most=MAX_TERMS)
