"""The search index: for each public letter, passage and position one narrow row, with all that lists filter, count and sort by.

The database keeps these rows itself (triggers of migration 0012, SQL beside it), in the transaction that changes what
they are made of, also when that is an ``update()`` or SQL typed by hand. Python only reads them, whole, into memory
(``letters.filters.corpus``); the database finds which of them hold words.

Rows are narrow on purpose: a million are read in half a second. So the words stay with the paragraph, and the index of words
is made by a function that reads them there.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func

from letters.models.letters import Letter
from letters.models.positions import Position
from letters.models.text import LANGUAGES, Paragraph

#: A position is one bit: its stance and its moment together, so that both can be asked of one and the same position.
STANCE_BITS = {
    (stance.value, moment.value): 1 << (number * len(Position.Moment) + turn)
    for number, stance in enumerate(Position.Stance)
    for turn, moment in enumerate(Position.Moment)
}


class WordsOfParagraph(Func):
    function = "letters_words_of_paragraph"
    output_field = SearchVectorField()


class WordsOfPosition(Func):
    function = "letters_words_of_position"
    output_field = SearchVectorField()


class TopicSet(models.Model):
    """Topics that some passage or position has together, each with what it falls under. Many share one, so it is kept once."""

    topics = ArrayField(models.BigIntegerField(), unique=True)

    def __str__(self):
        return str(self.topics)


def _row_of(model, related_name: str, **options):
    """A key of this index: no constraint, for the triggers keep it, and deleting must not wait for it."""
    return models.ForeignKey(
        model, models.DO_NOTHING, db_constraint=False, related_name=related_name, **options
    )


class Stamp(Func):
    """A number that nobody ever had, or so nearly that it makes no difference: 64 random bits."""

    template = "uuid_hash_extended(gen_random_uuid(), 0)"
    output_field = models.BigIntegerField()


class IndexedLetter(models.Model):
    """A published letter with all that its passages and positions are filtered by."""

    letter = models.OneToOneField(
        Letter, models.DO_NOTHING, db_constraint=False, primary_key=True, related_name="indexed"
    )
    kind = models.CharField(max_length=20)
    date = models.DateField(null=True)
    ordered_on = models.DateField(null=True)  # the date of the letter, else of its latest meeting
    begun_on = models.DateField(null=True)  # when its latest meeting begins, else the date of the letter
    published_at = models.DateTimeField()
    levels = ArrayField(models.CharField(max_length=30))
    meetings = ArrayField(models.BigIntegerField())
    years = ArrayField(models.SmallIntegerField())  # in which these meetings begin
    chambers = ArrayField(models.CharField(max_length=20))
    signatories = ArrayField(models.CharField(max_length=160))  # slugs
    has_passages = models.BooleanField()
    subject = SearchVectorField()
    stamp = models.BigIntegerField(
        db_default=Stamp()
    )  # another with each change of this row, or of a row of the letter

    class Meta:
        indexes = [GinIndex(fields=["subject"], name="indexed_letter_subject")]

    def __str__(self):
        return f"letter {self.pk}"


class IndexedPassage(models.Model):
    """A paragraph of a published letter. Topics and stances: of what was checked, and with what nobody looked at yet."""

    paragraph = models.OneToOneField(
        Paragraph, models.DO_NOTHING, db_constraint=False, primary_key=True, related_name="indexed"
    )
    letter = _row_of(IndexedLetter, "passages")
    ordered_on = models.DateField(null=True)
    order = models.IntegerField()
    language = models.CharField(max_length=2, choices=LANGUAGES)
    session = models.SmallIntegerField(null=True)
    topic_set = _row_of(TopicSet, "+", db_index=False)
    topic_set_unchecked = _row_of(TopicSet, "+")
    stances = models.IntegerField()
    stances_unchecked = models.IntegerField()
    unchecked = models.IntegerField()  # how many of its positions nobody looked at

    class Meta:
        indexes = [
            GinIndex(OpClass(WordsOfParagraph("paragraph"), "tsvector_ops"), name="indexed_passage_words"),
        ]

    def __str__(self):
        return f"paragraph {self.pk}"


class IndexedPosition(models.Model):
    """A position of a published letter that was checked, or that nobody looked at yet."""

    position = models.OneToOneField(
        Position, models.DO_NOTHING, db_constraint=False, primary_key=True, related_name="indexed"
    )
    paragraph = _row_of(IndexedPassage, "positions")
    letter = _row_of(IndexedLetter, "positions")
    ordered_on = models.DateField(null=True)
    order = models.IntegerField()
    start = models.IntegerField()
    published_at = models.DateTimeField()  # when a visitor could first read it as it was decided last
    session = models.SmallIntegerField(null=True)
    topic_set = _row_of(TopicSet, "+", db_index=False)
    stances = models.IntegerField()
    is_checked = models.BooleanField()

    class Meta:
        indexes = [
            GinIndex(OpClass(WordsOfPosition("position"), "tsvector_ops"), name="indexed_position_words"),
        ]

    def __str__(self):
        return f"position {self.pk}"
