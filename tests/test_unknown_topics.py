"""A section that names no topic of the list: it is asked, and one answer holds for every letter with that heading."""

import pytest
from django.contrib.auth.models import Permission

from letters import decisions
from letters.ingest import Upload, ingest, read_again, vocabulary
from letters.models import AgendaTopic, Letter, Position, Problem, Section, Topic
from letters.parsing.topics import find_topics, load_vocabulary
from letters.topic_list import load_topics
from tests.factories import make_letter, make_section, make_topic

pytestmark = pytest.mark.django_db

#: Two years of one meeting; the second section of each names nothing of the list.
LETTER = """Ministerie van Buitenlandse Zaken

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Datum 3 februari {year}
Betreft Verslag NAVO-ministers van Buitenlandse Zaken 16 en 17 januari {year}

Verslag bijeenkomst NAVO-ministers van Buitenlandse Zaken 16 en 17 januari {year}

Op 16 en 17 januari {year} kwamen de NAVO-ministers van Buitenlandse Zaken bijeen in Brussel.

Oekraïne

De ministers spraken over de toestand. Nederland riep China op om de levering van onderdelen te staken.

{heading}

De ministers spraken over de gevolgen hiervan. Nederland riep op tot meer overleg. Nederland uitte zorgen over China.

{generic}

De ministers namen afscheid van een collega. Daarna vertrok men.
"""


