# SPDX-License-Identifier: GPL-3.0-or-later
"""The Test Anything Protocol, version 13, for tests in Python."""

import sys
import time


class Tap:
    def __init__(self):
        self.number = 0
        self.failed = 0
        self.began = time.monotonic()

    def check(self, fine, name, details=()):
        """One result; details are words for a failure, one a line."""
        self.number += 1
        self.failed += not fine
        print('%sok %d - %s' % ('' if fine else 'not ', self.number, name))
        if not fine:
            for line in list(details)[:40]:
                self.say(line)
        sys.stdout.flush()
        return fine

    def again(self, fine, words):
        """A result of another run, with what follows its number."""
        self.number += 1
        self.failed += not fine
        print('%sok %d - %s' % ('' if fine else 'not ', self.number, words))

    def say(self, words):
        print('# ' + str(words).replace('\n', '\n# '))
        sys.stdout.flush()

    def skip(self, name, why):
        self.number += 1
        print('ok %d - %s # SKIP %s' % (self.number, name, why))

    def end(self):
        print('1..%d' % self.number)
        self.say('%d of %d failed, %.0f s' % (self.failed, self.number, time.monotonic() - self.began))
        return 1 if self.failed else 0
