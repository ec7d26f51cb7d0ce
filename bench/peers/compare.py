"""Softmax regression of tables of every shape, in Logits and in other tools, one after the other on this machine, each judged by the same float64 evaluation.

Run it through run.sh, which checks what must be installed and builds the .NET peers.
"""
import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import judge
import problems

HERE = Path(__file__).resolve().parent
PYTHON, THREADS = sys.executable, os.cpu_count()
TARGET = 1e-6  # the relative gap that every tool is asked for, where it can be asked
GRACE = 60  # seconds that a peer has, once its time is up, to hand back what it has


def dotnet_program(name):
    return [HERE / name / "bin" / "Release" / "net10.0" / name]


def python_program(name):
    return [PYTHON, HERE / f"{name}_peer.py"]


def r_program(name):
    return ["Rscript", HERE / f"{name}_peer.R"]


# Each peer is called with FOLDER WEIGHTS after its command, and with its own arguments after those. {target} is the objective at which a tool may stop.
PEERS = {
    "logits": ("Logits, tolerance 1e-6", dotnet_program("LogitsPeer"), []),
    "sklearn-lbfgs": ("scikit-learn lbfgs, tol 1e-6", python_program("sklearn"), ['solver="lbfgs"', "tol=1e-6", "max_iter=100000"]),
    "sklearn-lbfgs-target": ("scikit-learn lbfgs, to gap 1e-6", python_program("sklearn"), ['solver="lbfgs"', "tol=1e-6", "max_iter=100000", "target={target}"]),
    "sklearn-default": ("scikit-learn lbfgs, as it comes", python_program("sklearn"), ['solver="lbfgs"']),
    "sklearn-newton-cg": ("scikit-learn newton-cg, tol 1e-4", python_program("sklearn"), ['solver="newton-cg"', "tol=1e-4", "max_iter=1000"]),
    "newton-cholesky": ("numpy Newton-Cholesky, 1e-6", python_program("newton_cholesky"), [f"tolerance={TARGET}"]),
    "lbfgsb-target": ("SciPy L-BFGS-B, to gap 1e-6", python_program("lbfgsb"), ["target={target}"]),
    "mlnet": ("ML.NET LbfgsMaximumEntropy", dotnet_program("MlNet"), []),
    "multinom": ("R nnet::multinom, as it comes", r_program("multinom"), []),
    "glmnet": ("R glmnet, path of 17 strengths", r_program("glmnet"), []),
}
ON_REQUEST = {"glmnet": "takes more than 5 minutes; --only glmnet runs it"}


