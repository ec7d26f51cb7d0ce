#!/usr/bin/env bash
# The benchmark problem in Logits and in its peers, one table at the end: bench/peers/run.sh [--only A,B] [--rows N] [--help]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

missing=()
for package in python3-sklearn libopenblas0-pthread; do
  dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
if [[ "$*" == *glmnet* ]]; then
  command -v Rscript >/dev/null && Rscript -e 'library(glmnet)' >/dev/null 2>&1 || missing+=(r-cran-glmnet)
fi
if [ ${#missing[@]} != 0 ]; then
  echo "Some peers are not installed. On Debian: apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 2
fi

for project in LogitsPeer MlNet; do
  dotnet build -c Release -v quiet -clp:NoSummary "$project" >&2
done
# Debian's own Python, whose numpy is linked to the OpenBLAS checked for above.
exec env OPENBLAS_NUM_THREADS="$(nproc)" OMP_NUM_THREADS="$(nproc)" /usr/bin/python3 compare.py "$@"
