#!/bin/sh
# Runs every fuzzer in build/fuzz for so many seconds each: tools/fuzz.sh [SECONDS]. Stops at the first finding, which lies
# then in build/fuzz/findings. What a fuzzer learns stays in build/fuzz/corpus and is where its next run starts.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
# Reading a short text with random weights takes a second or two with sanitizers, and ten on a busy machine; what hangs takes for ever.
timeout=60
ran=0
mkdir -p build/fuzz/findings
for fuzzer in build/fuzz/fuzz/*_fuzz; do
  [ -x "$fuzzer" ] || continue
  name=$(basename "$fuzzer")
  mkdir -p "build/fuzz/corpus/$name"
  seeds=
  if [ -d "fuzz/seeds/$name" ]; then seeds=fuzz/seeds/$name; fi
  echo "$name: $seconds s"
  "$fuzzer" -max_total_time="$seconds" -timeout=$timeout -rss_limit_mb=4096 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/findings/$name-" "build/fuzz/corpus/$name" $seeds ||
    { echo "sayso: $name found something; the input is in build/fuzz/findings." >&2; exit 1; }
  ran=$((ran + 1))
done
if [ "$ran" -eq 0 ]; then
  echo "sayso: there is no fuzzer in build/fuzz/fuzz; did the build succeed?" >&2
  exit 1
fi
