#!/usr/bin/env python3
"""bench-first-window.py - how soon the first window is painted, and in how much memory

Copyright 2026 The Sidetone authors
SPDX-License-Identifier: GPL-3.0-or-later

Starts the program and an empty AdwApplicationWindow in turn, several times
each, and measures from exec until the window's pixels are no longer of one
colour, and its proportional and resident memory a second later. Prints the
ratios of the medians. Needs a display, xdotool and ImageMagick's import.

bench-first-window.py SIDETONE EMPTY-WINDOW [ROUNDS]
"""
import os
import signal
import statistics
import subprocess
import sys
import time

TIME_LIMIT = 1.6
MEMORY_LIMIT = 1.6


def windows_of(title):
    found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', title],
                           capture_output=True, text=True)
    return found.stdout.split()


def is_painted(window):
    """A mapped window that GTK has not drawn yet is one colour."""
    shot = subprocess.run(['import', '-silent', '-window', window, '-crop', '400x60+0+0', 'rgb:-'],
                          capture_output=True)
    return len(set(shot.stdout[i:i + 3] for i in range(0, len(shot.stdout), 3))) > 3


def memory_kib(pid):
    pss = rss = 0
    with open(f'/proc/{pid}/smaps_rollup', encoding='ascii') as lines:
        for line in lines:
            if line.startswith('Pss:'):
                pss = int(line.split()[1])
            elif line.startswith('Rss:'):
                rss = int(line.split()[1])
    return pss, rss


def measure(program, title):
    start = time.monotonic()
    process = subprocess.Popen([program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    painted = None
    try:
        while time.monotonic() - start < 30:
            ids = windows_of(title)
            if ids and is_painted(ids[0]):
                painted = time.monotonic() - start
                break
        if painted is None:
            sys.exit(f'{program}: no painted window in 30 s')
        time.sleep(1.0)
        pss, rss = memory_kib(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
    return painted * 1000, pss / 1024, rss / 1024


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    os.environ.setdefault('GSETTINGS_BACKEND', 'memory')
    results = {'Sidetone': [], 'Empty': []}
    measure(sys.argv[1], '^Sidetone$')
    measure(sys.argv[2], '^Empty$')
    for _ in range(rounds):
        results['Empty'].append(measure(sys.argv[2], '^Empty$'))
        results['Sidetone'].append(measure(sys.argv[1], '^Sidetone$'))
    median = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in results.items()}
    for name, (painted, pss, rss) in median.items():
        print(f'{name:9} painted {painted:6.0f} ms   PSS {pss:6.1f} MB   RSS {rss:6.1f} MB')
    ratios = [ours / limit for ours, limit in zip(median['Sidetone'], median['Empty'])]
    print(f'ratio     time {ratios[0]:.2f} (limit {TIME_LIMIT})   PSS {ratios[1]:.2f}   RSS {ratios[2]:.2f} (limit {MEMORY_LIMIT})')
    sys.exit(0 if ratios[0] <= TIME_LIMIT and ratios[2] <= MEMORY_LIMIT else 1)


if __name__ == '__main__':
    main()
