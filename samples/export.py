#!/usr/bin/env python3
"""Writes iris.csv and digits.csv beside this file, from the copies of the data sets that scikit-learn carries (Debian: python3-sklearn)."""

import csv
import pathlib

from sklearn.datasets import load_digits, load_iris

HERE = pathlib.Path(__file__).parent


def write(name, header, rows):
    with open(HERE / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


iris = load_iris()
write(
    "iris.csv",
    ["sepal_length", "sepal_width", "petal_length", "petal_width", "species"],
    ([*map(float, x), iris.target_names[y]] for x, y in zip(iris.data, iris.target)),
)

digits = load_digits()
write(
    "digits.csv",
    [f"pixel_{row}_{column}" for row in range(8) for column in range(8)] + ["digit"],
    ([*map(int, x), int(y)] for x, y in zip(digits.data, digits.target)),
)
