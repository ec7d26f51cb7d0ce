"""The benchmark problem in every tool, one after the other on this machine, each judged by the same float64 evaluation of the objective.

Run it through run.sh, which checks what must be installed and builds the .NET peers.
"""
import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

import make_images
import problem

HERE = Path(__file__).resolve().parent
PYTHON, THREADS = sys.executable, os.cpu_count()
SKLEARN = [PYTHON, HERE / "sklearn_peer.py"]


def dotnet_program(name):
    return [HERE / name / "bin" / "Release" / "net10.0" / name]


# Each peer is called with DATA ROWS WEIGHTS after its command, and with its own arguments after those.
PEERS = {
    "logits": ("Logits, tolerance 1e-6", dotnet_program("LogitsPeer"), []),
    "sklearn-lbfgs": ("scikit-learn lbfgs, tol 1e-6", SKLEARN, ['solver="lbfgs"', "tol=1e-6", "max_iter=100000"]),
    "sklearn-default": ("scikit-learn lbfgs, as it comes", SKLEARN, ['solver="lbfgs"']),
    "sklearn-newton-cg": ("scikit-learn newton-cg, tol 1e-4", SKLEARN, ['solver="newton-cg"', "tol=1e-4", "max_iter=1000"]),
    "mlnet": ("ML.NET LbfgsMaximumEntropy", dotnet_program("MlNet"), []),
    "glmnet": ("R glmnet, path of 17 strengths", ["Rscript", HERE / "glmnet_peer.R"], []),
}
ON_REQUEST = {"glmnet": "takes more than 5 minutes; --only glmnet runs it"}
LEFT_OUT = {
    "R nnet::multinom": "another objective: K-1 rows of weights against a reference class, intercepts penalised too",
    "statsmodels MNLogit": "another objective: it has no ridge penalty",
}


def sgemm_rate(size=4000, repeats=5):
    """Flops a second of numpy's float32 product of two square matrices, the best of a few."""
    random = np.random.default_rng(0)
    a, b = (random.random((size, size), np.float32) for _ in range(2))
    seconds = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        a @ b
        seconds.append(time.perf_counter() - start)
    return 2 * size**3 / min(seconds[1:])


def run_peer(name, folder, rows, results, limit):
    """What the peer said of itself, or {"failed": why}."""
    _, command, arguments = PEERS[name]
    weights = results / f"{name}.f64"
    weights.unlink(missing_ok=True)
    try:
        finished = subprocess.run(
            [str(part) for part in [*command, folder, rows, weights, *arguments]], stdout=subprocess.PIPE, text=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"stopped after {limit} s"}
    if finished.returncode != 0 or not weights.exists():
        return {"failed": f"exit status {finished.returncode}, {finished.stdout.strip() or 'no output'}"}
    return json.loads(finished.stdout.strip().splitlines()[-1]) | {"weights": str(weights)}


def table(answers, optimum):
    """One line a peer: seconds, objective, relative gap to the optimum, seconds over those of Logits, peak memory, remarks."""
    ours = answers.get("logits", {}).get("seconds")
    yield f"{'tool':34} {'seconds':>9} {'objective':>13} {'gap':>9} {'x Logits':>9} {'peak MB':>8}  remarks"
    for name, answer in answers.items():
        title = PEERS[name][0]
        if "failed" in answer:
            yield f"{title:34} {answer['failed']}"
            continue
        gap, ratio = answer["judged"] / optimum - 1, f"{answer['seconds'] / ours:9.1f}" if ours else f"{'':9}"
        yield f"{title:34} {answer['seconds']:9.3f} {answer['judged']:13.9f} {gap:9.1e} {ratio} {answer['peakMegabytes']:8.0f}  {answer['note']}"


def remarks(answers, rows, sgemm):
    """What Logits claims about itself beside what is measured here, and the share of sgemm's rate that a gradient pass reaches."""
    yield f"numpy sgemm 4000^3, {THREADS} threads: {sgemm / 1e9:.1f} Gflop/s"
    ours = answers.get("logits", {})
    if "weights" not in ours:
        return
    yield f"Logits reports objective {ours['objective']:.9f}, relative gap at most {ours['relativeGap']:.1e} ({'certified' if ours['gapCertified'] else 'estimated'})"
    yield f"Logits, later fits in the same process: {', '.join(f'{s:.3f} s' for s in ours['laterSeconds'])}"
    yield f"Logits, peak memory beside X: {ours['peakMegabytes'] - rows * make_images.FEATURES * 4e-6:.0f} MB"
    if ours.get("gradientSeconds"):
        rate = 4 * rows * make_images.FEATURES * make_images.CLASSES / ours["gradientSeconds"]
        yield f"Logits, a gradient pass: {ours['gradientSeconds'] * 1e3:.2f} ms, {rate / 1e9:.1f} Gflop/s, {rate / sgemm:.0%} of sgemm"


def main():
    parser = argparse.ArgumentParser(prog="run.sh", description=__doc__.splitlines()[0])
    parser.add_argument("--only", metavar="A,B", help=f"some of: {', '.join(PEERS)}")
    parser.add_argument("--rows", type=int, default=make_images.ROWS, help="the first so many rows (default: all 60,000)")
    parser.add_argument("--data", type=Path, default=make_images.DEFAULT_FOLDER, help="where the arrays are, or are made (default: data/ beside this file)")
    parser.add_argument("--results", type=Path, default=HERE / "results", help="where weights and results.json go (default: results/ beside this file)")
    parser.add_argument("--limit", type=float, default=1800, metavar="SECONDS", help="how long one peer may take (default: 1800)")
    options = parser.parse_args()
    names = options.only.split(",") if options.only else [name for name in PEERS if name not in ON_REQUEST]
    if unknown := set(names) - set(PEERS):
        parser.error(f"no such peer: {', '.join(sorted(unknown))}")
    if not 100 <= options.rows <= make_images.ROWS:
        parser.error(f"--rows must be from 100 to {make_images.ROWS}")

    make_images.ensure(options.data)
    options.results.mkdir(parents=True, exist_ok=True)
    sgemm = sgemm_rate()
    answers = {}
    for name in names:
        print(f"{PEERS[name][0]} ...", file=sys.stderr, flush=True)
        answers[name] = run_peer(name, options.data, options.rows, options.results, options.limit)
    x, y = problem.load(options.data, options.rows)
    for answer in answers.values():
        if "weights" in answer:
            answer["judged"] = problem.objective(x, y, answer["weights"])
    reached = [answer["judged"] for answer in answers.values() if "judged" in answer]
    if not reached:
        sys.exit("no peer finished: " + "; ".join(f"{name}: {answer['failed']}" for name, answer in answers.items()))
    whole = options.rows == make_images.ROWS
    optimum = problem.OPTIMUM if whole else min(reached)

    print(f"{options.rows:,} rows x {make_images.FEATURES}, {make_images.CLASSES} classes, strength {problem.STRENGTH:g}, {THREADS} threads;", end=" ")
    print(f"gap relative to {'the optimum' if whole else 'the best here'}, {optimum:.9f}")
    print(*table(answers, optimum), *remarks(answers, options.rows, sgemm), sep="\n")
    if not options.only:
        print("left out:", *(f"  {name}: {reason}" for name, reason in (ON_REQUEST | LEFT_OUT).items()), sep="\n")
    (options.results / "results.json").write_text(json.dumps({"rows": options.rows, "threads": THREADS, "sgemmFlops": sgemm, "peers": answers}, indent=2))
    sys.exit(any("failed" in answer for answer in answers.values()))


if __name__ == "__main__":
    main()
