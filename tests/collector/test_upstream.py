"""What people type: addresses, keys, proxies, certificates; each is checked where it is read and named in words."""

import subprocess
import sys

import pytest
from huggingface_hub import constants

from collector.client import open_client
from collector.summary import summary
from collector.upstream import Upstream
from tests.collector.conftest import state
from tests.collector.hub_server import Answer
from warehouse.errors import SourceError

NO_ADDRESSES = [
    "huggingface.co",
    "localhost:8080",
    '"https://huggingface.co"',
    "https//huggingface.co",
    "https://",
    "https://hugging face.co",
    "https://huggingface.co:99999",
    "https://huggingface.co:port",
    "https://[half",
    "ftp://huggingface.co",
    "https://.",
]
KEY = "sk-s3cret"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch, tmp_path):
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "HUBSCOPE_CATALOGUE_URL", "HUBSCOPE_PYPISTATS_URL", "HF_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "token"))


@pytest.mark.parametrize("stated", NO_ADDRESSES)
def test_an_address_of_the_hub_that_is_none_is_named_with_what_it_should_look_like(monkeypatch, stated):
    monkeypatch.setattr(constants, "ENDPOINT", stated)
    with pytest.raises(SourceError, match=r"HF_ENDPOINT is no address .* should look like https://huggingface\.co"):
        Upstream.from_env()


def test_half_an_address_of_the_hub_ends_no_command_and_is_named_when_the_hub_is_asked(home):
    """huggingface_hub cannot be imported with it: a process of its own."""
    environment = {"HF_ENDPOINT": "https://[half", "PATH": "", "HOME": str(home.path)}
    program = "from collector.upstream import Upstream; Upstream.from_env()"
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert "SourceError: HF_ENDPOINT is no address" in done.stderr


@pytest.mark.parametrize(
    ("variable", "listing"),
    [
        ("OPENAI_BASE_URL", "openai_models"),
        ("HUBSCOPE_CATALOGUE_URL", "catalogue_models"),
        ("HUBSCOPE_PYPISTATS_URL", "pypi_downloads"),
    ],
)
@pytest.mark.parametrize("stated", ["models.dev", "https://[half", "https://me:s3cret@models.dev"])
def test_an_address_of_a_side_source_that_is_none_loses_only_that_source(monkeypatch, variable, listing, stated):
    monkeypatch.setenv(variable, stated)
    unusable = Upstream.from_env().unusable
    assert unusable.keys() == {listing} and "s3cret" not in unusable[listing]
    assert variable in unusable[listing] or "user name" in unusable[listing]


def test_blanks_around_an_address_do_no_harm_and_an_empty_one_is_the_default(monkeypatch):
    monkeypatch.setattr(constants, "ENDPOINT", "")
    monkeypatch.setenv("OPENAI_BASE_URL", " http://[::1]:8080/v1\n")
    monkeypatch.setenv("HUBSCOPE_CATALOGUE_URL", " ")
    upstream = Upstream.from_env()
    assert (upstream.hub, upstream.openai_base_url) == ("https://huggingface.co", "http://[::1]:8080/v1")
    assert upstream.catalogue_url == "https://models.dev/api.json"


@pytest.mark.parametrize("pasted", [f" {KEY}\n", f"\u200b{KEY}\ufeff", f"\t{KEY}\r\n"])
def test_what_is_invisible_around_a_key_is_taken_off(monkeypatch, pasted):
    monkeypatch.setenv("OPENAI_API_KEY", pasted)
    monkeypatch.setenv("HF_TOKEN", pasted)
    upstream = Upstream.from_env()
    assert (upstream.openai_key, upstream.hub_token, upstream.unusable) == (KEY, KEY, {})


@pytest.mark.parametrize(
    "pasted", ["sk-\u200bs3cret", "sk-s3cret密钥", "sk s3cret", "sk-s3cret\x07x", "sk-\ns3cret", '"sk-s3cret"']
)
def test_a_key_that_cannot_be_one_loses_only_its_source_and_is_never_shown(monkeypatch, hub, snapshots, pasted):
    monkeypatch.setenv("OPENAI_API_KEY", pasted)
    unusable = Upstream.from_env().unusable
    manifest = snapshots.take("full", unusable=unusable)
    lost = state(manifest, "openai_models")
    assert lost.status == "failed" and lost.reason.startswith("OPENAI_API_KEY holds a blank")
    assert "s3cret" not in "\n".join(summary(manifest))
    assert "/v1/models" not in hub.paths()


