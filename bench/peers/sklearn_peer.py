"""scikit-learn on the problem: sklearn_peer.py DATA ROWS WEIGHTS [key=value ...], the pairs being arguments of LogisticRegression. Prints one JSON line.

scikit-learn minimises C * sum of losses + 1/2 ||W||^2, which is C n times our objective when C = 1 / (n * STRENGTH).
"""
import json
import resource
import sys
import time
import warnings

import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

import problem

folder, rows, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
options = {key: json.loads(value) for key, value in (pair.split("=", 1) for pair in sys.argv[4:])}
x, y = problem.load(folder, rows)
model = LogisticRegression(C=1 / (rows * problem.STRENGTH), **options)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always", ConvergenceWarning)
    start = time.perf_counter()
    model.fit(x, y)
    seconds = time.perf_counter() - start
problem.save(path, model.coef_, model.intercept_)
stopped = ", did not converge" if any(issubclass(w.category, ConvergenceWarning) for w in caught) else ""
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024e-6
print(json.dumps({"seconds": seconds, "note": f"{sklearn.__version__}, {int(model.n_iter_[0])} iterations{stopped}", "peakMegabytes": peak}))
