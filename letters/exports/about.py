"""What every file says of itself: the view in words, where it stands, when it was made, under which licence."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import licence
from letters.exports.export import Export

#: By list, the column that says it of each position. Of letters positions are only counted.
SAYS_UNCHECKED = {"positions": gettext_lazy("Status"), "search": gettext_lazy("Standpunten")}


def moment(export: Export) -> str:
    """ "22 november 2026, 14:05"."""
    return date_format(localtime(export.made_at), "j F Y, H:i")


def facts(export: Export) -> list[tuple[str, str]]:
    """What a reader must know, as (name, words)."""
    unchecked = _("ook standpunten die door de computer zijn herkend en die niemand heeft nagekeken")
    if column := SAYS_UNCHECKED.get(export.filtered.route):
        unchecked = _("%(unchecked)s; kolom %(column)s") % {"unchecked": unchecked, "column": column}
    checked = unchecked if export.shows_unchecked else _("alleen nagekeken standpunten")
    return [
        (_("Weergave"), export.title),
        (_("Lijst"), export.list_name),
        (_("Aantal"), str(export.count)),
        (_("Volgorde"), export.order),
        (_("Standpunten"), checked),
        (_("Adres van de weergave"), export.address),
        (_("Gemaakt op"), moment(export)),
        (_("Licentie"), licence.in_words()),
        (_("Tekst van de licentie"), licence.URL),
    ]
