"""Where the dashboard listens, whom it answers, and who may do what: a real server, asked as browsers and strangers ask."""

import re
import shutil
import socket
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import click
import pytest
from click.testing import CliRunner
from PIL import Image
from websockets.exceptions import ConnectionClosed, InvalidStatus

from dashboard.listening import Listening, listening_options
from dashboard.permission import Key
from hubscope import main
from tests.browser.serving import free_port, serve
from tests.dashboard.readers import open_page, reader, words
from tests.warehouse.marts import MODELS, model, take_run
from tests.warehouse.steps import body, open_landing
from warehouse.errors import ListeningError
from warehouse.lake.lake import Lake
from warehouse.marts.build import build
from warehouse.settings import Home

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    return tmp_path_factory.mktemp("words") / "said"


@pytest.fixture(scope="module")
def small_home(tmp_path_factory):
    """A real Hub of one model, on two days of spring and just now."""
    home = Home(tmp_path_factory.mktemp("small"))
    take_run(home, 1, {MODELS: [model("a", 1)]})
    take_run(home, 2, {MODELS: [model("a", 5)]})
    an_hour_ago = datetime.now(UTC).replace(tzinfo=None, microsecond=0) - timedelta(hours=1)
    landing = open_landing(home, now=an_hour_ago)
    landing.series(MODELS).add_page(body([model("a", 7)]), url="http://127.0.0.1:1", next_url=None)
    Lake(home).commit(landing.finish(), finished_at=an_hour_ago, accept_drop=True)
    build(home)
    return home


@pytest.fixture(scope="module")
def room(small_home, said):
    """A dashboard opened to a room."""
    options = ("--class", "--host", "course.example.org", "--allow-embed", "https://lms.example.org")
    yield from serve(small_home, *options, says=said)


