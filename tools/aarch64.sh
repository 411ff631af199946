#!/usr/bin/env bash
# Proves the program on 64-bit ARM without such a machine: tools/aarch64.sh [ROOM …]
#
# Builds for it with Debian's cross compiler, runs the tests of the rooms (default: model) and reads the example articles under qemu, and holds the
# readings against this machine's, byte for byte. Everything is in build/aarch64; the arm64 libraries lie unpacked in build/aarch64/sysroot and are
# not installed, so this machine's packages stay as they are but for the tools (purpose `arm` in tools/packages). qemu takes a minute of CPU for an
# article: EXAMPLES="clock harbour" reads only these. NATIVE=PROGRAM holds them against that program's. Exit status 1 when a test fails or a byte
# differs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=build/aarch64
sysroot=$PWD/$folder/sysroot
native=${NATIVE:-build/sayso}
mirror=${MIRROR:-http://deb.debian.org/debian}
rooms=("${@:-model}")

tools/setup.sh build test arm
if [ -z "${NATIVE:-}" ]; then make all; fi

if [ ! -e "$sysroot/etc/debian_version" ]; then
  mkdir -p "$folder"
  rm -rf --one-file-system "$sysroot.new"
  # What this machine needs to reach its mirror (a proxy, clocks that differ), is needed here too.
  options=()
  for file in /etc/apt/apt.conf /etc/apt/apt.conf.d/*proxy* /etc/apt/apt.conf.d/99*; do
    if [ -f "$file" ]; then options+=("--aptopt=$file"); fi
  done
  packages=$(sed -nE 's/^(build|test) +(.*-dev)$/\2/p' tools/packages | paste -sd,)
  mmdebstrap --quiet --variant=extract --architectures=arm64 "${options[@]}" --include="base-files,libc6-dev,$packages" bookworm "$sysroot.new" "$mirror"
  mv "$sysroot.new" "$sysroot"
fi

cmake -S . -B "$folder" -G Ninja --log-level=WARNING -DCMAKE_BUILD_TYPE=Release -DSAYSO_TESTS=ON -DCMAKE_TOOLCHAIN_FILE="$PWD/tools/aarch64.cmake" -DSAYSO_SYSROOT="$sysroot" >/dev/null
cmake --build "$folder" ${JOBS:+-j"$JOBS"} --target sayso "${rooms[@]/%/_test}"
file -b "$folder/sayso" | cut -d, -f1-2

ctest --test-dir "$folder" --timeout 7200 --output-on-failure -R "^($(IFS='|'; echo "${rooms[*]}"))\$"

differ=0
for path in examples/*.txt; do
  name=$(basename "$path" .txt)
  case "$name" in LICENSE*) continue ;; esac
  if [ -n "${EXAMPLES:-}" ] && [[ " $EXAMPLES " != *" $name "* ]]; then continue; fi
  started=$SECONDS
  "$native" read --format json "$path" >"$folder/$name.native.json"
  qemu-aarch64 -L "$sysroot" "$folder/sayso" read --limit milliseconds=3600000 --format json "$path" >"$folder/$name.json"
  if cmp "$folder/$name.native.json" "$folder/$name.json"; then
    echo "$name: the same $(stat -c %s "$folder/$name.json") bytes ($((SECONDS - started)) s)"
  else
    differ=1
  fi
done
exit $differ
