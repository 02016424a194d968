#!/usr/bin/env bash
# Merges the files of all shares into accuracy.csv and signatures.csv. It may run repeatedly: each line is written once.
#SBATCH --job-name=paper-figures-merge
#SBATCH --open-mode=append
set -euo pipefail
cd "${SLURM_SUBMIT_DIR:-$(dirname "$0")/../..}"
dotnet run --no-build -c Release --project samples/Papers -- figures merge --results "$1"
