"""`python -m indexer PATH`: the same as `fangtan index PATH`."""

import sys

from search_cli.app import main

sys.argv[1:1] = ["index"]
main()
