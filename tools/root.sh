#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Roots: small Debian systems in a folder, made by mmdebstrap, kept in the
# user's cache and used read-only through bubblewrap. ./dev builds the program
# against the newest Debian in one, the tests run a real Asterisk from another.
# They outlive the checkout, so that a fresh clone need not make them again.

set -euo pipefail

root_top=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
# shellcheck source=tools/packages.sh
. "$root_top/tools/packages.sh"

root_suite=forky
root_folder=${SIDETONE_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/sidetone}/roots
root_keep_days=30

root_options=(
  --variant=apt
  --aptopt='Acquire::Check-Valid-Until "false"'   # a mirror may lag behind
  --aptopt='Acquire::Retries "3"'
  --dpkgopt='path-exclude=/usr/share/doc/*'
  --dpkgopt='path-exclude=/usr/share/man/*'
  --customize-hook='mkdir -p "$1/src" "$1/rig" && : >"$1/etc/hosts"'   # to mount over
)

# Ubuntu does not trust Debian's keys by itself.
root_keyring=/usr/share/keyrings/debian-archive-keyring.gpg
if ! grep -q '^ID=debian$' /etc/os-release 2>/dev/null && [ -f "$root_keyring" ]; then
  root_options+=(--keyring="$root_keyring")
fi

# root_bootstrap DIR SUITE PACKAGE…: one attempt. Without root the tree comes
# as an archive out of a user namespace and belongs to the caller.
root_bootstrap() {
  local dir=$1 suite=$2 include
  shift 2
  include=$(IFS=,; echo "$*")

  if [ "$(id -u)" = 0 ]; then
    mmdebstrap "${root_options[@]}" --include="$include" "$suite" "$dir"
  else
    mkdir -p "$dir"
    mmdebstrap --mode=unshare --format=tar "${root_options[@]}" --include="$include" "$suite" - |
      tar -x --no-same-owner --exclude='./dev/*' -C "$dir"
  fi
}

# A root of a user's own has directories the user may not write to.
root_remove() {
  [ -e "$1" ] || return 0
  chmod -R u+rwX "$1" 2>/dev/null || true
  rm -rf --one-file-system "$1"
}

# Roots of this name that nobody used for a month.
root_prune() {
  local old
  find "$root_folder" -maxdepth 1 -name "$1-*.used" -mtime +$root_keep_days 2>/dev/null |
    while read -r old; do
      root_remove "${old%.used}"
      rm -f "$old"
    done
}

# root_make NAME SUITE PACKAGE…: prints the path of a root with these packages.
# One a month old is made anew, since testing moves; if that fails the old one
# serves on. Callers at the same time wait for each other.
root_make() {
  local name=$1 suite=$2 hash path try log
  shift 2
  hash=$(printf '%s\n' "$suite" "$(dpkg --print-architecture)" "$(id -u)" "${root_options[@]}" "$@" |
    sha256sum | cut -c1-12)
  path=$root_folder/$name-$hash
  log=$path.log
  mkdir -p "$root_folder"

  exec 9>"$path.lock"
  flock 9
  if [ ! -d "$path" ] || [ -n "$(find "$path.made" -mtime +$root_keep_days 2>/dev/null)" ]; then
    for try in 1 2; do
      root_remove "$path.new"
      echo "Making the root “$name” ($suite, $# packages) …" >&2
      if root_bootstrap "$path.new" "$suite" "$@" >"$log" 2>&1 </dev/null; then
        root_remove "$path"
        mv "$path.new" "$path"
        touch "$path.made"
        break
      fi
      echo "It failed ($try of 2):" >&2
      grep -E '^E: ' "$log" >&2 || tail -n 5 "$log" >&2
    done
    root_remove "$path.new"
  fi
  flock -u 9
  exec 9>&-
  [ -d "$path" ] || return 1
  touch "$path.used"
  root_prune "$name"
  echo "$path"
}

# root_known NAME: the same for a root whose packages tools/packages.sh lists.
root_known() {
  local -n packages=packages_root_$1
  root_make "$1" "$root_suite" "${packages[@]}"
}

# root_run ROOT CHECKOUT WRITABLE COMMAND…: runs the command inside the root with
# the checkout at /src, read-only but for the folder WRITABLE in it; no network
# but its own loopback, no process of the outside in sight.
root_run() {
  local root=$1 checkout=$2 writable=$3
  shift 3
  mkdir -p "$checkout/$writable"
  bwrap --ro-bind "$root" / --dev /dev --proc /proc \
    --tmpfs /tmp --tmpfs /run --tmpfs /var/tmp --tmpfs /dev/shm \
    --ro-bind "$checkout" /src --bind "$checkout/$writable" "/src/$writable" --chdir /src \
    --unshare-pid --unshare-ipc --unshare-uts --unshare-net --die-with-parent --new-session \
    --clearenv --setenv PATH /usr/sbin:/usr/bin:/sbin:/bin --setenv HOME /tmp \
    --setenv LANG C.UTF-8 --setenv CI "${CI:-}" \
    "$@"
}

root_usage() {
  cat <<'USAGE'
tools/root.sh make NAME                    print the path of the root NAME (ceiling, asterisk), making it if need be
tools/root.sh make NAME SUITE PACKAGE…     the same with another list of packages
tools/root.sh run NAME COMMAND…            run a command in it, the checkout at /src, build/NAME writable
tools/root.sh clean                        delete all roots
USAGE
}

root_main() {
  local verb=${1:-} root
  shift || true
  case $verb in
    make)
      if [ $# = 1 ]; then root_known "$1"; else root_make "$@"; fi ;;
    run)
      root=$(root_known "$1")
      root_run "$root" "$root_top" "build/$1" "${@:2}" ;;
    clean)
      for root in "$root_folder"/*; do root_remove "$root"; done ;;
    *)
      root_usage
      [ "$verb" = --help ] ;;
  esac
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  root_main "$@"
fi
