#!/usr/bin/env bash
# Prepares this machine to build and run the project. Safe to run again: it does only what is missing.
# Where the package feed has Microsoft.ML and TorchSharp, nothing is installed. Where it lacks them, the stand-ins of
# eng/standins are used instead, which need libtorch and libgd from Debian (or LIBTORCH=<folder> for another libtorch).
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

command -v dotnet > /dev/null || fail "the .NET SDK 10 is not installed; get it from https://dot.net, then run eng/setup.sh again."

mkdir -p artifacts/standins artifacts/feed-probe
in_use=artifacts/standins/in-use

# Restores the packages that may be missing, apart from everything else, to see whether the feed has them.
cat > artifacts/feed-probe/feed-probe.csproj <<'EOF'
<Project Sdk="Microsoft.NET.Sdk">
  <ItemGroup>
    <PackageReference Include="Microsoft.ML" />
    <PackageReference Include="Microsoft.ML.ImageAnalytics" />
    <PackageReference Include="TorchSharp" />
    <PackageReference Include="TorchSharp-cpu" />
  </ItemGroup>
</Project>
EOF
if dotnet restore artifacts/feed-probe -p:UseStandins=false > artifacts/feed-probe/log 2>&1; then
  rm -f "$in_use"
  say "the package feed has Microsoft.ML and TorchSharp; they are used. Nothing else is needed."
  exit 0
elif grep -qE 'NU1101|NU1102|NU1103' artifacts/feed-probe/log; then
  missing=$(grep -oE 'Unable to find (a stable )?package [A-Za-z.-]+' artifacts/feed-probe/log | sed 's/.*package //; s/\.$//' | sort -u | paste -sd' ')
  say "the package feed lacks ${missing:-some packages}; building against the stand-ins in eng/standins."
else
  cat artifacts/feed-probe/log >&2
  fail "the package feed could not be read (above). Once it is reachable, run: eng/setup.sh"
fi

# What the stand-ins need, and why.
packages=()
need() { # package, reason
  if ! dpkg-query -W -f '${Status}' "$1" 2> /dev/null | grep -q 'ok installed'; then
    packages+=("$1")
    say "needs $1: $2"
  fi
}
if command -v dpkg-query > /dev/null; then
  need libgd3 "decodes, scales and encodes PNG and JPEG images"
  command -v g++ > /dev/null || need g++ "compiles the bridge to libtorch"
  command -v cmake > /dev/null || need cmake "builds the bridge to libtorch"
  if [ -z "${LIBTORCH:-}" ]; then
    need libtorch-dev "tensors, automatic differentiation and convolutions"
    need libopenblas0-openmp "fast matrix products in libtorch; the default BLAS is some 30 times slower"
  fi
fi
if [ ${#packages[@]} -gt 0 ]; then
  command="apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
  [ "$(id -u)" = 0 ] || fail "root is needed to install them. Run:  sudo sh -c '$command'  and then eng/setup.sh again."
  say "installing ${packages[*]} (about 1 GB on disk with libtorch)"
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}"; } > artifacts/standins/apt.log 2>&1; then
    tail -n 5 artifacts/standins/apt.log >&2
    fail "the packages could not be installed (log: artifacts/standins/apt.log). With network, run:  $command  and then eng/setup.sh again."
  fi
fi

native=artifacts/standins/native
say "building the bridge to libtorch${LIBTORCH:+ in $LIBTORCH} (nothing to do if it is up to date)"
if ! { cmake -S eng/standins/TorchSharp/native -B "$native" -DCMAKE_BUILD_TYPE=Release ${LIBTORCH:+-DCMAKE_PREFIX_PATH="$LIBTORCH"} \
       && cmake --build "$native" --parallel 2; } > artifacts/standins/native.log 2>&1; then
  tail -n 20 artifacts/standins/native.log >&2
  fail "the bridge could not be built (log: artifacts/standins/native.log). Another libtorch, 1.13 or newer, can be given by LIBTORCH=<folder>."
fi
touch "$in_use"
say "ready."
