# SPDX-License-Identifier: GPL-3.0-or-later
#
# Configuring and compiling into build/NAME. Sourced by ./dev.

# Where ccache is installed, one checkout uses what another compiled.
export CCACHE_BASEDIR=$top CCACHE_NOHASHDIR=1

# build_setup DIR MESON-OPTION…: configures DIR, anew when the options changed
# or an earlier attempt was left half-way; otherwise ninja keeps it up to date.
build_setup() {
  local dir=$1 stamp
  shift
  stamp=$(printf '%s\n' "$top" "${CC:-cc}" "$@")
  if [ -f "$dir/build.ninja" ] && [ "$(cat "$dir/dev-options" 2>/dev/null)" = "$stamp" ]; then
    return 0
  fi
  rm -rf "$dir"
  LC_ALL=C.UTF-8 meson setup "$dir" "$@" || return 1
  printf '%s\n' "$stamp" >"$dir/dev-options"
}

# build_compile DIR [TARGET…]: goes on after an error, so that one run shows all.
# Objects that warned the last time are compiled again, or a second run would
# call them clean.
build_compile() {
  local dir=$1 log=$1/dev-compile.log status=0
  shift
  [ ! -s "$dir/dev-warned" ] || (cd "$dir" && xargs -r rm -f <dev-warned)
  LC_ALL=C.UTF-8 ninja -C "$dir" -k 0 -j "$(nproc)" "$@" >"$log" 2>&1 </dev/null || status=$?
  # Without ninja's own lines and the compilers' command lines.
  grep -vE '^\[[0-9]+/[0-9]+\] |^ninja: (Entering|no work)|^(ccache )?(cc|clang|gcc) ' "$log" | head -n 200 || true
  build_objects_that_warned "$log" >"$dir/dev-warned"
  return "$status"
}

# The objects whose compilation printed a warning from a file of ours. ninja
# prints what it does, then what the compiler said.
build_objects_that_warned() {
  awk '/^\[[0-9]+\/[0-9]+\] Compiling / { object = $NF }
       /^(\.\.\/)*(app|tests)\/[^:]*:[0-9]+:.*warning:/ { if (object) print object }' "$1" | sort -u
}

# build_warnings DIR: warnings from files of ours in the last compilation.
build_warnings() {
  grep -E '^(\.\./)*(app|tests)/[^:]*:[0-9]+:.*warning:' "$1/dev-compile.log" 2>/dev/null | sort -u
}

# build_install DIR: into the prefix it was configured with; the schemas are
# compiled there whatever the system's install hooks do.
build_install() {
  local prefix
  meson install -C "$1" --no-rebuild --quiet >"$1/dev-install.log" 2>&1 || {
    tail -n 20 "$1/dev-install.log"
    return 1
  }
  prefix=$(meson introspect "$1" --buildoptions | jq -r '.[] | select(.name == "prefix").value')
  if [ -d "$prefix/share/glib-2.0/schemas" ]; then
    glib-compile-schemas "$prefix/share/glib-2.0/schemas"
  fi
}

# What meson install would copy: all that running the program needs, not the tests.
build_installed_targets() {
  meson introspect "$1" --targets |
    jq -r --arg dir "$(readlink -f "$1")/" '.[] | select(.installed).filename[] | ltrimstr($dir)'
}

# build_session PREFIX: sets session=(env …), which lets a tree installed outside
# the system be found by the command put behind it.
build_session() {
  session=(env
    PATH="$1/bin:$PATH"
    SIDETONE_PREFIX="$1"
    XDG_DATA_DIRS="$1/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
    GSETTINGS_SCHEMA_DIR="$1/share/glib-2.0/schemas")
}

# build_locales DIR: Russian and English locales of our own, since a system
# seldom has both. Used through LOCPATH.
build_locales() {
  local name
  mkdir -p "$1"
  for name in ru_RU en_US; do
    [ -d "$1/$name.UTF-8" ] || localedef -c -i "$name" -f UTF-8 "$1/$name.UTF-8" 2>/dev/null || true
    [ -d "$1/$name.UTF-8" ] || return 1
  done
}
