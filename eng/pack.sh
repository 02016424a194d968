#!/usr/bin/env bash
# Makes the packages FeatureReuse and FeatureReuse.MLNet, with symbols, in artifacts/packages.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=artifacts/packages
rm -rf "$packages"
for project in FeatureReuse FeatureReuse.MLNet; do
  dotnet pack "src/$project" -c Release -v quiet -nologo --artifacts-path "$PWD/artifacts/pack" --output "$packages" -p:ContinuousIntegrationBuild=true
done
# Remove packages of the same version from the cache, so that consumers on this machine get the new ones.
cache=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
rm -rf "${cache:?}/featurereuse" "${cache:?}/featurereuse.mlnet"
for package in "$packages"/*.nupkg; do
  echo "pack: $package"
done
