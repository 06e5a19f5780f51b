"""Names that letterheads, signatures and meetings use, as data: to add one is to add a line."""

import re

BUITENLANDSE_ZAKEN = "Ministerie van Buitenlandse Zaken"
DEFENSIE = "Ministerie van Defensie"
ALGEMENE_ZAKEN = "Ministerie van Algemene Zaken"

#: What in a letterhead belongs to one ministry only. Rijnstraat 8 does not: several ministries share that building.
MINISTRY_MARKS = (
    (
        re.compile(
            r"\bBZDOC-|\bMinBuza|\bPostbus 20061\b|\bBezuidenhoutseweg 67\b.{0,30}\bBZ\b|\bBZ-?\d{6,}"
        ),
        BUITENLANDSE_ZAKEN,
    ),
    (
        re.compile(
            r"\bDirectie (?:Veiligheidsbeleid|Integratie Europa)\b|\bDVB/|\bDirecteur-Generaal Politieke Zaken\b"
        ),
        BUITENLANDSE_ZAKEN,
    ),
    (
        re.compile(
            r"\bMINDEF\d|\bPostbus 20701\b|\bMPC 58 ?B\b|\bPlein-Kalvermarkt\b|\bKalvermarkt 32\b|\bBS ?/? ?\d{8,}"
        ),
        DEFENSIE,
    ),
    (re.compile(r"\bPostbus 20001\b|\bBinnenhof 19\b|\bKabinet Minister-President\b"), ALGEMENE_ZAKEN),
)

#: "Ministerie van Buitenlandse Zaken" on a line of its own
MINISTRY = re.compile(r"^(?:>\s*)?(Ministerie (?:van|voor) [A-Z][\w ,-]{3,60})$")

#: How the departments in "minister van …" write themselves, whatever the capitals in a signature
DEPARTMENTS = (
    "Buitenlandse Zaken",
    "Defensie",
    "Algemene Zaken",
    "Buitenlandse Handel en Ontwikkelingssamenwerking",
    "Buitenlandse Handel en Ontwikkelingshulp",
    "Buitenlandse Handel",
    "Ontwikkelingssamenwerking",
    "Ontwikkelingshulp",
    "Europese Zaken",
    "Economische Zaken, Landbouw en Innovatie",
    "Economische Zaken en Klimaat",
    "Economische Zaken",
    "Klimaat en Energie",
    "Justitie en Veiligheid",
    "Veiligheid en Justitie",
    "Justitie",
    "Asiel en Migratie",
    "Binnenlandse Zaken en Koninkrijksrelaties",
    "Binnenlandse Zaken",
    "Financiën",
    "Infrastructuur en Waterstaat",
    "Infrastructuur en Milieu",
    "Verkeer en Waterstaat",
    "Volksgezondheid, Welzijn en Sport",
    "Onderwijs, Cultuur en Wetenschap",
    "Sociale Zaken en Werkgelegenheid",
    "Landbouw, Natuur en Voedselkwaliteit",
    "Klimaat en Groene Groei",
)

#: Towns where meetings were held or may be held. A letter names its meeting's place among other words with "in".
_PLACES = """
    Amsterdam Ankara Antalya Athene Bakoe Barcelona Belgrado Bergen Berlijn Bern Bled Boedapest Boekarest
    Bratislava Brussel Cardiff Cascais Chicago Chisinau Den_Haag Dublin Edinburgh Evere Gdansk Genève
    Gothenburg Göteborg Gymnich Hamburg Helsinki Istanbul Istanboel Kaunas Keulen Kiev Kyiv Kopenhagen Krakau
    Leuven Lissabon Ljubljana Londen Luxemburg Lviv Maastricht Madrid Milaan Monaco München Napels New_York
    Newport Nice Nicosia Noordwijk Norfolk Oslo Ottawa Parijs Podgorica Porto Potsdam Praag Pristina Ramstein
    Reykjavik Riga Rijsel Rome Rotterdam Santander Sarajevo Sevilla Sinaia Skopje Sofia Stockholm Straatsburg
    Straatsburg/Kehl Tallinn Tampere Tartu Tbilisi Thessaloniki Tirana Toledo Tromsø Trondheim Turijn Uppsala
    Utrecht Valletta Venetië Verona Versailles Vilnius Warschau Washington Washington_D.C. Washington_DC Wenen
    Wiesbaden Zagreb Zürich
"""
PLACES = tuple(name.replace("_", " ") for name in _PLACES.split())
_TOWN = "|".join(re.escape(town) for town in sorted(PLACES, key=len, reverse=True))
#: "in Brussel", "te Warschau"
IN_PLACE = re.compile(rf"\b(?:in|te)\s+(?P<place>{_TOWN})(?![\w-])")

