"""A meeting's agenda beside its report: which passage stands where, and what a clerk established that is not mentioned."""

from dataclasses import dataclass, field

from django import forms
from django.contrib import admin, messages
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import decisions
from letters.admin.pages import context, require
from letters.decisions.absences import KINDS
from letters.models import Absence, AgendaTopic, Letter, Meeting, Section


@dataclass(slots=True)
class Cell:
    """What letters of one kind say at an agenda topic, and else what was established, or why nothing can be."""

    kind: str
    passages: list[Section] = field(default_factory=list)
    absence: Absence | None = None
    absence_holds: bool = False
    objection: str = ""
    to_read: list[Letter] = field(default_factory=list)

    @property
    def kind_name(self) -> str:
        return str(Letter.Kind(self.kind).label).capitalize()

    @property
    def is_gap(self) -> bool:
        """Nobody knows yet whether the letter mentions it."""
        return not self.passages and not self.absence_holds and not self.objection

    @property
    def is_contradicted(self) -> bool:
        return self.absence is not None and not self.absence_holds


@dataclass(slots=True)
class Row:
    agenda_topic: AgendaTopic
    cells: list[Cell]


class DecisionForm(forms.Form):
    """What a button of the table sends, with the letters that its cell asked to read."""

    agenda_topic = forms.ModelChoiceField(AgendaTopic.objects.none())
    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in KINDS])
    letters = forms.ModelMultipleChoiceField(Letter.objects.all(), required=False)
    action = forms.ChoiceField(choices=[("establish", ""), ("revoke", "")])

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agenda_topic"].queryset = meeting.agenda_topics.all()


class BesideFilter(admin.SimpleListFilter):
    """Meetings of which the table asks something of a clerk."""

    title = gettext_lazy("agenda naast verslag")
    parameter_name = "naast"

    def lookups(self, request, model_admin):
        return [
            ("leemten", _("Geen passage gevonden")),
            ("tegengesproken", _("Een vaststelling klopt niet meer")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "leemten":
            gaps = [AgendaTopic.objects.without_passage(kind).values("meeting") for kind in KINDS]
            return queryset.filter(Q(pk__in=gaps[0]) | Q(pk__in=gaps[1]))
        if self.value() == "tegengesproken":
            holding = Absence.objects.holding().order_by().values("pk")
            contradicted = Absence.objects.exclude(pk__in=holding).order_by()
            return queryset.filter(pk__in=contradicted.values("agenda_topic__meeting"))
        return queryset


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The table; a button in it establishes an absence, or takes that back."""
    require(request, "change_meeting")
    meeting = get_object_or_404(Meeting, pk=pk)
    if request.method == "POST":
        return _decide(request, meeting)
    letters = list(meeting.letters.in_turn())
    rows = _rows(meeting, letters)
    cells = [cell for row in rows for cell in row.cells]
    return render(
        request,
        "admin/letters/meeting/beside.html",
        {
            **context(request, _("Agenda naast verslag")),
            "opts": Meeting._meta,
            "meeting": meeting,
            "columns": [
                (Letter.Kind(kind).label, [letter for letter in letters if letter.kind == kind])
                for kind in KINDS
            ],
            "rows": rows,
            "gaps": sum(cell.is_gap for cell in cells),
            "contradicted": sum(cell.is_contradicted for cell in cells),
        },
    )


def _rows(meeting: Meeting, letters: list[Letter]) -> list[Row]:
    passages = Section.objects.of_standing_letters().select_related("letter").order_by("letter", "order")
    topics = meeting.agenda_topics.select_related("session", "meeting").order_by(
        "session__number", "order", "pk"
    )
    holding = set(
        Absence.objects.holding().filter(agenda_topic__meeting=meeting).values_list("pk", flat=True)
    )
    return [
        Row(topic, [_cell(topic, kind, letters, holding) for kind in KINDS])
        for topic in topics.prefetch_related(
            Prefetch("sections", passages, to_attr="passages"),
            Prefetch("absences", Absence.objects.select_related("established_by"), to_attr="established"),
        )
    ]


def _cell(agenda_topic: AgendaTopic, kind: str, letters: list[Letter], holding: set[int]) -> Cell:
    absence = next((one for one in agenda_topic.established if one.kind == kind), None)
    return Cell(
        kind,
        [section for section in agenda_topic.passages if section.letter.kind == kind],
        absence,
        absence is not None and absence.pk in holding,
        decisions.objection_to_absence(agenda_topic, kind, agenda_topic.passages, letters),
        [letter for letter in letters if letter.kind == kind and letter.is_public],
    )


def _decide(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = DecisionForm(request.POST, meeting=meeting)
    if not form.is_valid():
        raise Http404  # no button of this table
    agenda_topic, kind, by = form.cleaned_data["agenda_topic"], form.cleaned_data["kind"], request.user
    try:
        if form.cleaned_data["action"] == "revoke":
            decisions.revoke_absence(agenda_topic, kind, by=by)
            messages.success(
                request,
                _("“%(topic)s”: er wordt niet meer gezegd dat het niet genoemd is.")
                % {"topic": agenda_topic},
            )
        else:
            absence = decisions.establish_absence(
                agenda_topic, kind, by=by, looked_at=form.cleaned_data["letters"]
            )
            messages.success(
                request,
                _("“%(topic)s”: vastgesteld als %(absence)s.") % {"topic": agenda_topic, "absence": absence},
            )
    except decisions.Refused as error:
        messages.error(request, f"“{agenda_topic}”: {error}")
    page = reverse("admin:letters_meeting_beside", args=[meeting.pk])
    return redirect(f"{page}#agendapunt-{agenda_topic.pk}")
