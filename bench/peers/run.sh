#!/usr/bin/env bash
# The benchmark problems in Logits and in its peers, a table for each: bench/peers/run.sh [--problems A,B] [--only A,B] [--rows N] [--limit SECONDS] [--width 256] [--help]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

packages=(python3-sklearn libopenblas0-pthread)
[[ "$*" != *--problems* || "$*" == *letter* ]] && packages+=(r-cran-mlbench r-cran-nnet)
[[ "$*" == *glmnet* ]] && packages+=(r-cran-glmnet)
missing=()
for package in "${packages[@]}"; do
  dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
if [ ${#missing[@]} != 0 ]; then
  echo "Some peers are not installed. On Debian: apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 2
fi

for project in LogitsPeer MlNet; do
  dotnet build -c Release -v quiet -clp:NoSummary "$project" >&2
done
# Debian's own Python, whose numpy is linked to the OpenBLAS checked for above.
exec /usr/bin/python3 -u compare.py "$@"
