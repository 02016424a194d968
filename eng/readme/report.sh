#!/usr/bin/env bash
# Makes the picture of a report in the README: runs the demo with a report and takes a screenshot with Chromium (CHROMIUM names another browser).
set -euo pipefail
cd "$(dirname "$0")/../.."

browser=${CHROMIUM:-$(command -v chromium || true)}
if [ -z "$browser" ]; then
  echo "report: there is no chromium; install it or set CHROMIUM to a Chromium or Chrome." >&2
  exit 1
fi
mkdir -p artifacts/readme
eng/demo.sh --seeds 0 --n-train 128 --choose --csv artifacts/readme/runs.csv --report artifacts/readme/report.html
"$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1000,1400 --screenshot="$PWD/eng/readme/report.png" \
  "file://$PWD/artifacts/readme/report.html"
