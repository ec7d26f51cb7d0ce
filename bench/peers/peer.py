"""What the Python peers share: how they read a table, how they are timed, and how they hand back their weights.

A peer is called with FOLDER WEIGHTS [key=value ...], writes K x d weights and then K intercepts as float64, and prints one JSON line. On SIGTERM it hands back the best
that it has seen.
"""
import json
import math
import signal
import sys
import time
from pathlib import Path

import numpy as np
from scipy import sparse


class Ended(BaseException):
    """A fit ends before its own rule says so. Not an Exception, so that no solver catches it."""


class Stopped(Ended):
    """Its time is up."""


class Table:
    """Rows x (dense or CSR) with labels y, and what to fit: the number of classes and the strength."""

    def __init__(self, folder):
        header = json.loads(Path(folder, "table.json").read_text())
        self.classes, self.strength, shape = header["classes"], header["strength"], (header["rows"], header["features"])
        values = np.fromfile(f"{folder}/values.bin", header["dtype"])
        if header["layout"] == "csr":
            self.x = sparse.csr_matrix((values, np.fromfile(f"{folder}/columns.bin", "<i4"), np.fromfile(f"{folder}/row_starts.bin", "<i8")), shape)
        else:
            self.x = values.reshape(shape)
        self.y = np.fromfile(f"{folder}/labels.bin", "<i4")


class Best:
    """The best weights seen so far. Ends the fit when their objective reaches the target."""

    def __init__(self, target):
        self.target, self.objective, self.weights, self.intercepts, self.seen = target, math.inf, None, None, 0

    def offer(self, objective, weights, intercepts):
        self.seen += 1
        if objective < self.objective:
            self.objective, self.weights, self.intercepts = objective, np.array(weights), np.array(intercepts)
            if objective <= self.target:
                raise Ended(f"reached the target after {self.seen} evaluations")

    def settle(self, weights, intercepts):
        """What the tool itself returns is what counts, whatever was seen on the way."""
        self.weights, self.intercepts = weights, intercepts


def run(fit):
    """Times fit(table, best, **options), which returns a remark, and hands back the weights."""
    folder, path = sys.argv[1:3]
    options = {key: json.loads(value) for key, value in (pair.split("=", 1) for pair in sys.argv[3:])}
    table, best = Table(folder), Best(options.pop("target", -math.inf))

    def out_of_time(*_):
        raise Stopped(f"stopped after {best.seen} evaluations")

    signal.signal(signal.SIGTERM, out_of_time)
    stopped, start = False, time.perf_counter()
    try:
        note = fit(table, best, **options)
    except Ended as reason:
        note, stopped = str(reason), isinstance(reason, Stopped)
    seconds = time.perf_counter() - start
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if best.weights is None:
        sys.exit("stopped before the first step")
    np.concatenate([np.ravel(best.weights), np.ravel(best.intercepts)]).astype("<f8").tofile(path)
    peak = next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(json.dumps({"seconds": seconds, "note": note, "stopped": stopped, "peakMegabytes": peak * 1024e-6}))
