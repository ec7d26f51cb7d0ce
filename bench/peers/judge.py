"""The neutral judge: the objective at a peer's weights, in float64 throughout. It reads the table by itself and shares no code with any peer.

    mean over the rows of [log sum_j exp(o_j) - o_y] + strength/2 ||W||^2,  o = W x + b,  intercepts b not penalised
"""
import json
import math
from pathlib import Path

import numpy as np


def objective(folder, weights_file):
    """The objective of the table in a folder at K x d weights and then K intercepts, float64, from a file. Rows are taken some at a time."""
    folder = Path(folder)
    header = json.loads((folder / "table.json").read_text())
    n, d, k = header["rows"], header["features"], header["classes"]
    numbers = np.fromfile(weights_file, "<f8")
    if numbers.size != k * (d + 1):
        raise ValueError(f"{weights_file} holds {numbers.size} numbers, not {k} x ({d} + 1)")
    weights, intercepts = numbers[: k * d].reshape(k, d), numbers[k * d :]
    labels = np.fromfile(folder / "labels.bin", "<i4")
    scores = sparse_scores(folder, header, weights) if header["layout"] == "csr" else dense_scores(folder, header, weights)

    losses, start = [], 0
    for block in scores:
        block += intercepts
        top = block.max(axis=1)
        own = block[np.arange(len(block)), labels[start : start + len(block)]]
        losses.append(math.fsum(top - own + np.log(np.exp(block - top[:, None]).sum(axis=1))))
        start += len(block)
    if start != n:
        raise ValueError(f"{folder} holds {start} rows, not {n}")
    return math.fsum(losses) / n + header["strength"] / 2 * math.fsum(np.ravel(weights) ** 2)


def dense_scores(folder, header, weights):
    """W x for blocks of rows, one after the other."""
    values = np.memmap(folder / "values.bin", header["dtype"], "r", shape=(header["rows"], header["features"]))
    for start in range(0, header["rows"], 4096):
        yield values[start : start + 4096].astype(np.float64) @ weights.T


def sparse_scores(folder, header, weights):
    """The same where only the entries that are not zero are stored: each row gathers the weights of its columns. A row may be empty."""
    starts = np.fromfile(folder / "row_starts.bin", "<i8")
    columns, values = np.fromfile(folder / "columns.bin", "<i4"), np.fromfile(folder / "values.bin", header["dtype"]).astype(np.float64)
    by_feature = np.ascontiguousarray(weights.T)
    for start in range(0, header["rows"], 512):
        bounds = starts[start : start + 513]
        entries = slice(bounds[0], bounds[-1])
        block, filled = np.zeros((len(bounds) - 1, len(weights))), np.flatnonzero(np.diff(bounds))
        if len(filled):
            block[filled] = np.add.reduceat(values[entries, None] * by_feature[columns[entries]], bounds[filled] - bounds[0])
        yield block
