"""What every file says of itself: the view in words, where it stands, when it was made, under which licence."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import licence
from letters.exports.export import Export

#: By list, the column that says it of each row. Of letters positions are only counted.
SAYS_UNCHECKED = {
    "positions": gettext_lazy("Status"),
    "search": gettext_lazy("Standpunten"),
    "commitments": gettext_lazy("Status"),
}


def moment(export: Export) -> str:
    """ "22 november 2026, 14:05"."""
    return date_format(localtime(export.made_at), "j F Y, H:i")


def remark(export: Export) -> str:
    """What a reader must know before anything else of a list; "" of most."""
    if export.filtered.route != "commitments":
        return ""
    words = _(
        "Hier staan zinnen uit brieven over de NAVO: wat zij de Kamer toezeggen, waar zij naar een eerdere toezegging verwijzen "
        "en waar zij er een nakomen. Of een toezegging is afgedaan, staat in het register van de Kamer zelf."
    )
    return f"{_('Dit is niet het register van de Kamer.')} {words}"


def facts(export: Export) -> list[tuple[str, str]]:
    """What a reader must know, as (name, words)."""
    route = export.filtered.route
    if route == "commitments":
        shown, checked = _("Toezeggingen"), _("alleen wat is nagekeken")
        unchecked = _("ook wat de computer herkende en niemand heeft nagekeken")
    else:
        shown, checked = _("Standpunten"), _("alleen nagekeken standpunten")
        unchecked = _("ook standpunten die door de computer zijn herkend en die niemand heeft nagekeken")
    if column := SAYS_UNCHECKED.get(route):
        unchecked = _("%(unchecked)s; kolom %(column)s") % {"unchecked": unchecked, "column": column}
    said = [(_("Let op"), words)] if (words := remark(export)) else []
    return [
        (_("Weergave"), export.title),
        *said,
        (_("Lijst"), export.list_name),
        (_("Aantal"), str(export.count)),
        (_("Volgorde"), export.order),
        (shown, unchecked if export.shows_unchecked else checked),
        (_("Adres van de weergave"), export.address),
        (_("Gemaakt op"), moment(export)),
        (_("Licentie"), licence.in_words()),
        (_("Tekst van de licentie"), licence.URL),
    ]
