"""Make vectors of texts with an embedding model, by onnxruntime."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, Any

from indexer.embeddings.embedding_model import SETTINGS_FILE, Model
from indexer.errors import ModelError, SettingsError
from indexer.language.messages import gettext as _
from indexer.text.normalize import normalize

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

LONGEST = 32_768
"""Characters of a text that are read: of a longer one, its beginning. 64 pieces of 512 tokens, two seconds."""

# Tokens of a batch, padding included, on a GPU. On processors each text is run alone, in as many threads as there are
# cores: half as much CPU again went into batches of 4,096 tokens (10.4 s against 7.0 for 500 turns), and int8 has one
# scale for a batch, so that a vector would depend on its neighbours (cosine .985 to .995 with itself alone).
_GPU_BATCH = 4096

Piece = tuple[int, list[int]]
"""The position of a text, and the tokens of a piece of it."""

# Texts that are tokenized at a time: what the tokenizer tells of each token takes a hundred times its id
_TOKENIZED = 256

# Those that onnxruntime offers in its packages for GPUs. Not CoreML, which every package for macOS has: it leaves
# int8 to the processor; nor Azure, which sends data away.
_GPUS = ("CUDAExecutionProvider", "ROCMExecutionProvider", "MIGraphXExecutionProvider", "DmlExecutionProvider")

_INPUTS = ("input_ids", "attention_mask", "token_type_ids", "position_ids")


def prepare(text: str) -> str:
    """Return a text as it is embedded: in normal form, at most `LONGEST` characters.

    A change needs a new `mapping.VECTOR_VERSION`.
    """
    return normalize(text[:LONGEST]).text


class Encoder:
    """Makes vectors of texts; the model is loaded with the first (a third of a second for the built-in one).

    All vectors have length 1 (L2), so that their dot product is the cosine. A text of more tokens than the model reads
    at once is read in pieces: its vector is the mean of theirs, weighted by their tokens.
    """

    def __init__(self, model: Model, threads: int = 0) -> None:
        """`threads` 0 means one per core. `ahead` are the lists that `each` works at a time."""
        self.model = model
        self.ahead = 1
        self._threads = threads or _cores()

    def documents(self, texts: Sequence[str]) -> "Vectors":
        """Return the vectors of texts, (n, dimensions); the texts as `prepare` returns them."""
        return self._vectors([self.model.document_prefix + text for text in texts])

    def each(self, lists: Iterable[Sequence[str]]) -> "Iterator[Vectors]":
        """Yield the vectors of lists of texts, each when it is asked for."""
        return map(self.documents, lists)

    def query(self, text: str) -> "Vectors":
        """Return the vector of a question, (dimensions,)."""
        vector: Vectors = self._vectors([self.model.query_prefix + prepare(text)])[0]
        return vector

    def _vectors(self, texts: Sequence[str]) -> "Vectors":
        import numpy as np

        sums = np.zeros((len(texts), self.model.dimensions), np.float32)
        is_gpu = self.device != "CPU"
        batches = list(_batches(self._pieces(texts), _GPU_BATCH if is_gpu else 0))
        pool = ThreadPoolExecutor(1 if is_gpu else self._threads)
        try:
            for batch, vectors in zip(batches, pool.map(self._run, batches), strict=True):
                for (text, ids), vector in zip(batch, vectors, strict=True):
                    sums[text] += vector * len(ids)
        finally:
            pool.shutdown(cancel_futures=True)
        return normalized(sums)

    def _pieces(self, texts: Sequence[str]) -> "Iterator[Piece]":
        """Yield the pieces of texts that the model reads at once."""
        for start in range(0, len(texts), _TOKENIZED):
            for position, encoding in enumerate(
                self._tokenizer.encode_batch_fast(list(texts[start : start + _TOKENIZED])), start=start
            ):
                yield from ((position, piece.ids) for piece in (encoding, *encoding.overflowing))

    def _run(self, batch: "Sequence[Piece]") -> "Vectors":
        """Return the normalized vectors of a batch of pieces."""
        import numpy as np

        lengths = np.array([len(ids) for _, ids in batch])
        mask = (np.arange(lengths.max()) < lengths[:, None]).astype(np.int64)
        tokens = np.zeros_like(mask)
        tokens[mask.astype(bool)] = np.concatenate([ids for _, ids in batch])
        known = dict(zip(_INPUTS, (tokens, mask, np.zeros_like(mask), mask.cumsum(axis=1) - 1), strict=True))
        (output,) = self._session.run([self._output], {name: known[name] for name in self._inputs})
        vectors = self._pooled(output.astype(np.float32), mask)
        if vectors.shape[1] != self.model.dimensions:
            told = _("{entry}, but its vectors have {number} numbers")
            entry = f"dimensions = {self.model.dimensions}"
            raise self._unfit(told.format(entry=entry, number=vectors.shape[1]))
        return normalized(vectors)

    def _pooled(self, output: "Vectors", mask: "NDArray[np.int64]") -> "Vectors":
        """Return one vector per text from those of its tokens, unless the model has done so."""
        import numpy as np

        if output.ndim == 2:
            return output
        match self.model.pooling:
            case "cls":
                found = output[:, 0]
            case "last":
                found = output[np.arange(len(output)), mask.sum(axis=1) - 1]
            case _:
                found = (output * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return found.astype(np.float32)

    @cached_property
    def _tokenizer(self) -> Any:  # noqa: ANN401 - the library has no types
        try:
            from tokenizers import Tokenizer
        except ImportError as error:
            raise _missing() from error
        try:
            tokenizer = Tokenizer.from_file(str(self.model.tokenizer))
        except Exception as error:  # the library raises Exception itself
            told = _("{file} is not a tokenizer: {reason}").format(file=self.model.tokenizer.name, reason=error)
            raise self._unfit(told) from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(self.model.max_tokens)
        return tokenizer

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401 - the library has no types
        try:
            import onnxruntime
        except ImportError as error:
            raise _missing() from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # texts side by side are faster than the parts of one
        options.log_severity_level = 4  # what is wrong is raised
        offered = onnxruntime.get_available_providers()
        providers = [*(gpu for gpu in _GPUS if gpu in offered), "CPUExecutionProvider"]
        try:
            return onnxruntime.InferenceSession(str(self.model.onnx), options, providers=providers)
        except Exception as error:  # its exceptions have no base class of their own
            told = _("{file} cannot be loaded: {reason}").format(file=self.model.onnx.name, reason=error)
            raise self._unfit(told) from error

    @cached_property
    def device(self) -> str:
        """Return what the model runs on: CPU, CUDA and the like."""
        return str(self._session.get_providers()[0]).removesuffix("ExecutionProvider")

    @cached_property
    def _inputs(self) -> tuple[str, ...]:
        names = tuple(one.name for one in self._session.get_inputs())
        for name in names:
            if name not in _INPUTS:
                told = _("{file} has an input {name}, which is no embedding model's")
                raise self._unfit(told.format(file=self.model.onnx.name, name=name))
        return names

    @cached_property
    def _output(self) -> str:
        return str(self._session.get_outputs()[0].name)

    def _unfit(self, problem: str) -> SettingsError:
        path = self.model.folder / SETTINGS_FILE
        told = _("{path}: {reason}.").format(path=path, reason=problem)
        return SettingsError(told, _("Correct it, or remove FANGTAN_MODEL for fangtan's own model."))


def normalized(vectors: "Vectors") -> "Vectors":
    """Return vectors of length 1, in their directions; zeros remain."""
    import numpy as np

    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    found: Vectors = (vectors / np.where(norms == 0, 1, norms)).astype(np.float32)
    return found


def _batches(pieces: "Iterable[Piece]", most: int) -> "Iterator[list[Piece]]":
    """Yield pieces of about the same length together, at most so many tokens with the padding; 0: each alone."""
    batch: list[Piece] = []
    for piece in sorted(pieces, key=lambda one: len(one[1])):
        if batch and (len(batch) + 1) * len(piece[1]) > most:
            yield batch
            batch = []
        batch.append(piece)
    if batch:
        yield batch


def _cores() -> int:
    """Return the number of cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def _missing() -> ModelError:
    return ModelError(_("Search by meaning needs onnxruntime and tokenizers."), "pip install 'fangtan[meaning]'")
