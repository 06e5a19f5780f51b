"""The one spelling of a view: keys and values sorted, nothing empty, double or default."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

DEFAULTS = {("sorteer", "nieuwste"), ("pagina", "1")}

#: Keys that newsletters and social media hang on links; they say nothing about the view.
TRACKING_KEY = re.compile(
    r"utm_\w{1,40}|fbclid|gclid|dclid|msclkid|yclid|ttclid|twclid|li_fat_id|gbraid|wbraid|mc_cid|mc_eid|igshid|_gl"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A page and what is asked of it. Every change leads to the first page of the result."""

    path: str
    pairs: tuple[tuple[str, str], ...] = ()

    def __post_init__(self):
        kept = {(key, value) for key, value in self.pairs if value} - DEFAULTS
        object.__setattr__(self, "pairs", tuple(sorted(kept)))

    @property
    def url(self) -> str:
        return f"{self.path}?{urlencode(self.pairs)}" if self.pairs else self.path

    def __str__(self):
        return self.url

    def values(self, key: str) -> list[str]:
        return [value for name, value in self.pairs if name == key]

    def keeping(self, *keys: str) -> "Address":
        """The same page, asked for these keys only."""
        return Address(self.path, tuple(pair for pair in self.pairs if pair[0] in keys))

    def setting(self, **values: str) -> "Address":
        """With one value for each of these keys instead of what they had; "" drops the key."""
        kept = [(key, value) for key, value in self._on_first_page() if key not in values]
        return Address(self.path, (*kept, *values.items()))

    def without(self, *keys: str) -> "Address":
        return self.setting(**dict.fromkeys(keys, ""))

    def without_value(self, key: str, value: str) -> "Address":
        return Address(self.path, tuple(pair for pair in self._on_first_page() if pair != (key, value)))

    def on(self, route: str, *arguments: str) -> "Address":
        """The same filter on another page, such as another list."""
        return Address(reverse(route, args=arguments), tuple(self._on_first_page()))

    def _on_first_page(self):
        return [pair for pair in self.pairs if pair[0] != "pagina"]


def address(route: str, **values) -> Address:
    """``address("letters", soort="verslag")``; several values as a list. Keys with a hyphen: ``briefdatum_van``."""
    pairs = []
    for key, value in values.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            pairs.append((key.replace("_", "-"), str(one)))
    return Address(reverse(route), tuple(pairs))
