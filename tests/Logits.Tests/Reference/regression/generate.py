"""Softmax regressions solved to rounding, for ReferenceTests.cs: generate.py writes one JSON file a problem beside itself.

Needs Debian's python3-sklearn and python3-statsmodels. Each optimum is found by Newton's method with the loss and its gradient summed in 80-bit arithmetic, and taken when a
step gains less than 1e-28 of the objective. Where scikit-learn or statsmodels solve the same problem their coefficients must agree. Where no optimum exists, a linear
programme proves it. Takes about two minutes.
"""
import json
from pathlib import Path

import numpy as np
import scipy.optimize
import statsmodels.api
from sklearn.datasets import load_digits, load_iris
from sklearn.linear_model import LogisticRegression

FOLDER = Path(__file__).resolve().parent
LONG = np.longdouble


def evaluate(x, y, w, strength, weights, intercepts):
    """Objective, data loss, gradient K x (d+1) in 80-bit arithmetic, and probabilities. The intercept is column d."""
    logits = x @ weights.T + intercepts
    top = logits.max(axis=1, keepdims=True)
    terms = np.exp(logits - top)
    sums = terms.sum(axis=1, keepdims=True)
    p = terms / sums
    loss = (w * (top[:, 0] + np.log(sums[:, 0]) - (y * logits).sum(axis=1))).sum() / w.sum()
    residuals = (p - y) * w[:, None] / w.sum()
    gradient = np.hstack([residuals.T @ x + strength * weights, residuals.sum(axis=0)[:, None]])
    return loss + strength / 2 * (weights**2).sum(), loss, gradient, p


def hessian(x, w, strength, p):
    """The Hessian over (class, column), row-major, with the flat directions (the same change in every class) filled in so that it can be solved."""
    n, d = x.shape
    classes = p.shape[1]
    ones = np.hstack([x, np.ones((n, 1))]).astype(float)
    share, p = (w / w.sum()).astype(float), p.astype(float)
    h = np.zeros((classes, d + 1, classes, d + 1))
    for a in range(classes):
        for b in range(classes):
            h[a, :, b, :] = (ones * (share * p[:, a] * ((a == b) - p[:, b]))[:, None]).T @ ones
    second = np.mean(ones**2, axis=0)
    for j in range(d + 1):
        penalty = float(strength) if j < d else 0.0
        h[:, j, :, j] += penalty * np.eye(classes) + (second[j] / classes if penalty == 0 else 0)
    return h.reshape(classes * (d + 1), -1)


def minimise(x, y, w, strength):
    """Weights (K x d) and intercepts of the optimum, as 80-bit numbers; every column of either sums to 0 over the classes."""
    x, y, w, strength = x.astype(LONG), y.astype(LONG), w.astype(LONG), LONG(strength)
    classes, d = y.shape[1], x.shape[1]
    theta = np.zeros((classes, d + 1), LONG)
    at = lambda t: evaluate(x, y, w, strength, t[:, :d], t[:, d])
    value, _, gradient, p = at(theta)
    polished = 0
    for _ in range(100):
        h = hessian(x, w, strength, p)
        unit = 1 / np.sqrt(np.diag(h))
        step = -(unit * np.linalg.solve(h * np.outer(unit, unit), (unit * gradient.ravel().astype(float)))).reshape(classes, d + 1)
        step = (step - step.mean(axis=0)).astype(LONG)
        length = LONG(1)
        while at(theta + length * step)[0] > value + abs(value) * LONG(1e-17) and length > 1e-9:
            length /= 2
        theta = theta + length * step
        expected = -(gradient * step).sum() / 2
        value, _, gradient, p = at(theta)
        # A few steps more once rounding is all that is left: each multiplies the error by the float64 error of the solver.
        polished += expected <= 1e-28 * value
        if polished == 4:
            return theta[:, :d], theta[:, d]
    raise RuntimeError(f"no convergence: the last step was to gain {expected} of {value}")


def agree(name, ours, theirs, tolerance):
    worst = float((abs(np.asarray(ours, float) - theirs) / (abs(theirs).max() + 1e-300)).max())
    assert worst < tolerance, f"{name}: coefficients differ by {worst}"
    return worst


