#!/usr/bin/env python3
# check-unit-file.py - the systemd unit starts the program where it is installed
#
# Copyright 2026 The Sidetone authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Called with the unit as configured and the program's full path.
import pathlib
import sys

unit, program = sys.argv[1:]
lines = pathlib.Path(unit).read_text(encoding="utf-8").splitlines()
starts = {key: value for key, _, value in (line.partition("=") for line in lines) if key.startswith("Exec")}
checks = [
    (set(starts) == {"ExecStartPre", "ExecStart"}, "the unit checks, then starts"),
    (all(value.split(" ")[0] == program for value in starts.values()), "both with the installed program"),
    (not any(line.startswith(("Exec", "User")) and "@" in line for line in lines), "no placeholder is left"),
]
print(f"1..{len(checks)}")
for number, (fine, what) in enumerate(checks, 1):
    print(f"{'ok' if fine else 'not ok'} {number} {what}")
sys.exit(0 if all(fine for fine, _ in checks) else 1)
