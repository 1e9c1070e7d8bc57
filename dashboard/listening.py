"""Where the dashboard listens, under which names it answers, and the options of the command line that say so."""

import functools
import ipaddress
import re
import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import click

from warehouse.errors import ListeningError

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"
ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")
HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
BASE_PATH = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")


@dataclass(frozen=True)
class Listening:
    """One server's place on the network."""

    port: int
    address: str = LOOPBACK
    is_class: bool = False
    """Whether a room of readers is expected: they are told the address."""
    base_path: str = ""
    """Path under which a reverse proxy shows the dashboard, such as `/hubscope`."""
    hosts: tuple[str, ...] = ()
    """Names, beside this machine's own, under which readers reach it."""
    embedders: tuple[str, ...] = ()
    """Origins whose pages may hold the dashboard in a frame."""

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches it."""
        return self.address == "localhost" or ipaddress.ip_address(self.address).is_loopback

    @property
    def has_readers(self) -> bool:
        """Whether others than who sits at this machine may reach it: over the network, or through a proxy that names it."""
        return self.is_class or not self.is_local or bool(self.hosts)

    @property
    def url(self) -> str:
        """What readers type."""
        host = self.hosts[0] if self.hosts else "localhost" if self.is_local else self._reachable()
        shown = f"[{host}]" if ":" in host else host
        port = "" if self.hosts and self.base_path else f":{self.port}"
        return f"http://{shown}{port}{self.base_path}"

    def answers_to(self, host: str) -> bool:
        """Whether a request's Host is ours. A number cannot be pointed elsewhere by a foreign name server; a name can."""
        name = re.sub(r":\d*$", "", host).strip("[]").rstrip(".").lower()
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name in {"localhost", *_own_names(), *map(str.lower, self.hosts)}
        return True

    def refuse_if_taken(self) -> None:
        """ListeningError when the port is in use or the address is not this machine's: before any work is done for it."""
        family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        with closing(socket.socket(family, socket.SOCK_STREAM)) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((self.address, self.port))
                tried.listen(1)
            except OSError as error:
                raise ListeningError(
                    f"Nothing can listen on {self.address}, port {self.port} ({error.strerror or error}). Nothing was started; "
                    "give another --port, or an --address of this machine."
                ) from None

    def _reachable(self) -> str:
        """The address in the local network; no packet is sent to find it."""
        if self.address not in (EVERYWHERE, "::"):
            return self.address
        with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asked:
            try:
                asked.connect(("192.0.2.1", 9))  # reserved for documentation: the system only chooses its way out
                return str(asked.getsockname()[0])
            except OSError:
                return socket.gethostname()


def listening_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command `--port` and its like; it is called with `listening`."""

    @functools.wraps(command)
    def with_listening(
        port: int,
        address: str | None,
        is_class: bool,
        base_path: str,
        hosts: tuple[str, ...],
        embedders: tuple[str, ...],
        **others: Any,
    ) -> None:
        address = address or (EVERYWHERE if is_class else LOOPBACK)
        command(listening=Listening(port, address, is_class, base_path, hosts, embedders), **others)

    for option in reversed(OPTIONS):
        with_listening = option(with_listening)
    return with_listening


def _checked(pattern: re.Pattern[str], what: str) -> Callable[..., Any]:
    """A callback of click that refuses what does not look like `what`."""

    def check(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
        for one in value if isinstance(value, tuple) else (value,):
            if one and not pattern.fullmatch(one):
                raise click.BadParameter(f"{one!r} is not {what}.")
        return value

    return check


def _checked_address(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    try:
        return value if value in (None, "localhost") else str(ipaddress.ip_address(str(value).strip("[]")))
    except ValueError:
        raise click.BadParameter(f"{value!r} is not an address like 192.168.1.5, 0.0.0.0 or ::1.") from None


OPTIONS = (
    click.option(
        "--port", type=click.IntRange(1, 65_535), default=8501, show_default=True, help="Port of the dashboard."
    ),
    click.option(
        "--class",
        "is_class",
        is_flag=True,
        help="Open it to the room: listen to the whole network and show the address that readers type, with a QR code.",
    ),
    click.option(
        "--address",
        callback=_checked_address,
        help=f"Address of this machine to listen on.  [default: {LOOPBACK}, this machine alone]",
    ),
    click.option(
        "--base-path",
        default="",
        callback=_checked(BASE_PATH, "a path like /hubscope"),
        help="Path under which a reverse proxy shows the dashboard, such as /hubscope.",
    ),
    click.option(
        "--host",
        "hosts",
        multiple=True,
        callback=_checked(HOST_NAME, "a name like course.example.org"),
        help="A name under which readers reach it, such as the proxy's; may be repeated.",
    ),
    click.option(
        "--allow-embed",
        "embedders",
        multiple=True,
        metavar="ORIGIN",
        callback=_checked(ORIGIN, "an origin like https://course.example.org"),
        help="Let pages of this origin hold the dashboard in a frame; may be repeated.",
    ),
)


@functools.cache
def _own_names() -> frozenset[str]:
    name = socket.gethostname().lower()
    return frozenset({name, f"{name.split('.')[0]}.local"})
