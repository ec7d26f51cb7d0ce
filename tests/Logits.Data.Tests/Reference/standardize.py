#!/usr/bin/env python3
"""Writes standardize.csv: numpy's mean and standard deviation (dividing by n) of every column of the samples that is not constant."""

import csv
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE.parents[2] / "samples"

with open(HERE / "standardize.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["sample", "column", "mean", "deviation"])
    for sample in ["iris", "digits"]:
        with open(SAMPLES / f"{sample}.csv") as table:
            header, *rows = csv.reader(table)
        values = np.array([row[:-1] for row in rows], dtype=np.float64)
        for name, column in zip(header, values.T):
            if column.min() < column.max():
                writer.writerow([sample, name, repr(float(column.mean())), repr(float(column.std()))])
