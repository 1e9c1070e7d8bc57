"""What a view needs to show anything: a `Page`, which `open_page` hands to it."""

from dataclasses import dataclass, replace

from dashboard import address
from dashboard.choices import Choices, Extra
from dashboard.say import Say
from warehouse.read import Warehouse

TAB = "tab"
"""The choice of the open tab."""


@dataclass(frozen=True)
class Page:
    """One open page: the words, the reader's choices, the data, light or dark."""

    key: str
    say: Say
    choices: Choices
    warehouse: Warehouse
    mode: str
    extras: tuple[Extra, ...] = ()

    def remember(self, **extras: str) -> "Page":
        """Keep choices of this page (declared as extras), also in the address."""
        address.remember(**extras)
        kept = tuple((name, extras.get(name, value)) for name, value in self.choices.extras)
        choices = replace(self.choices, extras=kept)
        address.mirror({"lang": self.say.language, **choices.to_address()})
        return replace(self, choices=choices)
