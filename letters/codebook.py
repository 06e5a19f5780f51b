"""The codebook: what a stance, a moment and a kind of commitment mean here, with an example of our own where letters give none."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from letters.filters.commitments import CommitmentKind
from letters.models import Position

Stance, Moment = Position.Stance, Position.Moment


@dataclass(frozen=True, slots=True)
class Entry:
    """``apart`` says where it ends and another begins; ``example`` is a sentence that we made up, in no letter."""

    code: Stance | Moment | CommitmentKind
    definition: str
    apart: str
    example: str


STANCES = (
    Entry(
        Stance.SUPPORT,
        _("Nederland is voor iets, steunt iemand, verwelkomt of waardeert iets."),
        _("Wat Nederland zelf geeft of levert, is “doet, draagt bij of besluit”."),
        "Nederland verwelkomt het voorstel van de secretaris-generaal.",
    ),
    Entry(
        Stance.OPPOSE,
        _("Nederland is ergens tegen, gaat niet mee, of maakt een voorbehoud."),
        _("Alleen een ontkenning is nog geen afwijzing: “Nederland ziet geen bezwaar” is dat niet."),
        "Nederland is geen voorstander van een nieuwe commandostructuur.",
    ),
    Entry(
        Stance.CALL,
        _("Nederland vraagt anderen om iets te doen of te laten."),
        _("Wat Nederland zelf op tafel legt, is “stelt voor”."),
        "Nederland riep bondgenoten op hun voorraden aan te vullen.",
    ),
    Entry(
        Stance.CONCERN,
        _("Nederland zegt dat het zorgen heeft."),
        _(
            "Zorgen van anderen, of een toestand die zorgelijk heet zonder dat Nederland spreekt, tellen niet."
        ),
        "Het kabinet maakt zich zorgen over de veiligheid van de scheepvaart.",
    ),
    Entry(
        Stance.CONDEMNATION,
        _("Nederland keurt een daad van een ander uitdrukkelijk af."),
        _("Zwaarder dan zorg: het woord veroordelen, afkeuren of een even stellig woord staat er."),
        "Nederland veroordeelt deze cyberaanvallen met klem.",
    ),
    Entry(
        Stance.PROPOSAL,
        _("Nederland brengt zelf een plan, tekst of werkwijze in."),
        _("Een vraag aan anderen om te handelen is “roept op of vraagt”."),
        "Nederland stelde voor de oefening voortaan jaarlijks te houden.",
    ),
    Entry(
        Stance.VIEW,
        _("Nederland geeft een oordeel, of benadrukt dat iets belangrijk is."),
        _("Wat in geen andere soort valt en toch een mening van Nederland is, staat hier."),
        "Nederland benadrukte het belang van eenheid.",
    ),
    Entry(
        Stance.ACTION,
        _("Nederland doet iets, draagt iets bij of besluit iets."),
        _("Een toezegging aan het parlement is “zegt de Kamer toe”."),
        "Nederland levert in de tweede helft van het jaar een fregat.",
    ),
    Entry(
        Stance.PROMISE,
        _("Het kabinet zegt het parlement toe iets te laten weten, te sturen of te doen."),
        _("Een belofte aan bondgenoten is “doet, draagt bij of besluit”."),
        "Het kabinet zal uw Kamer hierover in het najaar informeren.",
    ),
)

MOMENTS = (
    Entry(
        Moment.PLANNED,
        _("Wat Nederland van plan is in te brengen of te doen."),
        _("Te herkennen aan de woorden: “zal”, “is voornemens”, “streeft naar”."),
        "Nederland zal aandringen op een gezamenlijke inkoop.",
    ),
    Entry(
        Moment.DELIVERED,
        _("Wat Nederland deed of zei, meestal op de bijeenkomst."),
        _("Meestal in een verslag, in de verleden tijd."),
        "Nederland drong aan op een gezamenlijke inkoop.",
    ),
    Entry(
        Moment.STATED,
        _("Wat het kabinet vindt of doet op het moment dat het de brief schrijft."),
        _("In de tegenwoordige tijd, in een agenda en in een verslag."),
        "Het kabinet acht gezamenlijke inkoop van belang.",
    ),
)

COMMITMENTS = (
    Entry(
        CommitmentKind.NEW,
        _("De brief zegt het parlement iets toe. Het is het standpunt “zegt de Kamer toe”."),
        _("Wat de brief zelf al geeft (“Hierbij informeer ik u”) is geen nieuwe toezegging."),
        "Het kabinet zal uw Kamer hierover in het najaar informeren.",
    ),
    Entry(
        CommitmentKind.REFERS,
        _("De brief noemt een eerdere toezegging aan het parlement, in een debat, een brief of aan een lid."),
        _(
            "Zegt dezelfde zin ook iets nieuws toe, dan telt zij bij beide. Toezeggingen van of aan bondgenoten tellen niet."
        ),
        "Zoals toegezegd in het commissiedebat van 9 februari komt hierover een brief.",
    ),
    Entry(
        CommitmentKind.FULFILS,
        _("De brief zegt zelf dat zij een eerdere toezegging nakomt, of geeft wat was toegezegd."),
        _("Alleen wat de brief daarover zegt; of een toezegging is afgedaan, bepaalt de Kamer."),
        "Hiermee kom ik tegemoet aan de toezegging aan het lid De Vries.",
    ),
)
