"""Texts as rows of a sparse matrix: the same features, norms and numbers that the reader uses."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import sqrt

import numpy as np
from scipy.sparse import csr_matrix

from corale.listen.reading import words
from corale.listen.reading.features import features


def reading_matrix(texts: Sequence[str], bits: int) -> csr_matrix:
    """Left half: whole words; right half: pieces. Each half has 2**bits columns."""
    size = 1 << bits
    columns, values, starts = array("l"), array("d"), array("l", [0])
    for text in texts:
        found = features(text)
        whole = [words.number(each) & (size - 1) for each in (*found.singles, *found.pairs, *found.marks)]
        pieces = [
            size + (number & (size - 1))
            for token in found.folded
            if words.is_word(token)
            for number in words.pieces(token)
        ]
        columns.extend(whole + pieces)
        values.extend([1 / sqrt(len(whole) or 1)] * len(whole) + [1 / sqrt(len(pieces) or 1)] * len(pieces))
        starts.append(len(columns))
    return _matrix(columns, values, starts, 2 * size)


def language_matrix(texts: Sequence[str], bits: int) -> csr_matrix:
    """Pieces of the words as they are spelt."""
    size = 1 << bits
    columns, values, starts = array("l"), array("d"), array("l", [0])
    for text in texts:
        spoken = [token for token in words.tokens(text) if words.is_word(token)][: words.TELLING]
        numbers = [number & (size - 1) for token in spoken for number in words.pieces(token)]
        columns.extend(numbers)
        values.extend([1 / sqrt(len(numbers) or 1)] * len(numbers))
        starts.append(len(columns))
    return _matrix(columns, values, starts, size)


def _matrix(columns: array[int], values: array[float], starts: array[int], width: int) -> csr_matrix:
    parts = (np.frombuffer(values), np.frombuffer(columns, dtype=np.int64), np.frombuffer(starts, dtype=np.int64))
    matrix = csr_matrix(parts, shape=(len(starts) - 1, width))
    matrix.sum_duplicates()
    return matrix


def rarity(matrix: csr_matrix) -> np.ndarray:
    """How much a column counts: more, the fewer rows have it. Folded into the weights after training."""
    rows = np.bincount(matrix.indices, minlength=matrix.shape[1])
    return np.log((1 + matrix.shape[0]) / (1 + rows)) + 1.0
