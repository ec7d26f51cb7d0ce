"""The BLAS that numpy runs here: prints one JSON line, its kernels, whether they compute right, and the rate of a float32 product of two square matrices in flops a second."""
import json
import time

import numpy as np
from threadpoolctl import threadpool_info


def right(dtype, random, tolerance):
    """Products of awkward sizes, plain and transposed, against sums that do without a BLAS."""
    a, b = random.random((333, 517)).astype(dtype), random.random((517, 259)).astype(dtype)
    expected = np.einsum("ij,jk->ik", a.astype(np.float64), b.astype(np.float64))
    products = a @ b, (b.T @ a.T).T, np.ascontiguousarray(a.T).T @ b, np.stack([a @ column for column in b.T], axis=1)
    return all(np.abs(product - expected).max() <= tolerance * expected.max() for product in products)


def rate(random, size=4000, repeats=5):
    a, b = (random.random((size, size), np.float32) for _ in range(2))
    seconds = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        a @ b
        seconds.append(time.perf_counter() - start)
    return 2 * size**3 / min(seconds[1:])


random = np.random.default_rng(0)
kernels = [f"{library['internal_api']} {library['version']} {library.get('architecture')}" for library in threadpool_info() if library["user_api"] == "blas"]
print(json.dumps({"kernels": ", ".join(kernels), "right": right(np.float32, random, 1e-5) and right(np.float64, random, 1e-13), "sgemmFlops": rate(random)}))
