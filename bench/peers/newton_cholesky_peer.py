"""Newton's method with the whole Hessian and its Cholesky factor, in numpy and float64: newton_cholesky_peer.py FOLDER WEIGHTS [tolerance=1e-6]. See peer.py.

It stands in for the newton-cholesky solver that newer releases of scikit-learn have for several classes: the method of choice where K (d + 1) is small. It ends when
half the squared Newton decrement, its estimate of the gap, is within the tolerance relative to the objective.
"""
import numpy as np
import scipy
from scipy.linalg import LinAlgError, cho_factor, cho_solve

import peer


def fit(table, best, tolerance=1e-6, most=100, batch=2048):
    x = np.column_stack([table.x.astype(np.float64), np.ones(len(table.y))])
    n, width = x.shape
    size = table.classes * width
    penalised = np.full((table.classes, width), table.strength)
    penalised[:, -1] = 0
    batches = [slice(start, start + batch) for start in range(0, n, batch)]

    def probabilities(parameters, part):
        """softmax of the logits of some rows, and the sum of their losses."""
        logits = x[part] @ parameters.T
        logits -= logits.max(axis=1, keepdims=True)
        own = logits[np.arange(len(logits)), table.y[part]].sum()
        np.exp(logits, out=logits)
        sums = logits.sum(axis=1, keepdims=True)
        logits /= sums
        return logits, np.log(sums).sum() - own

    def objective(parameters):
        value = sum(probabilities(parameters, part)[1] for part in batches) / n + 0.5 * np.vdot(penalised * parameters, parameters)
        best.offer(value, parameters[:, :-1], parameters[:, -1])
        return value

    def derivatives(parameters):
        """Gradient and Hessian. The Hessian of a row is (diag p - p p') (x) x x'; p (x) x, one row each, makes both terms."""
        gradient, hessian = penalised * parameters, np.zeros((size, size))
        blocks = hessian.reshape(table.classes, width, table.classes, width)
        for part in batches:
            p, _ = probabilities(parameters, part)
            products = (p[:, :, None] * x[part, None, :]).reshape(-1, size)
            hessian -= products.T @ products
            for k in range(table.classes):
                blocks[k, :, k] += products[:, k * width : (k + 1) * width].T @ x[part]
            p[np.arange(len(p)), table.y[part]] -= 1
            gradient += p.T @ x[part] / n
        hessian /= n
        hessian[np.diag_indices(size)] += penalised.ravel()
        # A shift common to all classes changes no loss: some curvature along it makes the factor exist and, as the gradient has no part there, changes no step.
        blocks += np.eye(width)[None, :, None] * (np.trace(hessian) / size / table.classes)
        return gradient, hessian

    parameters, steps = np.zeros((table.classes, width)), 0
    value, ending = objective(parameters), "out of steps"
    while steps < most:
        gradient, hessian = derivatives(parameters)
        try:
            step = cho_solve(cho_factor(hessian, lower=True, overwrite_a=True, check_finite=False), gradient.ravel()).reshape(gradient.shape)
        except LinAlgError:
            ending = "Hessian not positive definite"
            break
        slope = np.vdot(step, gradient)
        if slope / 2 <= tolerance * value:
            ending = "converged"
            break
        length, trial = 1.0, objective(parameters - step)
        while trial > value - 1e-4 * length * slope and length > 1e-6:
            length /= 2
            trial = objective(parameters - length * step)
        if not trial < value:
            ending = "no descent"
            break
        parameters, value, steps = parameters - length * step, trial, steps + 1
    best.settle(parameters[:, :-1], parameters[:, -1])
    return f"{ending}, {steps} steps, scipy {scipy.__version__}"


peer.run(fit)
