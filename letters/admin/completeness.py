"""What is not complete yet: letters that are not held, agenda topics without a passage, open questions, unchecked positions."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from letters.admin.pages import context, require
from letters.admin.problems import fix_url
from letters.models import AgendaTopic, Letter, Meeting, Position, Problem
from letters.parsing.markings import MARKING

PER_PAGE = 50
Kind = Letter.Kind


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list: what it is, more about it, and where it is solved; ``name_url``: where it is seen, if elsewhere."""

    name: str
    about: str
    solution: str
    url: str
    name_url: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of work. ``rows`` are in the order in which they are urgent, ``year`` is the path to the year that narrows them,
    ``number`` what is counted in them.
    """

    key: str
    name: str
    explanation: str
    rows: Callable[[], QuerySet]
    year: str
    line: Callable[..., Line]
    number: Callable[[QuerySet], int] = QuerySet.count

    def of_year(self, year: int | None) -> QuerySet:
        return self.rows().filter(**{self.year: year}) if year else self.rows()


def _lacking(kind: str) -> Callable[[], QuerySet]:
    return lambda: Meeting.objects.lacking(kind).order_by(F("start").asc(nulls_last=True), "slug")


def _meeting(meeting: Meeting) -> Line:
    return Line(
        meeting.name,
        meeting.place,
        _now("Lees een brief in"),
        reverse("admin:letters_letter_add"),
        reverse("admin:letters_meeting_change", args=[meeting.pk]),
    )


def _without_passage(kind: str) -> Callable[[], QuerySet]:
    def rows():
        found = AgendaTopic.objects.without_passage(kind).select_related("meeting", "session__meeting")
        return found.order_by(F("meeting__start").asc(nulls_last=True), "meeting__slug", "order", "pk")

    return rows


def _agenda_topic(agenda_topic: AgendaTopic) -> Line:
    table = reverse("admin:letters_meeting_beside", args=[agenda_topic.meeting_id])
    return Line(
        str(agenda_topic),
        agenda_topic.meeting.name,
        _now("Agenda naast verslag"),
        f"{table}#agendapunt-{agenda_topic.pk}",
    )


def _problems() -> QuerySet:
    """Those for which a letter may not be published come first."""
    found = Problem.objects.open().exclude(letter__status=Letter.Status.WITHDRAWN)
    blocks = Case(When(code=MARKING, then=Value(0)), default=Value(1))
    return found.order_by(blocks, "created_at", "pk").select_related("letter").defer("letter__read")


def _problem(problem: Problem) -> Line:
    solution = _now("Beslis of publiceren mag") if problem.blocks_publication else _now("Los dit op")
    return Line(str(problem), str(problem.letter), solution, fix_url(problem))


def _unchecked() -> QuerySet:
    """Published letters come first: visitors miss those positions."""
    waiting = Q(positions__status=Position.Status.UNCHECKED, positions__paragraph__isnull=False)
    is_draft = Case(When(status=Letter.Status.PUBLISHED, then=Value(0)), default=Value(1))
    letters = Letter.objects.exclude(status=Letter.Status.WITHDRAWN).defer("read", "anchors")
    letters = letters.annotate(waiting=Count("positions", waiting)).filter(waiting__gt=0)
    return letters.order_by(is_draft, F("date").asc(nulls_last=True), "pk")


def _letter(letter: Letter) -> Line:
    number = ngettext(
        "%(number)s standpunt na te kijken", "%(number)s standpunten na te kijken", letter.waiting
    ) % {"number": letter.waiting}
    about = number if letter.is_public else f"{number} · {letter.get_status_display()}"
    url = reverse("admin:letters_letter_check", args=[letter.pk])
    return Line(str(letter), about, _now("Kijk na"), url)


TASKS = {
    task.key: task
    for task in [
        Task(
            "geen-verslag",
            _("Bijeenkomsten zonder verslag"),
            _("De bijeenkomst is begonnen en niet afgelast of uitgesteld, en er is geen verslag, ook niet als concept."),
            _lacking(Kind.REPORT),
            "start__year",
            _meeting,
        ),
        Task(
            "geen-agenda",
            _("Bijeenkomsten zonder agenda"),
            _("De bijeenkomst is begonnen en niet afgelast of uitgesteld, en er is geen geannoteerde agenda."),
            _lacking(Kind.ANNOTATED_AGENDA),
            "start__year",
            _meeting,
        ),
        Task(
            "niet-in-verslag",
            _("Agendapunten zonder passage in het verslag"),
            _("Lees het verslag na: wijs de passage aan, of stel vast dat het er niet in staat."),
            _without_passage(Kind.REPORT),
            "meeting__start__year",
            _agenda_topic,
        ),
        Task(
            "niet-in-agenda",
            _("Agendapunten zonder passage in de agenda"),
            _("Lees de agenda na: wijs de passage aan, of stel vast dat het er niet in staat."),
            _without_passage(Kind.ANNOTATED_AGENDA),
            "meeting__start__year",
            _agenda_topic,
        ),
        Task(
            "problemen",
            _("Open vragen van de computer"),
            _("Wat publiceren tegenhoudt staat voorop, dan wat het langst wacht."),
            _problems,
            "letter__date__year",
            _problem,
        ),
        Task(
            "nakijken",
            _("Standpunten die niet zijn nagekeken"),
            _("Gepubliceerde brieven staan voorop: bezoekers missen die standpunten."),
            _unchecked,
            "date__year",
            _letter,
            lambda letters: letters.aggregate(number=Coalesce(Sum("waiting"), 0))["number"],
        ),
    ]
}  # fmt: skip


class AskedForm(forms.Form):
    """What the page's own links and its form ask for."""

    wat = forms.ChoiceField(choices=[(key, "") for key in TASKS], required=False)
    jaar = forms.IntegerField(min_value=1, max_value=9999, required=False)
    p = forms.IntegerField(min_value=1, required=False)


