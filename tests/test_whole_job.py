"""The main job in a real browser: from a file on a clerk's disk to a view that a visitor bookmarks."""

from pathlib import Path

import pytest

from letters.models import Letter, Meeting, Paragraph, Section
from letters.topic_list import load_topics

LETTER = Path(__file__).parent / "letters" / "agenda-2023-11-28.pdf"


@pytest.mark.browser
def test_a_clerk_uploads_corrects_checks_and_publishes_and_a_visitor_bookmarks_what_she_finds(
    site, page, browser, django_user_model
):
    load_topics()
    django_user_model.objects.create_superuser("redacteur", password="een-lang-wachtwoord")

    page.goto(f"{site}/beheer/")
    page.get_by_label("Gebruikersnaam").fill("redacteur")
    page.get_by_label("Wachtwoord").fill("een-lang-wachtwoord")
    page.get_by_role("button", name="Aanmelden").click()

    page.goto(f"{site}/beheer/letters/letter/add/")
    page.get_by_label("Bestand van de brief").set_input_files(LETTER)
    page.get_by_role("button", name="Inlezen").click()
    assert "ingelezen als concept" in page.get_by_role("listitem").filter(has_text="concept").inner_text()

    heading = page.locator("input[type='text'][name$='-heading'][value='China en de Indo-Pacific']")
    heading.fill("China en de Stille Oceaan")
    page.get_by_role("button", name="Opslaan en opnieuw bewerken").click()
    assert Section.objects.filter(heading="China en de Stille Oceaan").count() == 1

    page.get_by_role("link", name="Standpunten nakijken").click()
    page.get_by_role("link", name="verwelkomt het kabinet het intensiveren").click()
    page.get_by_role("button", name="Klopt").click()
    page.locator(".card--checked").filter(has_text="verwelkomt het kabinet het intensiveren").wait_for()

    page.goto(f"{site}/beheer/letters/letter/{Letter.objects.get().pk}/change/")
    page.get_by_role("button", name="Publiceren").click()
    assert Letter.objects.public().count() == 1

    visitor = browser.new_context(locale="nl-NL").new_page()
    visitor.goto(f"{site}/zoeken/")
    visitor.get_by_role("checkbox", name="China").first.check()
    visitor.get_by_role("button", name="Zoek").first.click()
    visitor.wait_for_url("**onderwerp=china**")
    bookmark, title = visitor.url, visitor.title()
    found = visitor.locator("#weergave").inner_text()  # without what is announced to who hears the page
    assert "China en de Stille Oceaan" in found
    assert "China" in title

    another = browser.new_context(locale="nl-NL").new_page()
    another.goto(bookmark)
    assert (another.url, another.title()) == (bookmark, title)
    assert another.locator("#weergave").inner_text() == found

    another.goto(f"{site}/standpunten/?onderwerp=china")
    main = another.get_by_role("main").inner_text()
    assert "Conform de Indo-Pacific leidraad verwelkomt het kabinet" in main
    assert "gecoördineerde en daadkrachtige NAVO aanpak" not in main  # nobody checked that one yet
    assert Meeting.objects.public().count() == 1
    assert Paragraph.objects.public().exclude(anchor="").count() == Paragraph.objects.count()
