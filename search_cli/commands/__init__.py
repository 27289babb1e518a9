"""One module a group of commands: the only rooms, with `app`, that know Typer."""
