"""What a clerk did last at the checking desk, kept in the session so that it can be undone after a reload too."""

from django.http import HttpRequest

from letters.models import Letter

KEY = "checking_steps"
#: Of a letter this many steps are kept, and of this many letters.
STEPS, LETTERS = 100, 5


def keep(request: HttpRequest, letter: Letter, step: dict) -> None:
    """Put a step on top; one that changed nothing is no step."""
    if step:
        kept = request.session.get(KEY, {})
        own = kept.pop(str(letter.pk), [])
        kept[str(letter.pk)] = [*own, step][-STEPS:]
        request.session[KEY] = dict(list(kept.items())[-LETTERS:])


def last(request: HttpRequest, letter: Letter) -> dict | None:
    own = request.session.get(KEY, {}).get(str(letter.pk), [])
    return own[-1] if own else None


def drop(request: HttpRequest, letter: Letter) -> None:
    """Forget the last step."""
    kept = request.session.get(KEY, {})
    kept[str(letter.pk)] = kept.get(str(letter.pk), [])[:-1]
    request.session[KEY] = kept