def _answer(address: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    try:
        with urlopen(Request(address, headers=headers), timeout=20) as found:
            return found.status, found.read().decode(), dict(found.headers)
    except HTTPError as refused:
        return refused.code, refused.read().decode(), dict(refused.headers)


def _options(*typed: str) -> Listening:
    heard = []

    @click.command()
    @listening_options
    def command(listening: Listening) -> None:
        heard.append(listening)

    result = CliRunner().invoke(command, typed)
    if result.exit_code:
        raise ValueError(result.output)
    return heard[0]


def test_only_this_machine_is_served_unless_a_room_is_let_in():
    assert (_options().address, _options().is_local) == ("127.0.0.1", True)
    assert (_options("--class").address, _options("--class").is_local) == ("0.0.0.0", False)
    assert _options("--class", "--address", "192.0.2.5").url == "http://192.0.2.5:8501"
    assert _options("--address", "::1").is_local


@pytest.mark.parametrize(
    "typed",
    [
        ("--port", "0"),
        ("--port", "99999"),
        ("--port", "-1"),
        ("--port", "x"),
        ("--address", "evil.example"),
        ("--address", "300.1.1.1"),
        ("--base-path", "hubscope"),
        ("--base-path", "/../x"),
        ("--base-path", "/a?b"),
        ("--host", "a b"),
        ("--host", "https://x.org"),
        ("--allow-embed", "lms.example.org"),
        ("--allow-embed", "https://x.org/path"),
        ("--allow-embed", "*"),
        ("--allow-embed", "https://x.org; script-src *"),
    ],
)
def test_what_cannot_be_listened_to_is_refused_by_name(typed):
    with pytest.raises(ValueError, match=typed[0]):
        _options(*typed)


@pytest.mark.parametrize("command", ["serve", "up", "demo"])
def test_a_port_in_use_ends_the_command_before_any_work(command, tmp_path, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(tmp_path / "home"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = CliRunner().invoke(main, [command, "--port", str(taken.getsockname()[1])])
    assert ended.exit_code == ListeningError.exit_code
    assert "--port" in ended.stderr
    assert not (tmp_path / "home").exists()


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(ListeningError, match=r"198\.51\.100\.7"):
        Listening(free_port(), "198.51.100.7").refuse_if_taken()


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("localhost:8501", True),
        ("127.0.0.1", True),
        ("192.168.1.5:8501", True),
        ("[::1]:8501", True),
        ("[fe80::1]", True),
        ("Course.Example.org", True),
        (f"{socket.gethostname()}:8501", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("course.example.org.evil.example", False),
        ("localhost.evil.example:8501", False),
        ("", False),
    ],
)
def test_a_name_that_a_stranger_may_point_here_is_not_answered(host, is_ours):
    assert Listening(8501, hosts=("course.example.org",)).answers_to(host) is is_ours


def test_a_foreign_name_is_refused_in_words(room):
    status, text, _ = _answer(room, Host="evil.example")
    assert (status, "--host" in text) == (403, True)
    assert _answer(room, Host="course.example.org")[0] == 200


def test_browsers_are_told_who_may_hold_the_page_in_a_frame(room):
    headers = {name.lower(): value for name, value in _answer(room)[2].items()}
    assert headers["content-security-policy"] == "frame-ancestors 'self' https://lms.example.org"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_the_servers_own_numbers_are_not_for_readers(room):
    assert _answer(f"{room}/_stcore/metrics")[0] == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:9999", "null", "https://lms.example.org"])
def test_a_foreign_page_cannot_open_the_socket(room, origin):
    with pytest.raises((InvalidStatus, ConnectionClosed)), reader(room, Origin=origin) as socket_of_a_stranger:
        open_page(socket_of_a_stranger, "data")


def test_the_start_prints_what_readers_type_and_the_operators_key(room, said):
    text = said.read_text(encoding="utf-8")
    port = room.rsplit(":", 1)[1]
    assert f"Readers open http://course.example.org:{port}" in text
    assert "▄" in text
    assert re.search(r"operator's key, once: \S{16}", text)


def test_the_projector_shows_the_address_and_its_square(room):
    with reader(room) as browser:
        shown = words(open_page(browser, "join"))
    assert "http://course.example.org" in shown
    (square,) = re.findall(r"(/media/\w+\.png)", shown)
    with urlopen(room + square, timeout=20) as found:
        assert Image.open(found).size[0] > 200


def test_who_sits_at_this_machine_is_the_operator_and_who_was_forwarded_is_not(room):
    with reader(room) as here:
        shown = words(open_page(here, "data"))
        assert "whoever sits at the machine" not in shown
        assert "less than 20 hours old" in shown
    with reader(room, X_Forwarded_For="127.0.0.1") as there:
        assert "whoever sits at the machine" in words(open_page(there, "data"))


def test_the_operators_key_opens_once():
    key = Key()
    given = str(key)
    assert not key.opens("")
    assert not key.opens(given + "x")
    assert key.opens(f" {given} ")
    assert not key.opens(given)
    assert key.opens(str(key))


@pytest.fixture(scope="module")
def behind_nginx(small_home, tmp_path_factory):
    """Two dashboards behind Debian's nginx, as examples/nginx.conf has it."""
    nginx = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if nginx is None:
        pytest.skip("no nginx on this machine")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    options = ("--base-path", "/hubscope", "--host", "course.example.org")
    servers = [serve(small_home, *options) for _ in range(2)]
    addresses = [next(server) for server in servers]
    example = (ROOT / "examples" / "nginx.conf").read_text(encoding="utf-8")
    for number, address in enumerate(addresses):
        example = example.replace(f"127.0.0.1:850{number + 1}", re.sub(r"http://([^/]+).*", r"\1", address))
    example = example.replace("listen 80;", f"listen 127.0.0.1:{port};")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{}}\nhttp {{ access_log off;\n{temporary}{example}}}",
        encoding="utf-8",
    )
    process = subprocess.Popen([nginx, "-c", str(folder / "nginx.conf"), "-p", str(folder)], stderr=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}/hubscope"
    process.terminate()
    process.wait()
    for server in servers:
        next(server, None)


def test_behind_nginx_a_page_is_drawn_over_its_socket(behind_nginx):
    status, text, _ = _answer(f"{behind_nginx}/data", Host="course.example.org")
    assert (status, "<title>" in text) == (200, True)
    with reader(behind_nginx, name="course.example.org") as browser:
        assert "vega" in words(open_page(browser, "data")).lower()


def test_behind_nginx_nobody_is_taken_for_the_operator(behind_nginx):
    with reader(behind_nginx) as browser:
        assert "whoever sits at the machine" in words(open_page(browser, "data"))


def test_a_proxy_that_drops_the_path_is_told_so(small_home):
    direct = next(served := serve(small_home, "--base-path", "/hubscope"))
    status, text, _ = _answer(direct.removesuffix("/hubscope") + "/licences")
    assert (status, "pass the path on" in text) == (403, True)
    served.close()


def test_serving_says_where_and_needs_no_room(small_home, tmp_path):
    says = tmp_path / "said"
    served = serve(small_home, says=says)
    address = next(served)
    served.close()
    assert f"Dashboard: {address.replace('127.0.0.1', 'localhost')}" in says.read_text(encoding="utf-8")
    assert "key" not in says.read_text(encoding="utf-8")