@pytest.fixture(autouse=True)
def originals(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def topics(originals):
    load_topics()


def letter_of(year=2031, heading="Ruimtelijke ordening", generic="Werkdiner") -> Letter:
    text = LETTER.format(year=year, heading=heading, generic=generic)
    return ingest([Upload(f"verslag-{year}.txt", text.encode())]).letter


def slugs(row) -> list[str]:
    return sorted(topic.slug for topic in row.topics.all())


def section_of(letter, heading="Ruimtelijke ordening") -> Section:
    return letter.sections.get(heading=heading)


def asked(letter) -> list[str]:
    keys = [problem.section_key for problem in letter.problems.topics_unknown()]
    return [section.heading for section in Section.objects.filter(pk__in=keys)]


def read_text_again(letter):
    letter.refresh_from_db()
    return read_again(letter.text_edition)


def test_a_heading_without_topic_is_asked_and_one_that_names_no_subject_is_not():
    letter = letter_of()

    problem = letter.problems.topics_unknown().get()
    assert asked(letter) == ["Ruimtelijke ordening"]
    assert problem.message == (
        "Het onderdeel “Ruimtelijke ordening” noemt geen onderwerp van de lijst. Kies er een, voeg de kop toe als benaming, "
        "of laat het zo."
    )
    assert Topic.objects.count() == 39


def test_topics_that_a_clerk_chose_hold_for_the_section_and_its_agenda_topic_and_stay():
    letter, other = letter_of(2031), letter_of(2033)
    problem = letter.problems.topics_unknown().get()

    count = decisions.choose_topics(problem, Topic.objects.filter(slug="weerbaarheid"), by=None)
    read_text_again(letter)

    assert count == 1
    assert slugs(section_of(letter)) == ["weerbaarheid"]
    assert slugs(AgendaTopic.objects.get(sections=section_of(letter))) == ["weerbaarheid"]
    assert asked(letter) == []
    assert asked(other) == ["Ruimtelijke ordening"]


def test_what_other_letters_have_at_the_same_agenda_topic_stays_also_when_a_clerk_took_it_off():
    letter = letter_of()
    [agenda_topic] = section_of(letter).agenda_topics.all()
    rusland = Topic.objects.get(slug="rusland")
    filed = make_section(make_letter(), topics=[rusland], agenda_topics=[agenda_topic])
    emptied = make_section(make_letter(), agenda_topics=[agenda_topic], read={"topics": [rusland.pk]})
    untouched = make_section(make_letter(), agenda_topics=[agenda_topic])

    decisions.choose_topics(
        letter.problems.topics_unknown().get(), Topic.objects.filter(slug="weerbaarheid"), by=None
    )

    assert [slugs(section) for section in (filed, emptied, untouched)] == [["rusland"], [], ["weerbaarheid"]]


def test_a_new_alias_holds_for_every_section_that_it_names_and_for_the_next_letter():
    letter, same, longer = letter_of(2031), letter_of(2033), letter_of(2035, "Ordening in 2035")
    weerbaarheid = Topic.objects.get(slug="weerbaarheid")

    count = decisions.add_alias(letter.problems.topics_unknown().get(), weerbaarheid, "ordening", by=None)
    following = letter_of(2037, "Nieuwe ordening")

    assert count == 3
    assert slugs(section_of(same)) == ["weerbaarheid"]
    assert slugs(section_of(longer, "Ordening in 2035")) == ["weerbaarheid"]
    assert slugs(section_of(following, "Nieuwe ordening")) == ["weerbaarheid"]
    assert not Problem.objects.topics_unknown().exists()


def test_the_list_in_the_database_is_that_of_the_file_so_that_it_is_prepared_once():
    assert find_topics(vocabulary()) is find_topics(load_vocabulary())


def test_reading_again_after_an_alias_changes_nothing():
    letter = letter_of()
    weerbaarheid = Topic.objects.get(slug="weerbaarheid")
    decisions.add_alias(letter.problems.topics_unknown().get(), weerbaarheid, "ordening", by=None)

    read_text_again(letter)

    assert slugs(section_of(letter)) == ["weerbaarheid"]
    assert not letter.problems.open().filter(code="conflict").exists()
    assert asked(letter) == []


def test_a_new_topic_has_its_name_and_address_and_the_sections_with_that_heading(django_user_model):
    letter, same = letter_of(2031), letter_of(2033)
    clerk = django_user_model.objects.create_user("redactie")
    parent = Topic.objects.get(slug="weerbaarheid")

    topic = decisions.make_topic(
        letter.problems.topics_unknown().get(), name="Ordening", slug="ordening", parent=parent, by=clerk
    )

    assert (topic.name, topic.get_absolute_url()) == ("Ordening", "/onderwerpen/ordening/")
    assert [slugs(section_of(one)) for one in (letter, same)] == [["ordening"], ["ordening"]]
    assert section_of(letter).history.latest().history_user == clerk


def test_no_topic_answers_every_question_about_that_heading_and_is_not_asked_again():
    letter, same = letter_of(2031), letter_of(2033)

    count = decisions.leave_without_topic(letter.problems.topics_unknown().get(), by=None, reason="")
    read_text_again(same)

    assert count == 2
    assert [asked(letter), asked(same)] == [[], []]
    assert [problem.resolution for problem in Problem.objects.filter(code="topic_unknown")] == [
        "geen onderwerp",
        "geen onderwerp",
    ]


def test_topics_that_a_clerk_took_off_are_not_asked_for():
    letter = letter_of()
    section_of(letter, "Oekraïne").topics.clear()

    read_text_again(letter)

    assert asked(letter) == ["Ruimtelijke ordening"]


def test_words_that_name_no_subject_and_names_that_are_taken_are_refused():
    letter = letter_of()
    problem, topic = letter.problems.topics_unknown().get(), Topic.objects.get(slug="weerbaarheid")

    with pytest.raises(decisions.Refused, match="zegt niet waarover het gaat"):
        decisions.add_alias(problem, topic, "Werkdiner", by=None)
    with pytest.raises(decisions.Refused, match="is al een benaming"):
        decisions.add_alias(problem, topic, "china", by=None)

    assert asked(letter) == ["Ruimtelijke ordening"]


def test_a_question_that_was_answered_meanwhile_is_refused():
    letter = letter_of()
    problem = letter.problems.topics_unknown().get()
    decisions.leave_without_topic(problem, by=None)

    with pytest.raises(decisions.Refused, match="intussen beantwoord"):
        decisions.choose_topics(problem, Topic.objects.filter(slug="china"), by=None)


# --- topics of positions --------------------------------------------------------------------------------------------


def position_with(letter, words) -> Position:
    return letter.positions.get(sentence__contains=words)


def test_a_position_has_the_topics_that_its_sentence_names_beside_those_of_its_section():
    letter = letter_of()

    assert slugs(position_with(letter, "riep China op")) == ["china", "oekraine"]
    assert slugs(position_with(letter, "uitte zorgen over China")) == ["china"]
    assert slugs(position_with(letter, "meer overleg")) == []


def test_a_position_that_only_the_machine_gave_topics_is_untouched():
    letter = letter_of()

    assert [position.is_touched for position in letter.positions.all()] == [False, False, False]


def test_topics_that_a_clerk_gave_a_position_stay():
    letter = letter_of()
    position = position_with(letter, "riep China op")
    position.topics.set(Topic.objects.filter(slug="rusland"))

    read_text_again(letter)

    assert slugs(position_with(letter, "riep China op")) == ["rusland"]
    assert not letter.problems.open().filter(code="conflict").exists()


def test_a_position_follows_when_its_section_gets_a_topic():
    letter = letter_of()

    decisions.choose_topics(
        letter.problems.topics_unknown().get(), Topic.objects.filter(slug="weerbaarheid"), by=None
    )

    position = position_with(letter, "uitte zorgen over China")
    assert slugs(position) == ["china", "weerbaarheid"]
    assert not position.is_touched


def test_a_position_is_found_under_what_its_sentence_names_and_under_its_section(client):
    letter = letter_of()
    letter.positions.update(status="checked")
    decisions.publish(letter, by=None)

    found = {
        slug: [
            position.sentence
            for position in client.get(f"/standpunten/?onderwerp={slug}").context["page_obj"].object_list
        ]
        for slug in ("china", "oekraine")
    }

    assert sorted(found["china"]) == [
        "Nederland riep China op om de levering van onderdelen te staken.",
        "Nederland uitte zorgen over China.",
    ]
    assert found["oekraine"] == ["Nederland riep China op om de levering van onderdelen te staken."]


# --- the page -------------------------------------------------------------------------------------------------------


def page_of(problem) -> str:
    return f"/beheer/letters/topic/onbekend/{problem.pk}/"


def test_the_page_shows_the_text_the_four_answers_and_where_else_it_is_asked(admin_client):
    letter, same = letter_of(2031), letter_of(2033)

    html = admin_client.get(page_of(letter.problems.topics_unknown().get())).content.decode()

    assert "De ministers spraken over de gevolgen hiervan." in html
    assert [f'value="{name}"' in html for name in ("kies", "benaming", "nieuw", "geen")] == [True] * 4
    assert f"/beheer/letters/letter/{same.pk}/change/" in html


@pytest.mark.parametrize("page", ["change", "nakijken"])
def test_the_letter_and_the_desk_lead_to_the_answers(admin_client, page):
    letter = letter_of()

    html = admin_client.get(f"/beheer/letters/letter/{letter.pk}/{page}/").content.decode()

    assert page_of(letter.problems.topics_unknown().get()) in html


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"answer": "kies", "kies-topics": "weerbaarheid"}, ["weerbaarheid"]),
        (
            {"answer": "benaming", "benaming-topic": "weerbaarheid", "benaming-name": "ordening"},
            ["weerbaarheid"],
        ),
        ({"answer": "nieuw", "nieuw-name": "Ordening", "nieuw-slug": "ordening"}, ["ordening"]),
        ({"answer": "geen", "geen-reason": "komt niet terug"}, []),
    ],
)
def test_each_answer_is_carried_out_and_leads_back_to_the_desk(admin_client, sent, expected):
    letter = letter_of()
    key = str(Topic.objects.get(slug="weerbaarheid").pk)
    sent = {name: key if value == "weerbaarheid" else value for name, value in sent.items()}

    response = admin_client.post(page_of(letter.problems.topics_unknown().get()), sent)

    assert response.url == f"/beheer/letters/letter/{letter.pk}/nakijken/"
    assert slugs(section_of(letter)) == expected
    assert asked(letter) == []


