"""The problem as the peers see it, and the neutral judge of what they return."""
import numpy as np

from make_images import CLASSES, FEATURES

STRENGTH = 1e-4
OPTIMUM = 0.896555185  # of all 60,000 rows


def load(folder, rows):
    """The first rows, float32 as stored, and their labels."""
    x = np.fromfile(f"{folder}/img_x.f32", np.float32, rows * FEATURES).reshape(rows, FEATURES)
    return x, np.fromfile(f"{folder}/img_y.i32", np.int32, rows)


def save(path, weights, intercepts):
    """K x d weights, then K intercepts, float64."""
    np.concatenate([np.ravel(weights), np.ravel(intercepts)]).astype(np.float64).tofile(path)


def objective(x, y, path):
    """Mean cross-entropy + STRENGTH/2 ||W||^2 at the weights in a file, in float64 throughout, some rows at a time."""
    values = np.fromfile(path, np.float64)
    if values.size != CLASSES * (FEATURES + 1):
        raise ValueError(f"{path} holds {values.size} numbers, not {CLASSES} x ({FEATURES} + 1)")
    weights, intercepts = values[: CLASSES * FEATURES].reshape(CLASSES, FEATURES), values[CLASSES * FEATURES :]
    loss = 0.0
    for start in range(0, len(y), 4096):
        part = slice(start, start + 4096)
        logits = x[part].astype(np.float64) @ weights.T + intercepts
        top = logits.max(axis=1, keepdims=True)
        loss += (top[:, 0] + np.log(np.exp(logits - top).sum(axis=1)) - logits[np.arange(len(logits)), y[part]]).sum()
    return loss / len(y) + STRENGTH / 2 * (weights**2).sum()
