"""SciPy's L-BFGS-B on the objective written in a few lines of numpy: lbfgsb_peer.py FOLDER WEIGHTS [target=OBJECTIVE]. See peer.py.

float64; the rows are multiplied as they are stored, dense or sparse.
"""
import numpy as np
import scipy
from scipy.optimize import minimize

import peer


def fit(table, best):
    x, y, rows = table.x.astype(np.float64), table.y, np.arange(len(table.y))
    transposed = x.T.tocsr() if scipy.sparse.issparse(x) else x.T
    shape = x.shape[1] + 1, table.classes  # the last row holds the intercepts

    def objective(point):
        parameters = point.reshape(shape)
        weights, intercepts = parameters[:-1], parameters[-1]
        logits = x @ weights
        logits += intercepts
        logits -= logits.max(axis=1, keepdims=True)
        own = logits[rows, y].sum()
        np.exp(logits, out=logits)
        sums = logits.sum(axis=1, keepdims=True)
        value = (np.log(sums).sum() - own) / len(y) + table.strength / 2 * np.vdot(weights, weights)
        best.offer(value, weights.T, intercepts)
        residuals = logits
        residuals /= sums
        residuals[rows, y] -= 1
        gradient = np.empty(shape)
        gradient[:-1] = transposed @ residuals / len(y) + table.strength * weights
        gradient[-1] = residuals.mean(axis=0)
        return value, gradient.ravel()

    # Tolerances that leave the end to the target, or to rounding.
    result = minimize(objective, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 10**6, "maxfun": 10**6, "ftol": 1e-14, "gtol": 1e-10})
    parameters = result.x.reshape(shape)
    best.settle(parameters[:-1].T, parameters[-1])
    return f"{scipy.__version__}, {result.nit} iterations"


peer.run(fit)
