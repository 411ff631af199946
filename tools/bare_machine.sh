#!/usr/bin/env bash
# Proves the two commands on a really bare machine: tools/bare_machine.sh [FOLDER]
#
# Makes a Debian 12 root (debootstrap, minbase, with git, make and ca-certificates and nothing else) in FOLDER (default
# /var/tmp/sayso-bare), clones this repository's HEAD into it, runs there `make demo` and `make test`, each twice, and
# prints how long each took. What is not committed does not come along, and ../shared is not there. Needs root.
# The empty root is kept as FOLDER.tar.gz, so that the next proof starts sooner; delete it for a fresh one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=${1:-/var/tmp/sayso-bare}
mirror=${MIRROR:-http://deb.debian.org/debian}

if [ "$(id -u)" -ne 0 ]; then
  echo "bare_machine: debootstrap and chroot need root." >&2
  exit 1
fi
if ! command -v debootstrap >/dev/null; then
  echo "bare_machine: debootstrap is missing; run: apt-get install debootstrap" >&2
  exit 1
fi
if [ -e "$root" ] && [ ! -e "$root/etc/debian_version" ]; then
  echo "bare_machine: $root is there and is no Debian root; give another folder." >&2
  exit 1
fi

unmount() {
  for place in proc dev/pts dev; do
    if mountpoint -q "$root/$place"; then umount "$root/$place"; fi
  done
}
trap unmount EXIT

unmount
# Only with nothing mounted below it may the old root be removed.
rm -rf --one-file-system "$root"
if [ ! -e "$root.tar.gz" ]; then
  debootstrap --variant=minbase --include=git,make,ca-certificates bookworm "$root" "$mirror"
  # What this machine needs to reach its mirror (a proxy, clocks that differ), the bare one needs too.
  for file in /etc/apt/apt.conf /etc/apt/apt.conf.d/*proxy* /etc/apt/apt.conf.d/99*; do
    if [ -f "$file" ]; then cp "$file" "$root/etc/apt/apt.conf.d/"; fi
  done
  tar -C "$root" -czf "$root.tar.gz.new" .
  mv "$root.tar.gz.new" "$root.tar.gz"
else
  mkdir -p "$root"
  tar -C "$root" -xzf "$root.tar.gz"
fi
for file in /etc/resolv.conf /etc/hosts; do
  if [ -f "$file" ]; then cp --dereference "$file" "$root$file"; fi
done
mkdir -p "$root/proc" "$root/dev/pts"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount --bind /dev/pts "$root/dev/pts"

git clone --quiet --no-local --no-tags "$(git rev-parse --show-toplevel)" "$root/root/sayso"
echo "bare_machine: Debian $(cat "$root/etc/debian_version"), $(nproc) cores, sayso $(git -C "$root/root/sayso" rev-parse --short HEAD)"

durations=
run() {
  local label=$1
  shift
  local started=$SECONDS
  if ! env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb CI=true \
       chroot "$root" sh -c "cd /root/sayso && $*" </dev/null; then
    echo "bare_machine: $label failed after $((SECONDS - started)) s." >&2
    exit 1
  fi
  durations+=$(printf '%-24s %4d s' "$label" $((SECONDS - started)))$'\n'
}
run "make demo" make demo
run "make test" make test
run "make demo, again" make demo
run "make test, again" make test
if [ -n "$(git -C "$root/root/sayso" status --porcelain)" ]; then
  echo "bare_machine: the two commands left files in the clone that git does not ignore:" >&2
  git -C "$root/root/sayso" status --short >&2
  exit 1
fi
echo
printf '%s' "$durations"
