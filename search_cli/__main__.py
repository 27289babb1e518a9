"""Run `python -m search_cli` as `fangtan`."""

from search_cli.app import main

main()
