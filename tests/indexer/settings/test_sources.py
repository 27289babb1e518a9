"""An address and what is sent to it come from one source."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import SettingsError
from indexer.settings import from_variables, load
from indexer.settings.sources import ENVIRONMENT, combine

FILE = Path("/home/lin/.env")
SHELL_ADDRESS, FILE_ADDRESS = "http://127.0.0.1:1", "http://127.0.0.1:2"
SENT = ("API_KEY", "USERNAME", "PASSWORD", "CA_CERTS", "CA_FINGERPRINT")


def named(prefix: str, **variables: str) -> dict[str, str]:
    return {f"{prefix}_{name}": value for name, value in variables.items()}


def elastic(**variables: str) -> dict[str, str]:
    return named("ELASTICSEARCH", **variables)


@pytest.mark.parametrize("name", SENT)
def test_the_address_of_a_file_gets_nothing_of_the_shell(name: str) -> None:
    with pytest.raises(SettingsError) as caught:
        combine(elastic(**{name: "geheim"}), elastic(URL=FILE_ADDRESS, API_KEY="of the file"), FILE)
    assert f"ELASTICSEARCH_URL comes from {FILE}, ELASTICSEARCH_{name} from the environment" in caught.value.message
    assert f"unset ELASTICSEARCH_{name}" in caught.value.next_step
    assert "geheim" not in caught.value.message + caught.value.next_step


@pytest.mark.parametrize("name", SENT)
def test_the_address_of_the_shell_gets_nothing_of_a_file(name: str) -> None:
    with pytest.raises(SettingsError) as caught:
        combine(elastic(URL=SHELL_ADDRESS), elastic(**{name: "geheim"}), FILE)
    assert f"comes from the environment, ELASTICSEARCH_{name} from {FILE}" in caught.value.message
    assert "geheim" not in caught.value.message + caught.value.next_step


def test_the_address_of_the_shell_instead_of_that_of_a_file() -> None:
    lines = elastic(URL=FILE_ADDRESS, USERNAME="elastic", PASSWORD="geheim", CA_CERTS="")
    values, sources = combine(elastic(URL=SHELL_ADDRESS, API_KEY="key"), {**lines, "FANGTAN_INDEX": "a"}, FILE)
    found = from_variables(values)
    assert (found.url, found.api_key, found.username, found.password) == (SHELL_ADDRESS, "key", "", "")
    assert found.index == "a"
    assert sources.unused == ("ELASTICSEARCH_USERNAME", "ELASTICSEARCH_PASSWORD")


def test_the_embedded_node_instead_of_the_address_of_a_file() -> None:
    values, _ = combine(elastic(URL=""), elastic(URL=FILE_ADDRESS, API_KEY="key"), FILE)
    assert from_variables(values) == from_variables({})


def test_an_empty_variable_of_the_shell_says_nothing() -> None:
    values, sources = combine(elastic(API_KEY=""), elastic(URL=FILE_ADDRESS, API_KEY="key"), FILE)
    assert from_variables(values).api_key == "key"
    assert sources.of == dict.fromkeys(("ELASTICSEARCH_URL", "ELASTICSEARCH_API_KEY"), str(FILE))


def test_without_an_address_nothing_is_sent() -> None:
    values, _ = combine(elastic(API_KEY="a"), elastic(PASSWORD="b", URL=""), FILE)
    assert from_variables(values).url == ""


def test_kibana_is_left_to_those_who_ask_it() -> None:
    _, sources = combine(named("KIBANA", API_KEY="key"), named("KIBANA", URL=FILE_ADDRESS), FILE)
    with pytest.raises(SettingsError, match=f"KIBANA_URL comes from {FILE}, KIBANA_API_KEY from the environment"):
        sources.check("KIBANA_URL", ("KIBANA_API_KEY",))
    values, sources = combine(
        named("KIBANA", URL=SHELL_ADDRESS), named("KIBANA", URL=FILE_ADDRESS, API_KEY="key"), FILE
    )
    assert values == named("KIBANA", URL=SHELL_ADDRESS)
    sources.check("KIBANA_URL", ("KIBANA_API_KEY",))


@given(
    shell=st.dictionaries(st.sampled_from(("URL", *SENT)), st.sampled_from(["", "shell"])),
    lines=st.dictionaries(st.sampled_from(("URL", *SENT)), st.sampled_from(["", "file"])),
)
def test_no_mixture_whatever_is_set(shell: dict[str, str], lines: dict[str, str]) -> None:
    try:
        values, _ = combine(elastic(**shell), elastic(**lines), FILE)
    except SettingsError:
        return
    if values.get("ELASTICSEARCH_URL"):
        assert len({value for value in values.values() if value}) == 1


def test_what_has_its_default_has_no_source(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env = folder / ".env"
    env.write_text("FANGTAN_REGIONAL=0\nFANGTAN_LANG=zh_TW\nFANGTAN_WORKERS=2\nKIBANA_API_KEY=geheim\n", "utf-8")
    monkeypatch.setenv("FANGTAN_INDEX", "fangtan")
    monkeypatch.setenv("FANGTAN_SYNONYMS", "off")
    sources = load().sources
    in_file = dict.fromkeys(("FANGTAN_LANG", "FANGTAN_WORKERS", "KIBANA_API_KEY"), str(env))
    assert sources.of == {"FANGTAN_SYNONYMS": ENVIRONMENT, **in_file}
    assert (sources.file, sources.unused) == (env, ())
    assert "geheim" not in repr(load()) + repr(sources)
