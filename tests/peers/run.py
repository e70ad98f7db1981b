#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tests with other people's programs: a real Asterisk, SIPp, baresip.

    python3 tests/peers/run.py [--build DIR] [--keep] [TEST…]

Most of the time they wait, so they run two at a time, each in a process of its own; what is
named is run here, one after another. Prints TAP. Needs sipp, baresip, flite, sox, bwrap, openssl and mmdebstrap; the Asterisk comes from
tools/root.sh. --keep leaves the state folder for a look.
"""

import argparse
import importlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)

import asterisk  # noqa: E402
from tap import Tap  # noqa: E402

# What runs beside what: the queues' many calls and the line's messages, and calls with sound.
LANES = (
    ['source', 'doctor', 'actions', 'sip', 'sip_account', 'sip_tls', 'sip_asterisk', 'sip_mutated'],
    ['call_line', 'call_queue', 'call_far', 'test_call', 'call_match', 'campaign', 'sip_endurance'],
)
TESTS = [name for lane in LANES for name in lane]
# Below the ports that the system gives by itself, and enough for either lane.
LANE_PORTS = (19000, 25800)


def find_build():
    """The newest build folder that has what the tests need."""
    found = []
    for name in os.listdir(os.path.join(TOP, 'build')):
        program = os.path.join(TOP, 'build', name, 'tests', 'peers', 'ami-dump')
        if os.path.exists(program):
            found.append((os.path.getmtime(program), os.path.join(TOP, 'build', name)))
    if not found:
        sys.exit('run.py: no build has tests/peers/ami-dump; build first, or say --build DIR')
    return max(found)[1]


class Lanes:
    """Runs the tests of each lane in order, each as this program with one name, and tells of each once it is over."""

    def __init__(self, tap, build, state):
        self.tap, self.build, self.state, self.telling = tap, build, state, threading.Lock()

    def run(self):
        threads = [threading.Thread(target=self.run_lane, args=each) for each in zip(LANES, LANE_PORTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def run_lane(self, names, port):
        for name in names:
            done = subprocess.run([sys.executable, os.path.abspath(__file__), '--build', self.build, '--state', self.state, '--ports', str(port), name],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            with self.telling:
                self.tell(name, done.returncode, done.stdout.decode('utf-8', 'replace').splitlines())

    def tell(self, name, code, lines):
        """What it told, with our numbers."""
        failed = self.tap.failed
        for line in lines:
            result = re.match(r'(not )?ok \d+ - (.*)', line)
            if result:
                self.tap.again(result.group(1) is None, result.group(2))
            elif re.match(r'# \d+ of \d+ failed', line):
                self.tap.say('%s: %s' % (name, line[2:]))
            elif not re.match(r'1\.\.\d+$', line):
                self.tap.say(line[2:] if line.startswith('# ') else line)
        if code != 0 and self.tap.failed == failed:
            self.tap.check(False, '%s ends in order' % name, ['it ended with %d' % code])


def run_here(tap, build, state, names):
    for name in names:
        try:
            importlib.import_module('test_' + name).run(tap, build, os.path.join(state, name))
        except Exception as error:   # a failure is a result, whatever it is
            tap.check(False, '%s: %s' % (name, error), traceback.format_exc().splitlines())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build')
    parser.add_argument('--keep', action='store_true')
    parser.add_argument('--state', help='a folder below /tmp that is there and stays')
    parser.add_argument('--ports', type=int, help='take free ports from this one on')
    parser.add_argument('tests', nargs='*')
    options = parser.parse_args()
    build = os.path.abspath(options.build) if options.build else find_build()
    missing = [name for name in ('sipp', 'baresip', 'flite', 'sox', 'bwrap', 'mmdebstrap', 'openssl') if shutil.which(name) is None]
    if missing:
        sys.exit('run.py: not installed: ' + ', '.join(missing))

    tap = Tap()
    os.environ.setdefault('ASAN_OPTIONS', 'detect_leaks=1:exitcode=99')
    os.environ.setdefault('UBSAN_OPTIONS', 'print_stacktrace=1:halt_on_error=1')
    os.environ.setdefault('LSAN_OPTIONS', 'suppressions=%s:print_suppressions=0' % os.path.join(TOP, 'tests', 'lsan.supp'))
    state = options.state or tempfile.mkdtemp(prefix='sidetone-peers-', dir='/tmp')
    asterisk.first_port(options.ports)
    if options.tests:
        run_here(tap, build, state, options.tests)
    else:
        Lanes(tap, build, state).run()
    code = tap.end()
    if options.keep or code:
        tap.say('state kept in ' + state)
    elif not options.state:
        shutil.rmtree(state, ignore_errors=True)
    return code


if __name__ == '__main__':
    sys.exit(main())
