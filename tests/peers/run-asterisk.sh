#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A real Asterisk with made-up operators and callers, sidetone-server beside it,
# and, where there is a display, the application: for a person to look at.
# Uses the programs that are in PATH, or those of a build folder:
#   tests/peers/run-asterisk.sh [--build DIR] [--every SECONDS] [--for SECONDS]

set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
server=sidetone-server ctl=sidetonectl app=sidetone
options=()
while [ $# -gt 0 ]; do
  case $1 in
    --build)
      server=$2/app/server/sidetone-server ctl=$2/app/cli/sidetonectl app=$2/app/ui/sidetone
      shift 2 ;;
    --every | --for) options+=("$1" "$2"); shift 2 ;;
    *) sed -n '4,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; [ "$1" = --help ]; exit ;;
  esac
done
for program in "$server" "$ctl"; do
  command -v "$program" >/dev/null || { echo "run-asterisk.sh: no $program; ./dev run --asterisk builds it" >&2; exit 1; }
done
programs=("$server" "$ctl")
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && command -v "$app" >/dev/null; then
  programs+=("$app")
fi
exec /usr/bin/python3 "$here/play.py" "${options[@]}" "${programs[@]}"
