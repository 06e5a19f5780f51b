"""The queue of the checking desk: what is to be decided about a letter, beside its text, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from django.contrib.auth.models import User
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from letters import decisions
from letters.admin.checking_text import marked
from letters.admin.problems import fix_url
from letters.models import Letter, Paragraph, Position, Problem, Section

OF_A_POSITION = "position:"


@cache
def options(field: str, chosen: str, language: str) -> SafeString:
    """The options of a select, once for all cards (a letter may have hundreds); stances carry the key that chooses them."""
    choices = Position.Stance.choices if field == "stance" else Position.Moment.choices
    return format_html_join(
        "",
        '<option value="{}"{}>{}{}</option>',
        (
            (
                value,
                mark_safe(" selected") if value == chosen else "",
                f"{key} " if field == "stance" else "",
                label,
            )
            for key, (value, label) in enumerate(choices, 1)
        ),
    )


@dataclass
class Card:
    """One position in the queue."""

    position: Position
    section: Section | None
    problems: list[Problem] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"standpunt-{self.position.pk}"

    @property
    def is_orphan(self) -> bool:
        return self.position.paragraph_id is None

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look at it."""
        status = self.position.status
        return (
            status == Position.Status.UNCHECKED
            or (self.is_orphan and status != Position.Status.REJECTED)
            or bool(self.problems)
        )

    @property
    def version(self) -> str:
        return decisions.version_of(self.position)

    @property
    def topics(self):
        """Its own, else those of its section."""
        return self.position.topics.all() or (self.section.topics.all() if self.section else [])

    @property
    def rule(self) -> str:
        """The rule in words: "uitspreken + zorg"; where a negation or another verb turned it, also what it says by itself."""
        stance, _dot, wording = self.position.rule.partition(".")
        special = {
            "unlisted": _("een werkwoord dat de regels niet kennen"),
            "vervolg": _("gaat verder op het standpunt in de zin ervoor"),
        }
        words = special.get(wording, wording.replace("+", " + ").replace("-", " "))
        if stance == self.position.read.get("stance") or stance not in Position.Stance.values:
            return words
        return f"{words} ({Position.Stance(stance).label})"

    @property
    def stance_options(self) -> SafeString:
        return options("stance", self.position.stance, get_language())

    @property
    def moment_options(self) -> SafeString:
        return options("moment", self.position.moment, get_language())

    @property
    def percentage(self) -> int | None:
        return None if self.position.confidence is None else round(self.position.confidence * 100)


@dataclass
class Question:
    """A problem of the letter itself in the queue."""

    problem: Problem
    url: str  # where it is put right

    @property
    def id(self) -> str:
        return f"vraag-{self.problem.pk}"


@dataclass
class ShownParagraph:
    paragraph: Paragraph
    html: SafeString

    @property
    def id(self) -> str:
        return f"alinea-{self.paragraph.pk}"


class Queue:
    """Everything that the checking page shows of a letter."""

    def __init__(self, letter: Letter, user: User):
        self.letter = letter
        self.may_add = user.has_perm("letters.add_position")
        self.may_settle = user.has_perm("letters.change_problem")
        self.sections = list(
            letter.sections.select_related("session")
            .prefetch_related("topics__names")
            .order_by("order", "id")
        )
        self._by_key = {section.pk: section for section in self.sections}
        for section in self.sections:
            section.letter = letter
        self.cards, self.questions = self._cards_and_questions()

    def _cards_and_questions(self) -> tuple[list[Card], list[Question]]:
        positions = (
            self.letter.positions.select_related("paragraph", "decided_by")
            .prefetch_related("topics__names")
            .order_by("paragraph__order", "start", "pk")
        )
        about = defaultdict(list)
        for problem in self.letter.problems.open().order_by("pk"):
            about[problem.field].append(problem)
        cards = [
            self._card(position, about.pop(f"{OF_A_POSITION}{position.pk}", [])) for position in positions
        ]
        questions = [problem for problems in about.values() for problem in problems]
        orphans_first = sorted(cards, key=lambda card: not card.is_orphan)
        return orphans_first, [
            Question(one, fix_url(one)) for one in sorted(questions, key=lambda one: one.pk)
        ]

    def _card(self, position: Position, problems: list[Problem]) -> Card:
        position.letter = self.letter
        section = self._by_key.get(position.paragraph.section_id) if position.paragraph else None
        return Card(position, section, problems)

    def paragraphs(self, keys: Collection[int] | None = None) -> Iterator[ShownParagraph]:
        """The paragraphs of the letter, or those with these keys, with their sentences marked."""
        on = defaultdict(list)
        for card in self.cards:
            on[card.position.paragraph_id].append(card.position)
        held = self.letter.paragraphs.order_by("order", "pk")
        for paragraph in held if keys is None else held.filter(pk__in=keys):
            yield ShownParagraph(paragraph, marked(paragraph, on[paragraph.pk]))

    @cached_property
    def text(self) -> list[Section]:
        """The sections, each with its paragraphs in ``shown``."""
        below = defaultdict(list)
        for shown in self.paragraphs():
            below[shown.paragraph.section_id].append(shown)
        for section in self.sections:
            section.shown = below[section.pk]
        return self.sections

    @cached_property
    def open(self) -> list[Card]:
        return [card for card in self.cards if card.is_open]

    @property
    def total(self) -> int:
        return len(self.cards)

    @property
    def done(self) -> int:
        return len(self.cards) - len(self.open)

    @property
    def items(self) -> list[Card | Question]:
        """In the order of the page: what lost its words, what the reading asked, then the letter from top to bottom."""
        orphans = [card for card in self.cards if card.is_orphan]
        return [*orphans, *self.questions, *self.cards[len(orphans) :]]

    def after(self, item_id: str) -> str:
        """The id of what is to be looked at after this one; from the top again at the end, and then the end itself."""
        items = self.items
        place = next((place for place, item in enumerate(items) if item.id == item_id), -1)
        following = [*items[place + 1 :], *items[: place + 1]]
        wanted = (item for item in following if isinstance(item, Question) or item.is_open)
        return next((item.id for item in wanted if item.id != item_id), "klaar")

    @cached_property
    def next_letter(self) -> Letter | None:
        """Another letter with proposals that nobody looked at, the newest first; only asked for when this one is done."""
        if self.open:
            return None
        waiting = Position.objects.awaiting_check().exclude(letter=self.letter)
        letters = Letter.objects.exclude(status=Letter.Status.WITHDRAWN)
        return letters.filter(pk__in=waiting.values("letter")).newest_first().first()
