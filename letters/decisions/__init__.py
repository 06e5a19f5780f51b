"""What people decide: publish, withdraw, check, reject, add, rename, merge. The only writer of decisions.

Each function is one transaction, and holds the letters that it touches: a reading holds them too, so neither writes
over the other. ``Refused`` says in Dutch why something cannot be done, and what to do. What is proposed anew because of a
decision on a promise is written right after it: ``letters.decisions.proposing``.
"""

from letters.decisions.absences import establish_absence, objection_to_absence, revoke_absence
from letters.decisions.commitments import (
    DecidedAlready,
    add_follow_up,
    add_mention,
    decide_follow_ups,
    decide_mentions,
    promises_before,
)
from letters.decisions.editions import (
    attach,
    keep_apart,
    preview_text,
    replace,
    submit_to_other_chamber,
    supplement,
    supply_text,
)
from letters.decisions.locking import Refused, lock_letters
from letters.decisions.meanwhile import Overtaken, told, version_of
from letters.decisions.positions import (
    add_position,
    check_seen,
    decide,
    find_sentence,
    place,
    sentence_at,
    sentences_with,
)
from letters.decisions.problems import resolve
from letters.decisions.publication import discard_draft, publish, withdraw
from letters.decisions.text import carry_heading, correct_text
from letters.decisions.topics import (
    add_alias,
    carry_topics,
    choose_topics,
    leave_without_topic,
    make_topic,
    merge_topic,
    rename_topic_address,
)
from letters.decisions.undoing import recorded, undo

__all__ = [
    "DecidedAlready",
    "Overtaken",
    "Refused",
    "add_alias",
    "add_follow_up",
    "add_mention",
    "add_position",
    "attach",
    "carry_heading",
    "carry_topics",
    "check_seen",
    "choose_topics",
    "correct_text",
    "decide",
    "decide_follow_ups",
    "decide_mentions",
    "discard_draft",
    "establish_absence",
    "find_sentence",
    "keep_apart",
    "leave_without_topic",
    "lock_letters",
    "make_topic",
    "merge_topic",
    "objection_to_absence",
    "place",
    "preview_text",
    "promises_before",
    "publish",
    "recorded",
    "rename_topic_address",
    "replace",
    "resolve",
    "revoke_absence",
    "sentence_at",
    "sentences_with",
    "submit_to_other_chamber",
    "supplement",
    "supply_text",
    "told",
    "undo",
    "version_of",
    "withdraw",
]
