"""Writes elementary.csv: exp, log and log1p of doubles with 60 digits (python3-mpmath).

Columns: function, argument, result rounded to a double, and what rounding left over, all as hexadecimal doubles.
Usage: python3 elementary.py > elementary.csv
"""
import math
import random

from mpmath import mp, mpf

mp.dps = 60
FUNCTIONS = {"exp": mp.exp, "log": mp.log, "log1p": mp.log1p}


def write(name, x):
    exact = FUNCTIONS[name](mpf(x))
    rounded = float(exact)
    if not math.isinf(rounded):
        print(f"{name},{x.hex()},{rounded.hex()},{float(exact - mpf(rounded)).hex()}")


rng = random.Random(1)
smallest = 5e-324
# Exp: everywhere, near 0, near the overflow, denormal results, near multiples of ln 2 / 2.
for _ in range(400):
    write("exp", rng.uniform(-745, 709.78))
    write("exp", math.copysign(math.ldexp(rng.uniform(1, 2), -rng.randrange(1, 60)), rng.uniform(-1, 1)))
for _ in range(100):
    write("exp", rng.uniform(709, 709.782712893384))
    write("exp", rng.uniform(-745.13, -708))
    n = rng.randrange(-1070, 1023)
    write("exp", float(mpf(2 * n + 1) * mp.log(2) / 2))
    write("exp", float(n * mp.log(2)))
# The hardest of many to round: results nearest to the middle of two doubles.
def distance_to_middle(name, x):
    exact = FUNCTIONS[name](mpf(x))
    rounded = float(exact)
    return abs(abs(exact - mpf(rounded)) / math.ulp(rounded) - mpf("0.5"))


for name, draw in (("exp", lambda: rng.uniform(-1, 1)), ("log", lambda: rng.uniform(0.5, 2))):
    for x in sorted((draw() for _ in range(5000)), key=lambda x: distance_to_middle(name, x))[:60]:
        write(name, x)
# Log: every binade, near 1 on both sides, denormals, near powers of √2.
for _ in range(300):
    write("log", math.ldexp(rng.uniform(1, 2), rng.randrange(-1022, 1024)))
    write("log", 1 + math.copysign(math.ldexp(rng.uniform(1, 2), -rng.randrange(1, 53)), rng.uniform(-1, 1)))
for _ in range(100):
    write("log", smallest * rng.randrange(1, 2**50))
    write("log", math.sqrt(0.5) * (1 + rng.uniform(-1e-9, 1e-9)) * math.ldexp(1, rng.randrange(-3, 4)))
    write("log1p", math.ldexp(rng.uniform(1, 2), rng.randrange(-80, 30)))
for x in ["0x1.fffffffffffffp-1", "0x1.0000000000001p+0", "0x0.0000000000001p-1022", "0x1.fffffffffffffp+1023"]:
    write("log", float.fromhex(x))
