"""`fangtan status` without a running Elasticsearch."""

import json
import os
import subprocess
import sys
from pathlib import Path


def status(folder: Path, *options: str, **variables: str) -> str:
    """What the command prints in an empty folder, with topics where there are none."""
    where = {"FANGTAN_ENV_FILE": "", "FANGTAN_NODE_DATA": str(folder / "node"), "FANGTAN_DATA": str(folder / "gone")}
    environment = {key: value for key, value in os.environ.items() if key != "ELASTICSEARCH_URL"} | where | variables
    command = (sys.executable, "-m", "search_cli", "status", *options)
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_a_problem_is_told_in_chinese_to_people_and_in_english_to_programs(tmp_path: Path) -> None:
    shown = status(tmp_path, FANGTAN_LANG="zh-Hans", COLUMNS="120").splitlines()
    assert shown[0] == " Elasticsearch  没有运行；有命令需要时，fangtan 会启动自带的"
    assert shown[1].startswith(f" 知识           文件夹 {tmp_path / 'gone'} 不存在，")
    told = json.loads(status(tmp_path, "--json", FANGTAN_LANG="zh-Hans"))
    assert told["knowledge"]["problem"].startswith(f"There is no folder {tmp_path / 'gone'}, where the topics,")
    assert set(told["sources"].values()) == {"environment"}
