"""`python -m search_cli`: the same as `fangtan`."""

from search_cli.app import main

main()
