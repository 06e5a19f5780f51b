"""Pages of the clerks beside the stock admin: upload, publish, withdraw, discard, read again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from letters import decisions
from letters.admin.forms import UNREADABLE_ORIGINAL, UploadForm, WithdrawForm
from letters.admin.pages import change_url, compare_url, context, require
from letters.ingest import NotAccepted, Outcome, read_again
from letters.models import Letter


def upload(request: HttpRequest) -> HttpResponse:
    """Take in the files of a letter and go on to the draft."""
    require(request, "add_letter")
    is_post = request.method == "POST"
    form = UploadForm(
        request.POST if is_post else None, request.FILES if is_post else None, user=request.user
    )
    if form.is_valid():
        report = form.report
        if report.matches:
            messages.info(
                request,
                _("De brief is ingelezen als concept. Misschien is zij er al: vergelijk beide en beslis."),
            )
            return redirect(compare_url(report.letter, report.matches[0].letter))
        if report.held:
            messages.info(request, _held_already(report.letter))
        elif report.outcome == Outcome.CREATED:
            messages.success(
                request, _("De brief is ingelezen als concept. Kijk na wat herkend is en publiceer.")
            )
        return redirect(change_url(report.letter))
    return render(
        request, "admin/letters/letter/upload.html", context(request, _("Brief inlezen"), form=form)
    )


def _held_already(letter: Letter) -> SafeString:
    """Say which letter these bytes belong to, and what became of it."""
    status = {
        Letter.Status.DRAFT: _("Die is nog een concept."),
        Letter.Status.WITHDRAWN: _("Die is ingetrokken."),
    }.get(letter.status, "")
    return format_html(
        '{} <a href="{}">{}</a>. {}',
        _("Dit bestand is er al, bij de brief"),
        change_url(letter),
        letter,
        status,
    )


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, "change_letter", "add_publication")
    letter = get_object_or_404(Letter, pk=pk)
    try:
        decisions.publish(letter, by=request.user)
        messages.success(request, _("De brief is gepubliceerd."))
        if unchecked := letter.positions.awaiting_check().count():
            messages.info(
                request,
                ngettext(
                    "Nog %(count)s voorstel is niet nagekeken en staat dus niet op de site.",
                    "Nog %(count)s voorstellen zijn niet nagekeken en staan dus niet op de site.",
                    unchecked,
                )
                % {"count": unchecked},
            )
    except decisions.Refused as error:
        messages.error(request, str(error))
    return redirect(change_url(letter))


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then withdraw."""
    require(request, "change_letter", "add_publication")
    letter = get_object_or_404(Letter, pk=pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            decisions.withdraw(letter, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("De brief is ingetrokken."))
        except decisions.Refused as error:
            messages.error(request, str(error))
        return redirect(change_url(letter))
    shown = context(request, _("Brief intrekken"), form=form, letter=letter)
    return render(request, "admin/letters/letter/withdraw.html", shown)


def discard(request: HttpRequest, pk: str) -> HttpResponse:
    """Ask for confirmation, then delete a draft that was never public."""
    require(request, "delete_letter")
    letter = get_object_or_404(Letter, pk=pk)
    if letter.first_published_at is not None:
        raise PermissionDenied
    if request.method == "POST":
        try:
            decisions.discard_draft(letter)
        except decisions.Refused as error:
            messages.error(request, str(error))
            return redirect(change_url(letter))
        messages.success(request, _("Het concept is weggegooid."))
        return redirect("admin:letters_letter_changelist")
    shown = context(request, _("Concept weggooien"), letter=letter)
    return render(request, "admin/letters/letter/discard.html", shown)


@require_POST
def reread(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the originals of the edition that supplies the text once more."""
    require(request, "change_letter")
    letter = get_object_or_404(Letter.objects.select_related("text_edition"), pk=pk)
    if letter.text_edition is None:
        messages.error(request, _("Bij deze brief hoort geen bestand om opnieuw te lezen."))
        return redirect(change_url(letter))
    try:
        report = read_again(letter.text_edition)
    except NotAccepted as error:
        messages.error(request, str(error))
    except OSError:
        messages.error(request, UNREADABLE_ORIGINAL)
    else:
        changed = report.outcome == Outcome.UPDATED
        messages.success(
            request,
            _("Opnieuw gelezen; uw eigen wijzigingen zijn gebleven.")
            if changed
            else _("Opnieuw gelezen; er veranderde niets."),
        )
    return redirect(change_url(letter))
