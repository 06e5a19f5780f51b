"""Sentences that speak of an earlier commitment to parliament, and those that only look like it."""

import time

import pytest

from letters.parsing.commitments import find_mentions
from letters.parsing.follow_ups import likeness, telling_words

SENTENCES = [
    # Refers to an earlier commitment
    (
        "Zoals toegezegd in het commissiedebat Irak op 25 oktober jl. wordt uw Kamer nader geïnformeerd "
        "over de veiligheid.",
        "refers",
    ),
    (
        "Zoals toegezegd tijdens het algemeen overleg van 2 oktober jl. komt het kabinet hierop in een "
        "afzonderlijke brief terug.",
        "refers",
    ),
    (
        "Het kabinet zal, zoals toegezegd tijdens het algemeen overleg van 28 maart jl., uw Kamer bij "
        "de Voorjaarsnota informeren.",
        "refers",
    ),
    ("Over verlenging van deze inzet wordt uw Kamer, zoals eerder toegezegd, dit najaar geïnformeerd.", "refers"),
    ("Zoals toegezegd zal ik uw Kamer in het verslag informeren over de kosten.", "refers"),
    ("Zoals toegezegd aan het lid Piri heb ik dit punt in Brussel opgebracht.", "refers"),
    ("Zoals toegezegd tijdens het debat met uw Kamer van 3 mei heb ik dit punt opgebracht.", "refers"),
    ("Zoals ik tijdens het commissiedebat NAVO van 3 juni 2021 heb toegezegd, blijft de oefening beperkt.", "refers"),
    ("Conform de toezegging aan het lid Piri zal ik de Kamer vooraf informeren.", "refers"),
    (
        "Naar aanleiding van de toezegging gedaan tijdens het commissiedebat NAVO van 3 juni 2021 is "
        "gesproken met de fabrikant.",
        "refers",
    ),
    ("Ik heb toegezegd uw Kamer hierover nader te informeren.", "refers"),
    ("Tijdens het commissiedebat NAVO van 3 juni 2021 heb ik toegezegd de kosten te laten onderzoeken.", "refers"),
    ("In het algemeen overleg van 12 juni heeft de minister toegezegd op dit onderwerp terug te komen.", "refers"),
    ("Aan het lid Belhaj is toegezegd dat de evaluatie openbaar wordt.", "refers"),
    ("Eerder is uw Kamer toegezegd dat hierover een brief volgt.", "refers"),
    ("Tijdens het AO van 3 juni zegde de minister de Kamer toe de gevolgen in kaart te brengen.", "refers"),
    ("Deze toezegging is geregistreerd als toezegging T03357.", "refers"),
    ("Mijn eerdere toezegging over de onderzeeboten betrof alleen de planning.", "refers"),
    ("Het kabinet zal de toezegging aan uw Kamer in het voorjaar gestand doen.", "refers"),
    ("Aan de toezegging aan het lid Ellian is nog niet voldaan.", "refers"),
    ("De toegezegde evaluatie ontvangt uw Kamer voor de zomer.", "refers"),
    # Fulfils one
    ("Hiermee is tevens voldaan aan de toezegging aan het lid Spaans.", "fulfils"),
    ("Hiermee kom ik tegemoet aan de toezegging aan het lid Belhaj in het commissiedebat van 9 februari.", "fulfils"),
    ("Met deze brief doe ik de toezegging gestand.", "fulfils"),
    ("Met deze brief doe ik tevens de toezegging af die ik deed in het commissiedebat Defensie.", "fulfils"),
    ("Hiermee is de toezegging aan het lid Belhaj afgedaan.", "fulfils"),
    ("Hiermee is de toezegging afgedaan.", "fulfils"),
    ("Met deze brief wordt voldaan aan de toezegging van 3 mei.", "fulfils"),
    ("De toezegging om de Kamer te informeren is hiermee gestand gedaan.", "fulfils"),
    ("De toezegging aan het lid Ellian om dit punt op te brengen, ben ik nagekomen.", "fulfils"),
    ("Zoals toegezegd informeer ik u hierbij over de kosten.", "fulfils"),
    ("Zoals toegezegd in het commissiedebat van 1 juni treft u bijgaand het overzicht aan.", "fulfils"),
    ("Hierbij bied ik uw Kamer de toegezegde notitie over de drones aan.", "fulfils"),
    ("Hiermee geef ik uitvoering aan mijn toezegging tijdens het wetgevingsoverleg van 14 november.", "fulfils"),
    ("Ter voldoening aan de toezegging aan de leden Piri en Boswijk ga ik hieronder in op de planning.", "fulfils"),
    ("Met dit verslag los ik de toezegging aan uw Kamer in.", "fulfils"),
    ("Tevens beschouw ik hiermee de toezegging aan de leden Boswijk en Piri als afgedaan.", "fulfils"),
    ("Op 3 mei is uw Kamer geïnformeerd, waarmee aan de toezegging aan het lid Dassen is voldaan.", "fulfils"),
    ("Middels deze brief voldoe ik aan mijn toezeggingen TZ202403-123 en TZ202403-124.", "fulfils"),
    ("Met deze brief voldoet het kabinet aan de toezegging in het commissiedebat NAVO.", "fulfils"),
    # What allies, others, or the Netherlands as an ally promise
    ("Zeventien bondgenoten hebben hiervoor eenheden toegezegd.", None),
    ("Duitsland heeft toegezegd drie extra systemen te leveren.", None),
    ("Het kabinet verwelkomt deze toezeggingen.", None),
    ("De staatssecretaris zal er bij de deelnemende landen op aandringen hun toezeggingen meerjarig te maken.", None),
    ("Zij zal de bondgenoten oproepen de toegezegde helikopters nu ook daadwerkelijk te leveren.", None),
    ("Het baart de regering zorg dat de toezeggingen van Praag nog maar ten dele zijn ingelost.", None),
    ("Nederland zegde toe deskundigen beschikbaar te stellen.", None),
    ("Ik heb toegezegd dat de Nederlandse bijdrage aan het NAVO-fonds ook in 2031 wordt voortgezet.", None),
    ("De Secretaris-Generaal zegde toe dat de richtlijnen voor luchtsteun worden aangescherpt.", None),
    ("Het kabinet heeft zich er hard voor gemaakt de toezegging, gedaan tijdens de top in Vilnius, na te komen.", None),
    ("Nederland zal andere landen oproepen hun toezeggingen voor luchtafweer voor de zomer gestand te doen.", None),
    ("De minister-president liet weten dat Nederland de in Wales gemaakte afspraken onverkort gestand doet.", None),
    ("Zoals toegezegd aan Oekraïne levert Nederland nog dit jaar achttien F-16’s.", None),
    ("Zoals toegezegd levert Nederland nog dit jaar achttien F-16’s, waarover uw Kamer eerder is geïnformeerd.", None),
    ("De levering van de toegezegde F-16’s ligt op schema; uw Kamer is hierover geïnformeerd.", None),
    ("Hiermee voldoet Nederland aan de toezegging om twee procent aan defensie uit te geven.", None),
    ("Hiermee is voldaan aan de toezegging.", None),
    ("Namens Nederland heeft de minister van Buitenlandse Zaken steun toegezegd voor het hervormingspakket.", None),
    ("Naar verwachting kondigen de leiders een meerjarige financiële toezegging aan.", None),
    ("Zoals toegezegd tijdens de top van Vilnius stijgen de uitgaven, aldus de brief aan uw Kamer.", None),
    ("Ik heb mijn Amerikaanse collega verzekerd dat Nederland zijn toezegging nakomt.", None),
    ("Zoals president Biden heeft toegezegd, zal de VS wapens leveren, zo meldde ik u in mijn brief van 3 mei.", None),
    ("De minister-president van Canada heeft het parlement toegezegd de uitgaven te verhogen.", None),
    ("Het kabinet zegde Oekraïne € 100 miljoen toe, waarover u eerder bent geïnformeerd.", None),
    ("Over de toezegging die Nederland deed in Warschau is de Kamer geïnformeerd in de brief van 3 juli.", None),
    # The Kamer was told of it
    ("In juni is uw Kamer geïnformeerd over de wapens die Duitsland heeft toegezegd.", None),
    ("Aan uw Kamer is gemeld welke middelen de VS had toegezegd.", None),
    ("Het kabinet heeft de Kamer geïnformeerd over de extra eenheden die het in Brussel heeft toegezegd.", None),
    # A new promise is a position
    ("Ik zeg uw Kamer toe dat hierover een brief volgt.", None),
    # Words of members, and questions
    ("De leden van de D66-fractie vragen naar de toezegging aan het lid Hammelburg.", None),
    ("Kan de minister aangeven wanneer aan de toezegging aan het lid Hammelburg wordt voldaan?", None),
    ("Deze leden herinneren de minister aan zijn toezegging in het commissiedebat van 3 mei.", None),
    ("Het lid Piri verwees naar de toezegging in het commissiedebat van 3 mei.", None),
    # As other letters put it
    ("Uw Kamer is toegezegd hierover voor het zomerreces een brief te ontvangen.", "refers"),
    ("De minister-president zegde tijdens het debat over de top toe uw Kamer een tijdpad te sturen.", "refers"),
    ("De minister van Defensie zegde het lid Boswijk toe dat de Kamer een overzicht krijgt.", "refers"),
    (
        "In het commissiedebat van 12 februari jl. is aan het lid Tuinman toegezegd dat de Kamer "
        "schriftelijk wordt geïnformeerd over de voortgang.",
        "refers",
    ),
    (
        "In lijn met mijn toezegging tijdens het tweeminutendebat van 4 juni zal ik de Kamer voor het "
        "zomerreces een overzicht sturen.",
        "refers",
    ),
    ("Zoals aan uw Kamer toegezegd, heeft Nederland hiervoor aandacht gevraagd.", "refers"),
    ("Zoals de minister-president heeft toegezegd aan het lid Timmermans, is dit punt in Vilnius aan de orde gesteld.", "refers"),
    ("Zoals ik uw Kamer heb toegezegd, heb ik het onderwerp bij mijn Turkse ambtgenoot opgebracht.", "refers"),
    ("Hiermee kom ik tevens tegemoet aan mijn toezegging aan het lid Sjoerdsma.", "fulfils"),
    ("Met deze brief komen wij de toezegging aan uw Kamer na om u te informeren over de kosten van de missie.", "fulfils"),
    ("Hiermee is voldaan aan de toezegging gedaan tijdens het AO NAVO van 23 juni 2016.", "fulfils"),
    (
        "Hiermee wordt uitvoering gegeven aan de toezegging tijdens het commissiedebat van 9 februari "
        "2023 om de Kamer te informeren.",
        "fulfils",
    ),
    ("Met bovenstaande is tevens de toezegging aan het lid Boswijk afgedaan.", "fulfils"),
    ("Deze brief geeft invulling aan de toezegging aan het lid Kamminga tijdens het commissiedebat van 1 juni.", "fulfils"),
    (
        "In deze brief ga ik, zoals toegezegd tijdens het algemeen overleg van 7 februari, nader in op "
        "de commandostructuur.",
        "fulfils",
    ),
    (
        "Zoals toegezegd tijdens het commissiedebat van 6 februari stuur ik u hierbij de "
        "kabinetsappreciatie van het Strategisch Concept.",
        "fulfils",
    ),
    ("Hiermee doe ik de toezegging aan de leden Brekelmans en Sjoerdsma (TZ202206-112) gestand.", "fulfils"),
    ("Met het toezenden van deze brief beschouw ik de toezegging aan het lid Van Wijngaarden als voldaan.", "fulfils"),
    ("De Britse minister zegde toe het aantal militairen in Estland te verdubbelen.", None),
    ("De Secretaris-Generaal riep landen op eerder gedane toezeggingen na te komen.", None),
    ("Nederland is de in Madrid gedane toezegging nagekomen.", None),
    ("Verschillende bondgenoten deden toezeggingen voor het NSATU-fonds; hierover is uw Kamer eerder geïnformeerd.", None),
    ("De minister van Defensie van Litouwen heeft toegezegd infrastructuur te bouwen.", None),
    ("Nederland heeft aan Oekraïne toegezegd 24 F-16's te leveren (Kamerstuk 36 045, nr. 160).", None),
    ("De toegezegde Patriot-systemen zijn inmiddels geleverd; uw Kamer is hierover op 3 mei geïnformeerd.", None),
    ("Het kabinet hecht eraan dat bondgenoten hun toezeggingen van de NAVO-top in Den Haag gestand doen.", None),
    ("De leden van de VVD-fractie lezen dat aan de toezegging aan het lid Brekelmans is voldaan.", None),
    ("Met deze toezegging komt Nederland uit op 2,1 procent van het bbp.", None),
    ("De Duitse minister heeft tijdens het diner toegezegd twee batterijen te leveren.", None),
    ("Conform de toezeggingen aan de NAVO groeit de landmacht de komende jaren.", None),
    ("De regering heeft de NAVO toegezegd een zware brigade te leveren, zoals gemeld aan uw Kamer.", None),
    ("Met deze bijdrage voldoet het kabinet aan de toezegging om 100 miljoen euro aan CAP bij te dragen.", None),
    ("Het kabinet komt hier, zoals toegezegd, voor het einde van het jaar bij uw Kamer op terug.", "refers"),
    ("De toezegging aan uw Kamer om de kosten inzichtelijk te maken wordt betrokken bij de voorjaarsnota.", "refers"),
    ("Ik heb het lid Piri toegezegd hierover een brief te sturen.", "refers"),
    ("De minister van Defensie heeft tijdens het vragenuur van 4 maart toegezegd uw Kamer hierover te informeren.", "refers"),
    ("Tijdens het AO van 20 april jl. heb ik toegezegd navraag te doen bij de Secretaris-Generaal.", "refers"),
    ("Bijgaand treft u de tijdens het AO van 20 april jl. toegezegde informatie aan.", "fulfils"),
    ("Met het bovenstaande heb ik voldaan aan de toezegging van 3 mei aan uw Kamer.", "fulfils"),
    ("Deze toezegging werd gedaan tijdens het algemeen overleg van 17 mei 2017.", "refers"),
    ("Hiermee doet Nederland zijn toezegging gestand.", None),
    ("Het kabinet doet hiermee de toezegging aan Oekraïne gestand.", None),
    ("Het lid Dassen vroeg of de toezegging aan uw Kamer nog geldt.", None),
    ("In antwoord op de vraag van het lid Piri zeg ik toe dat de Kamer een brief ontvangt.", None),
    (
        "Ook Noorwegen en Zweden deden nieuwe toezeggingen, zo bleek tijdens de bijeenkomst, waarover "
        "uw Kamer een verslag ontvangt.",
        None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "kind"), SENTENCES)
