"""The words of published letters. Triggers of the database write these tables (migration 0011); nothing else does."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Length


class Stem(models.Func):
    """The form in which searching keeps a word; NULL for a stop word."""

    template = "(ts_lexize('%(dictionary)s', %(expressions)s))[1]"
    arity = 1
    output_field = models.TextField()


class Word(models.Model):
    """A word of published letters, in small letters."""

    word = models.CharField(max_length=40, primary_key=True)

    class Meta:
        indexes = [
            models.Index(Length("word"), name="word_length"),
            models.Index(Stem("word", dictionary="dutch_stem"), name="word_stem_dutch"),
            models.Index(Stem("word", dictionary="english_stem"), name="word_stem_english"),
        ]

    def __str__(self):
        return self.word


class LetterWords(models.Model):
    """The distinct words of one published letter."""

    letter = models.OneToOneField("letters.Letter", models.DO_NOTHING, primary_key=True, related_name="+")
    words = ArrayField(models.TextField())

    class Meta:
        indexes = [GinIndex(fields=["words"], name="words_of_letters")]

    def __str__(self):
        return ", ".join(self.words[:8])
