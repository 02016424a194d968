#!/usr/bin/env bash
# Gathers the files of all shares in accuracy.csv and signatures.csv. Each line is there once, however often this runs.
#SBATCH --job-name=paper-figures-merge
#SBATCH --open-mode=append
set -euo pipefail
cd "${SLURM_SUBMIT_DIR:-$(dirname "$0")/../..}"
dotnet run --no-build -c Release --project samples/Papers -- figures merge --results "$1"
