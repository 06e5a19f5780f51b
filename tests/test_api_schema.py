"""Every answer of the API is as its description says, whatever is asked (schemathesis)."""

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from schemathesis.specs.openapi.checks import positive_data_acceptance

from letters.api.parameters import IN_PATH
from letters.api.schema import description
from letters.models import Position
from tests.api_data import make_api_data
from tests.factories import make_position

EXAMPLES = 10  # of each address, beside those that cover its keys one by one

schema = schemathesis.openapi.from_dict(description("http://localhost"))
schema.app = get_wsgi_application()


@pytest.fixture
def letters(db, settings, tmp_path):
    """Letters, in a transaction that the end of a request leaves alone."""
    settings.MEDIA_ROOT = tmp_path
    make_examples_real(make_api_data())
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def make_examples_real(data: dict) -> None:
    """Give the report and a position the addresses that the description has for examples."""
    data["report"].slug = IN_PATH["brief"][1]
    data["report"].save()
    if not Position.objects.filter(pk=IN_PATH["id"][1]).exists():
        make_position(data["report"].paragraphs.first(), stance="call", pk=IN_PATH["id"][1])


@schema.parametrize()
@hypothesis.settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(hypothesis.HealthCheck)
)
def test_every_answer_is_as_described(case, letters):
    # That a value is well-formed does not make it one of our topics or meetings: that is a 400 too, and said so.
    case.call_and_validate(
        headers={"Accept-Encoding": "identity"}, excluded_checks=[positive_data_acceptance]
    )
