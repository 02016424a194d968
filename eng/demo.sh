#!/usr/bin/env bash
# Pretrains on auxiliary classes and compares ways to reach the main task; prints a table and the path of the CSV file.
# usage: eng/demo.sh [--data FOLDER] [more options of the command "finetuning" of samples/Papers]
# Without --data it uses generated images; with it, CIFAR-100 in its binary layout.
set -euo pipefail
cd "$(dirname "$0")/.."

eng/setup.sh
exec dotnet run -c Release --no-build --project samples/Papers -- finetuning "$@"
