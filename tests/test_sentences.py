import json
import time
from pathlib import Path

import pytest

from letters.parsing.sentences import split_sentences

GOLD = Path(__file__).parent / "gold"

#: The paragraph, with a "|" where the next sentence begins.
PARAGRAPHS = [
    # dates and abbreviations that go on
    "Nederland heeft in juli jl. de G7-verklaring medeondertekend.",
    "De aanval van 7 oktober jl. en de reactie daarop kwamen aan de orde.",
    "Op 10 en 11 juni a.s. komen de ministers bijeen.",
    "De brief d.d. 3 mei 2008 van de minister.",
    "Dat geldt o.m. Irak, o.a. Jordanië, bijv. Tunesië en m.n. Libië.",
    "Zie Kamerstuk 28 676, nr. 446 en art. 5 van het verdrag.",
    "Het fregat Zr.Ms. Holland en Hr.Ms. De Ruyter varen ca. 20 dagen resp. 3 weken.",
    "Minister H.G.J. Bruins Slot en J. S. J. Hillen tekenden.",
    "De besprekingen met dhr. Grossi, prof. De Wijk, lt.-gen. Van Uhm en mevr. Kaag duurden kort.",
    "Deelname t/m 2024 i.p.v. 2023 werd m.b.t. Mali besproken.",
    "In Washington D.C. hebben bondgenoten besloten te investeren.",
    # abbreviations that end
    "De aanval van 7 oktober jl. |Aan zowel Israëlische als Palestijnse zijde vielen slachtoffers.",
    "Dit gebeurde in september jl. |Nederland verwelkomde dat.",
    "Het gaat om tanks, munitie, enz. |De levering volgt later.",
    "De top vond plaats in Washington D.C. |Daar is besloten te investeren.",
    "Zie de brief van 3 mei jl. Kamerstuk 28 676, nr. 12.",
    # numbers
    "Dat is besloten op 7 oktober. |8 november jl. besloot het kabinet een schip te sturen.",
    "De uitgaven bedragen 1,95% en 1,93%, De besluitvorming is aan een volgend kabinet.",
    "Het Strategisch Concept dateert uit 2010. |De herziening volgt.",
    "Dat volgt uit artikel 5. |De ministers bevestigden dit.",
    "Zie Kamerstuk 28 676, nr. 5. |De ministers bevestigden dit.",
    "De bijdrage bedroeg 2.500 militairen. |Dat is 3.5 keer zo veel.",
    "De norm is 2%. |Die wordt gehaald.",
    # enumerations
    "De punten zijn: 1. meer aandacht voor eenheid; 2. Het vergroten van de weerbaarheid; 3. behoud van voorsprong.",
    "1. Nederland steunt de missie. |2. Het mandaat wordt verlengd.",
    # quotation marks, brackets, dashes, ellipses
    "De SG sprak van een “historisch besluit.” |Nederland sloot zich daarbij aan.",
    "“Wij staan klaar. Wij leveren”, aldus de SG. |Daarna sloot de vergadering.",
    "De 4-landen (Australië, Japan, Nieuw-Zeeland, Zuid-Korea). |Ook de EU is essentieel.",
    "Dit is eerder gemeld (zie Kamerstuk 28 676. Daar staat meer). |Nu volgt de rest.",
    "De missie (KFOR.) |De EU volgt.",
    "Dat is «ironclad». |‘Ramstein’ vergaderde.",
    "Er volgde … een stilte. |Daarna… |Men ging door.",
    "Wat betekent dit? |Niets! |De missie gaat door.",
    "Het overleg begon laat. |’s Middags werd gesproken over Kosovo.",
    "De tekst [sic] bleef staan. |De rest verviel.",
    # flaws of copies
    "Men sprak over de uitgaven1. |De ministers spraken verder.",
    "De ministers zijn het eens geworden.|De volgende sessie ging over Irak.",
    "Zie www.defensie.nl voor meer. |Daar staat alles.",
]

