#!/usr/bin/env bash
# Fetches an archive, checks it and unpacks it beside this script. Does nothing when the folder is there.
# usage: fetch.sh URL MD5 FOLDER
set -euo pipefail
url=${1:?usage: fetch.sh URL MD5 FOLDER} md5=${2:?usage: fetch.sh URL MD5 FOLDER} folder=${3:?usage: fetch.sh URL MD5 FOLDER}
cd "$(dirname "$0")"

fail() { echo "fetch: $*" >&2; exit 1; }

if [ -d "$folder" ]; then
  echo "fetch: datasets/$folder is there already."
  exit 0
fi
work=$(mktemp -d ./fetch.XXXXXX)
trap 'rm -rf "$work"' EXIT
echo "fetch: $url"
if command -v curl > /dev/null; then
  curl --fail --location --retry 3 --output "$work/archive" "$url" || fail "$url could not be fetched. Get it by other means and unpack it into datasets/$folder."
elif command -v wget > /dev/null; then
  wget --output-document "$work/archive" "$url" || fail "$url could not be fetched. Get it by other means and unpack it into datasets/$folder."
else
  fail "neither curl nor wget is installed."
fi
found=$(md5sum "$work/archive" | cut -d' ' -f1)
[ "$found" = "$md5" ] || fail "the archive's MD5 sum is $found; the authors published $md5. Nothing was unpacked."
tar -xzf "$work/archive" -C "$work"
mv "$work/$folder" "$folder"
echo "fetch: datasets/$folder is ready."
