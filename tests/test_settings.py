"""Settings as the environment gives them: what is refused, with which words, and what a visitor's browser is told."""

import os
import re
import stat
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from navo_site import environment
from navo_site.secret_key import kept_secret_key

PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": "made-up-for-this-test-but-long-enough-to-pass-the-check-0123456789",
    "DATABASE_URL": "postgresql://navo@localhost/navo",
    "ALLOWED_HOSTS": "brieven.example.nl",
    "TAG_AUTHORITY": "example.nl",
}


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """Run a command with the real settings and nothing of this process's environment."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(settings.DATA_DIR)} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "postgresql://navo:geheim@db.example.nl:5433/brieven",
            {
                "NAME": "brieven",
                "USER": "navo",
                "PASSWORD": "geheim",
                "HOST": "db.example.nl",
                "PORT": "5433",
            },
        ),
        # Special characters are percent-encoded; the rest is left to PostgreSQL's own defaults.
        (
            "postgres://navo:p%40ss%2Fwoord@db/brieven",
            {"NAME": "brieven", "USER": "navo", "PASSWORD": "p@ss/woord", "HOST": "db", "PORT": ""},
        ),
        # A socket instead of a host name.
        (
            "postgresql:///brieven?host=/run/postgresql",
            {"NAME": "brieven", "USER": "", "PASSWORD": "", "HOST": "/run/postgresql", "PORT": ""},
        ),
    ],
)
def test_an_address_of_a_database_becomes_settings(monkeypatch, address, expected):
    monkeypatch.setenv("DATABASE_URL", address)

    database = environment.database("DATABASE_URL")

    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": environment.NOTICE_ABSENCE,
        **expected,
    }


def test_what_follows_the_question_mark_is_passed_on(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/brieven?sslmode=verify-full&connect_timeout=5")

    database = environment.database("DATABASE_URL")

    assert database["OPTIONS"] == environment.NOTICE_ABSENCE | {
        "sslmode": "verify-full",
        "connect_timeout": "5",
    }


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("mysql://db/brieven", "DATABASE_URL is not an address of PostgreSQL (it starts with 'mysql')."),
        ("geheim", "DATABASE_URL is not an address of PostgreSQL (it starts with 'geheim')."),
        ("postgresql://navo:geheim@db", "DATABASE_URL names no database."),
        ("postgresql://db/brieven?sslmood=x", "DATABASE_URL cannot be read as an address of PostgreSQL."),
    ],
)
def test_another_address_is_refused_without_repeating_a_password(monkeypatch, address, message):
    monkeypatch.setenv("DATABASE_URL", address)

    with pytest.raises(ImproperlyConfigured) as refused:
        environment.database("DATABASE_URL")

    allowed = "Allowed: postgresql://user:password@host:5432/database, special characters percent-encoded."
    assert str(refused.value) == f"{message} {allowed}"


@pytest.mark.parametrize(
    ("read", "value", "message"),
    [
        (lambda: environment.flag("X"), "misschien", "X is 'misschien'. Allowed: 1 (yes) or 0 (no)."),
        (
            lambda: environment.integer("X", 1, 1, 9),
            "tien",
            "X is 'tien'. Allowed: a whole number from 1 to 9.",
        ),
        (lambda: environment.integer("X", 1, 1, 9), "10", "X is '10'. Allowed: a whole number from 1 to 9."),
        (lambda: environment.integer("X", 1, 1, 9), "²", "X is '²'. Allowed: a whole number from 1 to 9."),
        (
            lambda: environment.hosts("X", any_host=True),
            "https://brieven.example.nl",
            "X has 'https://brieven.example.nl'. Allowed: the names of the site without scheme or port, "
            "separated by commas, such as brieven.example.nl.",
        ),
        (
            lambda: environment.secret("X"),
            "kort",
            "X has 4 characters. Allowed: at least 50 random characters, such as openssl rand -base64 48 gives.",
        ),
        (
            lambda: environment.secret("X"),
            "change-me-" * 6,
            "X is a placeholder. Allowed: at least 50 random characters, such as openssl rand -base64 48 gives.",
        ),
        (
            lambda: environment.secret("X"),
            "0123" * 20,
            "X is a placeholder. Allowed: at least 50 random characters, such as openssl rand -base64 48 gives.",
        ),
        (
            lambda: environment.origins("X"),
            "brieven.example.nl",
            "X has 'brieven.example.nl'. Allowed: origins with scheme, such as https://brieven.example.nl.",
        ),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(monkeypatch, read, value, message):
    monkeypatch.setenv("X", value)

    with pytest.raises(ImproperlyConfigured) as refused:
        read()

    assert str(refused.value) == message


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("geheim\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "secret"))
    monkeypatch.delenv("SECRET_KEY", raising=False)

    assert environment.text("SECRET_KEY") == "geheim"


def test_a_setting_that_is_empty_counts_as_not_set(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("geheim\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("SECRET_KEY", "")

    assert environment.text("SECRET_KEY") == "geheim"


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "No such file or directory"), (b"\xff\xfe", "not a file of text")]
)
def test_a_file_that_holds_no_secret_is_named(monkeypatch, tmp_path, content, reason):
    path = tmp_path / "secret"
    if content:
        path.write_bytes(content)
    monkeypatch.setenv("X_FILE", str(path))

    with pytest.raises(ImproperlyConfigured) as refused:
        environment.text("X")

    assert (
        str(refused.value) == f"X_FILE is {str(path)!r}: {reason}. It must name a readable file that holds X."
    )


@pytest.mark.parametrize(
    "value", ["brieven.example.nl", "brieven.example.nl,www.example.nl", ".example.nl", "192.0.2.1", "[::1]"]
)
def test_names_of_hosts_are_taken_as_they_are(monkeypatch, value):
    monkeypatch.setenv("X", value)

    assert environment.hosts("X", any_host=False) == value.split(",")


def test_a_secret_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    first = kept_secret_key(tmp_path / "data")

    second = kept_secret_key(tmp_path / "data")

    assert second == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "data/secret_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret_key"]


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "TAG_AUTHORITY"])
def test_production_refuses_to_start_without(missing):
    outcome = manage("check", **{name: value for name, value in PRODUCTION.items() if name != missing})

    assert outcome.returncode == 1
    assert outcome.stderr == f"{missing} is not set. Production (PRODUCTION=1) needs a value of your own.\n"


def test_production_needs_a_place_of_its_own_for_originals():
    nowhere = manage("check", **PRODUCTION, DATA_DIR="")
    in_a_bucket = manage(
        "check",
        **PRODUCTION,
        DATA_DIR="",
        S3_BUCKET="brieven",
        S3_ACCESS_KEY_ID="sleutel",
        S3_SECRET_ACCESS_KEY="geheim",
    )

    assert nowhere.returncode == 1
    assert nowhere.stderr == (
        "DATA_DIR and S3_BUCKET are not set. Production (PRODUCTION=1) needs one of them, to keep originals in.\n"
    )
    assert in_a_bucket.returncode == 0


def test_production_refuses_debug():
    outcome = manage("check", **PRODUCTION, DEBUG="1")

    assert outcome.returncode == 1
    assert outcome.stderr == "DEBUG is '1' while PRODUCTION is '1'. Allowed in production: 0 (no).\n"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SECRET_KEY", "kort"),
        ("ALLOWED_HOSTS", "*"),
        ("TAG_AUTHORITY", "https://brieven.example.nl"),
        ("TAG_AUTHORITY", "een.example.nl, twee.example.nl"),
        ("CONTACT_EMAIL", "de redactie"),
        ("PORT", "http"),
        ("HSTS_SECONDS", "-1"),
        ("PRODUCTION", "x"),
    ],
)
def test_production_names_a_bad_value_in_one_sentence(setting, value):
    outcome = manage("check", **PRODUCTION | {setting: value})

    assert outcome.returncode == 1
    assert outcome.stdout == ""
    assert re.fullmatch(rf"{setting} (is|has) .*\. Allowed: .+\.\n", outcome.stderr)


def test_the_check_for_deployment_has_nothing_to_say():
    outcome = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert outcome.returncode == 0
    assert outcome.stdout == "System check identified no issues (1 silenced).\n"


def test_every_page_tells_the_browser_what_it_may_do(client, db):
    headers = client.get("/beheer/login/").headers

    assert sorted(headers["Content-Security-Policy"].split("; ")) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "object-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
    ]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert re.fullmatch(r"(?:[a-z-]+=\(\)(?:, )?)+", headers["Permissions-Policy"])


def test_static_files_can_be_collected_and_served_under_a_name_that_changes_with_them(collected_static):
    assert (collected_static / "staticfiles.json").exists()


@pytest.mark.browser
def test_staff_can_log_in_under_the_policy_for_scripts_and_styles(site, page, django_user_model):
    django_user_model.objects.create_superuser("anna", password="een wachtwoord van deze test")

    page.goto(f"{site}/beheer/")
    page.get_by_label("Gebruikersnaam").fill("anna")
    page.get_by_label("Wachtwoord").fill("een wachtwoord van deze test")
    page.get_by_role("button", name="Aanmelden").click()

    page.wait_for_url(f"{site}/beheer/")
    assert page.locator("#user-tools strong").inner_text().lower() == "anna"


def test_the_readme_explains_every_setting_and_no_others():
    sources = [settings.BASE_DIR / "navo_site" / name for name in ("settings.py", "environment.py")]
    code = "\n".join(path.read_text() for path in sources)

    read = set(re.findall(r'environment\.\w+\(\s*"([A-Z0-9_]+)"', code)) | set(
        re.findall(r'"(S3_[A-Z_]+)"', code)
    )
    explained = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", (settings.BASE_DIR / "README.md").read_text(), re.M))

    assert explained == read
