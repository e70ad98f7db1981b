#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a command in a session of its own: a private session bus, home and
# runtime folder, settings in memory, and a virtual display unless --bus-only
# is given. Nothing of the person's desktop is seen or touched, and everything
# is gone afterwards.

set -euo pipefail

screen=1920x1200x24
a11y=atspi
with_display=yes
while [ $# -gt 0 ]; do
  case $1 in
    --bus-only) with_display=no ;;
    --screen) screen=$2; shift ;;
    --a11y) a11y=$2; shift ;;   # which of GTK's accessibility backends
    *) break ;;
  esac
  shift
done
if [ $# = 0 ]; then
  echo "usage: tools/display.sh [--bus-only] [--screen WxHxDEPTH] [--a11y BACKEND] COMMAND…" >&2
  exit 2
fi

folder=$(mktemp -d)
xvfb=
clean_up() {
  if [ -n "$xvfb" ]; then
    kill "$xvfb" 2>/dev/null || true
    wait "$xvfb" 2>/dev/null || true
  fi
  rm -rf "$folder" 2>/dev/null || true
}
trap clean_up EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

export HOME=$folder/home XDG_RUNTIME_DIR=$folder/run TMPDIR=$folder/tmp
mkdir -p "$HOME" "$TMPDIR"
# Tests that give up root still reach their files; what is private has its own mode.
chmod 711 "$folder"
chmod 1777 "$TMPDIR"
mkdir -m 700 "$XDG_RUNTIME_DIR"
unset XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CURRENT_DESKTOP
unset DBUS_SESSION_BUS_ADDRESS WAYLAND_DISPLAY DISPLAY XAUTHORITY SESSION_MANAGER
unset LANGUAGE LC_ALL LC_MESSAGES LC_TIME LC_NUMERIC
export LANG=C.UTF-8 TZ=${TZ:-UTC}

# Nothing may ask a portal, a volume monitor or a settings daemon of the host.
export GSETTINGS_BACKEND=memory GIO_USE_VFS=local GIO_USE_VOLUME_MONITOR=unix
export ADW_DISABLE_PORTAL=1 GTK_USE_PORTAL=0

if [ "$with_display" = yes ]; then
  Xvfb -displayfd 3 -screen 0 "$screen" -nolisten tcp -noreset 3>"$folder/display" 2>"$folder/xvfb.log" &
  xvfb=$!
  for _ in $(seq 250); do
    [ -s "$folder/display" ] && break
    if ! kill -0 "$xvfb" 2>/dev/null; then break; fi
    sleep 0.04
  done
  if ! [ -s "$folder/display" ]; then
    echo "The virtual display did not start within 10 s:" >&2
    cat "$folder/xvfb.log" >&2
    exit 1
  fi
  DISPLAY=:$(cat "$folder/display")
  export DISPLAY
  # The software renderer without probing for GL: the quickest and leanest, and
  # the same picture on every machine. Newer GTK reads GDK_DISABLE.
  export GDK_BACKEND=x11 GSK_RENDERER=cairo GDK_DEBUG=gl-disable GDK_DISABLE=gl,vulkan
  export GTK_A11Y=$a11y
fi

# What the bus and the accessibility registry say is not the command's output:
# TAP must begin with its first line. Nor is their starting worth telling.
chatter='^dbus-daemon\[.*(Failed to set fd limit|(Activating|Successfully activated) service)|^SpiRegistry daemon is running'
# In the background, so that a signal to us is acted upon at once.
dbus-run-session -- sh -c 'exec "$@" >&4 4>&-' sh "$@" 4>&1 2> >(grep -vE "$chatter" >&2 4>&-) >&2 &
session=$!
trap 'kill "$session" 2>/dev/null || true; exit 143' TERM
status=0
wait "$session" || status=$?
exit "$status"
