#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs inside the root of the newest Debian testing (tools/root.sh): compiles
# the program as its newest compiler and libraries see it, then runs the unit
# and the widget tests. The lines beginning with "#" are read by the caller.

set -euo pipefail
top=$PWD
# shellcheck source=tools/build.sh
. tools/build.sh

version() { pkg-config --modversion "$1"; }
echo "# with gcc $(gcc -dumpfullversion), GTK $(version gtk4), libadwaita $(version libadwaita-1)," \
  "GLib $(version glib-2.0), libsoup $(version libsoup-3.0), GStreamer $(version gstreamer-1.0)"

build_locales build/ceiling/locales
build_setup build/ceiling/build --prefix="$top/build/ceiling/prefix"
build_compile build/ceiling/build
build_install build/ceiling/build
echo "# built"

build_session "$top/build/ceiling/prefix"
"${session[@]}" LOCPATH="$top/build/ceiling/locales" tools/display.sh --bus-only meson test -C build/ceiling/build --no-rebuild --suite unit --suite widget \
  --num-processes "$(($(nproc) + 1))" --logbase dev-ceiling