def show(request: HttpRequest) -> HttpResponse:
    """All kinds of work with their numbers, and the rows of one kind."""
    require(request, "change_meeting", "change_letter", "change_position")
    form = AskedForm(request.GET)
    if not form.is_valid():
        raise Http404  # no link of this page
    task, year = TASKS[form.cleaned_data["wat"] or "geen-verslag"], form.cleaned_data["jaar"]
    numbers = {one.key: one.number(one.of_year(year)) for one in TASKS.values()}
    paginator = Paginator(task.of_year(year), PER_PAGE)
    if task.number is QuerySet.count:
        paginator.count = numbers[task.key]  # else it asks once more
    page = paginator.get_page(form.cleaned_data["p"])
    return render(
        request,
        "admin/letters/meeting/completeness.html",
        {
            **context(request, _now("Volledigheid")),
            "opts": Meeting._meta,
            "tasks": [(one, numbers[one.key], _address(one.key, year)) for one in TASKS.values()],
            "task": task,
            "lines": [task.line(row) for row in page],
            "page": page,
            "pages": [
                (number, _address(task.key, year, number) if isinstance(number, int) else "")
                for number in paginator.get_elided_page_range(page.number)
            ],
            "year": year,
            "years": _years(),
        },
    )


def _address(key: str, year: int | None, page: int = 1) -> str:
    asked = {"wat": key, "jaar": year, "p": page if page > 1 else None}
    return "?" + urlencode({name: value for name, value in asked.items() if value})


def _years() -> list[int]:
    """The years of meetings and of letters, the latest first."""
    of_meetings = Meeting.objects.order_by().values_list(ExtractYear("start"), flat=True).distinct()
    of_letters = Letter.objects.order_by().values_list(ExtractYear("date"), flat=True).distinct()
    return sorted({*of_meetings, *of_letters} - {None}, reverse=True)
