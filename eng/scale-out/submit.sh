#!/usr/bin/env bash
# Runs the command "figures" of samples/Papers on a Slurm cluster: an array of shares, then a job that merges their files.
#   eng/scale-out/submit.sh SHARES DATA RESULTS [further options of "run"]
# DATA (CIFAR-100) and RESULTS lie on a file system that all nodes share, as this folder does. To run what is missing, repeat the command.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ $# -ge 3 ] || { echo "usage: eng/scale-out/submit.sh SHARES DATA RESULTS [further options of 'run']" >&2; exit 2; }
shares=$1 data=$(realpath "$2") results=$(realpath -m "$3")
shift 3
[[ $shares =~ ^[1-9][0-9]*$ ]] || { echo "SHARES is '$shares'; it must be a number from 1." >&2; exit 2; }

eng/setup.sh
mkdir -p "$results/logs"
array=$(sbatch --parsable --array="0-$((shares - 1))" --output="$results/logs/share-%a.log" eng/scale-out/share.sh "$data" "$results" "$@")
merge=$(sbatch --parsable --dependency="afterany:$array" --output="$results/logs/merge.log" eng/scale-out/merge.sh "$results")
echo "Shares: job $array, $shares tasks. Merging: job $merge. Logs: $results/logs"
