#!/usr/bin/env bash
# Sets up, builds without warnings and runs all tests. The last line counts them.
set -uo pipefail
cd "$(dirname "$0")/.."

eng/setup.sh || exit 1

# Optional tools for some tests: a browser opens the report, PyTorch reads exported weights. Tests without it are skipped and say so.
mkdir -p artifacts
wanted=()
[ -n "${CHROMIUM:-}" ] || [ -x /usr/bin/chromium ] || wanted+=(chromium fonts-dejavu-core)
/usr/bin/python3 -c 'import torch' 2> /dev/null || wanted+=(python3-torch)
if [ ${#wanted[@]} -gt 0 ] && command -v apt-get > /dev/null; then
  command="apt-get update && apt-get install -y --no-install-recommends ${wanted[*]}"
  if [ "$(id -u)" = 0 ]; then
    echo "test: installing ${wanted[*]}"
    DEBIAN_FRONTEND=noninteractive sh -c "$command" > artifacts/test-tools.log 2>&1 || echo "test: they could not be installed (log: artifacts/test-tools.log); tests that need them are skipped."
  else
    echo "test: tests that need ${wanted[*]} are skipped. To install them:  sudo sh -c '$command'"
  fi
fi

# One test program at a time: each of them uses all cores by itself.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet test --solution FeatureReuse.MLNet.sln -c Release --no-build --max-parallel-test-modules 1 --output detailed "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

# The packages, as a consumer gets them: restored from their folder and run.
packages=0
if ! { eng/pack.sh && dotnet run -c Release --project samples/ConsumePackage; }; then
  echo "test: the packages cannot be made, restored or run (above)."
  packages=1
fi

count() { sed -nE "s/^ *$1: ([0-9]+).*/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
echo "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
[ "$packages" = 0 ] && exit "$status"
exit 1
