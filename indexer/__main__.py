"""`python -m indexer PATH`: the same as `fangtan index PATH`."""

import sys

from search_cli.app import main

if __name__ == "__main__":
    sys.argv[1:1] = ["index"]
    main()