#: Capitalised words behind "in" that are no towns. Countries, in Dutch as letters write them.
_NO_TOWNS = """
    Afghanistan Afrika Albanië Algerije Amerika Argentinië Armenië Australië Azerbeidzjan Azië Bahrein Bangladesh Belarus België
    Benelux Bosnië Bosnië-Herzegovina Brazilië Bulgarije Burkina Californië Canada Chili China Colombia Congo Cyprus Denemarken
    Djibouti Duitsland Egypte Engeland Eritrea Estland Ethiopië Europa Filipijnen Finland Frankrijk Georgië Ghana Griekenland
    Groenland Groot-Brittannië Hongarije Ierland IJsland India Indonesië Irak Iran Israël Italië Japan Jemen Jordanië Kaapverdië
    Kazachstan Kenia Kirgizië Koeweit Kosovo Kroatië Letland Libanon Libië Litouwen Macedonië Mali Malta Marokko Mauritanië Mexico
    Moldavië Mongolië Montenegro Nederland Niger Nigeria Nieuw-Zeeland Noord-Afrika Noord-Amerika Noord-Korea Noord-Macedonië
    Noorwegen Oekraïne Oezbekistan Oman Oostenrijk Oost-Europa Pakistan Palestina Polen Portugal Qatar Roemenië Rusland
    Saoedi-Arabië Schotland Senegal Servië Singapore Slovenië Slowakije Soedan Somalië Spanje Syrië Tadzjikistan Taiwan Thailand
    Tsjaad Tsjechië Tsjechische Tunesië Turkije Turkmenistan Türkiye Verenigde Vietnam VK VS Wales West-Europa Wit-Rusland
    Zuid-Afrika Zuid-Korea Zuid-Soedan Zweden Zwitserland
    Aansluiting Bijlage Centraal-Azië Commissie Europese Handelingen Hoge Kamer Kamerbrief Kamerstuk Kamerstukken Koninkrijk
    Koninklijke Latijns-Amerika Midden-Oosten Noord-Atlantische Nederlandse Parlement Raad Staten-Generaal
"""
NO_TOWNS = frozenset(_NO_TOWNS.split())

# "in Gent", "in Noordwijk aan Zee": a town only beside the meeting's name or day, since the list of towns is never complete
IN_TOWN = re.compile(
    r"\bin\s+(?P<place>[A-ZÀ-Þ][a-zà-ÿ’'-][\w’'-]*(?:\saan\s(?:Zee|(?:de|den|het)\s[A-ZÀ-Þ]\w+)|\s(?:am|op)\s(?:Main|Zoom)|\s[A-ZÀ-Þ][a-zà-ÿ][\w’-]+)?)(?![\w-])"
)


def department_case(text: str) -> str:
    """Write "minister van BUITENLANDSE ZAKEN" in lower case, with the department's own capitals."""
    lowered = " ".join(text.split()).lower()
    for name in DEPARTMENTS:
        lowered = re.sub(rf"\b{re.escape(name.lower())}\b", name, lowered)
    return lowered
