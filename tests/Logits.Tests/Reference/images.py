"""The first 6,000 rows of the benchmark problem at 8 bits a pixel, for the test that pins the work of a fit.

    python3 images.py FOLDER        reads values.bin and labels.bin of the table that `bench/peers/problems.py images` makes; writes images.gz beside this file

images.gz holds 6,000 labels of a byte each, then 6,000 x 784 pixels of a byte each, row-major: p stands for p / 255. Prints the optimum of these rows at
strength 1e-4, as scikit-learn's newton-cg finds it in float64. Needs numpy and scikit-learn.
"""
import gzip
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

ROWS, FEATURES, STRENGTH = 6000, 784, 1e-4

folder = Path(sys.argv[1])
pixels = np.fromfile(folder / "values.bin", np.float32, ROWS * FEATURES)
labels = np.fromfile(folder / "labels.bin", np.int32, ROWS)
pixels = np.rint(pixels * 255).astype(np.uint8)
Path(__file__).with_name("images.gz").write_bytes(gzip.compress(labels.astype(np.uint8).tobytes() + pixels.tobytes(), 9, mtime=0))

x = pixels.reshape(ROWS, FEATURES) / 255
fit = LogisticRegression(C=1 / (ROWS * STRENGTH), solver="newton-cg", tol=1e-8, max_iter=1000).fit(x, labels)
logits = fit.decision_function(x)
top = logits.max(axis=1)
loss = top + np.log(np.exp(logits - top[:, None]).sum(axis=1)) - logits[np.arange(ROWS), labels]
print(f"{loss.mean() + STRENGTH / 2 * (fit.coef_ ** 2).sum():.12f}")