#: The same: paragraphs on which the splitters of others were measured too.
MORE_PARAGRAPHS = [
    # "jl.", "a.s.", "d.d.", inside a sentence and at its end
    "De bijeenkomst van 28 en 29 nov. jl. stond in het teken van Oekraïne. |Nederland riep op tot meer steun.",
    "Op 14 en 15 feb. jl. spraken de ministers over Irak. |Daarbij was ook Jordanië aanwezig.",
    "Dat bleek op de top van 11 juli jl. |De volgende top is in Den Haag.",
    "In de brief van 12 september jl. (Kamerstuk 28 676, nr. 441) is uw Kamer geïnformeerd. |Nadien is niets veranderd.",
    "Het debat van dinsdag 4 juni jl. leverde twee moties op. |Beide zijn uitgevoerd.",
    "De Raad komt op 9 december a.s. bijeen. |De agenda volgt.",
    "De volgende bijeenkomst is op 12 en 13 februari a.s. |De agenda daarvan is nog niet bekend.",
    "In antwoord op uw verzoek d.d. 12 mei 2021 bericht ik u het volgende. |De inzet is ongewijzigd.",
    # names of months that are cut short
    "De ministers komen op 5 dec. bijeen in Brussel. |Daarna volgt een diner.",
    "Het mandaat loopt van 1 jan. 2022 tot en met 31 dec. 2023. |Verlenging is mogelijk.",
    "Op 24 feb. 2022 viel Rusland Oekraïne binnen. |Nederland veroordeelt dit.",
    # abbreviations inside a sentence and at its end
    "Nederland draagt o.m. F-16’s bij. |Ook levert het munitie.",
    "Er is gesproken met o.m. Duitsland, o.a. Frankrijk en m.n. Polen. |Zij steunen dit.",
    "De inzet m.b.t. Afghanistan blijft gelijk. |Het kabinet ziet geen aanleiding tot wijziging.",
    "De afspraken i.h.k.v. Resolute Support, t.b.v. Kabul, gelden a.h.w. NAVO-breed. |Dat is nieuw.",
    "De motie van het lid Voordewind c.s. verzoekt de regering dit te bezien. |De motie is aangenomen.",
    "Hiermee is voldaan aan de motie van het lid Sjoerdsma c.s. |Ook de motie Karabulut is afgedaan.",
    "De motie-Ten Broeke c.s. (Kamerstuk 33 763, nr. 12) vraagt hierom. |Dat is gedaan.",
    "Het gaat om munitie, brandstof, voertuigen enz. |Nederland levert een deel.",
    "Steun in de vorm van training, advies e.d. blijft nodig. |Nederland zal dat benadrukken.",
    "Polen, Letland e.a. pleitten voor meer troepen. |Nederland sloot zich daarbij aan.",
    "Nederland levert dit t/m 2025. |Daarna wordt opnieuw gewogen.",
    "Canada en Noorwegen leveren 40 resp. 60 mln. euro. |Nederland levert 20 mln. euro.",
    "Denk aan desinformatie, bijv. via sociale media. |Ook hier is de NAVO actief.",
    "De kosten bedragen € 12 mln. incl. btw. |Deze zijn gedekt.",
    "Het pakket omvat 40 mld. euro. |Bondgenoten dragen naar draagkracht bij.",
    # numbers of papers, articles and pages
    "Dit is gemeld in Kamerstuk 29 521, nr. 429. |Het kabinet handhaaft zijn oordeel.",
    "Zie Kamerstukken II 2022/23, 28 676, nrs. 420 en 421. |Een afschrift is bijgevoegd.",
    "Conform uw verzoek (Kamerstuk 21 501-28, nr. 250) ontvangt u het verslag. |Het is bijgevoegd.",
    "De garantie van art. 5 van het Verdrag staat. |Dat geldt voor alle bondgenoten.",
    "De brief is gestuurd conform art. 100 Grondwet. |De Kamer stemde in.",
    "Zie blz. 4 e.v. van het rapport. |Daar staat de berekening.",
    # ships, ranks, titles
    "Het fregat Zr.Ms. Tromp neemt deel. |Het keert in mei terug.",
    "Nederland stelde Zr.Ms. De Zeven Provinciën en Zr.Ms. Karel Doorman beschikbaar. |De SG dankte daarvoor.",
    "In 2009 voer Hr.Ms. Evertsen bij Somalië. |De piraterij nam af.",
    "De commandant, lt.-gen. Van Griensven, lichtte dit toe. |Ook kol. Jansen sprak.",
    "Prof. dr. De Graaf en drs. Kuijken presenteerden het rapport. |Ir. Vos was verhinderd.",
    "Het gesprek met dhr. El-Haddad en mevr. Petrovska was open. |Beiden dankten Nederland.",
    # initials
    "De minister van Defensie, J.S.J. Hillen, ondertekende. |De minister van Buitenlandse Zaken tekende mee.",
    "Namens het kabinet sprak A.Th.B. Bijleveld-Schouten. |Zij benadrukte het belang van eenheid.",
    "Secretaris-generaal J.G. de Hoop Scheffer opende de top. |President G.W. Bush sprak als eerste.",
    "De VN-gezant voor Libië, G. Salamé, was uitgenodigd. |Hij schetste de toestand.",
    "De top was in Washington D.C. |Nederland werd vertegenwoordigd door de premier.",
    "De samenwerking met de V.S. is essentieel. |Dat geldt ook voor Canada.",
    "De E.U. en de V.N. werken samen. |De NAVO ondersteunt.",
    # decimals, thousands, times, ordinals, years
    "De uitgaven stijgen naar 1.95% in 2024. |In 2025 is dat 2.01%.",
    "Het gaat om € 1,2 miljard. |Daarvan is 0,4 miljard nieuw.",
    "Versie 2.0 van het plan is gereed. |De raad stelde het vast.",
    "Er zijn 4.500 militairen en 1.250 burgers actief. |Nederland levert er 160.",
    "De sessie begon om 14.30 uur. |Om 17.00 uur sloot de SG de vergadering.",
    "Het 1e en 2e bataljon oefenden. |Het 3e bleef paraat.",
    "De 70e verjaardag van de NAVO werd gevierd. |De top volgde in december.",
    "Het kabinet besloot hiertoe in 2019. |2020 werd een overgangsjaar.",
    "Dat zijn de doelen voor 2024. |Nederland haalt ze.",
    "De NAVO telt nu 32 leden, eerst waren het er 30. |Zweden was de laatste.",
    "Alle bondgenoten bevestigden artikel 5. |Nederland deed dat ook.",
    # quotations
    "De SG sprak van “een nieuw tijdperk”. |Nederland deelt dat oordeel.",
    "De SG zei: “We moeten meer doen.” |Nederland steunde die oproep.",
    "Hij noemde dit ‘onaanvaardbaar.’ |De ministers stemden daarmee in.",
    "‘Wie stilstaat, verliest. Wie beweegt, wint’, aldus de premier. |De zaal lachte.",
    "De verklaring («Wales Summit Declaration») is bijgevoegd. |Zij is in het Engels.",
    '"De deur blijft open", zei de SG. |"Dat geldt voor Georgië."',
    # brackets
    "Drie landen (Estland, Letland en Litouwen) vroegen steun. |Nederland zegde die toe.",
    "Dit is de zogenoemde Defence Pledge (o.m. 2% van het bbp in 2024). |Nederland committeert zich.",
    "(Het verslag van de NUC volgt later.) |De NAR sprak ook over China.",
    "De motie is afgedaan (zie brief van 5 mei jl.). |Er resteert één toezegging.",
    # apostrophes
    "De NAVO’s rol groeit. |NAVO’s nieuwe concept is vastgesteld.",
    "’s Avonds was er een diner. |’s Ochtends sprak de Raad.",
    "In de jaren ’90 werd uitgebreid. |Dat bleek verstandig.",
    "De foto’s, video’s en motie’s zijn openbaar. |Zij staan op de site.",
    # enumerations, with semicolons
    "Nederland zal aandacht vragen voor: (a) steun aan Oekraïne; (b) de lasten; (c) innovatie. |Dit sluit aan bij de motie.",
    "De drie punten zijn: 1) afschrikking; 2) weerbaarheid; 3) partnerschap. |Hierover bestaat overeenstemming.",
    "Het gaat om: i. training; ii. advies; iii. materieel. |Nederland levert alle drie.",
    "Nederland steunt het plan; Duitsland aarzelt; Frankrijk wacht af. |De SG zoekt een uitweg.",
    "De prioriteiten: a. cyber; b. ruimte; c. klimaat. |De NAVO werkt deze uit.",
    "Ten eerste: eenheid. |Ten tweede: snelheid.",
    # questions, ellipses, colons
    "Hoe nu verder? |De ministers zien drie wegen.",
    "De vraag “Wat als Rusland doorgaat?” bleef open. |Daarover volgt overleg.",
    "Men wacht … en wacht. |Nederland wil tempo.",
    "De conclusie luidde: Rusland is een dreiging. |Nederland onderschreef dit.",
    # names with a stop
    "Nederland steunt het project .NEXT van de NAVO. |Het start in 2025.",
    "Het bedrijf Damen B.V. levert het schip. |De bouw begint in mei.",
    "De gezant was dhr. Y. Al-Masri. |Hij dankte de bondgenoten.",
    "Op www.navo.int staat de tekst. |De vertaling volgt.",
    "St. Petersburg werd niet genoemd. |Wel sprak men over Kaliningrad.",
    # of all kinds, written after the rules
    "Uw Kamer is hierover op 18 sept. jl. geïnformeerd. |Sindsdien zijn twee transporten vertrokken.",
    "De kosten (ca. € 3,4 mln. per jaar) komen ten laste van het BIV. |Over 2025 wordt later besloten.",
    "Nederland doet dit samen met o.a. Denemarken. |België overweegt deelname.",
    "Dit gebeurt i.o.m. de Kamer. |Het kabinet hecht daaraan.",
    "Min. Koenders sprak met zijn ambtgenoot. |De SG was daarbij aanwezig.",
    "De Adviesraad Internationale Vraagstukken (AIV) publiceerde advies nr. 112. |De reactie volgt.",
    "Het betreft VN-Veiligheidsraadresolutie 1244. |Deze blijft van kracht.",
    "Het mandaat van KFOR is gebaseerd op resolutie 1244 uit 1999. |Nederland levert 3 militairen.",
    "De verhouding is 60-40. |Dat is te scheef.",
    "Generaal C.Q. Brown jr. lichtte de stand toe. |De ministers dankten hem.",
    "President Trump jr. was niet aanwezig. |Wel was er een brief.",
    "Het hoofdkwartier in Brussel c.q. Evere is verouderd. |Nieuwbouw is nodig.",
    "De Russische inval, d.w.z. de schending van het VN-Handvest, is veroordeeld. |Nederland sprak van agressie.",
    "De motie Kerstens/Eijsink (Kamerstuk 29 521, nr. 254) is uitgevoerd. |Zie daarvoor de brief van 3 juni jl.",
    "De eerste F-35’s zijn in 2019 geleverd. |In 2024 volgen er 8.",
    "“Burden sharing”, zo stelde de VS, “is geen keuze.” |Nederland erkent dat.",
    "De minister antwoordde: “Nee. Dat doen wij niet.” |De SG nam dat over.",
    "De ministers (m.u.v. Turkije) stemden in. |Turkije volgde op 4 juli.",
    "Bij de NRF (NATO Response Force) gaat het om: land, lucht, zee, enz. |Nederland draagt aan alle drie bij.",
    "De volgende stappen zijn: a) een plan, b) een begroting en c) een besluit. |Dat duurt tot 2026.",
    "In dit kader: zie ook de geannoteerde agenda. |Die is op 2 juni verstuurd.",
    "Artikel 3 (weerbaarheid) en artikel 5 (bijstand) hangen samen. |Dat is ook de Nederlandse lijn.",
    "De samenwerking met Japan, Zuid-Korea e.a. partners groeit. |Dat is gewenst.",
    "Dit staat in par. 3.2 van het Strategisch Concept. |Nederland hecht daaraan.",
    "De sessie (ca. 2,5 uur) verliep goed. |’s Avonds was er een werkdiner.",
    "Nederland (Zr.Ms. Evertsen) en Duitsland (FGS Hessen) nemen deel. |De vloot vertrekt op 3 jan. a.s.",
    "De kern is dat de NAVO, aldus de SG, “er klaar voor is”. |Is dat zo? |Nederland meent van wel.",
    "Op 4 april 1949 werd het verdrag getekend. |75 jaar later telt de NAVO 32 leden.",
    "De minister van Defensie, mw. drs. A.Th.B. Bijleveld-Schouten, was verhinderd. |De cdS verving haar.",
    "De brief (kst-28676-400, d.d. 3 mrt. 2022) beschrijft dit. |Er is niets veranderd.",
    "Steun aan ANA/ANDSF bedraagt USD 4.3 mrd. per jaar. |Nederland draagt € 50 mln. bij.",
    "De uitspraak van de ICJ, nl. dat Rusland moet stoppen, is bindend. |Het kabinet steunt die.",
    "Verwezen wordt naar de Kamerbrieven van 3 mei jl. en 4 juni jl. |Beide zijn openbaar.",
    "Het kabinet heeft kennisgenomen van het rapport van de Commissie-Davids. |Een reactie volgt a.s. vrijdag.",
    # lost spaces
    "Het kabinet steunt dit.|De uitwerking volgt. |Daarna beslist de Kamer.",
]


