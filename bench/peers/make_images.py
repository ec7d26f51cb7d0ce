"""The benchmark problem: 60,000 images of 28x28 pixels in [0, 1], ten classes, one label in twenty drawn at random.

Each image is one of the 1,797 8x8 digits that scikit-learn carries (UCI optical recognition of handwritten digits), enlarged, turned by up to 25 degrees,
moved by up to 3 pixels, dimmed or brightened, and noised. The seed is fixed, so the arrays are the same on every machine to the last bit.

    make_images.py [FOLDER]     writes img_x.f32 (row-major float32) and img_y.i32 unless both are there; the default folder is data/ beside this file

With objective mean cross-entropy + 1e-4/2 ||W||^2, intercepts free, the optimum of all rows is 0.896555185 nats.
"""
import os
import sys
from pathlib import Path

import numpy as np
from scipy import ndimage
from sklearn.datasets import load_digits

ROWS, SIDE, CLASSES = 60_000, 28, 10
FEATURES = SIDE * SIDE
DEFAULT_FOLDER = Path(__file__).resolve().parent / "data"


def distorted(image, random):
    """One variation of an enlarged digit. The order of the draws is part of the problem's definition."""
    image = ndimage.rotate(image, random.uniform(-25, 25), reshape=False, order=1)
    image = ndimage.shift(image, (random.uniform(-3, 3), random.uniform(-3, 3)), order=1)
    brightness = random.uniform(0.7, 1.1)
    image = np.clip(image * brightness + random.normal(0, 0.05, image.shape), 0, 1)
    return np.where(image < 0.1, 0, image)


def images():
    """The rows (60,000 x 784, float32) and their labels (int32)."""
    random = np.random.default_rng(0)
    digits = load_digits()
    originals = [ndimage.zoom(image.astype(np.float32) / 16, SIDE / 8, order=1) for image in digits.images]
    chosen = random.integers(0, len(originals), ROWS)
    x = np.empty((ROWS, FEATURES), np.float32)
    for row, digit in zip(x, chosen):
        row[:] = distorted(originals[digit], random).ravel()
    y = digits.target[chosen].astype(np.int32)
    relabelled = random.random(ROWS) < 0.05
    y[relabelled] = random.integers(0, CLASSES, relabelled.sum())
    return x, y


def ensure(folder):
    """Writes both files into the folder, each whole or not at all, unless they are there at their full size."""
    folder = Path(folder)
    sizes = {folder / "img_x.f32": ROWS * FEATURES * 4, folder / "img_y.i32": ROWS * 4}
    if all(path.exists() and path.stat().st_size == size for path, size in sizes.items()):
        return
    folder.mkdir(parents=True, exist_ok=True)
    for path, array in zip(sizes, images()):
        partial = path.with_suffix(".partial")
        array.tofile(partial)
        os.replace(partial, path)


if __name__ == "__main__":
    ensure(sys.argv[1] if len(sys.argv) > 1 else DEFAULT_FOLDER)
