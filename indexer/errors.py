"""The errors that a user can fix, with the exit code of the command line.

    FangtanError                1
      ReadingError
      WritingError
      NotFoundError
      ModelError
      ClusterError
      UsageError                2
        QueryError
        SettingsError
      ElasticError              3
        UnreachableError
        UnauthorisedError
        CertificateError
        IndexMissingError
        IncompleteAnswerError
        DamagedIndexError
        ForeignAnswerError
        FullDiskError
        VersionError
        NodeError
        LoadingError
        StaleIndexError
        KibanaError

`next_step` says how to fix it. Any other exception is a bug in fangtan and keeps its traceback.
"""

from typing import ClassVar

from indexer.language.messages import gettext as _
from indexer.language.messages import ngettext, sentences


class FangtanError(Exception):
    """The base class: a message of one sentence, and the next step to try."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step


class ReadingError(FangtanError):
    """A file that cannot be read as a transcript; `line` counts from 1, 0 for the whole file."""

    def __init__(self, path: str, reason: str, line: int = 0, next_step: str = "") -> None:
        super().__init__(f"{path}{f':{line}' if line else ''}: {reason}", next_step)
        self.path, self.reason, self.line = path, reason, line

    def __reduce__(self) -> tuple[type["ReadingError"], tuple[str, str, int, str]]:
        """Return what is sent to another process."""
        return type(self), (self.path, self.reason, self.line, self.next_step)


class WritingError(FangtanError):
    """Output that cannot be written: a full disk, a file without permission; `path` is "" for standard output."""

    def __init__(self, path: str, reason: str, next_step: str = "") -> None:
        told = _("{path} cannot be written: {reason}.") if path else _("Standard output cannot be written: {reason}.")
        super().__init__(told.format(path=path, reason=reason), next_step)
        self.path, self.reason = path, reason


class NotFoundError(FangtanError):
    """An interview, turn, speaker or topic that is not in the archive; `near` has similar names."""

    def __init__(self, message: str, near: tuple[str, ...] = (), next_step: str = "") -> None:
        super().__init__(message, next_step)
        self.near = near


class ModelError(FangtanError):
    """An embedding model that cannot be fetched, or the packages that run it are not installed."""


class ClusterError(FangtanError):
    """A Dask cluster that cannot be reached, has no workers, or workers with other software."""


class UsageError(FangtanError):
    """An invalid command line, query or setting."""

    exit_code = 2


class QueryError(UsageError):
    """A syntax error in `query`; `position` is the offset of the character."""

    def __init__(self, query: str, position: int, message: str, next_step: str = "") -> None:
        super().__init__(message, next_step)
        self.query, self.position = query, position


class SettingsError(UsageError):
    """An invalid value in the environment, `.env` or a data file."""


class ElasticError(FangtanError):
    """A request that Elasticsearch rejects or does not answer."""

    exit_code = 3


class UnreachableError(ElasticError):
    """An address without a server, or a server that does not answer in time."""


class UnauthorisedError(ElasticError):
    """Missing or rejected credentials, or missing privileges."""


class CertificateError(ElasticError):
    """A TLS connection that is not trusted."""


class IndexMissingError(ElasticError):
    """An archive in which nothing has been indexed."""


class IncompleteAnswerError(ElasticError):
    """An answer of which a part is missing: shards that did not answer, a search that ran out of time."""

    def __init__(self, reason: str, next_step: str = "") -> None:
        super().__init__(
            _("Elasticsearch cannot answer for the whole archive: {reason}.").format(reason=reason),
            next_step or _("Wait until all its nodes run, then try again. GET /_cluster/health says whether they do."),
        )


class DamagedIndexError(ElasticError):
    """Indices whose files are damaged: what is in them cannot be read any more.

    `unlisted`: a rebuild was asked for, and it cannot be told which interviews it would lose.
    """

    unlisted = False

    def __init__(self, indices: tuple[str, ...], reason: str) -> None:
        damaged = ngettext(
            "The index {names} is damaged: {reason}.", "The indices {names} are damaged: {reason}.", len(indices)
        )
        super().__init__(
            damaged.format(names=", ".join(indices), reason=reason),
            _("Bring a backup back (fangtan restore DIR), or read the transcripts again: fangtan index PATH --rebuild"),
        )
        self.indices, self.reason = indices, reason

    def asking_to_go_on(self) -> "DamagedIndexError":
        """Return the error of a rebuild that would go on if the user agreed."""
        error = DamagedIndexError(self.indices, self.reason)
        lost = _("Which interviews it had cannot be read: any whose files are not named now would be lost.")
        error.message = sentences(error.message, lost)
        error.next_step = _("Name the folders of all its transcripts: fangtan index PATH… --rebuild --yes")
        error.unlisted = True
        return error


class ClosedIndexWarning(UserWarning):
    """An index that somebody had closed was opened again."""


class UnreadTagsWarning(UserWarning):
    """Tags that cannot be read, so that turns are shown without them."""


class ForeignAnswerError(ElasticError):
    """An answer that is not one of Elasticsearch: of another program at its address, or changed by a proxy."""

    def __init__(self, request: str) -> None:
        super().__init__(
            _(
                "The answer to the request {request} is not one of Elasticsearch's: another program, or a proxy, gave"
                " it."
            ).format(request=request),
            _("Check ELASTICSEARCH_URL: fangtan status shows where it comes from."),
        )


class FullDiskError(ElasticError):
    """A disk of Elasticsearch that has no room for what is to be written."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The disk of Elasticsearch is full: {reason}.").format(reason=reason),
            _("Free space where its data lies; it writes again by itself. Then run the same command again."),
        )


class VersionError(ElasticError):
    """A server that is too old, or not Elasticsearch."""


class NodeError(ElasticError):
    """An embedded node that does not start, or stopped unexpectedly."""


class LoadingError(ElasticError):
    """Documents that cannot be loaded: another run is loading, or an index name is taken."""


class StaleIndexError(ElasticError):
    """An archive indexed with other data files or another version of fangtan: it has to be rebuilt."""


class KibanaError(ElasticError):
    """A request that Kibana rejects; `status` is that of its response, 0 if that was a success."""

    def __init__(self, message: str, next_step: str = "", status: int = 0) -> None:
        super().__init__(message, next_step)
        self.status = status
