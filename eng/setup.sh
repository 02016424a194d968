#!/usr/bin/env bash
# Builds the project and says what it runs on. Safe to run again: it does only what is missing. Needs the .NET SDK 10 and nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v dotnet > /dev/null || { echo "setup: the .NET SDK 10 is not installed; get it from https://dot.net, then run eng/setup.sh again." >&2; exit 1; }

echo "setup: restoring packages and building"
dotnet build FeatureReuse.MLNet.sln -c Release -v quiet -nologo -clp:NoSummary
echo "setup: ready. This machine:"
dotnet artifacts/bin/ChildProcess/release/ChildProcess.dll report
