"""Saved searches in their file: what a person wrote there stays, and what others need cannot be taken away."""

from pathlib import Path

import pytest

from indexer.errors import NotFoundError, UsageError
from indexer.settings import Settings
from search_cli.saved import search_edits, searches_file
from search_cli.saved.saved_search import SavedSearch, checked_name

FILE = """\
# ours
["小米"]
query = "小米 合作"   # the first one

# what is said of it
["隐私"]
query = "@小米 隐私 -@小米2"
since = "2013"

["小米2"]
query = "@隐私2"

["隐私2"]
query = "隐私"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "searches.toml").write_text(FILE, encoding="utf-8")
    return Settings(data=tmp_path)


def text(settings: Settings) -> str:
    return (settings.data / "searches.toml").read_text("utf-8")


def test_a_search_is_added_behind_the_others(settings: Settings) -> None:
    search = SavedSearch("价格", '"很贵" OR @小米', {"role": ("受访",), "synonyms": False, "sort": "date"})
    search_edits.save(settings, search)
    added = '\n["价格"]\nquery = "\\"很贵\\" OR @小米"\nrole = ["受访"]\nsynonyms = false\nsort = "date"\n'
    assert text(settings) == FILE + added
    assert searches_file.get(settings, "@价格") == search


def test_a_first_search_makes_a_file_that_explains_itself(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "new")
    (tmp_path / "new").mkdir()
    search_edits.save(settings, SavedSearch("小米", "小米", {}))
    assert text(settings).startswith("# Saved searches")
    assert list(searches_file.load(settings)) == ["小米"]


def test_a_name_is_taken_in_any_script_until_it_is_replaced(settings: Settings) -> None:
    again = SavedSearch("隱私", "隐私 数据", {})
    with pytest.raises(UsageError, match="There is a saved search 隐私: @小米 隐私"):
        search_edits.save(settings, again)
    assert text(settings) == FILE
    search_edits.save(settings, again, can_replace=True)
    assert '["隱私"]\nquery = "隐私 数据"\n' in text(settings)
    assert "since" not in text(settings)
    assert "# what is said of it\n" in text(settings)


def test_a_search_that_would_need_itself_is_not_saved(settings: Settings) -> None:
    with pytest.raises(UsageError, match="小米 and 隐私 need each other"):
        search_edits.save(settings, SavedSearch("小米", "@隐私", {}), can_replace=True)
    with pytest.raises(NotFoundError):
        search_edits.save(settings, SavedSearch("新", "@没有", {}))
    assert text(settings) == FILE


def test_a_new_name_is_written_where_the_old_one_was(settings: Settings) -> None:
    search_edits.rename(settings, "小米", "米")
    assert text(settings) == FILE.replace('["小米"]', '["米"]').replace("@小米 隐私", "@米 隐私")
    with pytest.raises(UsageError, match="There is a saved search 隐私 already"):
        search_edits.rename(settings, "米", "隱私")


def test_what_another_needs_is_not_removed_alone(settings: Settings) -> None:
    with pytest.raises(UsageError, match="小米2 needs 隐私2"):
        search_edits.remove(settings, ["隐私2"])
    assert text(settings) == FILE
    removed = search_edits.remove(settings, ["隐私2", "小米2", "隐私"])
    assert [one.name for one in removed] == ["隐私2", "小米2", "隐私"]
    assert text(settings) == '# ours\n["小米"]\nquery = "小米 合作"   # the first one\n\n# what is said of it\n'


@pytest.mark.parametrize("name", ["", "小 米", "小(米", "@@小米", "-小米", "小\u202e米", "米" * 61, '小"米'])
def test_a_name_that_a_query_could_not_have_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="is not a name for a saved search"):
        checked_name(name)


def test_an_at_sign_before_a_name_is_understood() -> None:
    assert checked_name(" @小米/合作-2 ") == "小米/合作-2"
