"""Adding a mention of a commitment, and choosing its promise, in a real browser: by keyboard, without script, for everyone."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from letters.models import CommitmentMention, FollowUp
from tests.accessibility import SMALLEST, scrolls_sideways, violations
from tests.factories import make_letter, make_mention, make_paragraph, make_position, make_section

pytestmark = pytest.mark.browser

PROMISE = "Het kabinet zal uw Kamer informeren over de regionale plannen voor de luchtverdediging."
MISSED = "In dit verslag kom ik terug op de regionale plannen."


@pytest.fixture
def letter(site):
    """A report with a sentence that the machine missed, after a letter with the promise that it takes up."""
    agenda = make_letter(date="2023-02-08", subject="Agenda")
    make_position(make_paragraph(make_section(agenda), PROMISE), stance="promise", verb="informeren")
    letter = make_letter("report", date="2023-10-20", subject="Verslag")
    make_paragraph(make_section(letter), f"Nederland steunt Oekraïne. {MISSED}")
    return letter


def log_in(page, site):
    client = Client()
    client.force_login(User.objects.create_superuser("anna", password="x"))
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])


def tab_to(page, name: str) -> None:
    """Press Tab until what has the focus is called so."""
    for _press in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => [document.activeElement.innerText, ...[...document.activeElement.labels || []].map((one) => one.innerText)]"
            ".filter(Boolean).join(' ').trim()"
        )
        if focused.startswith(name):
            return
    raise AssertionError(f"Tab does not lead to {name}")


def add_and_link_by_keyboard(page, site, letter) -> None:
    page.goto(f"{site}{reverse('admin:letters_commitmentmention_add')}?brief={letter.pk}")
    tab_to(page, "Zin")
    page.keyboard.type("kom ik terug op")
    tab_to(page, "Verwijst naar een toezegging")
    page.keyboard.press("Space")
    tab_to(page, "Toevoegen")
    page.keyboard.press("Enter")
    page.get_by_text("De vermelding is toegevoegd").wait_for()
    tab_to(page, "Woorden uit de toezegging")
    page.keyboard.type("luchtverdediging")
    page.keyboard.press("Enter")
    page.get_by_text("1 toezegging", exact=True).wait_for()
    tab_to(page, "Dit is die toezegging")
    page.keyboard.press("Enter")
    page.get_by_text("Bewaard: dit staat nu op de site.").wait_for()


def test_a_mention_is_added_and_linked_by_keyboard_alone(letter, site, page):
    log_in(page, site)

    add_and_link_by_keyboard(page, site, letter)

    follow_up = FollowUp.objects.public().get()
    assert (follow_up.promise.sentence, follow_up.mention.sentence) == (PROMISE, MISSED)


def test_a_mention_is_added_and_linked_without_script(letter, site, browser):
    context = browser.new_context(locale="nl-NL", java_script_enabled=False)
    page = context.new_page()
    log_in(page, site)

    page.goto(site + reverse("admin:letters_commitmentmention_add"))
    page.get_by_role("link", name="Verslag").click()
    page.get_by_label("Zin", exact=True).fill("kom ik terug op")
    page.get_by_label("Verwijst naar een toezegging").check()
    page.get_by_role("button", name="Toevoegen").click()
    page.get_by_role("button", name="Dit is die toezegging").click()
    page.get_by_text("Bewaard: dit staat nu op de site.").wait_for()
    context.close()

    assert FollowUp.objects.public().count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_for_everyone(letter, site, page, scheme):
    mention = make_mention(letter.paragraphs.get(), MISSED)
    make_paragraph(make_section(letter, "China"), "Nederland steunt Oekraïne. Nederland steunt Oekraïne.")
    log_in(page, site)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    add = site + reverse("admin:letters_commitmentmention_add")
    found = {}

    for name, address in {
        "choose": add,
        "add": f"{add}?brief={letter.pk}",
        "link": site + reverse("admin:letters_commitmentmention_link", args=[mention.pk]),
    }.items():
        page.goto(address)
        found[name] = [*violations(page), *scrolls_sideways(page, SMALLEST)]
    page.goto(f"{add}?brief={letter.pk}")
    page.get_by_label("Zin", exact=True).fill("Nederland steunt")
    page.get_by_label("Komt een toezegging na").check()
    page.get_by_role("button", name="Toevoegen").click()
    page.get_by_text("Kies hieronder welke u bedoelt.").wait_for()
    found["which"] = [*violations(page), *scrolls_sideways(page, SMALLEST)]

    assert found == {"choose": [], "add": [], "link": [], "which": []}
    assert CommitmentMention.objects.count() == 1
