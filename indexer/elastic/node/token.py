"""The token of the embedded node: on a shared machine, only who has it reads and writes the archive.

It is remembered in a file of the node's folder that only its owner reads. Clients send it as an API key.
"""

from contextlib import suppress

from indexer.elastic.node.paths import NodePaths

_BYTES = 32


def read(paths: NodePaths) -> str:
    """Return the token, "" if the node requires none."""
    with suppress(FileNotFoundError):
        return paths.token.read_text(encoding="ascii").strip()
    return ""


def make(paths: NodePaths) -> str:
    """Return the token; make and remember one if there is none."""
    if not read(paths):
        import secrets

        paths.node.mkdir(parents=True, exist_ok=True)
        paths.token.touch(mode=0o600)
        paths.token.chmod(0o600)
        paths.token.write_text(secrets.token_urlsafe(_BYTES), encoding="ascii")
    return read(paths)


def forget(paths: NodePaths) -> None:
    """Require no token any more, from the next start on."""
    paths.token.unlink(missing_ok=True)
