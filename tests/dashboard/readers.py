"""A reader without a browser: Streamlit's own protocol over a real websocket."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.sync.client import ClientConnection, connect


@contextmanager
def reader(address: str, *, name: str | None = None, **headers: str) -> Iterator[ClientConnection]:
    """Open the dashboard's socket as its own page does, under the address's host or another `name` of it.

    headers: more of them, or another Origin.
    """
    place = urlsplit(address)
    served = f"{name or place.hostname}:{place.port}"
    stated = {"Origin": f"http://{served}", **{key.replace("_", "-"): text for key, text in headers.items()}}
    with (
        closing(socket.create_connection((place.hostname, place.port), timeout=30)) as line,
        connect(
            f"ws://{served}{place.path}/_stcore/stream",
            sock=line,
            additional_headers=stated,
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            open_timeout=30,
        ) as opened,
    ):
        yield opened


def open_page(opened: ClientConnection, page: str, query: str = "lang=en") -> list[ForwardMsg]:
    """Everything that the server sends until the page is drawn."""
    asked = BackMsg()
    asked.rerun_script.query_string = query
    asked.rerun_script.page_name = page
    opened.send(asked.SerializeToString())
    sent = []
    while not sent or sent[-1].WhichOneof("type") != "script_finished":
        message = ForwardMsg()
        message.ParseFromString(opened.recv(timeout=60))
        sent.append(message)
    return sent


def words(sent: list[ForwardMsg]) -> str:
    """All that stands on the page, as the protocol holds it."""
    return "\n".join(str(message.delta) for message in sent if message.WhichOneof("type") == "delta")