def test_a_token_that_cannot_be_one_is_refused_before_anything_is_asked_and_never_shown(monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_s3cret\u200bs3cret")
    with pytest.raises(SourceError, match="HF_TOKEN holds a blank") as raised:
        Upstream.from_env()
    assert "s3cret" not in str(raised.value)


def test_a_token_file_that_cannot_be_read_is_named(monkeypatch, tmp_path):
    (tmp_path / "token").mkdir()
    with pytest.raises(SourceError, match=r"The token in .*token cannot be read"):
        Upstream.from_env()


def test_a_token_file_of_another_account_is_named(home, harmless):
    token = home.path / "hf" / "token"
    token.parent.mkdir(parents=True)
    token.write_text("hf_s3cret", encoding="utf-8")
    token.chmod(0)
    program = "from collector.upstream import Upstream; Upstream.from_env()"
    done = subprocess.run(
        [*harmless, sys.executable, "-c", program],
        env={"PATH": "", "HOME": str(home.path), "HF_HOME": str(token.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"The token in {token} cannot be read (Permission denied)" in done.stderr


@pytest.mark.parametrize(
    "names", [("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"), ("HTTPS_PROXY", "https_proxy"), ("NO_PROXY", "no_proxy")]
)
def test_two_variables_that_contradict_each_other_are_both_named_and_nothing_is_asked(monkeypatch, names):
    for number, name in enumerate(names):
        monkeypatch.setenv(name, f"s3cret{number}")
    with pytest.raises(SourceError, match=f"{' and '.join(names)} contradict each other") as raised:
        Upstream.from_env()
        open_client("https://models.dev/api.json")
    assert "s3cret" not in str(raised.value)


def test_a_proxy_that_answers_with_a_page_for_people_loses_its_sources_alone_and_is_named(monkeypatch, hub, snapshots):
    """To what is asked in the clear it hands a page, to what is not an error page."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, hub.url)
    hub.answers["/api.json"] = [Answer(body=b"\n<!DOCTYPE html><title>Log in</title>")] * 3
    elsewhere = {"catalogue_url": "http://catalogue.example/api.json", "pypistats_url": "https://pypistats.example"}
    openai = {"openai_base_url": "https://openai.example/v1", "openai_key": "sk-x"}
    manifest = snapshots.take("full", retries=0, **elsewhere, **openai)
    assert "is not JSON but a web page, as a proxy" in state(manifest, "catalogue_models").reason
    for listing in ("pypi_downloads", "openai_models"):
        assert "a proxy stands between: HTTPS_PROXY, HTTP_PROXY" in state(manifest, listing).reason
    assert state(manifest, "hub_models").status == "ok"


@pytest.mark.parametrize(
    ("variable", "stated"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:1080"),
        ("HTTPS_PROXY", "htp://proxy.example"),
        ("HTTP_PROXY", "http://me:s3cret@proxy.example:port"),
        ("SSL_CERT_FILE", "/nowhere/certificates.pem"),
        ("SSL_CERT_FILE", __file__),
    ],
)
def test_a_proxy_or_certificate_that_cannot_be_used_is_named_and_left_alone_for_this_machine(
    monkeypatch, variable, stated
):
    monkeypatch.setenv(variable, stated)
    with pytest.raises(SourceError, match=f"No connection can be made with what .*{variable}") as raised:
        open_client("https://models.dev/api.json")
    assert "s3cret" not in str(raised.value)
    open_client("http://127.0.0.1:8080").close()


def test_servers_that_the_program_runs_itself_need_neither_network_nor_proxy_nor_certificates(home, hub):
    """HF_HUB_OFFLINE is read when huggingface_hub is first imported: a process of its own."""
    program = f"""
from datetime import datetime
from pathlib import Path
from collector.progress import Report
from collector.run import take_snapshot
from collector.upstream import Upstream
from warehouse.settings import Home
here = dict.fromkeys(("hub", "openai_base_url", "catalogue_url", "pypistats_url"), {hub.url!r})
here |= {{"catalogue_url": {hub.url + "/api.json"!r}, "openai_base_url": {hub.url + "/v1"!r}}}
upstream = Upstream(**here, openai_key="simulated", is_own=True)
home = Home(Path({str(home.path)!r}))
manifest = take_snapshot(home, "full", taken_at=datetime(2026, 11, 24), upstream=upstream, report=Report())
print(*(entry.status for entry in manifest.listings))
"""
    environment = {
        "HF_HUB_OFFLINE": "1",
        "ALL_PROXY": "socks5://127.0.0.1:1",
        "SSL_CERT_FILE": "/nowhere",
        "HOME": str(home.path),
    }
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["ok", "skipped", *["ok"] * 7], "")  # this server counts nothing