def test_a_sentence_refers_to_a_commitment_fulfils_one_or_neither(sentence, kind):
    found = [mention.kind.value for mention in find_mentions(sentence)]

    assert found == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        (
            "Zoals toegezegd in het commissiedebat Irak op 25 oktober jl. wordt uw Kamer geïnformeerd.",
            "toegezegd in het commissiedebat Irak op 25 oktober jl.",
        ),
        ("Hiermee is voldaan aan de toezegging aan het lid Spaans.", "toezegging aan het lid Spaans"),
        ("Hiermee voldoe ik aan toezegging T03357.", "toezegging T03357"),
        ("Met deze brief doe ik de toezegging gestand.", ""),
    ],
)
def test_a_mention_says_which_commitment_as_far_as_the_letter_does(sentence, named):
    [mention] = find_mentions(sentence)

    assert mention.named == named


def test_a_mention_is_the_whole_sentence_at_its_place_in_the_paragraph():
    before = "De inzet is verlengd. "
    sentence = "Hiermee is voldaan aan de toezegging aan het lid Spaans."

    [mention] = find_mentions(f"{before}{sentence} Daarna keert het schip terug.")

    assert (mention.start, mention.end, mention.sentence) == (22, 22 + len(sentence), sentence)


@pytest.mark.parametrize(
    "text",
    [
        "toezegging tijdens het " * 3_000,
        "Zoals " + "heb ik de toezegging aan " * 40,
        "aan uw Kamer " * 80 + "toezegging",
        "heb ik aan de Kamer voldaan aan " * 30 + "toegezegd",
    ],
)
def test_no_text_takes_long(text):
    began = time.perf_counter()

    find_mentions(text)

    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("promise", "mention", "on_one_topic", "anywhere"),
    [
        (
            "Het kabinet zal uw Kamer informeren over de uitkomsten van de evaluatie van de missie in Irak.",
            "Hiermee voldoe ik aan de toezegging over de evaluatie van de missie in Irak.",
            True,
            True,
        ),
        (
            "Ik zal uw Kamer informeren over de gevolgen van de regionale plannen voor de luchtverdediging.",
            "Zoals toegezegd ga ik in op de kosten van de luchtverdediging en de regionale samenwerking.",
            True,
            False,
        ),
        (
            "Ik zal uw Kamer informeren over de kosten van de missie in Irak.",
            "Hiermee voldoe ik aan de toezegging over de kosten van de oefening.",
            False,
            False,
        ),
        (
            "Ik zal uw Kamer hierover voor de zomer nader informeren.",
            "Zoals toegezegd informeer ik uw Kamer hierbij nader.",
            False,
            False,
        ),
    ],
)
def test_two_sentences_are_about_the_same_by_what_they_share(promise, mention, on_one_topic, anywhere):
    found = likeness(telling_words(promise), telling_words(mention))

    assert found.is_enough(same_topic=True) == on_one_topic
    assert found.is_enough(same_topic=False) == anywhere
