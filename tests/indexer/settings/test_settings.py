"""Settings: each variable, and the error for an invalid value."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import SettingsError
from indexer.indexing import data_folder
from indexer.settings import Settings, archive_folder, from_variables, load

FINGERPRINT = "95:9E:F2:C4:4B:43:9B:9D:14:5F:C4:B4:D1:F2:20:46:5C:0E:9D:76:33:C0:D3:3D:EC:F9:C0:FA:AE:92:D0:F4"


def test_nothing_set() -> None:
    assert from_variables({}) == Settings(data=archive_folder("fangtan"))
    assert from_variables({}).url == ""


def test_the_folder_that_is_remembered_for_an_archive(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"\xe8\xae\xbf\xe8\xb0\x88 \xff")
    data_folder.remember("remembered", folder)
    assert from_variables({"FANGTAN_INDEX": "remembered"}).data == folder
    assert from_variables({"FANGTAN_INDEX": "remembered", "FANGTAN_DATA": "/srv"}).data == Path("/srv")
    with pytest.raises(SettingsError, match="There is no folder") as caught:
        from_variables({"FANGTAN_INDEX": "remembered"}).data_file("topics.toml")
    assert f"rm {archive_folder('remembered')}" in caught.value.next_step
    data_folder.forget("remembered")
    assert from_variables({"FANGTAN_INDEX": "remembered"}).data_file("a") == archive_folder("remembered") / "a"
    with pytest.raises(SettingsError, match="There is no folder") as caught:
        Settings(data=tmp_path / "typo").data_file("topics.toml")
    assert "FANGTAN_DATA" in caught.value.next_step


def test_everything_set(tmp_path: Path) -> None:
    certificate = tmp_path / "http_ca.crt"
    certificate.touch()
    found = from_variables(
        {
            "ELASTICSEARCH_URL": "https://search.example.org:9243/prefix/",
            "ELASTICSEARCH_API_KEY": "a2V5OnNlY3JldA==",
            "ELASTICSEARCH_USERNAME": "elastic",
            "ELASTICSEARCH_PASSWORD": "geheim",
            "ELASTICSEARCH_CA_CERTS": str(certificate),
            "ELASTICSEARCH_CA_FINGERPRINT": FINGERPRINT,
            "FANGTAN_INDEX": "archive-2024",
            "FANGTAN_PRIMARIES": " originals, archive/checked/ ,",
            "FANGTAN_WORKERS": "0",
            "FANGTAN_FILE_SECONDS": "600",
            "FANGTAN_FILE_MEMORY": "1G",
            "FANGTAN_NODE_PORT": "9222",
            "FANGTAN_NODE_HEAP": "1G",
            "FANGTAN_NODE_DATA": "/srv/fangtan",
            "FANGTAN_DATA": "/srv/data",
        }
    )
    assert found == Settings(
        url="https://search.example.org:9243/prefix",
        api_key="a2V5OnNlY3JldA==",
        username="elastic",
        password="geheim",
        ca_certs=str(certificate),
        ca_fingerprint=FINGERPRINT.replace(":", "").lower(),
        index="archive-2024",
        primaries=("originals", "archive/checked"),
        workers=0,
        file_seconds=600,
        file_memory=2**30,
        node_port=9222,
        node_heap="1g",
        node_data=Path("/srv/fangtan"),
        data=Path("/srv/data"),
    )


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("http://localhost:9200", "http://localhost:9200"),
        (" http://localhost:9200/ \n", "http://localhost:9200"),
        ("http://localhost", "http://localhost:80"),
        ("https://search.example.org", "https://search.example.org:443"),
        ("http://[::1]:9200", "http://[::1]:9200"),
        ("https://search.example.org/es", "https://search.example.org:443/es"),
    ],
)
def test_addresses(typed: str, address: str) -> None:
    assert from_variables({"ELASTICSEARCH_URL": typed}).url == address


@pytest.mark.parametrize(
    "typed",
    [
        "localhost:9200",
        "localhost",
        "ftp://localhost:9200",
        "http://",
        "http://localhost:port",
        "http://localhost:99999",
        "http://a:9200,b:9200",
        "http://a:9200 b",
        "http://a:9200,http://",
        "http://localhost:9200?pretty",
        "http://[::1",
        "http://user:geheim@:9200",
    ],
)
def test_an_invalid_address(typed: str) -> None:
    with pytest.raises(SettingsError) as caught:
        from_variables({"ELASTICSEARCH_URL": typed})
    assert "ELASTICSEARCH_URL" in caught.value.message
    assert "http://localhost:9200" in caught.value.next_step
    assert "geheim" not in caught.value.message


@pytest.mark.parametrize("between", [",", " ", ", ", " ,\n "])
def test_several_addresses(between: str) -> None:
    typed = between.join(("https://a:9200", "https://elastic:ge,heim@b:9200/es/", "https://a:9200/", ""))
    found = from_variables({"ELASTICSEARCH_URL": typed})
    assert found.urls == (found.url, *found.more_urls) == ("https://a:9200", "https://b:9200/es")
    assert (found.username, found.password) == ("elastic", "ge,heim")
    assert "heim" not in repr(found)
    assert from_variables({}).urls == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("http://a:9200,https://b:9200", "begin with http:// and with https://"),
        ("https://x:geheim@a,https://y:geheim@b", "different users or passwords"),
        ("https://x:geheim@a,https://x:geheim2@b", "different users or passwords"),
        ("https://x:geheim@a,https://x:geheim2@[b", "not an address"),
    ],
)
def test_addresses_that_are_not_of_one_cluster(typed: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        from_variables({"ELASTICSEARCH_URL": typed})
    assert "geheim" not in str(caught.value) + caught.value.next_step


def test_credentials_leave_the_address() -> None:
    found = from_variables({"ELASTICSEARCH_URL": "https://elastic:ge%40heim@search.example.org:9200"})
    assert (found.url, found.username, found.password) == ("https://search.example.org:9200", "elastic", "ge@heim")


def test_variables_come_before_the_address() -> None:
    found = from_variables(
        {
            "ELASTICSEARCH_URL": "https://a:b@search.example.org",
            "ELASTICSEARCH_USERNAME": "c",
            "ELASTICSEARCH_PASSWORD": " d ",
        }
    )
    assert (found.username, found.password) == ("c", " d ")


@given(
    url_password=st.text("abcdefXYZ0123456789", min_size=8),
    password=st.text(st.characters(exclude_categories=["Cs"]), min_size=8),
    api_key=st.text("abcdefXYZ0123456789+/=", min_size=8),
)
def test_no_secret_is_printed(url_password: str, password: str, api_key: str) -> None:
    found = from_variables(
        {
            "ELASTICSEARCH_URL": f"https://elastic:{url_password}@search.example.org",
            "ELASTICSEARCH_USERNAME": "elastic",
            "ELASTICSEARCH_PASSWORD": password,
            "ELASTICSEARCH_API_KEY": api_key,
        }
    )
    shown = repr(found) + str(found) + found.url
    expected = repr(from_variables({"ELASTICSEARCH_URL": "https://search.example.org"})) * 2 + found.url
    assert shown == expected


@pytest.mark.parametrize(
    ("name", "value", "said", "next_step"),
    [
        ("FANGTAN_INDEX", "-archive", "not an index name", "fangtan-2024"),
        ("FANGTAN_INDEX", "访谈", "not an index name", "fangtan-2024"),
        ("FANGTAN_INDEX", "Archive", "not an index name", "fangtan-2024"),
        ("FANGTAN_INDEX", "a,b", "not an index name", "fangtan-2024"),
        ("FANGTAN_INDEX", "a" * 201, "not an index name", "fangtan-2024"),
        ("FANGTAN_WORKERS", "-1", "not a number of processes", "0 to 64"),
        ("FANGTAN_WORKERS", "65", "not a number of processes", "0 to 64"),
        ("FANGTAN_WORKERS", "²", "not a number of processes", "0 to 64"),
        ("FANGTAN_FILE_SECONDS", "0", "not a number of seconds", "1 to 86400"),
        ("FANGTAN_FILE_SECONDS", "1.5", "not a number of seconds", "1 to 86400"),
        ("FANGTAN_FILE_MEMORY", "127m", "not a size of 128m or more", "2g"),
        ("FANGTAN_FILE_MEMORY", "much", "not a size of 128m or more", "2g"),
        ("FANGTAN_NODE_PORT", "0", "not a port", "1 to 65535"),
        ("FANGTAN_NODE_PORT", "65536", "not a port", "1 to 65535"),
        ("FANGTAN_NODE_PORT", "９２００", "not a port", "1 to 65535"),
        ("FANGTAN_NODE_PORT", "http", "not a port", "1 to 65535"),
        ("FANGTAN_LANG", "fr", "not a language", "zh-Hans, zh-Hant or en"),
        ("FANGTAN_NODE_HEAP", "512", "not a heap size", "512m"),
        ("FANGTAN_NODE_HEAP", "0m", "not a heap size", "512m"),
        ("FANGTAN_NODE_HEAP", "m", "not a heap size", "512m"),
        ("FANGTAN_NODE_HEAP", "-1g", "not a heap size", "512m"),
        ("FANGTAN_NODE_HEAP", "63m", "too small", "64m"),
        ("ELASTICSEARCH_CA_FINGERPRINT", "95:9E", "not a SHA-256 fingerprint", "openssl"),
    ],
)
def test_values_that_cannot_be_used(name: str, value: str, said: str, next_step: str) -> None:
    with pytest.raises(SettingsError) as caught:
        from_variables({name: value})
    assert name in caught.value.message
    assert said in caught.value.message
    assert next_step in caught.value.next_step
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("heap", ["64m", "512M", "1g", "31g"])
def test_heaps(heap: str) -> None:
    assert from_variables({"FANGTAN_NODE_HEAP": heap}).node_heap == heap.lower()


@given(st.dictionaries(st.sampled_from(["FANGTAN_INDEX", "FANGTAN_NODE_PORT", "FANGTAN_NODE_HEAP"]), st.text()))
def test_any_value_is_accepted_or_reported(variables: dict[str, str]) -> None:
    with suppress(SettingsError):
        found = from_variables(variables)
        assert found.index == found.index.lower()
        assert 0 <= found.node_port < 65536


def test_a_password_without_a_user() -> None:
    with pytest.raises(SettingsError, match="ELASTICSEARCH_USERNAME is not"):
        from_variables({"ELASTICSEARCH_URL": "http://localhost:9200", "ELASTICSEARCH_PASSWORD": "geheim"})


def test_credentials_without_an_address_are_left_alone() -> None:
    assert from_variables({"ELASTICSEARCH_PASSWORD": "geheim", "ELASTICSEARCH_CA_CERTS": "/no/file"}).url == ""


def test_a_fingerprint_needs_tls() -> None:
    with pytest.raises(SettingsError, match="http://, without TLS"):
        from_variables({"ELASTICSEARCH_URL": "http://localhost:9200", "ELASTICSEARCH_CA_FINGERPRINT": FINGERPRINT})


def test_a_certificate_that_is_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "http_ca.crt"
    with pytest.raises(SettingsError, match="is not a file") as caught:
        from_variables({"ELASTICSEARCH_URL": "https://localhost:9200", "ELASTICSEARCH_CA_CERTS": str(missing)})
    assert str(missing) in caught.value.message


@pytest.mark.parametrize(
    ("typed", "language"), [("", None), ("zh_CN", "zh-Hans"), (" zh-Hant ", "zh-Hant"), ("en_GB.UTF-8", "en")]
)
def test_the_language_of_help(typed: str, language: str | None) -> None:
    assert from_variables({"FANGTAN_LANG": typed}).language == language


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("name", "value", "message", "next_step"),
    [
        ("FANGTAN_SHARDS", "0", "FANGTAN_SHARDS=0 不是分片数。", "设为 1 到 1024 之间的数。"),
        ("FANGTAN_NODE_HEAP", "63m", "FANGTAN_NODE_HEAP=63m 对 Elasticsearch 来说太小。", "设为 64m 以上。"),
        ("FANGTAN_SYNONYMS", "maybe", "FANGTAN_SYNONYMS=maybe 看不出是开还是关。", "设为 1 或 0。"),
    ],
)
def test_in_chinese_a_value_is_told_with_its_file(
    name: str, value: str, message: str, next_step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "one.env"
    file.write_text(f"{name}={value}\n", "utf-8")
    monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FANGTAN_ENV_FILE", str(file))
    with pytest.raises(SettingsError) as caught:
        load()
    assert (caught.value.message, caught.value.next_step) == (message, f"{next_step}它设在 {file} 里。")
