"""Writes evaluation.json: figures of scikit-learn for the tests of Evaluation. Run: python3 evaluation.py > evaluation.json

The logits are rounded to 6 decimals so that the file holds them exactly. In the second case class 3 has rows and is never predicted.
"""
import json
import re

import numpy as np
import sklearn
from scipy.special import log_softmax
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, log_loss, precision_recall_fscore_support


def case(name, rows, classes, seed, weighted, never_predicted):
    random = np.random.default_rng(seed)
    labels = random.integers(0, classes, rows)
    logits = random.normal(size=(rows, classes)) * 2
    logits[np.arange(rows), labels] += 1.5
    if never_predicted is not None:
        logits[:, never_predicted] -= 20
    logits = np.round(logits, 6)
    weights = np.round(random.exponential(size=rows), 6) if weighted else np.ones(rows)
    probabilities = np.exp(log_softmax(logits, axis=1))
    predicted = logits.argmax(axis=1)
    one_hot = np.eye(classes)[labels]
    precision, recall, f1, support = precision_recall_fscore_support(
        labels, predicted, labels=range(classes), sample_weight=weights, zero_division=0)
    correct = (predicted == labels).astype(float)
    accuracy = accuracy_score(labels, predicted, sample_weight=weights)
    return {
        "name": name,
        "logits": logits.tolist(),
        "labels": labels.tolist(),
        "weights": weights.tolist(),
        "accuracy": accuracy,
        "accuracyStandardError": float(np.sqrt((weights**2 * (correct - accuracy) ** 2).sum()) / weights.sum()),
        "logLoss": log_loss(labels, probabilities, labels=range(classes), sample_weight=weights),
        "brier": float(np.average(((probabilities - one_hot) ** 2).sum(axis=1), weights=weights)),
        "macroF1": f1_score(labels, predicted, average="macro", sample_weight=weights, zero_division=0),
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "f1": f1.tolist(),
        "support": support.tolist(),
        "confusion": confusion_matrix(labels, predicted, labels=range(classes), sample_weight=weights).tolist(),
    }


document = json.dumps({
    "scikit-learn": sklearn.__version__,
    "cases": [
        case("equal weights", 80, 4, 1, False, None),
        case("weighted, one class never predicted", 120, 5, 2, True, 3),
        case("two classes", 50, 2, 3, True, None),
    ],
}, indent=1)
# Innermost arrays on one line each.
print(re.sub(r"\[([^][{}]*)\]", lambda array: "[" + " ".join(array.group(1).split()) + "]", document))