def test_a_name_that_is_taken_is_said_at_its_field(admin_client):
    letter = letter_of()
    key = Topic.objects.get(slug="weerbaarheid").pk

    response = admin_client.post(
        page_of(letter.problems.topics_unknown().get()),
        {"answer": "benaming", "benaming-topic": key, "benaming-name": "CHINA"},
    )

    assert response.context["forms"]["benaming"].errors == {
        "name": ["Dit is al een benaming van “China”. Kies dat onderwerp."]
    }


def test_an_answered_question_leads_back_with_a_message(admin_client):
    letter = letter_of()
    problem = letter.problems.topics_unknown().get()
    decisions.leave_without_topic(problem, by=None)

    response = admin_client.get(page_of(problem), follow=True)

    assert "Deze vraag is intussen beantwoord." in response.content.decode()


def test_who_may_not_change_the_list_chooses_from_it_only(client, django_user_model):
    letter = letter_of()
    problem = letter.problems.topics_unknown().get()
    clerk = django_user_model.objects.create_user("redactie", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=["view_letter", "change_section"]))
    client.force_login(clerk)

    shown = client.get(page_of(problem)).context["forms"]
    refused = client.post(
        page_of(problem), {"answer": "nieuw", "nieuw-name": "Ordening", "nieuw-slug": "ordening"}
    )

    assert list(shown) == ["kies"]
    assert refused.status_code == 403
    assert not Topic.objects.filter(slug="ordening").exists()


def test_topics_chosen_on_the_page_of_the_section_answer_the_question_too(admin_client):
    letter = letter_of()
    section, topic = section_of(letter), make_topic("migratie")
    page = f"/beheer/letters/section/{section.pk}/change/"
    form = admin_client.get(page).context["adminform"].form
    sent = {name: value for name, value in form.initial.items() if value not in (None, [])}
    paragraphs = {
        f"paragraphs-{name}": count
        for name, count in (
            ("TOTAL_FORMS", 0),
            ("INITIAL_FORMS", 0),
            ("MIN_NUM_FORMS", 0),
            ("MAX_NUM_FORMS", 0),
        )
    }

    admin_client.post(
        page,
        {
            **sent,
            "agenda_topics": [one.pk for one in section.agenda_topics.all()],
            "topics": [topic.pk],
            **paragraphs,
        },
    )

    assert slugs(section) == ["migratie"]
    assert asked(letter) == []
