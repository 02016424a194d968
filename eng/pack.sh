#!/usr/bin/env bash
# Makes the packages FeatureReuse and FeatureReuse.MLNet, with symbols, in artifacts/packages.
# Packages to publish are built against the real Microsoft.ML and TorchSharp. Where the feed lacks them, the same packages are made with the version suffix
# -standins: they carry the stand-ins of eng/standins inside, so that they can be tried, and are not for publishing.
set -euo pipefail
cd "$(dirname "$0")/.."

eng/setup.sh
packages=artifacts/packages
rm -rf "$packages"
options=(-c Release -v quiet -nologo --artifacts-path "$PWD/artifacts/pack" --output "$packages" -p:ContinuousIntegrationBuild=true)
if [ -e artifacts/standins/in-use ]; then
  echo "pack: the feed lacks Microsoft.ML and TorchSharp. These packages carry stand-ins; their version ends with -standins, and they are NOT for publishing."
  options+=(-p:UseStandins=true -p:PackStandins=true)
else
  options+=(-p:UseStandins=false)
fi
dotnet pack src/FeatureReuse "${options[@]}"
dotnet pack src/FeatureReuse.MLNet "${options[@]}"
for package in "$packages"/*.nupkg; do
  echo "pack: $package"
done
