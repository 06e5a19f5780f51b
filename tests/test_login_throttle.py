"""Guessing passwords: what counts, for whom, how long, and what is kept of it."""

from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.core.management import call_command
from django.utils.timezone import now

from navo_site.login_throttle import _say_unreadable, client_address
from tests.production import ProductionSite

PASSWORD = "het goede wachtwoord van deze test"
WRONG = "fout"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def anna(django_user_model, db):
    return django_user_model.objects.create_superuser("anna", password=PASSWORD)


def log_in(client, name="anna", password=WRONG, address=HERE):
    return client.post(
        "/beheer/login/",
        {"username": name, "password": password},
        REMOTE_ADDR=address,
        headers={"host": "localhost"},
    )


def fail(client, times, **who):
    return [log_in(client, **who).status_code for _ in range(times)]


@pytest.mark.parametrize(
    ("seen", "forwarded", "behind_proxy", "expected"),
    [
        ("192.0.2.1", "", False, "192.0.2.1"),
        # Anyone may send the header: without a proxy it says nothing.
        ("192.0.2.1", "203.0.113.9", False, "192.0.2.1"),
        ("172.18.0.2", "203.0.113.9", True, "203.0.113.9"),
        # What stands before the entry of the proxy was made up by the visitor.
        ("172.18.0.2", "10.0.0.1, 203.0.113.9", True, "203.0.113.9"),
        ("172.18.0.2", "", True, "172.18.0.2"),
        # One household or attacker has all addresses of one network of IPv6.
        ("2001:db8:1:2:3:4:5:6", "", False, "2001:db8:1::"),
        ("172.18.0.2", "2001:db8:1:ffff::1", True, "2001:db8:1::"),
        # Some proxies tell the port too.
        ("172.18.0.2", "203.0.113.9:52144", True, "203.0.113.9"),
        ("172.18.0.2", "[2001:db8:1:2::1]:443", True, "2001:db8:1::"),
        ("172.18.0.2", "[2001:db8:1:2::1]", True, "2001:db8:1::"),
        ("::ffff:192.0.2.1", "", False, "192.0.2.1"),
        ("172.18.0.2", "unknown", True, "::"),
        ("", "", False, "::"),
    ],
)
def test_the_address_that_failures_count_for(rf, settings, seen, forwarded, behind_proxy, expected):
    settings.BEHIND_TLS_PROXY = behind_proxy
    headers = {"x-forwarded-for": forwarded} if forwarded else {}

    assert client_address(rf.get("/", REMOTE_ADDR=seen, headers=headers)) == expected


def test_a_proxy_that_tells_no_address_is_named_once_without_what_it_sent(rf, settings, caplog):
    settings.BEHIND_TLS_PROXY = True
    request = rf.get("/", headers={"x-forwarded-for": "klaas"})
    _say_unreadable.cache_clear()

    client_address(request)
    client_address(request)

    assert [record.getMessage() for record in caplog.records] == [
        "No address of a visitor can be read from what the proxy sends: failed logins of all count as those of one"
    ]


def test_the_fifth_wrong_password_in_a_row_is_answered_with_how_long_to_wait(client, anna):
    statuses = fail(client, 4)

    refused = log_in(client)

    assert statuses == [200, 200, 200, 200]
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "900"
    assert "Aanmelden kan hier weer over 15 minuten." in refused.content.decode()


def test_even_the_right_password_has_to_wait(client, anna):
    fail(client, 5)

    assert log_in(client, password=PASSWORD).status_code == 429
    assert "_auth_user_id" not in client.session


def test_trying_again_does_not_make_the_wait_longer(client, anna):
    fail(client, 5)
    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=10))

    refused = log_in(client)

    assert "Aanmelden kan hier weer over 5 minuten." in refused.content.decode()


def test_failures_of_a_colleague_do_not_make_the_wait_longer(client, anna):
    fail(client, 5)
    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=10))
    fail(client, 1, name="bert")

    refused = log_in(client)

    assert "Aanmelden kan hier weer over 5 minuten." in refused.content.decode()


def test_after_fifteen_minutes_it_is_forgotten(client, anna):
    fail(client, 5)
    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=15))

    assert log_in(client, password=PASSWORD).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_a_stranger_elsewhere_cannot_lock_an_account(client, anna):
    fail(client, 6, address=ELSEWHERE)

    assert log_in(client, password=PASSWORD).status_code == 302


def test_a_colleague_at_the_same_address_may_still_log_in(client, anna):
    fail(client, 6, name="bert")

    assert log_in(client, password=PASSWORD).status_code == 302


def test_an_address_that_fails_with_many_names_is_refused_as_a_whole(client, anna):
    for number in range(13):
        fail(client, 4, name=f"naam-{number}")

    assert log_in(client, password=PASSWORD).status_code == 429
    assert log_in(client, password=PASSWORD, address=ELSEWHERE).status_code == 302


def test_logging_in_forgets_the_failures_of_that_name_only(client, anna):
    fail(client, 4)
    fail(client, 4, name="bert")

    log_in(client, password=PASSWORD)

    kept = AccessAttempt.objects.values_list("username", "failures_since_start")
    assert list(kept) == [("bert", 4)]


