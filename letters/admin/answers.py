"""What the checking desk answers to a decision: a page for a browser, or the changed pieces of it for our script.

The script says ``answer=pieces`` in the form it sends; the same views serve both.
"""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from letters.admin import steps
from letters.admin.checking_queue import Card, Queue
from letters.models import Letter

TEMPLATES = "admin/letters/letter"


def check_url(letter: Letter) -> str:
    return reverse("admin:letters_letter_check", args=[letter.pk])


def shown_on_desk(request: HttpRequest, queue: Queue) -> dict:
    """What the pieces of the desk's page need."""
    return {
        "queue": queue,
        "letter": queue.letter,
        "can_undo": steps.last(request, queue.letter) is not None,
    }


def answer(
    request: HttpRequest,
    letter: Letter,
    said: str,
    *,
    step: dict | None = None,
    undone: dict | None = None,
    at: str = "",
    refused: bool = False,
    stay: bool = False,
) -> HttpResponse:
    """Show the desk after a step, which is kept, or after one that was undone.

    ``at`` is the card that was decided on; unless that was refused, or it is to ``stay`` there, the next one follows.
    """
    steps.keep(request, letter, step or {})
    queue = Queue(letter, request.user)
    if request.POST.get("answer") == "pieces":
        touched = {int(pk) for pk in (step or undone or {}).get("positions", {})}
        return JsonResponse(
            {
                "refused": refused,
                "said": said,
                "at": at,
                "pieces": _pieces(request, queue, touched, at),
                "order": [*(item.id for item in queue.items), "klaar"],
            }
        )
    if refused:  # at the top, where the message is; from there to the card
        link = format_html(' <a href="#{}">{}</a>', at, _("Bekijk het voorstel.")) if at else ""
        messages.error(request, format_html("{}{}", said, link))
        return redirect(check_url(letter))
    messages.success(request, said)
    return redirect(f"{check_url(letter)}#{at if stay else queue.after(at)}")


def _pieces(request: HttpRequest, queue: Queue, touched: set[int], at: str) -> list[dict]:
    """Every changed piece of the page: its id and its HTML."""
    shown = shown_on_desk(request, queue)
    pieces = [
        {"id": name, "html": render_to_string(f"{TEMPLATES}/{template}", shown, request)}
        for name, template in (("balk", "_bar.html"), ("klaar", "_end.html"))
    ]
    for item in queue.items:
        is_card = isinstance(item, Card)
        if item.id == at or (is_card and item.position.pk in touched):
            template = "_proposal.html" if is_card else "_problem.html"
            html = render_to_string(f"{TEMPLATES}/{template}", {**shown, "card": item}, request)
            pieces.append({"id": item.id, "html": html})
    return pieces + list(_paragraphs(queue, touched, at))


def _paragraphs(queue: Queue, touched: set[int], at: str) -> Iterable[dict]:
    """Paragraphs in which a sentence is marked otherwise now; all of them when a position is not in the text any more."""
    here = {card.position.pk: card.position.paragraph_id for card in queue.cards}
    wanted = {here.get(pk) for pk in touched}
    wanted |= {card.position.paragraph_id for card in queue.cards if card.id == at}
    for shown in queue.paragraphs(None if None in wanted else wanted):
        yield {"id": shown.id, "html": render_to_string(f"{TEMPLATES}/_text.html", {"shown": shown})}
