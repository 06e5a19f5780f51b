"""Under what the letters and this site's own data may be used: one wording for pages, files, feeds and the API."""

from django.utils.translation import gettext_lazy as _

#: Article 15b of the Auteurswet (https://wetten.overheid.nl/BWBR0001886/#HoofdstukI_Paragraaf6_Artikel15b): who spreads or
#: copies further what public authority published and made itself does not infringe, unless copyright was expressly reserved.
#: Not article 11, which is about laws, decrees and judgments.
OF_LETTERS = _(
    "De brieven zijn door de overheid openbaar gemaakt: iedereen mag ze verder verspreiden en verveelvoudigen, tenzij het "
    "auteursrecht uitdrukkelijk is voorbehouden (artikel 15b van de Auteurswet)."
)

#: Of what is ours. It is a PROPOSAL: whoever owns a site decides on it before that is public, here and nowhere else.
NAME = "CC0 1.0"
URL = "https://creativecommons.org/publicdomain/zero/1.0/deed.nl"
OF_DATA = _(
    "Wat deze site toevoegt (de indeling in sessies, agendapunten en onderwerpen, de standpunten en de toelichtingen) is "
    "vrijgegeven onder CC0 1.0."
)


def in_words() -> str:
    """Both, as one text."""
    return f"{OF_LETTERS} {OF_DATA}"
