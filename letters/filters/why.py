""" "Waarom dit resultaat?": for each row of a page, in sentences, what made it satisfy the words and the filters."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from letters import search
from letters.filters.choices import Choice
from letters.filters.filtered_list import FilteredList
from letters.filters.lists import PassageList
from letters.filters.topics import names_of_topics_below
from letters.filters.words import periods
from letters.languages import quoted, told_with
from letters.models import Letter, Paragraph, Position, Section

#: Filters that hold for the letter as a whole.
OF_LETTER = ("soort", "niveau", "bijeenkomst", "kamer", "bewindspersoon")
#: Filters that a passage satisfies, and its letter because of that.
OF_PASSAGE = ("q", "onderwerp", "standpunt", "moment", "sessie")
#: Words of a query that are explained one by one.
MOST_TERMS = 12


@dataclass(slots=True)
class _Row:
    """A row of a list: its item's key, and where the text and the labels of that come from."""

    key: int
    paragraph: int | None = None
    position: int | None = None
    section: Section | None = None
    headline: str = ""  # the text with the words marked, where that was read
    positions: Sequence[Position] = ()  # those by which it may be there
    reasons: list[str] = field(default_factory=list)


def reasons(filtered: FilteredList, items: Sequence) -> dict[int, list[str]]:
    """For each item of one page (passages, positions or letters), by its key, why it is there; {} for a list of everything.

    At most three queries, however many items; passages and positions are as ``with_context`` gives them. A letter's reasons
    are those of its first passage that satisfies everything (``passage``, as ``first_passages`` gives it), or that its subject
    holds the words.
    """
    asked = {key: value for key, value in filtered.cleaned.items() if value}
    if not asked.keys() - {"sorteer", "pagina", "ongecontroleerd"}:
        return {}
    rows = [_row(item) for item in items]
    if filtered.words:
        _tell_words(rows, filtered.words)
    if asked.get("onderwerp"):
        _tell_topics(rows, asked["onderwerp"])
    if asked.get("standpunt") or asked.get("moment"):
        _tell_positions(rows, filtered.cleaned)
    about_letters = [_of_letter(key, asked[key]) for key in OF_LETTER if asked.get(key)]
    about_letters += [_in_period(keys, label) for keys, label in periods(filtered.cleaned)]
    if asked.get("sessie"):
        about_letters.append(_one(_("Onderdeel van %(values)s"), asked["sessie"]))
    for row in rows:
        row.reasons += about_letters
    return {row.key: row.reasons for row in rows}


def first_passages(filtered: FilteredList, letters: Iterable[Letter]) -> dict[int, Paragraph]:
    """Of each letter, by its key, the first passage that satisfies the words and filters; {} when none is about passages."""
    if not any(filtered.cleaned[key] for key in OF_PASSAGE):
        return {}
    by_key = {letter.pk: letter for letter in letters}
    of_passages = filtered.with_choices({}, PassageList)
    keys = [passages[0] for passages in of_passages.in_letters(by_key).values() if passages]
    found = of_passages.still_public(Paragraph.objects.filter(pk__in=keys)).order_by()
    if filtered.words:
        found = found.annotate(headline=search.paragraph_headline(filtered.words))
    passages = found.select_related("section").with_positions(unchecked=filtered.shows_unchecked)
    first = {}
    for passage in passages.defer("search", "read", "marks", "section__read"):
        passage.letter = by_key[passage.letter_id]
        first[passage.letter_id] = passage
    return first


def _row(item) -> _Row:
    if isinstance(item, Position):
        return _Row(
            item.pk, item.paragraph_id, item.pk, item.paragraph.section, _headline(item), positions=[item]
        )
    passage = getattr(item, "passage", None) if isinstance(item, Letter) else item
    if passage is None:
        return _Row(item.pk)
    return _Row(
        item.pk, passage.pk, None, passage.section, _headline(passage), positions=passage.shown_positions
    )


def _headline(item) -> str:
    return getattr(item, "headline", "")


def _tell_words(rows: list[_Row], words: str) -> None:
    """Which words were found, in the form in which they stand there."""
    typed = search.parse_query(words)
    terms, excluded = typed.terms[:MOST_TERMS], search.counting(typed).excluded
    joined = search.joined_words(typed)[:MOST_TERMS]
    if len(terms) == 1 and typed == search.only(terms[0]) and all(row.headline for row in rows):
        forms = {row.key: [search.found_forms(row.headline)] for row in rows}  # where that one is marked
    else:
        forms = _forms(rows, [*terms, *joined])
    for row in rows:
        if row.paragraph is None and row.position is None:
            row.reasons.append(_("De woorden staan in het onderwerp van de brief"))
            continue
        found = forms.get(row.key, [])
        told = [_found(term, its) for term, its in zip(terms, found, strict=False) if its]
        by_themselves = {form for its in found[: len(terms)] for form in its}
        told += [
            _found(term, its)
            for term, its in zip(joined, found[len(terms) :], strict=False)
            if not by_themselves.issuperset(its)
        ]
        if told:
            row.reasons.append(told_with(_("Gevonden: %(words)s"), words=_listed(told)))
        if excluded:
            left_out = _listed([_in_marks(str(term)) for term in excluded])
            row.reasons.append(told_with(_("Zonder %(words)s"), words=left_out))


