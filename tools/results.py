#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Adds up what the suites of ./dev test left in build/results/SUITE: meson's
# JSON logs and TAP files. Every TAP test counts by itself; an executable that
# crashes, hangs, leaks or runs nothing counts as one failed test more.
# The last line is "N passed, N failed"; the status is 1 if any failed.

import json
import os
import re
import sys

TAP = re.compile(r'^(not )?ok\b\s*(\d+)?\s*(?:- )?(.*?)(?:\s*#\s*(SKIP|TODO)\b\s*(.*))?\s*$', re.I | re.M)
TAIL = 30
# What an exception of Python, a test of GLib's that gives up, a critical of GLib's and a sanitizer begin with.
REASON = re.compile(r'\w*(Failed|Error|Failure): |(# )?Bail out!|.*\b(ERROR|CRITICAL|WARNING) \*\*: |.*(ERROR: \w+Sanitizer|runtime error): ')


class Suite:
    def __init__(self, name):
        self.name = name
        self.passed = 0
        self.failed = []     # (name, lines)
        self.skipped = []    # (name, reason)
        self.seconds = None


def tail(lines):
    """The last that was said, and before it why it failed, which a long story would push out."""
    lines = [line for line in lines if line.strip()]
    return [line for line in lines[:-TAIL] if REASON.match(line)][-TAIL:] + lines[-TAIL:]


def read_tap(suite, group, text, extra=''):
    """Counts the tests of one TAP stream. Returns how many were seen, how many
    failed, and whether the last one did. What is said before a result (GLib does
    so) and after it (others do) belongs to it."""
    seen = failed = 0
    last_failed = False
    comment = []
    for line in text.splitlines():
        match = TAP.match(line)
        if not match:
            if not re.match(r'1\.\.\d|TAP version', line):
                said = suite.failed[-1][1] if last_failed else comment
                said.append(line[2:] if line.startswith('# ') else line)
            continue
        seen += 1
        name = ' '.join(filter(None, [group, match[3] or match[2]]))
        directive = (match[4] or '').upper()
        last_failed = bool(match[1]) and directive not in ('SKIP', 'TODO')
        if directive == 'SKIP':
            suite.skipped.append((name, match[5] or 'no reason given'))
        elif last_failed:
            failed += 1
            suite.failed.append((name, comment + extra.splitlines()))
        else:
            suite.passed += 1
        comment = []
    return seen, failed, last_failed


def read_script(suite, name, text):
    """What a script of ours printed; one that promised more fails."""
    plan = re.search(r'^1\.\.(\d+)$', text, re.M)
    seen = read_tap(suite, name, text)[0]
    if plan and seen < int(plan[1]):
        suite.failed.append((f'{name} (ended after {seen} of {plan[1]} tests)', text.splitlines()))


def read_test(suite, test):
    """One executable of meson's log."""
    name = re.split(r' / |\bsidetone:', test['name'])[-1]
    result = test['result']
    out, err = test.get('stdout') or '', test.get('stderr') or ''
    whole = (out + '\n' + err).split('\n')
    said = tail(whole)
    plan = re.search(r'^1\.\.(\d+)\s*(#\s*(?:SKIP\w*:?)?\s*(.*))?$', out, re.M | re.I)
    planned = int(plan[1]) if plan else 0
    seen, failed, last_failed = read_tap(suite, name, out, err) if plan or TAP.search(out) else (0, 0, False)
    how = f'{result.lower()}, status {test.get("returncode")}, {test.get("duration", 0):.0f} s'

    if result == 'SKIP' and plan and not seen and plan[2]:
        suite.skipped.append((name, plan[3] or 'no reason given'))
    elif result == 'SKIP' and not plan and not seen:
        suite.skipped.append((name, said[-1] if said else 'no reason given'))
    elif plan and not seen and not planned:
        suite.failed.append((f'{name} (ran no test)', whole))
    elif seen < planned and not last_failed:
        suite.failed.append((f'{name} (ended after {seen} of {planned} tests: {how})', whole))
    elif result not in ('OK', 'EXPECTEDFAIL', 'SKIP') and not failed:
        suite.failed.append((f'{name} ({how})', whole))
    elif not seen:
        suite.passed += 1


def read_meson(suite, path):
    with open(path, encoding='utf-8', errors='replace') as stream:
        for line in stream:
            try:
                read_test(suite, json.loads(line))
            except ValueError:      # meson was killed while writing it
                continue


def read_suite(folder, name):
    suite = Suite(name)
    path = os.path.join(folder, name)
    for entry in sorted(os.listdir(path)) if os.path.isdir(path) else []:
        file = os.path.join(path, entry)
        if entry.endswith('.json'):
            read_meson(suite, file)
        elif entry.endswith('.tap'):
            with open(file, encoding='utf-8', errors='replace') as stream:
                read_script(suite, '' if entry in ('steps.tap', 'lint.tap') else entry[:-4], stream.read())
        elif entry == 'seconds':
            with open(file, encoding='utf-8') as stream:
                suite.seconds = stream.read().strip()
    if not (suite.passed or suite.failed or suite.skipped):
        suite.failed.append(('(the suite ran no test)', []))
    return suite


def main():
    folder, names = sys.argv[1], sys.argv[2:]
    in_ci = os.environ.get('CI', '').lower() in ('true', '1', 'yes')
    suites = [read_suite(folder, name) for name in names]

    for suite in suites:
        for name, lines in suite.failed:
            print(f'\nFAILED {suite.name}: {name}')
            for line in tail(lines):
                print('    ' + line)
    if any(suite.skipped for suite in suites):
        print('\nSkipped' + (', which counts as failed here:' if in_ci else ':'))
        for suite in suites:
            for name, reason in suite.skipped:
                print(f'  {suite.name}: {name}: {reason}')

    print('\nSuites run:')
    for suite in suites:
        skipped = f', {len(suite.skipped)} skipped' if suite.skipped else ''
        print(f'  {suite.name:<8} {suite.passed:5} passed, {len(suite.failed):3} failed{skipped}'
              f'  ({suite.seconds or "?"} s)')

    passed = sum(suite.passed for suite in suites)
    failed = sum(len(suite.failed) for suite in suites)
    if in_ci:
        failed += sum(len(suite.skipped) for suite in suites)
    print(f'{passed} passed, {failed} failed', flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