@pytest.mark.parametrize("marked", PARAGRAPHS + MORE_PARAGRAPHS)
def test_a_paragraph_falls_apart_where_a_sentence_ends(marked):
    paragraph = marked.replace("|", "")
    expected = [part.strip() for part in marked.split("|")]

    sentences = split_sentences(paragraph)

    assert [sentence.text for sentence in sentences] == expected
    assert [paragraph[sentence.start : sentence.end] for sentence in sentences] == expected


def test_digits_of_a_footnote_behind_the_stop_belong_to_no_sentence():
    sentences = split_sentences(
        "Systemen die burgers beschermen.1 Dat eindigt in 2010.2 De ministers spraken verder.12"
    )

    assert [sentence.text for sentence in sentences] == [
        "Systemen die burgers beschermen.",
        "Dat eindigt in 2010.",
        "De ministers spraken verder.",
    ]


def test_each_cell_of_a_table_row_is_read_by_itself():
    sentences = split_sentences("Nederland\tlevert twee fregatten")

    assert [sentence.text for sentence in sentences] == ["Nederland", "levert twee fregatten"]


def test_an_empty_paragraph_has_no_sentences():
    assert split_sentences("") == ()


@pytest.mark.parametrize("name", sorted(path.name for path in GOLD.glob("*.json")))
def test_every_sentence_that_a_person_marked_is_one_sentence(name):
    gold = json.loads((GOLD / name).read_text(encoding="utf-8"))
    marked = [position["sentence"] for position in gold.get("positions", ())] + gold.get("optional", [])

    found = {
        " ".join(sentence.text.split())
        for section in gold.get("sections", ())
        for paragraph in section["paragraphs"]
        for sentence in split_sentences(paragraph)
    }

    assert [sentence for sentence in marked if " ".join(sentence.split()) not in found] == []


@pytest.mark.parametrize(
    "unit", [".", "(", "“", "‘", "’ ", "A. ", "a.b", "1. ", "jl. ", "De. ", ")", "\t", "… "]
)
def test_a_hostile_paragraph_takes_no_more_than_linear_time(unit):
    paragraph = unit * (1_000_000 // len(unit))

    started = time.perf_counter()
    split_sentences(paragraph)

    assert time.perf_counter() - started < 10
