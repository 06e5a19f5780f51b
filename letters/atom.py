"""Atom (RFC 4287), with what Django's generator leaves out: whole contents, ids of our own, and pages (RFC 5005)."""

import datetime
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

#: ``updated`` of a feed in which nothing was ever published: always the same, as the feed itself.
NOTHING_YET = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def tag(specific: str) -> str:
    """A name for ever (RFC 4151), whatever host the site has or gets: "tag:navo-brieven.example,2026:passage/12"."""
    return f"tag:{settings.TAG_AUTHORITY},2026:{specific}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``content`` is HTML; ``updated`` is when a visitor could first read it as it is now."""

    id: str
    title: str
    url: str
    published: datetime.datetime
    updated: datetime.datetime
    content: str
    language: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Atom:
    """A feed of entries in order. ``links`` are further pages: relation → whole address."""

    id: str
    title: str
    subtitle: str
    url: str
    feed_url: str
    language: str
    author: str
    rights: str
    entries: list[Entry] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)

    content_type = Atom1Feed.content_type

    def xml(self) -> str:
        feed = _Generator(
            title=self.title,
            link=self.url,
            description="",
            subtitle=self.subtitle,
            language=self.language,
            feed_url=self.feed_url,
            feed_guid=self.id,
            author_name=self.author,
            feed_copyright=self.rights,
            links=self.links,
        )
        for entry in self.entries:
            feed.add_item(
                title=entry.title,
                link=entry.url,
                description=None,
                unique_id=entry.id,
                pubdate=entry.published,
                updateddate=entry.updated,
                authors=entry.authors,
                content=entry.content,
                language=entry.language,
            )
        return feed.writeString("utf-8")


class _Generator(Atom1Feed):
    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=NOTHING_YET)

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for relation, url in self.feed["links"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": url})

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        language = {"xml:lang": item["language"]} if item["language"] else {}
        handler.addQuickElement("content", item["content"], {"type": "html"} | language)
