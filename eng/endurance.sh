#!/usr/bin/env bash
# Runs the long tests: many hostile files, long loops with flat memory, and a minute of load on the prediction server.
# usage: eng/endurance.sh [SECONDS OF LOAD]
set -euo pipefail
cd "$(dirname "$0")/.."

eng/setup.sh
echo "endurance: 20,000 hostile files, and the loops"
FEATUREREUSE_FUZZ_FILES=20000 artifacts/bin/FeatureReuse.MLNet.Tests/release/FeatureReuse.MLNet.Tests --filter "FullyQualifiedName~Endurance|FullyQualifiedName~HostileFile" --output detailed

address=http://127.0.0.1:5741
log=artifacts/serve-predictions.log
artifacts/bin/ServePredictions/release/ServePredictions --urls "$address" > "$log" 2>&1 &
server=$!
trap 'kill $server 2> /dev/null' EXIT
for _ in $(seq 300); do
  curl -fs "$address/health" > /dev/null && break
  kill -0 $server 2> /dev/null || { cat "$log" >&2; exit 1; }
  sleep .1
done
echo "endurance: load on samples/ServePredictions"
dotnet artifacts/bin/ChildProcess/release/ChildProcess.dll load "$address" "${1:-60}" "$server"
