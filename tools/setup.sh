#!/bin/sh
# Installs from Debian what is missing: tools/setup.sh build [test] [deb] [fuzz]. The packages stand in tools/packages.
# Does nothing when all is there. As root it asks nothing; otherwise it asks before it uses sudo.
set -eu
cd "$(dirname "$0")/.."

missing=
for purpose in "$@"; do
  for package in $(sed -n "s/^$purpose  *//p" tools/packages); do
    # The status and nothing else: a removed package with its configuration left behind is known to dpkg too.
    case "$(dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null || true)" in
      *"ok installed"*) ;;
      *) missing="$missing $package" ;;
    esac
  done
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
  echo "sayso: this machine has no apt-get; please install what these Debian packages hold:$missing" >&2
  exit 1
fi

sudo=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null || [ ! -t 0 ]; then
    echo "sayso: these Debian packages are missing:$missing. As root, run: apt-get install --no-install-recommends$missing" >&2
    exit 1
  fi
  printf 'sayso needs these Debian packages:%s\nInstall them with sudo? [y/N] ' "$missing"
  read -r answer
  case "$answer" in
    y* | Y*) sudo=sudo ;;
    *) echo "sayso: nothing was installed; these packages are still missing:$missing" >&2; exit 1 ;;
  esac
fi

echo "sayso: installing from Debian:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -q update &&
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends $missing
}
if ! install >"$log" 2>&1 </dev/null; then
  tail -n 20 "$log" >&2
  echo "sayso: apt-get could not install:$missing. Its last words are above; is there a network, and is this Debian 12 or later?" >&2
  exit 1
fi