def test_another_name_of_the_program_is_no_new_start(client, anna):
    for number in range(4):
        client.post(
            "/beheer/login/",
            {"username": "anna", "password": "fout"},
            REMOTE_ADDR=HERE,
            HTTP_USER_AGENT=f"Browser {number}",
        )

    assert log_in(client).status_code == 429


def test_of_a_failure_no_more_is_kept_than_counting_needs(client, anna):
    client.post(
        "/beheer/login/?next=/beheer/geheim/",
        {"username": "anna", "password": "fout", "next": "/beheer/geheim/"},
        REMOTE_ADDR=HERE,
        HTTP_USER_AGENT="Browser 1.0",
    )

    (kept,) = AccessAttempt.objects.values()
    assert kept.pop("attempt_time") <= now()
    assert kept.pop("id")
    assert kept == {
        "username": "anna",
        "ip_address": HERE,
        "failures_since_start": 1,
        "user_agent": "",
        "http_accept": "",
        "path_info": "",
        "get_data": "",
        "post_data": "",
    }


def test_what_no_longer_counts_is_thrown_away_with_the_sessions_that_ended(client, anna):
    log_in(client, password=PASSWORD)
    session = client.session
    session.set_expiry(now() - timedelta(hours=1))
    session.save()
    fail(client, 1, name="bert")
    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=16))

    call_command("delete_expired")

    assert not AccessAttempt.objects.exists()
    assert not session.exists(session.session_key)


@pytest.mark.parametrize(
    ("who", "kept", "said"),
    [
        (["anna"], ["bert"], "1 naam met mislukte aanmeldingen kan weer aanmelden\n"),
        ([HERE], [], "2 namen met mislukte aanmeldingen kunnen weer aanmelden\n"),
        ([], [], "2 namen met mislukte aanmeldingen kunnen weer aanmelden\n"),
        (["carla"], ["anna", "bert"], "0 namen met mislukte aanmeldingen kunnen weer aanmelden\n"),
        # Names that begin as an address does.
        (
            ["2023", "1.2.3", "a:b"],
            ["anna", "bert"],
            "0 namen met mislukte aanmeldingen kunnen weer aanmelden\n",
        ),
    ],
)
def test_a_command_lets_people_in_before_their_time(client, anna, who, kept, said):
    fail(client, 5)
    fail(client, 5, name="bert")
    output = StringIO()

    call_command("unlock_login", *who, stdout=output)

    assert output.getvalue() == said
    assert list(AccessAttempt.objects.order_by("username").values_list("username", flat=True)) == kept


@pytest.mark.parametrize("who", ["anna", "2001:db8:1:2::7"])
def test_someone_who_failed_from_a_network_is_one_name_and_found_by_any_address_of_it(client, anna, who):
    fail(client, 5, address="2001:db8:1:2::7")
    if who == "anna":
        fail(client, 5, address=ELSEWHERE)
    output = StringIO()

    call_command("unlock_login", who, stdout=output)

    assert output.getvalue() == "1 naam met mislukte aanmeldingen kan weer aanmelden\n"
    assert not AccessAttempt.objects.exists()


@pytest.mark.parametrize("address", ["/", "/zoeken/", "/brieven/", "/beheer/login/"])
def test_reading_a_page_asks_nothing_about_failures(client, db, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(40) as asked:
        client.get(address)

    assert [query for query in asked.captured_queries if "axes" in query["sql"]] == []


def test_the_count_is_one_for_all_processes_and_goes_by_the_address_that_the_proxy_saw(
    transactional_db, collected_static, tmp_path, django_user_model
):
    django_user_model.objects.create_superuser("anna", password=PASSWORD)
    site = ProductionSite(tmp_path, WEB_WORKERS="3")
    try:
        # Each over a connection of its own, to whichever process takes it; what the visitor claims to be changes nothing.
        claims = [f"203.0.113.{number}, {HERE}" for number in range(5)]
        statuses = [site.log_in("anna", "fout", **{"X-Forwarded-For": claim}).status for claim in claims]
        refused = site.log_in("anna", PASSWORD, **{"X-Forwarded-For": HERE})
        elsewhere = site.log_in("anna", PASSWORD, **{"X-Forwarded-For": ELSEWHERE})
    finally:
        requests, errors = site.stop()

    assert statuses == [200, 200, 200, 200, 429]
    assert refused.status == 429
    assert elsewhere.status == 302
    assert elsewhere.cookies.keys() == {"__Host-csrftoken", "__Host-sessionid"}
    assert errors == []
    assert all(word not in str(requests) for word in ["anna", HERE, ELSEWHERE, "203.0.113"])


@pytest.mark.browser
def test_who_is_locked_out_reads_in_dutch_how_long_to_wait(site, page, django_user_model):
    django_user_model.objects.create_superuser("anna", password=PASSWORD)
    page.goto(f"{site}/beheer/")

    for _ in range(5):
        page.get_by_label("Gebruikersnaam").fill("anna")
        page.get_by_label("Wachtwoord").fill("fout")
        page.get_by_role("button", name="Aanmelden").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Te vaak een verkeerd wachtwoord"
    assert page.locator(".lead").inner_text() == "Aanmelden kan hier weer over 15 minuten."