def check_with_peers(x, y, w, strength, weights, intercepts):
    """The peers that solve the same problem must find the same coefficients."""
    hard = ((y == 0) | (y == 1)).all() and (y.sum(axis=0) > 0).all()
    classes = y.shape[1]
    if not hard:
        return {}
    labels = y.argmax(axis=1)
    if strength > 0:
        # The symmetric parametrisation splits a binary contrast v into v/2 and -v/2, whose penalty is strength/4 |v|^2.
        own = strength if classes > 2 else strength / 2
        model = LogisticRegression(C=1 / (w.sum() * own), solver="newton-cg", tol=1e-13, max_iter=100000, multi_class="multinomial" if classes > 2 else "ovr")
        model.fit(x, labels, sample_weight=w)
        ours = weights if classes > 2 else weights[1] - weights[0]
        return {"scikit-learn newton-cg": agree("scikit-learn", ours, model.coef_, 1e-4)}
    if (w == 1).all():
        spread = x.std(axis=0)
        model = statsmodels.api.MNLogit(labels, statsmodels.api.add_constant(x / spread)).fit(method="newton", maxiter=100, tol=1e-14, disp=False)
        return {"statsmodels MNLogit": agree("statsmodels", ((weights[1:] - weights[0]) * spread).T, np.asarray(model.params)[1:], 1e-8)}
    return {}


def separation(x, labels, classes):
    """(exists, complete, rows that a recession direction moves), by a linear programme over directions bounded to a box.

    A direction (V, c) recedes when no row's own logit loses to another: <v_y - v_k, x> + c_y - c_k >= 0 for each row and each k. The programme maximises the sum over
    rows and classes of those margins, each capped at 1: it is 0 when there is no direction but the flat ones, and at its optimum every margin that can be positive is,
    since directions add up. Separation is complete when all are.
    """
    n, d = x.shape
    ones = np.hstack([x / abs(x).max(axis=0), np.ones((n, 1))])
    rows = []
    for i in range(n):
        for k in range(classes):
            if k != labels[i]:
                a = np.zeros((classes, d + 1))
                a[labels[i]] += ones[i]
                a[k] -= ones[i]
                rows.append(a.ravel())
    a = np.array(rows)
    m, size = a.shape
    programme = scipy.optimize.linprog(
        np.concatenate([np.zeros(size), -np.ones(m)]),
        A_ub=np.hstack([-a, np.eye(m)]), b_ub=np.zeros(m),
        bounds=[(-1e4, 1e4)] * size + [(0, 1)] * m, method="highs",
    )
    margins = (a @ programme.x[:size]).reshape(n, classes - 1)
    gaining = margins.max(axis=1) > 0.5
    assert ((margins > 0.5) | (abs(margins) < 1e-6)).all(), "a margin is neither 0 nor 1"
    return bool(gaining.any()), bool((margins > 0.5).all()), [int(i) for i in np.flatnonzero(gaining)]


def numbers(array):
    return [float(v) for v in np.ravel(np.asarray(array, float))]


def write(name, about, x, y, strength, w=None, table=None, too_hard_for_peers=False):
    """Solves one problem and writes it. y is class indices, with their number of classes, or probability rows."""
    if isinstance(y, tuple):
        labels, classes = y
        targets = np.eye(classes)[labels]
    else:
        labels, targets, classes = None, y, y.shape[1]
    n, d = x.shape
    weights_given, w = w is not None, np.ones(n) if w is None else w
    problem = {"about": about, "rows": n, "features": d, "classes": classes, "strength": strength}
    problem |= {"table": table} if table else {"x": numbers(x)}
    problem |= {"labels": [int(v) for v in labels]} if labels is not None and not table else {}
    problem |= {"probabilities": numbers(y)} if labels is None else {}
    problem |= {"rowWeights": numbers(w)} if weights_given else {}

    gone = separation(x, labels, classes) if strength == 0 and labels is not None else (False, False, [])
    if gone[0]:
        problem |= {"separation": {"complete": gone[1], "rows": gone[2]}}
        summary = f"no optimum, complete {gone[1]}, {len(gone[2])} rows"
    else:
        weights, intercepts = minimise(x, targets, w, strength)
        objective, loss, *_ = evaluate(x.astype(LONG), targets, w.astype(LONG), LONG(strength), weights, intercepts)
        largest = float(abs(x @ np.asarray(weights, float).T + np.asarray(intercepts, float)).max())
        peers = {} if too_hard_for_peers else check_with_peers(x, targets, w, strength, weights, intercepts)
        problem |= {"objective": float(objective), "dataLoss": float(loss), "weights": numbers(weights), "intercepts": numbers(intercepts)}
        problem |= {"largestDifferenceToPeers": peers} if peers else {}
        summary = f"objective {float(objective):.17g}, largest logit {largest:.3g}, {peers}"
    (FOLDER / f"{name}.json").write_text(json.dumps(problem) + "\n")
    print(f"{name}: {n} x {d} x {classes}, {summary}", flush=True)


