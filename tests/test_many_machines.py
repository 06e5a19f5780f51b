"""The site on more than one machine: who reads and writes where, and what happens when one of the machines goes."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import lxml.html
import pytest
from django.conf import settings

from tests.conftest import manage
from tests.machines import LETTERS, NAME, PASSWORD, World, logged_in, two_machines
from tests.postgres import Postgres
from tests.proxy import NEEDS_CADDY, caddy
from tests.visitor import Visitor
from tests.waiting import wait_until

LOGIN_FAILURES = settings.AXES_FAILURE_LIMIT
WRITE_AS_A_VISITOR = "from letters.models import Topic; Topic.objects.using('public').create(slug='x')"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with two_machines(tmp_path_factory.mktemp("machines")) as world:
        yield world


@contextmanager
def replay_paused(world: World):
    """Let the standby receive what the primary writes, but not show it."""
    world.standby.query("SELECT pg_wal_replay_pause()")
    wait_until(lambda: world.standby.query("SELECT pg_get_wal_replay_pause_state()") == [("paused",)])
    try:
        yield
    finally:
        world.standby.query("SELECT pg_wal_replay_resume()")
    wait_until(lambda: world.standby.follows(world.primary))


@contextmanager
def stopped(server: Postgres):
    server.stop()
    try:
        yield
    finally:
        server.start()


def test_visitors_read_the_standby_and_clerks_what_they_wrote_themselves(world):
    clerk, visitor = world.clerk, Visitor()

    with replay_paused(world):
        change = world.bring(clerk, world.here, "own-oude-brief-2009.txt")
        world.publish(clerk, world.there, change)
        [(letter,)] = world.primary.query("SELECT slug FROM letters_letter ORDER BY id DESC LIMIT 1")
        of_clerk = clerk.get(f"{world.here}/brieven/{letter}/")
        of_visitor = visitor.get(f"{world.here}/brieven/{letter}/")
    later = visitor.get(f"{world.there}/brieven/{letter}/")

    assert (of_clerk.status, of_visitor.status, later.status) == (200, 404, 200)


def test_nothing_can_be_written_where_visitors_read(world):
    writing = manage(
        "shell",
        "--no-imports",
        f"--command={WRITE_AS_A_VISITOR}",
        stderr=subprocess.PIPE,
        **world.environment,
    )

    _out, said = writing.communicate()

    assert "cannot execute INSERT in a read-only transaction" in said


def test_public_pages_answer_while_the_primary_is_stopped_and_it_may_come_back(world):
    clerk, visitor, pages = world.clerk, Visitor(), world.pages()

    with stopped(world.primary):
        of_visitor = [visitor.get(f"{world.here}{path}").status for path in pages]
        of_clerk = [clerk.get(f"{world.there}{path}").status for path in pages]
        desk = clerk.get(f"{world.there}/beheer/letters/letter/")
        unknown = clerk.get(f"{world.there}/originelen/999999/")
        login = Visitor().log_in(world.here, NAME, PASSWORD)
    desk_later = clerk.get(f"{world.there}/beheer/letters/letter/")

    assert of_visitor == of_clerk == [200] * len(pages)
    # Whoever may be logged in is not told that there is no such page, nor sent to log in.
    assert (desk.status, unknown.status, login.status) == (503, 503, 503)
    assert "De site is even niet bereikbaar" in desk.text
    assert desk_later.status == 200


def test_public_pages_come_from_the_primary_while_the_standby_is_stopped(world, tmp_path):
    visitor, pages = Visitor(), world.pages()

    with world.machine(tmp_path) as site:
        before = visitor.get(f"{site}/brieven/")
        with stopped(world.standby):
            during = [visitor.get(f"{site}{path}").status for path in pages]

    assert before.status == 200
    assert during == [200] * len(pages)


def test_a_question_that_gets_in_the_way_of_the_standby_is_asked_once_more(world):
    # One question reads paragraphs with their sections: it has the one table while it waits for the other.
    with impatient(world.standby), ThreadPoolExecutor(1) as visitor, locked(world, "letters_section"):
        page = visitor.submit(Visitor().get, f"{world.here}/zoeken/")
        wait_until(lambda: waiting(world.standby))
        first = waiting(world.standby)
        with locked(world, "letters_paragraph"):
            wait_until(lambda: waiting(world.standby) - first)
    answer = page.result()

    conflicts = world.standby.query(
        "SELECT confl_lock FROM pg_stat_database_conflicts WHERE datname = 'navo'"
    )
    assert (answer.status, conflicts) == (200, [(1,)])


@contextmanager
def impatient(standby: Postgres):
    """Have a standby break off at once whoever is in the way of what the primary wrote."""
    standby.query("ALTER SYSTEM SET max_standby_streaming_delay = 0")
    standby.query("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        standby.query("ALTER SYSTEM RESET max_standby_streaming_delay")
        standby.query("SELECT pg_reload_conf()")


@contextmanager
def locked(world: World, table: str):
    """Keep everyone from a table, on the primary and then on the standby."""
    with world.primary.connect() as connection:
        connection.execute(f"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        world.primary.query("SELECT pg_switch_wal()")  # sends what was written
        held = "SELECT 1 FROM pg_locks WHERE relation = %s::regclass AND mode = 'AccessExclusiveLock' AND granted"
        wait_until(lambda: world.standby.query(held, table))
        yield
        connection.execute("COMMIT")


def waiting(server: Postgres) -> set[int]:
    """The questions to a server that wait for a lock."""
    return {pid for (pid,) in server.query("SELECT pid FROM pg_locks WHERE NOT granted")}


def test_after_a_promotion_clerks_go_on_without_a_restart(world, tmp_path):
    spare = world.primary.standby()
    either = f"postgresql://navo@127.0.0.1:{world.primary.port},127.0.0.1:{spare.port}/navo"
    try:
        with world.machine(tmp_path, DATABASE_URL=f"{either}?target_session_attrs=read-write") as site:
            clerk = world.clerk
            wait_until(lambda: spare.follows(world.primary))
            with stopped(world.primary):
                during = clerk.get(f"{site}/beheer/")
                spare.query("SELECT pg_promote()")
                change = world.bring(clerk, site, "own-verslag-nuc-2028.txt")
                after = clerk.get(f"{site}{change}")
    finally:
        spare.remove()
        world.primary.query("SELECT pg_drop_replication_slot(%s)", spare.slot)

    assert (during.status, after.status) == (503, 200)


def test_who_logs_in_on_one_machine_is_known_on_the_other_until_they_log_out(world):
    clerk = logged_in(world.here, NAME)

    known = clerk.get(f"{world.there}/beheer/")
    clerk.post(f"{world.there}/beheer/logout/", {})
    unknown = clerk.get(f"{world.here}/beheer/")

    assert (known.status, unknown.status) == (200, 302)


def test_wrong_passwords_are_counted_over_both_machines(world):
    guesser = Visitor()
    sites = [world.here, world.there] * LOGIN_FAILURES

    tried = [guesser.log_in(site, "iemand-anders", "geraden").status for site in sites[:LOGIN_FAILURES]]

    assert tried == [200] * (LOGIN_FAILURES - 1) + [429]
    assert Visitor().log_in(world.here, "iemand-anders", "geraden").status == 429
    assert Visitor().log_in(world.there, "iemand-anders", "geraden").status == 429


def test_an_original_brought_to_one_machine_is_handed_out_by_the_other(world):
    world.bring(world.clerk, world.here, "agenda-2023-11-28.txt")
    [(file,)] = world.primary.query("SELECT id FROM letters_file WHERE name = 'agenda-2023-11-28.txt'")

    answer = world.clerk.get(f"{world.there}/originelen/{file}/")

    assert answer.content == (LETTERS / "agenda-2023-11-28.txt").read_bytes()


def test_one_letter_brought_to_both_machines_at_once_is_one_letter(world):
    clerks = [(world.clerk, world.here), (world.colleague, world.there)]

    with ThreadPoolExecutor(2) as at_once:
        brought = list(
            at_once.map(lambda who: world.bring(*who, "own-verslag-eerste-kamer-2036.txt"), clerks)
        )

    assert brought[0] == brought[1]
    assert world.primary.query(
        "SELECT count(*) FROM letters_file WHERE name = 'own-verslag-eerste-kamer-2036.txt'"
    ) == [(1,)]


def test_one_letter_published_on_both_machines_at_once_is_published_once(world):
    clerks = [(world.clerk, world.here), (world.colleague, world.there)]
    change = world.bring(*clerks[0], "own-verslag-top-2033.txt")

    with ThreadPoolExecutor(2) as at_once:
        list(at_once.map(lambda who: world.publish(*who, change), clerks))

    letter = change.split("/")[-3]
    log = world.primary.query("SELECT action FROM letters_publication WHERE letter_id = %s", letter)
    assert log == [("published",)]


def test_of_two_clerks_on_two_machines_who_change_one_field_at_once_the_second_is_told(world):
    clerks = [(world.clerk, world.here, "Van hier"), (world.colleague, world.there, "Van daar")]
    change = world.bring(*clerks[0][:2], "own-agenda-letters-2034.txt")
    letter = change.split("/")[-3]
    opened = [form_of(clerk.get(f"{site}{change}").text) for clerk, site, _subject in clerks]

    def save(who, form):
        clerk, site, subject = who
        return clerk.post(f"{site}{change}", form | {"subject": subject})

    with ThreadPoolExecutor(2) as at_once:
        answers = list(at_once.map(save, clerks, opened))

    history = world.primary.query(
        "SELECT DISTINCT subject FROM letters_historicalletter WHERE id = %s AND subject LIKE 'Van %%'",
        letter,
    )
    ((saved,),) = history
    (told,) = [answer for answer in answers if answer.status == 200]
    assert sorted(answer.status for answer in answers) == [200, 302]
    assert f"“{saved}”" in told.text


def form_of(page: str) -> dict[str, list[str]]:
    """The fields of a page of the admin, as its browser would send them."""
    form = lxml.html.document_fromstring(page).get_element_by_id("letter_form")
    fields: dict[str, list[str]] = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return fields


@NEEDS_CADDY
def test_behind_a_real_proxy_requests_are_spread_and_a_machine_may_go(world, tmp_path):
    with ExitStack() as going:
        third = going.enter_context(world.machine(tmp_path / "third"))
        with caddy([world.here, third], tmp_path) as proxy:
            clerk, page = proxy.visitor(), f"{proxy.address}/beheer/"
            clerk.log_in(proxy.address, NAME, PASSWORD)
            spread = {clerk.get(page).headers["Upstream"] for _request in range(40)}
            going.close()
            left = [clerk.get(page) for _request in range(4)]

    assert spread == {site.removeprefix("http://") for site in [world.here, third]}
    assert {(answer.status, answer.headers["Upstream"]) for answer in left} == {
        (200, world.here.removeprefix("http://"))
    }
