"""Every error fangtan raises for something a person can mend.

    FangtanError                    exit code 1
      ReadingError                  a file cannot be read as a transcript: path, line, reason
      NotFoundError                 no such interview, turn, speaker or topic; names the nearest
      UsageError                    exit code 2: what was typed cannot be understood
        QueryError                  a query's grammar: points at the character
        SettingsError               the environment or `.env` holds a value that cannot be used
      ElasticError                  exit code 3: Elasticsearch cannot do what is asked
        UnreachableError            nothing answers at the address
        UnauthorisedError           it answers, and refuses the credentials
        CertificateError            the TLS connection is not trusted
        IndexMissingError           nothing has been indexed under this prefix
        VersionError                older than what fangtan needs
        NodeError                   the embedded node does not start, or stopped
        LoadingError                documents cannot be loaded: another run is loading, a name is taken
        StaleIndexError             indexed by another dictionary, other topics or another fangtan: needs a rebuild
        KibanaError                 Kibana answers, and does not do what it is asked

Each says in `next_step` what to try. Anything else that is raised is a defect of fangtan and keeps its traceback.
"""

from typing import ClassVar


class FangtanError(Exception):
    """Tell what went wrong, in one line, and what to try next."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step


class ReadingError(FangtanError):
    """Say why a file cannot be read: `path`, `line` (from 1; 0 where no line is to blame) and `reason`."""

    def __init__(self, path: str, reason: str, line: int = 0, next_step: str = "") -> None:
        super().__init__(f"{path}{f':{line}' if line else ''}: {reason}", next_step)
        self.path, self.reason, self.line = path, reason, line


class NotFoundError(FangtanError):
    """Say that nothing of that name is in the archive; `near` holds names like it."""

    def __init__(self, message: str, near: tuple[str, ...] = (), next_step: str = "") -> None:
        super().__init__(message, next_step)
        self.near = near


class UsageError(FangtanError):
    """Say that what was typed cannot be understood."""

    exit_code = 2


class QueryError(UsageError):
    """Point at the character of `query`, at `position` from 0, where its grammar breaks."""

    def __init__(self, query: str, position: int, message: str, next_step: str = "") -> None:
        super().__init__(message, next_step)
        self.query, self.position = query, position


class SettingsError(UsageError):
    """Name the setting whose value cannot be used."""


class ElasticError(FangtanError):
    """Say what Elasticsearch cannot do, or why it cannot be asked."""

    exit_code = 3


class UnreachableError(ElasticError):
    """Nothing answers at the address."""


class UnauthorisedError(ElasticError):
    """Elasticsearch answers and refuses the credentials."""


class CertificateError(ElasticError):
    """The TLS connection is not trusted."""


class IndexMissingError(ElasticError):
    """Nothing has been indexed under this prefix."""


class VersionError(ElasticError):
    """Elasticsearch is older than what fangtan needs."""


class NodeError(ElasticError):
    """The embedded node does not start, or stopped while it was needed."""


class LoadingError(ElasticError):
    """Documents cannot be loaded: another run is loading, or a name is taken."""


class StaleIndexError(ElasticError):
    """The archive was indexed by another dictionary, other topics or another fangtan: it needs a rebuild."""


class KibanaError(ElasticError):
    """Kibana answers, and does not do what it is asked; `status` is that of its answer, 0 where that was a good one."""

    def __init__(self, message: str, next_step: str = "", status: int = 0) -> None:
        super().__init__(message, next_step)
        self.status = status
