#!/bin/sh
# Writes tests/golden/reading anew, by the program in build/ (or BUILD): tools/update_goldens.sh [BUILD]. Look at the change with git diff.
set -eu
cd "$(dirname "$0")/.."
build=${1:-build}
cmake --build "$build" --target sayso
python3 tests/golden_test.py "$build/sayso" tests/golden/reading --update