def drawn(random, x, scale, classes):
    """Labels drawn from a softmax model with random coefficients, so that classes overlap."""
    logits = x @ random.normal(0, scale, (x.shape[1], classes)) + random.normal(0, 0.3, classes)
    return (logits + random.gumbel(size=logits.shape)).argmax(axis=1), classes


def main():
    iris, digits = load_iris(), load_digits()
    species = (iris.target, 3)
    write("iris-1-over-n", "Fisher's iris, strength 1/n", iris.data, species, 1 / 150)
    write("iris-0.01", "Fisher's iris", iris.data, species, 0.01)
    write("iris-weighted", "Fisher's iris, some rows weighing nothing and some a lot", iris.data, species, 0.01, w=np.array([0, 0.5, 1, 2.5, 7])[np.arange(150) % 5])
    write("digits", "samples/digits.csv", digits.data, (digits.target, 10), 1e-3, table="digits.csv")

    random = np.random.default_rng(1)
    x = random.normal(size=(60, 3)).round(3)
    soft = random.dirichlet(np.ones(4), 60)
    write("soft-labels", "probability rows as labels", x, soft, 0.05)
    write("soft-labels-unpenalised", "probability rows as labels; all positive, so that an optimum exists without a penalty", x, soft, 0.0)

    x = random.normal(size=(80, 2)).round(3)
    write("binary", "two classes", x, drawn(random, x, 1, 2), 0.02)

    x = random.normal(size=(200, 4)).round(3)
    y = drawn(random, x, 0.7, 3)
    write("overlapping-unpenalised", "three overlapping classes without a penalty", x, y, 0.0)
    scales = np.array([1e-6, 1e-2, 1e3, 1e6])
    write("badly-scaled-unpenalised", "columns of sizes 1e-6 to 1e6 without a penalty", x * scales, y, 0.0)
    write("badly-scaled", "columns of sizes 1e-6 to 1e6", x * scales, y, 1e-3, too_hard_for_peers=True)
    write("far-from-origin", "columns whose mean is a thousand times their spread, like calendar years", x + [2000, -1000, 500, 1000], y, 1e-2, too_hard_for_peers=True)

    x = random.normal(size=(300, 3)).round(3)
    logits = x @ (random.normal(size=(3, 3)) * 100)
    soft = np.exp(logits - logits.max(axis=1, keepdims=True))
    write("large-logits", "labels that a model with logits in the hundreds gave, and next to no penalty", x, soft / soft.sum(axis=1, keepdims=True), 1e-10)

    x = random.normal(size=(20, 50)).round(3)
    write("fewer-rows-than-features", "20 rows, 50 features", x, drawn(random, x, 0.5, 3), 0.01)
    x = random.normal(size=(150, 3)).round(3)
    write("thirty-classes", "30 classes of about 5 rows", x, (np.arange(150) * 7 % 30, 30), 0.1)

    centres = np.array([[0, 0], [6, 0], [0, 6]])
    labels = np.arange(45) % 3
    x = (centres[labels] + random.uniform(-1, 1, (45, 2))).round(3)
    write("separable", "three clusters far apart, without a penalty", x, (labels, 3), 0.0)
    write("separable-penalised", "three clusters far apart, with a weak penalty: an optimum exists", x, (labels, 3), 1e-4)
    x = np.vstack([x[labels != 2], x[labels == 2] * [1, 0] + [0, 6]])
    labels = np.concatenate([labels[labels != 2], labels[labels == 2]])
    mixed = labels.copy()
    mixed[:30][::7] = 1 - mixed[:30][::7]
    write("one-class-apart", "one class apart from two that overlap: quasi-complete separation", x, (mixed, 3), 0.0)
    x = np.array([[-3.0], [-2], [-1], [0], [0], [0], [1], [2], [3]])
    write("touching", "two classes that meet in one point: quasi-complete separation", x, (np.array([0, 0, 0, 0, 1, 0, 1, 1, 1]), 2), 0.0)
    one_hot = np.eye(3)[np.arange(40) % 3][:, 1:]
    labels = np.where(np.arange(40) % 3 == 1, 0, np.arange(40) // 3 % 2)
    write("pure-category", "a category whose rows all carry one label: quasi-complete separation", one_hot, (labels, 2), 0.0)


if __name__ == "__main__":
    main()
