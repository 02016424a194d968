#!/usr/bin/env bash
# Sets up, builds without warnings and runs all tests. The last line counts them.
set -uo pipefail
cd "$(dirname "$0")/.."

eng/setup.sh || exit 1

# A browser for the test that opens the report; without one that test is skipped and says so.
if [ -z "${CHROMIUM:-}" ] && ! [ -x /usr/bin/chromium ] && command -v apt-get > /dev/null; then
  command='apt-get update && apt-get install -y --no-install-recommends chromium fonts-dejavu-core'
  if [ "$(id -u)" = 0 ]; then
    echo "test: installing Chromium to open the report in"
    mkdir -p artifacts && DEBIAN_FRONTEND=noninteractive sh -c "$command" > artifacts/chromium.log 2>&1 || echo "test: Chromium could not be installed (log: artifacts/chromium.log); the report is not opened in a browser."
  else
    echo "test: without Chromium the report is not opened in a browser. To install it:  sudo sh -c '$command'"
  fi
fi

dotnet build FeatureReuse.MLNet.sln -c Release -nologo -clp:NoSummary || exit 1

# One test program at a time: each of them uses all cores by itself.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet test --solution FeatureReuse.MLNet.sln -c Release --no-build --max-parallel-test-modules 1 --output detailed "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

count() { sed -nE "s/^ *$1: ([0-9]+).*/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
echo "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
exit "$status"
