"""Carry what people decided on a draft over to the letter that it turns out to be, or say what cannot be carried."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from letters.decisions.locking import Refused
from letters.decisions.text import correct_text
from letters.ingest.merge import is_blank
from letters.ingest.rows import plain
from letters.models import AgendaTopic, CommitmentMention, Letter, Paragraph, Position, Section
from letters.models.readings import MachineRead
from letters.parsing.folding import fold
from letters.parsing.sentences import Sentence, split_sentences

#: What a person decides about a position.
OF_A_POSITION = ["stance", "verb", "moment", "with_others", "status"]
#: Choices of a person in a section or paragraph that mean the same in another letter's section or paragraph.
OF_A_SECTION = {"heading", "kind", "level", "language", "is_hedged", "topics"}
OF_A_PARAGRAPH = {"text", "label", "is_question"}


def carry_decisions(draft: Letter, letter: Letter, *, by: User | None) -> None:
    """Give the letter all that people decided on the draft. Raises ``Refused``, naming everything that cannot be carried."""
    lost = [
        *_carry_fields(draft, letter),
        *_carry_people_and_meetings(draft, letter),
        *_carry_sections(draft, letter),
        *_carry_paragraphs(draft, letter),
        *_carry_positions(draft, letter, by),
        *_carry_mentions(draft, letter, by),
        *_agenda_topics_lost(draft),
    ]
    if lost:
        raise Refused(
            _(
                "Dit is in het concept beslist en past niet in “%(letter)s”: %(lost)s. Neem het eerst daar over of maak het in het "
                "concept ongedaan, en probeer het dan opnieuw. Er is niets veranderd."
            )
            % {"letter": letter, "lost": "; ".join(lost)}
        )
    for note in draft.notes.all():
        note.letter = letter
        note.save(update_fields=["letter"])
    letter.save()


def touched(row: MachineRead) -> dict:
    """The values of a row that a person chose: those that differ from what was read."""
    values = {}
    many = {field.name for field in row._meta.many_to_many}
    columns = {field.attname for field in row._meta.concrete_fields}
    for name, read in row.read.items():
        if name in many:
            current = sorted(getattr(row, name).values_list("pk", flat=True))
        elif name in columns:
            current = plain(getattr(row, name))
        else:
            continue
        if current != read:
            values[name] = current if name in many else getattr(row, name)
    return values


def _label(row: MachineRead, name: str) -> str:
    return str(row._meta.get_field(name.removesuffix("_id")).verbose_name)


def _carry_fields(draft: Letter, letter: Letter) -> list[str]:
    chosen = {name: value for name, value in touched(draft).items() if name != "meetings"}
    chosen |= {
        name: getattr(draft, name) for name in ("replaces_id", "supplements_id") if getattr(draft, name)
    }
    lost = []
    for name, value in chosen.items():
        held = getattr(letter, name)
        if held == value or value == letter.pk:
            continue
        if is_blank(held):
            setattr(letter, name, value)
        else:
            lost.append(_label(letter, name))
    return lost


def _carry_people_and_meetings(draft: Letter, letter: Letter) -> list[str]:
    lost = []
    signatories = [[row.name, row.office, row.signs] for row in draft.signatories.all()]
    if signatories != draft.read.get("signatories", []):
        held = [[row.name, row.office, row.signs] for row in letter.signatories.all()]
        if not held:
            draft.signatories.update(letter=letter)
        elif held != signatories:
            lost.append(_("bewindspersonen"))
    meetings = touched(draft).get("meetings")
    if meetings is not None:
        held = sorted(letter.meetings.values_list("pk", flat=True))
        if not held:
            letter.meetings.set(meetings)
        elif held != meetings:
            lost.append(_("bijeenkomsten"))
    return lost


def _carry_sections(draft: Letter, letter: Letter) -> list[str]:
    lost = []
    rows = list(letter.sections.all())
    for section in draft.sections.all():
        values = touched(section)
        if not values:
            continue
        heading = fold(section.read.get("heading", ""))
        same = [row for row in rows if fold(row.read.get("heading", row.heading)) == heading]
        if len(same) != 1 or not _carry_row(same[0], values, OF_A_SECTION):
            lost.append(_("onderdeel “%(heading)s”") % {"heading": section.title})
    return lost


def _carry_row(target: Section | Paragraph, values: dict, allowed: set[str]) -> bool:
    """Set values that a person chose elsewhere; False when one does not fit, or a person chose otherwise here."""
    here = touched(target)
    for name, value in values.items():
        is_many = isinstance(value, list)
        held = (
            sorted(getattr(target, name).values_list("pk", flat=True)) if is_many else getattr(target, name)
        )
        if held == value:
            continue
        if name not in allowed or name in here:
            return False
        if is_many:
            getattr(target, name).set(value)
        else:
            setattr(target, name, value)
    target.save()
    return True


def _carry_paragraphs(draft: Letter, letter: Letter) -> list[str]:
    lost = []
    rows: dict[str, list[Paragraph]] = {}
    for row in letter.paragraphs.all():
        rows.setdefault(fold(row.read.get("text", row.text)), []).append(row)
    for paragraph in draft.paragraphs.all():
        values = touched(paragraph)
        values.pop("marks", None)  # they follow the words
        if not values:
            continue
        same = rows.get(fold(paragraph.read.get("text", "")), [])
        previous = same[0].text if len(same) == 1 else ""
        if len(same) != 1 or not _carry_row(same[0], values, OF_A_PARAGRAPH):
            lost.append(_("alinea “%(text)s”") % {"text": paragraph.text[:60]})
        elif same[0].text != previous:
            correct_text(same[0], previous)
    return lost


def _agenda_topics_lost(draft: Letter) -> list[str]:
    """Agenda topics that only the draft has, and that a person changed or established something of."""
    own = AgendaTopic.objects.filter(read__letter=draft.pk, notes=None).exclude(
        pk__in=AgendaTopic.objects.filter(sections__letter__in=Letter.objects.exclude(pk=draft.pk))
    )
    return [
        _("agendapunt “%(heading)s”") % {"heading": row.heading}
        for row in own
        if touched(row) or row.absences.exists()
    ]


def _carry_positions(draft: Letter, letter: Letter, by: User | None) -> list[str]:
    lost = []
    places: dict[str, list[tuple[Paragraph, Sentence]]] = {}
    for paragraph in letter.paragraphs.all():
        for sentence in split_sentences(paragraph.text):
            places.setdefault(fold(sentence.text), []).append((paragraph, sentence))
    for position in draft.positions.select_related("paragraph"):
        if position.is_touched and not _carry_position(position, letter, places, by):
            lost.append(_("standpunt “%(sentence)s”") % {"sentence": position.sentence[:80]})
    return lost


def _carry_position(position: Position, letter: Letter, places: dict, by: User | None) -> bool:
    found = places.get(fold(position.sentence), [])
    if len(found) > 1 and position.paragraph is not None:
        text = fold(position.paragraph.text)
        found = [place for place in found if fold(place[0].text) == text]
    if len(found) > 1:
        return False
    if not found:
        if position.status != Position.Status.REJECTED:
            return False
        position.letter, position.paragraph = letter, None  # waits there for its words
        position.save()
        return True
    [(paragraph, sentence)] = found
    here = [
        row
        for row in letter.positions.filter(
            paragraph=paragraph, start__lt=sentence.end, end__gt=sentence.start
        )
        if row.stance == position.stance
        or (position.read and row.read.get("stance") == position.read.get("stance"))
    ]
    decided = [row for row in here if row.is_touched]
    if decided:
        return len(decided) == 1 and _agree(decided[0], position)
    for row in here[1:]:
        row.delete()
    if not here:
        position.letter, position.paragraph = letter, paragraph
        position.start, position.end, position.sentence = sentence.start, sentence.end, sentence.text
        position.save()
        return True
    _decide_like(here[0], position, by)
    return True


def _carry_mentions(draft: Letter, letter: Letter, by: User | None) -> list[str]:
    held = {fold(mention.sentence): mention for mention in letter.mentions.all()}
    lost = []
    for mention in draft.mentions.exclude(status=Position.Status.UNCHECKED):
        here = held.get(fold(mention.sentence))
        if here is None and mention.status == Position.Status.REJECTED:
            mention.letter, mention.paragraph = letter, None  # waits there for its words
            mention.save()
        elif here is None or (here.is_decided and not _decided_alike(here, mention)):
            lost.append(
                _("vermelding van een toezegging “%(sentence)s”") % {"sentence": mention.sentence[:80]}
            )
        elif not here.is_decided:
            here._history_user = mention.decided_by or by
            here.kind, here.status = mention.kind, mention.status
            here.decided_at, here.decided_by = mention.decided_at, mention.decided_by
            here.save()
    return lost


def _decided_alike(one: CommitmentMention, other: CommitmentMention) -> bool:
    return (one.kind, one.status) == (other.kind, other.status)


def _agree(held: Position, position: Position) -> bool:
    """Whether both were decided alike; then only notes and topics are added."""
    if any(getattr(held, name) != getattr(position, name) for name in OF_A_POSITION):
        return False
    held.topics.add(*position.topics.all())
    _move_notes(position, held)
    return True


def _decide_like(held: Position, position: Position, by: User | None) -> None:
    held._history_user = position.decided_by or by
    for name in [*OF_A_POSITION, "decided_at", "decided_by"]:
        setattr(held, name, getattr(position, name))
    held.save()
    held.topics.set(position.topics.all())
    _move_notes(position, held)


def _move_notes(source: Position, target: Position) -> None:
    for note in source.notes.all():
        note.position = target
        note.save(update_fields=["position"])
