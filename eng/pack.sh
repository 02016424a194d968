#!/usr/bin/env bash
# Makes the packages FeatureReuse and FeatureReuse.MLNet, with symbols, in artifacts/packages.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=artifacts/packages
rm -rf "$packages"
for project in FeatureReuse FeatureReuse.MLNet; do
  dotnet pack "src/$project" -c Release -v quiet -nologo --artifacts-path "$PWD/artifacts/pack" --output "$packages" -p:ContinuousIntegrationBuild=true
done
# Of an earlier run, under the same version, the package cache would give consumers on this machine the old ones.
cache=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
rm -rf "${cache:?}/featurereuse" "${cache:?}/featurereuse.mlnet"
for package in "$packages"/*.nupkg; do
  echo "pack: $package"
done
