"""Search an archive of interviews: the Python API (`Archive`) and the `fangtan` command."""
