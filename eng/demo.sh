#!/usr/bin/env bash
# Pretrains on auxiliary classes and compares ways to reach the main task; prints a table and says where the CSV lies.
# usage: eng/demo.sh [--data FOLDER] [more options of samples/Papers, command finetuning]
# Without --data it uses generated images; with it, CIFAR-100 in its binary layout.
set -euo pipefail
cd "$(dirname "$0")/.."

eng/setup.sh
exec dotnet run -c Release --no-build --project samples/Papers -- finetuning "$@"
