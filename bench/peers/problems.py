"""The benchmark problems: tables of every shape, made from fixed seeds and kept on disk as raw little-endian arrays that any tool can read.

    problems.py [NAME ...]     makes those that are missing (default: all) in data/ beside this file

A table is a folder:

    table.json        rows, features, classes, dtype (of the values), strength, layout, and entries where the layout is csr
    labels.bin        int32, 0 ... classes - 1, every class present
    values.bin        dense: rows x features, row-major; csr: the entries that are not zero, row by row
    columns.bin       csr only: int32, the column of each entry, rising within a row
    row_starts.bin    csr only: int64, rows + 1 of them

The order of the random draws is part of a problem's definition. Where a draw passes through a product of matrices (many, wide, probe, tall), its last bits depend on
the BLAS, so the optimum below holds for the labels whose checksum stands beside it.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import ndimage, sparse
from sklearn.datasets import load_digits

DEFAULT_FOLDER = Path(__file__).resolve().parent / "data"


def images(rows=60_000, side=28, classes=10):
    """Digits: the 1,797 8x8 images that scikit-learn carries (UCI), enlarged to 28x28, turned, moved, dimmed and noised; one label in twenty is drawn at random."""
    random = np.random.default_rng(0)
    digits = load_digits()
    originals = [ndimage.zoom(image.astype(np.float32) / 16, side / 8, order=1) for image in digits.images]
    chosen = random.integers(0, len(originals), rows)
    x = np.empty((rows, side * side), np.float32)
    for row, digit in zip(x, chosen):
        image = ndimage.rotate(originals[digit], random.uniform(-25, 25), reshape=False, order=1)
        image = ndimage.shift(image, (random.uniform(-3, 3), random.uniform(-3, 3)), order=1)
        brightness = random.uniform(0.7, 1.1)
        image = np.clip(image * brightness + random.normal(0, 0.05, image.shape), 0, 1)
        row[:] = np.where(image < 0.1, 0, image).ravel()
    y = digits.target[chosen].astype(np.int32)
    relabelled = random.random(rows) < 0.05
    y[relabelled] = random.integers(0, classes, relabelled.sum())
    return x, y


def drawn(random, logits):
    """One class a row, drawn from the softmax of its logits: the largest after Gumbel noise."""
    return np.argmax(logits + random.gumbel(size=logits.shape).astype(np.float32), axis=1)


def many(rows=80_000, features=50, classes=1000, batch=8000):
    """More classes than features: labels drawn from a softmax model whose logits spread widely, so that classes differ much in size and some never occur."""
    random = np.random.default_rng(1)
    x = random.standard_normal((rows, features), np.float32)
    weights = random.standard_normal((features, classes), np.float32)
    return x, np.concatenate([drawn(random, x[start : start + batch] @ weights) for start in range(0, rows, batch)])


def wide(rows=800, features=20_000, classes=4, telling=200, factors=30):
    """As gene expression: far more features than rows, all moved together by thirty hidden factors, two hundred of them telling the classes apart; standardised."""
    random = np.random.default_rng(2)
    y = random.integers(0, classes, rows)
    means = np.zeros((classes, features))
    means[:, :telling] = random.standard_normal((classes, telling)) * 0.5
    hidden = random.standard_normal((rows, factors)) @ (random.standard_normal((factors, features)) * 0.5)
    x = hidden + means[y] + random.standard_normal((rows, features))
    return ((x - x.mean(axis=0)) / x.std(axis=0)).astype(np.float32), y


def tall(rows=800_000, features=20, classes=5):
    """Very many rows of a few features, drawn from a softmax model."""
    random = np.random.default_rng(4)
    x = random.standard_normal((rows, features), np.float32)
    weights = random.standard_normal((features, classes)).astype(np.float32) * 0.5
    return x, drawn(random, x @ weights)


def probe(rows=100_000, features=512, classes=200):
    """As a linear probe on the activations of a network: clusters with a spectrum that decays as a power, turned at random, rectified; one label in ten is drawn at random."""
    random = np.random.default_rng(3)
    scales = np.arange(1, features + 1) ** -0.8
    turn = np.linalg.qr(random.standard_normal((features, features)))[0]
    y = random.integers(0, classes, rows)
    centres = random.standard_normal((classes, features)) * scales
    x = random.standard_normal((rows, features)) * scales + centres[y]
    x *= np.exp(0.2 * random.standard_normal((rows, 1)))
    x = np.maximum(x @ turn, 0).astype(np.float32)
    x *= np.float32(1 / x.std())
    relabelled = random.random(rows) < 0.1
    y[relabelled] = random.integers(0, classes, relabelled.sum())
    return x, y


def letter():
    """Printed letters (UCI letter recognition, from R's mlbench): 20,000 rows of 16 whole numbers, standardised, in float64."""
    with tempfile.TemporaryDirectory() as folder:
        program = 'data(LetterRecognition, package = "mlbench"); writeBin(as.integer(LetterRecognition$lettr) - 1L, "y"); writeBin(as.vector(t(as.matrix(LetterRecognition[, -1])) + 0), "x")'
        subprocess.run(["Rscript", "-e", program], cwd=folder, check=True)
        x, y = np.fromfile(f"{folder}/x").reshape(-1, 16), np.fromfile(f"{folder}/y", np.int32)
    return (x - x.mean(axis=0)) / x.std(axis=0), y


def text(rows=20_000, words=50_000, classes=84):
    """As short documents: word counts by Zipf's law, one word in eight from the 400 that a class prefers; log(1 + count), each row of length 1; sparse."""
    random = np.random.default_rng(5)
    frequency = 1 / (np.arange(1, words + 1) + 2.7)
    cumulative = np.cumsum(frequency / frequency.sum())
    sizes = random.random(classes) ** 2 + 0.05
    y = random.choice(classes, rows, p=sizes / sizes.sum())
    preferred = [np.sort(random.choice(words, 400, replace=False)) for _ in range(classes)]
    documents = []
    for label in y:
        length = random.poisson(60) + 5
        own = random.binomial(length, 0.12)
        common = np.searchsorted(cumulative, random.random(length - own))
        documents.append(np.minimum(np.concatenate([common, preferred[label][(400 * random.random(own) ** 2).astype(int)]]), words - 1))
    row = np.repeat(np.arange(rows), [len(document) for document in documents])
    x = sparse.csr_matrix((np.ones(len(row)), (row, np.concatenate(documents))), (rows, words))  # adds up what stands twice
    x.data = np.log1p(x.data)
    x.data /= np.repeat(np.sqrt(np.add.reduceat(x.data**2, x.indptr[:-1])), np.diff(x.indptr))
    return x.astype(np.float32), y


def rare(size=200_000, shops=300):
    """One category column of 300 levels, the j-th with size/j^2 rows, as indicator columns, and one number; standardised, in the order of the levels. No draws: a formula."""
    shop, x, y = [], [], []
    for j in range(1, shops + 1):
        i = np.arange(size // (j * j) + 1)
        number = (i * 31 + j * 17) % 100 / 100
        value = (i * 7919 + j * 104729) % 1000 / 1000 + number + j % 7 / 7
        shop.append(np.full(len(i), j - 1))
        x.append(number)
        y.append(np.where(value < 1, 0, np.where(value < 1.7, 1, 2)))
    shop, x = np.concatenate(shop), np.concatenate(x)
    share = np.bincount(shop) / len(shop)
    deviation = np.sqrt(share * (1 - share))
    table = np.empty((len(shop), shops + 1), np.float32)
    table[:, :shops] = -share / deviation
    table[np.arange(len(shop)), shop] = ((1 - share) / deviation)[shop]
    table[:, shops] = (x - x.mean()) / x.std()
    return table, np.concatenate(y)


@dataclass(frozen=True)
class Problem:
    """What to fit, and with which of compare.py's peers."""

    make: Callable
    strength: float | None  # None: 1 / rows
    optimum: float  # the lowest objective known, to a relative 1e-8 or better,
    labels: int  # for the labels with this CRC-32
    peers: tuple[str, ...]


PROBLEMS = {
    "images": Problem(images, 1e-4, 0.896555185, 1438069220, ("logits", "sklearn-lbfgs", "sklearn-default", "sklearn-newton-cg", "mlnet", "glmnet")),
    "many": Problem(many, None, 1.071206925, 3959242823, ("logits", "sklearn-default")),
    "wide": Problem(wide, None, 0.00728392202, 1466168443, ("logits", "sklearn-lbfgs", "sklearn-newton-cg")),
    "tall": Problem(tall, None, 0.848569402, 1012092789, ("logits", "sklearn-lbfgs", "newton-cholesky")),
    "probe": Problem(probe, None, 0.474585073, 3224768740, ("logits", "sklearn-lbfgs-target")),
    "letter": Problem(letter, 1e-8, 0.826945598, 2012247477, ("logits", "sklearn-lbfgs", "newton-cholesky")),
    "letter-unpenalised": Problem(letter, 0, 0.826939794, 2012247477, ("logits", "sklearn-lbfgs", "newton-cholesky", "multinom")),
    "text": Problem(text, None, 3.16365238, 3303286597, ("logits", "lbfgsb-target", "sklearn-lbfgs")),
    "rare": Problem(rare, None, 0.686355708, 2643411150, ("logits", "sklearn-newton-cg")),
}


def write(folder, x, y, strength):
    """Writes a table, whole or not at all. Classes without a row are left out and the others numbered anew."""
    present, y = np.unique(y, return_inverse=True)
    header = {"rows": x.shape[0], "features": x.shape[1], "classes": len(present), "dtype": str(x.dtype), "strength": 1 / len(y) if strength is None else strength}
    arrays = {"labels": y.astype("<i4")}
    if sparse.issparse(x):
        header |= {"layout": "csr", "entries": int(x.nnz)}
        arrays |= {"values": x.data, "columns": x.indices.astype("<i4"), "row_starts": x.indptr.astype("<i8")}
    else:
        header |= {"layout": "dense"}
        arrays |= {"values": x}
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for name, array in arrays.items():
        array.tofile(partial / f"{name}.bin")
    (partial / "table.json").write_text(json.dumps(header))
    os.replace(partial, folder)


def read(folder):
    """The arrays of a table, as its generator made them."""
    header = json.loads((folder / "table.json").read_text())
    values = np.fromfile(folder / "values.bin", header["dtype"])
    shape = header["rows"], header["features"]
    if header["layout"] == "csr":
        x = sparse.csr_matrix((values, np.fromfile(folder / "columns.bin", "<i4"), np.fromfile(folder / "row_starts.bin", "<i8")), shape)
    else:
        x = values.reshape(shape)
    return x, np.fromfile(folder / "labels.bin", "<i4")


def ensure(name, data=DEFAULT_FOLDER, rows=None):
    """The folder of a problem's table, made where it is missing: of all its rows, or of so many of them, evenly spread."""
    problem, whole = PROBLEMS[name], Path(data) / name
    if not whole.exists():
        print(f"making the table of {name} ...", file=sys.stderr, flush=True)
        write(whole, *problem.make(), problem.strength)
    count = json.loads((whole / "table.json").read_text())["rows"]
    if rows is None or rows >= count:
        return whole
    part = whole.with_name(f"{name}-{rows}")
    if not part.exists():
        x, y = read(whole)
        chosen = np.arange(rows) * count // rows
        write(part, x[chosen], y[chosen], problem.strength)
    return part


def optimum(name, folder):
    """The lowest objective known of a problem, if this table is the one that it was found on."""
    problem = PROBLEMS[name]
    same = zlib.crc32((folder / "labels.bin").read_bytes()) == problem.labels
    return problem.optimum if same else None


if __name__ == "__main__":
    for wanted in sys.argv[1:] or PROBLEMS:
        print(ensure(wanted))
