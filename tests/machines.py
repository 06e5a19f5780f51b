"""The site on more than one machine: web servers that share nothing but a database with a standby, and storage."""

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import lxml.html
from django.conf import settings

from tests import swift
from tests.conftest import manage, serving
from tests.postgres import Postgres
from tests.visitor import Visitor
from tests.waiting import wait_until

LETTERS = Path(__file__).parent / "letters"
NAME, COLLEAGUE, PASSWORD = "redacteur", "collega", "geheim-genoeg-voor-een-proef"

SAME_ACCOUNT_BUT_FOR_ITS_NAME = """
INSERT INTO auth_user
    (username, password, is_superuser, is_staff, is_active, date_joined, first_name, last_name, email)
SELECT %s, password, is_superuser, is_staff, is_active, date_joined, '', '', '' FROM auth_user
"""


def run_at_once(*commands: tuple[str, ...], **environment: str) -> None:
    """Run commands of the site."""
    running = [manage(*command, **environment) for command in commands]
    assert [command.wait() for command in running] == [0] * len(commands)


def logged_in(site: str, name: str) -> Visitor:
    visitor = Visitor()
    assert visitor.log_in(site, name, PASSWORD).status == 302
    return visitor


@dataclass(frozen=True, slots=True)
class World:
    """Two web servers, each a machine with a folder of its own, and what they share."""

    here: str
    there: str
    primary: Postgres
    standby: Postgres
    environment: dict[str, str]
    clerk: Visitor
    colleague: Visitor

    def machine(self, folder: Path, **environment: str):
        """One more web server."""
        return serving(**self.environment | {"DATA_DIR": str(folder)} | environment)

    def pages(self) -> list[str]:
        """The start page, and one of each kind of page to which it leads: a letter rather than the list of letters."""
        start = lxml.html.document_fromstring(Visitor().get(self.here).text)
        paths = [link for _element, _attribute, link, _place in start.iterlinks() if link.startswith("/")]
        shown = [path for path in paths if path.split("/")[1] not in ("static", "beheer")]
        return list({path.split("/")[1]: path for path in sorted(shown, key=len)}.values())

    def bring(self, clerk: Visitor, site: str, letter: str) -> str:
        """Upload a letter, and give the address of its page in the admin."""
        with (LETTERS / letter).open("rb") as file:
            answer = clerk.post(f"{site}/beheer/letters/letter/add/", {"files": file})
        assert answer.status == 302, answer.text
        return answer.headers["Location"]

    def publish(self, clerk: Visitor, site: str, change: str) -> None:
        assert clerk.post(f"{site}{change}".replace("/change/", "/publiceren/"), {}).status == 302


@contextmanager
def two_machines(folder: Path):
    """Make all of it in a folder, with one published letter and two accounts, and take it down."""
    folders = [folder / name for name in ("here", "there", "swift")]
    with ExitStack() as stack:
        storage = stack.enter_context(swift.serve(folders.pop()))
        primary = Postgres.primary()
        stack.callback(primary.remove)
        standby = primary.standby()
        stack.callback(standby.remove)
        environment = {
            "DATABASE_URL": primary.address,
            # A standby when there is one, else the primary.
            "DATABASE_REPLICA_URL": f"postgresql://navo@127.0.0.1:{standby.port},127.0.0.1:{primary.port}/navo"
            "?target_session_attrs=prefer-standby",
            "SECRET_KEY": "shared-by-all-machines-0123456789-abcdefghijklmnopq",
            "STATIC_ROOT": str(settings.STATIC_ROOT),
            "S3_ENDPOINT_URL": storage,
            "S3_BUCKET": swift.make_bucket(storage, "brieven"),
            "S3_ACCESS_KEY_ID": swift.ACCESS_KEY_ID,
            "S3_SECRET_ACCESS_KEY": swift.SECRET_ACCESS_KEY,
            "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        }
        run_at_once(["prepare"], ["prepare"], **environment)
        letter = str(LETTERS / "agenda-2023-11-28.docx")
        account = ["createsuperuser", "--no-input", f"--username={NAME}", "--email="]
        run_at_once(["import_letters", "--publish", letter], account, **environment)
        primary.query(SAME_ACCOUNT_BUT_FOR_ITS_NAME, COLLEAGUE)
        here, there = (
            stack.enter_context(serving(**environment | {"DATA_DIR": str(folder)})) for folder in folders
        )
        clerk, colleague = logged_in(here, NAME), logged_in(there, COLLEAGUE)
        wait_until(lambda: standby.follows(primary))
        yield World(here, there, primary, standby, environment, clerk, colleague)
