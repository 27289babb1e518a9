"""`python -m indexer PATH`: the same as `fangtan index PATH`."""

import runpy
import sys

if __name__ == "__main__":
    sys.argv[1:1] = ["index"]
    runpy.run_module("search_cli", run_name="__main__")  # run, not imported: indexer knows nothing of search_cli
