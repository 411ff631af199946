#!/usr/bin/env bash
# What run.py and bench/quality's names.py, coreference.py and gap.py put beside sayso, in build/peers: setup.sh [python] [corenlp].
# Does nothing when it is there in the pinned versions.
# python: spaCy, a model for it and textacy (requirements.txt, 0.6 GB). corenlp: CoreNLP and its models (pom.xml, 0.5 GB),
# only asked for by name, since run.py then needs ten more minutes of CPU and 4 GB of memory; the others need as much once and keep the answers.
# Without a name: python, and what cannot be had is said in a sentence and is no error: bench/run goes on.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
to=$(cd "$here/../.." && pwd)/build/peers

# Installs $1 by the function of that name unless its pins $2 are those of last time. What the installer said is shown when it failed.
get() {
  cmp -s "$2" "$to/$1.pins" && return 0
  echo "setup.sh: installing $1 into build/peers"
  mkdir -p "$to"
  rm -rf "${to:?}/$1" "$to/$1.pins"
  if "get_$1" >"$to/$1.log" 2>&1; then
    cp "$2" "$to/$1.pins"
  else
    tail -n 3 "$to/$1.log"
    echo "setup.sh: $1 could not be installed; all that was said is in build/peers/$1.log. $3"
    return 1
  fi
}

get_python() {
  python3 -m venv "$to/python" && "$to/python/bin/pip" install --disable-pip-version-check --no-deps -r "$here/requirements.txt"
}

get_corenlp() {
  java -version && mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$to/corenlp"
}

failed=0
for name in "${@:-python}"; do
  case $name in
    python) get python "$here/requirements.txt" "It needs Debian's python3-venv and a network that reaches PyPI." || failed=1 ;;
    corenlp) get corenlp "$here/pom.xml" "It needs Debian's default-jre-headless and maven, and a network that reaches Maven." || failed=1 ;;
    *) echo "setup.sh: there is no $name; there are python and corenlp"; exit 2 ;;
  esac
done
[ $# -eq 0 ] || exit $failed