def _forms(rows: list[_Row], terms: list[search.Term]) -> dict[int, list[list[str]]]:
    """For each row, for each term, the words of the text that it found: one query for all."""
    if not terms:
        return {}
    names = [f"found_{number}" for number in range(len(terms))]
    if any(row.position for row in rows):
        keys = {row.position: row.key for row in rows}
        rows_with_text, headline = Position.objects, search.sentence_headline
    else:
        keys = {row.paragraph: row.key for row in rows if row.paragraph}
        rows_with_text, headline = Paragraph.objects, search.paragraph_headline
    headlines = {name: headline(search.only(term)) for name, term in zip(names, terms, strict=True)}
    found = rows_with_text.filter(pk__in=keys).annotate(**headlines).order_by().values_list("pk", *names)
    return {keys[pk]: [search.found_forms(text) for text in texts] for pk, *texts in found}


def _found(term: search.Term, forms: list[str]) -> SafeString:
    """ "“gaf” (gezocht: geven)", or the word alone where it stands as it was typed."""
    if term.is_phrase:
        return told_with(_("“%(phrase)s” bij elkaar"), phrase=quoted(term.text))
    shown = _listed([_in_marks(form) for form in forms])
    if all(form.lower() == term.text.lower() for form in forms):
        return shown
    return told_with(_("%(forms)s (gezocht: %(term)s)"), forms=shown, term=quoted(str(term)))


def _in_marks(words: str) -> SafeString:
    return format_html("“{}”", quoted(words))


def _listed(words: Iterable[str]) -> SafeString:
    return format_html_join(", ", "{}", ((one,) for one in words))


def _tell_topics(rows: list[_Row], chosen: Sequence[Choice]) -> None:
    """Through what a row has a topic: a position of its own, or the part of the letter that it stands in."""
    names = names_of_topics_below(choice.stored for choice in chosen)
    of_section, of_position = defaultdict(list), defaultdict(list)
    sections = {row.section.pk for row in rows if row.section}
    links = Section.topics.through.objects.filter(section__in=sections, topic__in=names)
    for section, topic in links.values_list("section_id", "topic_id"):
        of_section[section].append(topic)
    positions = [position.pk for row in rows for position in row.positions]
    own = Position.topics.through.objects.filter(position__in=positions, topic__in=names)
    for position, topic in own.values_list("position_id", "topic_id"):
        of_position[position].append(topic)
    for row in rows:
        told = [
            _by_position(names[topic], position.verb)
            for position in row.positions
            for topic in of_position[position.pk]
        ]
        if row.section and not (
            row.position and told
        ):  # a position's own topics stand in place of its section's
            told += [_by_section(names[topic], row.section) for topic in of_section[row.section.pk]]
        row.reasons += dict.fromkeys(told)


def _by_section(topic: str, section: Section) -> SafeString:
    words = _("Onderwerp %(topic)s: van het onderdeel “%(heading)s”")
    return told_with(words, topic=topic, heading=quoted(section.title, section.language))


def _by_position(topic: str, verb: str) -> SafeString:
    words = _("Onderwerp %(topic)s: van het standpunt “%(verb)s” zelf")
    return told_with(words, topic=topic, verb=quoted(verb))


def _tell_positions(rows: list[_Row], cleaned: dict) -> None:
    """The positions that have the chosen stance and moment."""
    stances, moments = ({choice.stored for choice in cleaned[key]} for key in ("standpunt", "moment"))
    for row in rows:
        told = [
            told_with(
                _("Standpunt: %(stance)s (“%(verb)s”), %(moment)s"),
                stance=position.get_stance_display(),
                verb=quoted(position.verb),
                moment=position.get_moment_display(),
            )
            for position in row.positions
            if (not stances or position.stance in stances) and (not moments or position.moment in moments)
        ]
        row.reasons += dict.fromkeys(told)


def _of_letter(key: str, chosen: Sequence[Choice]) -> str:
    sentences = {
        "soort": _("De brief is van de soort %(values)s"),
        "niveau": _("De brief gaat over een bijeenkomst van %(values)s"),
        "bijeenkomst": _("De brief gaat over: %(values)s"),
        "kamer": _("De brief is gestuurd aan de %(values)s"),
        "bewindspersoon": _("Een brief van %(values)s"),
    }
    return _one(sentences[key], chosen)


def _one(sentence: str, chosen: Sequence[Choice]) -> str:
    return sentence % {"values": _(" of ").join(choice.label for choice in chosen)}


def _in_period(keys: tuple[str, ...], label: str) -> str:
    if keys[0] == "van":
        return _("De bijeenkomst was in de gekozen periode: %(period)s") % {"period": label}
    return capfirst(_("datum van de %(period)s") % {"period": label})
