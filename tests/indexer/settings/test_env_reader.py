"""`.env`: what its lines say, and what they may refer to."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from indexer.errors import SettingsError
from indexer.settings import env_reader, load

SECRET = "geheim-4711"


@pytest.fixture
def env(folder: Path) -> Path:
    return folder / "deep" / ".env"


def test_environment_first(env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env.write_text("FANGTAN_INDEX=file\nFANGTAN_WORKERS=3\n", "utf-8")
    monkeypatch.setenv("FANGTAN_INDEX", "environment")
    assert (load().index, load().workers) == ("environment", 3)


def test_an_editor_of_windows(env: Path) -> None:
    env.write_bytes(b"\xef\xbb\xbfFANGTAN_INDEX=marked\r\n")
    assert load().index == "marked"


def test_a_name_without_value(env: Path) -> None:
    env.write_text("FANGTAN_INDEX\n", "utf-8")
    assert load().index == "fangtan"


def test_not_text(env: Path) -> None:
    env.write_bytes("FANGTAN_INDEX=访谈".encode("gbk"))
    with pytest.raises(SettingsError, match="cannot be read"):
        load()


def test_too_large(env: Path) -> None:
    env.write_text(f"A={'x' * env_reader.MOST_BYTES}\n", "utf-8")
    with pytest.raises(SettingsError, match="larger than 1 MB"):
        load()


def test_a_line_of_fangtan_that_says_nothing(env: Path) -> None:
    env.write_text(f'A=1\n\n\nELASTICSEARCH_PASSWORD="{SECRET}\nB=2\n', "utf-8")
    with pytest.raises(SettingsError) as caught:
        load()
    assert caught.value.message == f"{env}:4: this line is not NAME=value."
    assert SECRET not in str(caught.value) + caught.value.next_step


def test_lines_of_others_are_left_alone(env: Path) -> None:
    env.write_text("this is nothing\n%%%='\nOTHER=\"unclosed\nFANGTAN_INDEX=mine\n", "utf-8")
    assert load().index == "mine"


def test_a_value_that_cannot_be_used_names_the_file(env: Path) -> None:
    env.write_text("FANGTAN_NODE_HEAP=12k\n", "utf-8")
    with pytest.raises(SettingsError, match="FANGTAN_NODE_HEAP=12k") as caught:
        load()
    assert caught.value.next_step.endswith(f"It is set in {env}.")


class TestReferences:
    def test_other_lines_wherever_they_are(self, env: Path) -> None:
        env.write_text(
            "ELASTICSEARCH_URL=http://127.0.0.1:${PORT}\nELASTICSEARCH_USERNAME=elastic\n"
            f"ELASTICSEARCH_PASSWORD=${{ELASTIC_PASSWORD}}\nPORT=${{NOWHERE:-92}}00\nELASTIC_PASSWORD={SECRET}\n",
            "utf-8",
        )
        assert (load().url, load().password) == ("http://127.0.0.1:9200", SECRET)

    @pytest.mark.parametrize(
        "line",
        [
            "ELASTICSEARCH_API_KEY=${MY_SECRET}",
            "ELASTICSEARCH_URL=http://127.0.0.1:9/${MY_SECRET}",
            "ELASTICSEARCH_API_KEY=${MY_SECRET:-none}",
            "ELASTICSEARCH_API_KEY=${B}\nB=${MY_SECRET}",
            "ELASTICSEARCH_URL=http://127.0.0.1:9/${HOME}",
        ],
    )
    def test_nothing_of_the_shell(self, env: Path, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MY_SECRET", SECRET)
        env.write_text(f"{line}\n", "utf-8")
        with pytest.raises(SettingsError, match="of the environment") as caught:
            load()
        assert SECRET not in str(caught.value) + caught.value.next_step

    def test_the_home_folder_for_paths(self, env: Path) -> None:
        env.write_text("FANGTAN_DATA=${HOME}/data\n", "utf-8")
        assert load().data == Path(os.environ["HOME"], "data")

    def test_a_circle_and_a_bomb(self, env: Path) -> None:
        env.write_text("FANGTAN_INDEX=a${B}\nB=b${FANGTAN_INDEX}\nFANGTAN_REFRESH=${FANGTAN_REFRESH:-1s}\n", "utf-8")
        assert (load().index, load().refresh) == ("ab", "1s")
        for levels, times in ((12, 10), (2000, 1)):
            lines = "".join(f"A{n}={f'${{A{n + 1}}}' * times}\n" for n in range(levels))
            env.write_text(f"FANGTAN_INDEX=${{A0}}\n{lines}A{levels}=boom\n", "utf-8")
            with pytest.raises(SettingsError, match="too long"):
                load()


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(
    text=st.lists(
        st.sampled_from(
            [
                "FANGTAN_INDEX",
                "A",
                "=",
                "${A}",
                "${FANGTAN_INDEX}",
                "${",
                "}",
                ":-",
                '"',
                "'",
                "\\",
                "\n",
                "#",
                " ",
                "我",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_any_file_is_read_or_reported(env: Path, text: str) -> None:
    env.write_text(text, "utf-8")
    with suppress(SettingsError):
        assert all(name.startswith("FANGTAN_INDEX") for name in env_reader.read(env))
