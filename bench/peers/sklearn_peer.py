"""scikit-learn: sklearn_peer.py FOLDER WEIGHTS [key=value ...], the pairs being arguments of LogisticRegression, or target=OBJECTIVE to stop there. See peer.py.

scikit-learn minimises C * sum of losses + 1/2 ||W||^2, which is C n times our objective when C = 1 / (n * strength).
"""
import math
import warnings

import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.linear_model._linear_loss import LinearModelLoss

import peer


def watch(table, best):
    """Shows every objective that scikit-learn evaluates to best. It starts at zero weights, where the mean loss is log K: that tells the scale of its objective."""
    scale = []

    def watched(evaluate):
        def evaluation(loss, coef, *arguments, **named):
            result = evaluate(loss, coef, *arguments, **named)
            value = float(result[0] if isinstance(result, tuple) else result)
            if not scale:
                scale.append(math.log(table.classes) / value)
            best.offer(value * scale[0], *loss.weight_intercept(coef))
            return result

        return evaluation

    for name in "loss", "loss_gradient":
        setattr(LinearModelLoss, name, watched(getattr(LinearModelLoss, name)))


def fit(table, best, **options):
    watch(table, best)
    penalty = {"C": 1 / (len(table.y) * table.strength)} if table.strength else {"penalty": None}
    model = LogisticRegression(**penalty, **options)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ConvergenceWarning)
        model.fit(table.x, table.y)
    best.settle(model.coef_, model.intercept_)
    unconverged = any(issubclass(w.category, ConvergenceWarning) for w in caught)
    return f"{sklearn.__version__}, {int(model.n_iter_[0])} iterations{', did not converge' if unconverged else ''}"


peer.run(fit)
