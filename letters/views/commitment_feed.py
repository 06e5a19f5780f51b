"""Commitments in letters as a feed: promises and mentions of earlier ones, each under an id of its own.

A promise is a position too, but another entry than in the feed of positions: this one says what later letters do with it.
"""

from django.db.models import Model, OuterRef, Prefetch, QuerySet, Subquery
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from letters import search
from letters.atom import tag
from letters.filters.commitments import CommitmentList, kinds_of
from letters.filters.follow_ups import with_follow_ups
from letters.filters.gone import gone_commitments
from letters.models import CommitmentMention, FollowUp, Letter, Note, Position, Section
from letters.views import feed_contents
from letters.views.atom_view import (
    AtomView,
    changed,
    first_public,
    found_words,
    last_written,
    letter_in_short,
)
from letters.views.pages import PageMixin

PROMISE = Position.Stance.PROMISE


class CommitmentFeed(PageMixin, AtomView):
    """As in the list, keys of mentions are below zero."""

    query_class, route = CommitmentList, "commitments"
    gone = staticmethod(gone_commitments)

    def items(self, keys):
        notes = Prefetch("notes", Note.objects.public(), to_attr="public_notes")
        promises = self.with_context(
            Position.objects, last_written(Position, id=OuterRef("pk")), *of_promise()
        )
        mentions = self.with_context(
            CommitmentMention.objects,
            last_written(CommitmentMention, id=OuterRef("pk")),
            last_seen(FollowUp, mention=OuterRef("pk")),
        )
        promises = promises.annotate(first_public_at=self.first_public(Position)).defer("search", "read")
        mentions = mentions.annotate(first_public_at=self.first_public(CommitmentMention))
        found = self.query.by_key(keys, promises.prefetch_related(notes), mentions)
        rows = {key: found[key] for key in keys if key in found}
        with_follow_ups(list(rows.values()))
        return rows

    def with_context(self, rows: QuerySet, *written: Subquery) -> QuerySet:
        """What entries say of promises and of mentions alike. Who corrects words does so in the section's form."""
        corrected = last_written(Section, id=OuterRef("paragraph__section"))
        rows = rows.annotate(changed_at=changed("letter", corrected, *written))
        if self.query.words:  # which are sought in the passage
            rows = rows.annotate(headline=search.headline("paragraph__text", self.query.words))
        unread = ["paragraph__search", "paragraph__read", "paragraph__marks", "paragraph__section__read"]
        return rows.select_related("paragraph__section").defer(*unread)

    def first_public(self, model: type[Model]):
        was = {"stance": PROMISE} if model is Position else {}
        return first_public(unchecked=self.query.shows_unchecked, model=model, **was)

    def gone_items(self, keys):
        promises, mentions = (
            self.gone_rows(model, chosen).annotate(first_public_at=self.first_public(model)).in_bulk()
            for model, chosen in [
                (Position, [key for key in keys if key > 0]),
                (CommitmentMention, [-key for key in keys if key < 0]),
            ]
        )
        return promises | {-pk: mention for pk, mention in mentions.items()}

    def entry_id(self, row):
        kind = "commitment" if isinstance(row, Position) else "mention"
        return tag(f"{kind}/{row.pk}")

    def entry_title(self, row):
        said = " · ".join(capfirst(str(kind.label)) for kind in kinds_of(row))
        return f"{said} – {letter_in_short(row.letter)}: {row.paragraph.section.title}"

    def published(self, row, place):
        return row.first_public_at

    def content(self, row):
        return feed_contents.of_commitment(row, self.words, found_words(row), self.site)

    def reason(self, row):
        if row.letter.status == Letter.Status.WITHDRAWN:
            return row.reason
        if row.paragraph_id is None:
            return _("Deze woorden staan niet meer in de brief.")
        if isinstance(row, CommitmentMention) and row.status == Position.Status.REJECTED:
            return _("Bij nader inzien gaat deze zin niet over een eerdere toezegging.")
        if row.status == Position.Status.REJECTED or (isinstance(row, Position) and row.stance != PROMISE):
            return _("Bij nader inzien is dit geen toezegging aan de Kamer.")
        return _("Deze zin wordt opnieuw nagekeken.")


def of_promise() -> list[Subquery]:
    """When what the entry of a promise says beside it last changed: what takes it up, and what its sentence says of others."""
    same = {"paragraph": OuterRef("paragraph"), "start": OuterRef("start")}
    return [
        last_seen(FollowUp, promise=OuterRef("pk")),
        last_seen(CommitmentMention, **same),
        last_seen(FollowUp, **{f"mention__{name}": value for name, value in same.items()}),
    ]


def last_seen(model: type[Model], **key) -> Subquery:
    """When a row with this key that was ever checked last changed: what was only proposed no visitor saw."""
    seen = model.history.filter(status=Position.Status.CHECKED).order_by().values("id")
    return last_written(model, id__in=seen, **key)