def surroundings(width):
    """The environment that every peer runs in, and what blas.py says of it.

    Settings that hold OpenBLAS to an older processor's kernels slow numpy down: they go, unless the kernels that OpenBLAS then chooses compute wrong here.
    """
    given = os.environ | {"OPENBLAS_NUM_THREADS": str(THREADS), "OMP_NUM_THREADS": str(THREADS)}
    free = {key: value for key, value in given.items() if key not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    if width == 256:
        narrow = {"DOTNET_EnableAVX512": "0", "OPENBLAS_CORETYPE": "Haswell", "NPY_DISABLE_CPU_FEATURES": "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL"}
        given, free = given | narrow, free | narrow
    for environment in free, given:
        checked = subprocess.run([PYTHON, HERE / "blas.py"], env=environment, stdout=subprocess.PIPE, text=True, check=False)
        blas = json.loads(checked.stdout) if checked.returncode == 0 else {"right": False}
        if blas["right"]:
            return environment, blas
    sys.exit("numpy's products are wrong on this machine")


def machine_width():
    flags = next((line.split() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("flags")), [])
    return 512 if "avx512f" in flags else 256 if "avx2" in flags else 128


def run_peer(name, folder, weights, limit, environment, target):
    """What the peer says of itself, or {"failed": why}. A peer whose time is up is asked for what it has."""
    _, command, arguments = PEERS[name]
    weights.unlink(missing_ok=True)
    full = [str(part) for part in [*command, folder, weights, *arguments]]
    peer = subprocess.Popen([part.replace("{target}", json.dumps(target)) for part in full], cwd=HERE, env=environment, stdout=subprocess.PIPE, text=True)
    late = False
    try:
        output, _ = peer.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        late = True
        peer.terminate()
        try:
            output, _ = peer.communicate(timeout=GRACE)
        except subprocess.TimeoutExpired:
            peer.kill()
            output, _ = peer.communicate()
    if peer.returncode == 0 and weights.exists():
        return {"stopped": False} | json.loads(output.strip().splitlines()[-1]) | {"weights": str(weights)}
    return {"failed": f"stopped after {limit:g} s, nothing known" if late else f"exit status {peer.returncode}, {output.strip() or 'no output'}", "stopped": late}


def run_problem(name, folder, peers, results, limit, environment):
    """Every peer on one table; the answers by peer, and the lowest objective known or reached."""
    known, answers = problems.optimum(name, folder), {}
    for peer in peers:
        print(f"{name}: {PEERS[peer][0]} ...", file=sys.stderr, flush=True)
        best = known or answers.get("logits", {}).get("judged")
        answer = answers[peer] = run_peer(peer, folder, results / f"{name}-{peer}.f64", limit, environment, best * (1 + TARGET) if best else float("-inf"))
        if "weights" in answer:
            answer["judged"] = judge.objective(folder, answer["weights"])
    reached = [answer["judged"] for answer in answers.values() if "judged" in answer]
    return {"known": known, "optimum": min([*reached, *([known] if known else [])], default=None), "peers": answers}


def described(header):
    shape = f"{header['rows']:,} rows x {header['features']:,}, {header['classes']:,} classes"
    entries = f", {header['entries']:,} entries" if header["layout"] == "csr" else ""
    return f"{shape}{entries}, {header['layout']} {header['dtype']}, strength {header['strength']:.3g}"


def relative_gap(answer, outcome):
    best = outcome["optimum"]
    return (answer["judged"] - best) / (best or 1)


def table(outcome):
    """One line a peer: seconds, objective, relative gap to the best known, seconds over those of Logits, peak memory, remarks."""
    ours = outcome["peers"].get("logits", {}).get("seconds")
    yield f"{'tool':33} {'seconds':>10} {'objective':>13} {'gap':>8} {'x Logits':>9} {'peak MB':>8}  remarks"
    for name, answer in outcome["peers"].items():
        title = PEERS[name][0]
        if "failed" in answer:
            yield f"{title:33} {answer['failed']}"
            continue
        seconds = f"{'>' if answer['stopped'] else ''}{answer['seconds']:.3f}"
        ratio = f"{answer['seconds'] / ours:9.1f}" if ours else f"{'':9}"
        gap = relative_gap(answer, outcome)
        yield f"{title:33} {seconds:>10} {answer['judged']:13.9f} {gap:8.1e} {ratio} {answer['peakMegabytes']:8.0f}  {answer['note']}"
        if later := answer.get("laterSeconds"):
            fastest = min(later)
            yield f"{'  a later fit of that process':33} {fastest:10.3f} {'':13} {'':8} {fastest / ours:9.1f} {'':8}  a fresh process costs {ours - fastest:.3f} s"


def remarks(ours, header, folder, blas):
    """What Logits claims about itself beside what is measured here, and the share of sgemm's rate that a gradient pass reaches."""
    gap = f"{ours['relativeGap']:.1e}" if ours["relativeGap"] is not None else "unknown"
    yield f"Logits reports objective {ours['objective']:.9f}, relative gap {gap} ({'certified' if ours['gapCertified'] else 'estimated'})"
    size = sum(path.stat().st_size for path in folder.glob("*.bin"))
    yield f"Logits, peak memory beside the table: {ours['peakMegabytes'] - size * 1e-6:.0f} MB"
    if ours["gradientSeconds"]:
        rate = 4 * header["rows"] * header["features"] * header["classes"] / ours["gradientSeconds"]
        yield f"Logits, a gradient pass: {ours['gradientSeconds'] * 1e3:.2f} ms, {rate / 1e9:.1f} Gflop/s, {rate / blas['sgemmFlops']:.0%} of sgemm"


def summary(outcomes):
    """One line a problem: Logits, with the gap measured here and the one that it certifies, beside the fastest other tool that reached the target."""
    yield f"{'problem':20} {'Logits':>9} {'gap':>8} {'certified':>9}  the fastest other tool within {TARGET:g} of the best known"
    for name, outcome in outcomes.items():
        answers = outcome["peers"]
        gaps = {peer: relative_gap(answer, outcome) for peer, answer in answers.items() if "judged" in answer}
        others = [peer for peer, gap in gaps.items() if peer != "logits" and gap <= 1.01 * TARGET]  # a hair for rounding where a tool stops at the target itself
        line = f"{name:20} {'none':>9} {'':8} {'':9}"
        if "logits" in gaps:
            certified = f"{answers['logits']['relativeGap']:.1e}" if answers["logits"]["gapCertified"] else "no"
            line = f"{name:20} {answers['logits']['seconds']:9.3f} {gaps['logits']:8.1e} {certified:>9}"
        if others:
            fastest = min(others, key=lambda peer: answers[peer]["seconds"])
            line += f"  {answers[fastest]['seconds']:.3f} s, {PEERS[fastest][0]}"
            if "logits" in gaps:
                line += f": {answers[fastest]['seconds'] / answers['logits']['seconds']:.2g} times Logits"
        else:
            line += "  none"
        yield line


def chosen(parser, text, known):
    names = text.split(",") if text else list(known)
    if unknown := set(names) - set(known):
        parser.error(f"not known: {', '.join(sorted(unknown))}")
    return names


def main():
    parser = argparse.ArgumentParser(prog="run.sh", description=__doc__.splitlines()[0])
    parser.add_argument("--problems", metavar="A,B", help=f"some of: {', '.join(problems.PROBLEMS)}")
    parser.add_argument("--only", metavar="A,B", help=f"these peers, where a problem has them: {', '.join(PEERS)}")
    parser.add_argument("--rows", type=int, metavar="N", help="only so many rows of each table, evenly spread")
    parser.add_argument("--limit", type=float, default=1800, metavar="SECONDS", help="how long one peer may take for one problem (default: 1800)")
    parser.add_argument("--width", type=int, choices=[256], help="hold every tool to vectors of 256 bits; without it each takes the widest")
    parser.add_argument("--data", type=Path, default=problems.DEFAULT_FOLDER, help="where the tables are, or are made (default: data/ beside this file)")
    parser.add_argument("--results", type=Path, default=HERE / "results", help="where weights and results.json go (default: results/ beside this file)")
    options = parser.parse_args()
    names = chosen(parser, options.problems, problems.PROBLEMS)
    peers = chosen(parser, options.only, PEERS) if options.only else [peer for peer in PEERS if peer not in ON_REQUEST]
    if options.rows is not None and options.rows < 100:
        parser.error("--rows must be at least 100")

    data, results = options.data.resolve(), options.results.resolve()
    results.mkdir(parents=True, exist_ok=True)
    folders = {name: problems.ensure(name, data, options.rows) for name in names}
    environment, blas = surroundings(options.width)
    print(f"{THREADS} threads; vectors of {machine_width()} bits{', of which 256 are used' if options.width else ''}; numpy's {blas['kernels']}, sgemm 4000^3 {blas['sgemmFlops'] / 1e9:.1f} Gflop/s")
    outcomes = {}
    for name in names:
        folder, header = folders[name], json.loads((folders[name] / "table.json").read_text())
        outcome = run_problem(name, folder, [peer for peer in problems.PROBLEMS[name].peers if peer in peers], results, options.limit, environment)
        if not outcome["peers"]:
            continue
        outcomes[name] = outcome
        best = f"{outcome['optimum']:.10g}" if outcome["optimum"] is not None else "none"
        print(f"\n{name}: {described(header)}; gap relative to {'the best known' if outcome['known'] else 'the best here'}, {best}")
        print(*table(outcome), sep="\n")
        if "weights" in (ours := outcome["peers"].get("logits", {})):
            print(f"Logits ran with vectors of {ours['vectorBits']} bits", *remarks(ours, header, folder, blas), sep="\n", flush=True)
    print("", *summary(outcomes), sep="\n")
    if not options.only:
        for peer, reason in ON_REQUEST.items():
            if any(peer in problems.PROBLEMS[name].peers for name in names):
                print(f"left out: {peer}, {reason}")
    (results / "results.json").write_text(json.dumps({"threads": THREADS, "width": options.width, "rows": options.rows, "blas": blas, "problems": outcomes}, indent=2))
    sys.exit(any("failed" in answer and not answer["stopped"] for outcome in outcomes.values() for answer in outcome["peers"].values()))


if __name__ == "__main__":
    main()
