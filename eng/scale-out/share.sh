#!/usr/bin/env bash
# Runs one share: a task of the array that submit.sh starts. A task that was killed does not repeat its finished runs.
#SBATCH --job-name=paper-figures
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --open-mode=append
set -uo pipefail

most_restarts=20
export OMP_NUM_THREADS=${SLURM_CPUS_PER_TASK:-1}
# Slurm runs a copy of this script; the folder it was submitted from is the repository.
cd "$SLURM_SUBMIT_DIR" || exit 1
data=$1 results=$2
shift 2

dotnet run --no-build -c Release --project samples/Papers -- figures run --data "$data" --results "$results" \
  --job "$SLURM_ARRAY_TASK_ID" --of "$SLURM_ARRAY_TASK_COUNT" --threads "$OMP_NUM_THREADS" "$@"
status=$?

# 128 and more: a signal ended it, for example at a memory limit or when a node goes down. Slurm requeues only the tasks that it stopped.
if [ $status -ge 128 ] && [ "${SLURM_RESTART_COUNT:-0}" -lt $most_restarts ]; then
  echo "share $SLURM_ARRAY_TASK_ID ended with $status; requeued"
  scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
fi
exit $status
