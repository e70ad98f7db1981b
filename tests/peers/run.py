#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tests with other people's programs: a real Asterisk, SIPp, baresip.

    python3 tests/peers/run.py [--build DIR] [--keep] [TEST…]

Prints TAP. Needs sipp, baresip, flite, sox, bwrap, openssl and mmdebstrap; the Asterisk comes from
tools/root.sh. --keep leaves the state folder for a look.
"""

import argparse
import importlib
import os
import shutil
import sys
import tempfile
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)

from tap import Tap  # noqa: E402

TESTS = ['source', 'doctor', 'actions', 'sip', 'sip_account', 'sip_tls', 'sip_asterisk', 'sip_endurance', 'sip_mutated', 'test_call', 'call_far', 'call_queue', 'call_line', 'call_match', 'campaign']


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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build')
    parser.add_argument('--keep', action='store_true')
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
    state = tempfile.mkdtemp(prefix='sidetone-peers-', dir='/tmp')
    for name in options.tests or TESTS:
        try:
            importlib.import_module('test_' + name).run(tap, build, os.path.join(state, name))
        except Exception as error:   # a failure is a result, whatever it is
            tap.check(False, '%s: %s' % (name, error), traceback.format_exc().splitlines())
    code = tap.end()
    if options.keep or code:
        tap.say('state kept in ' + state)
    else:
        shutil.rmtree(state, ignore_errors=True)
    return code


if __name__ == '__main__':
    sys.exit(main())
