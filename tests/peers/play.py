#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Asterisk with made-up operators and callers, and sidetone-server beside
it: for a person to look at. Everything lives in one folder below /tmp, on free
ports, and is gone when it ends.

    play.py [--every SECONDS] [--for SECONDS] SERVER-PROGRAM CTL-PROGRAM [APP-PROGRAM]
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from asterisk import Asterisk, Manager, Queue  # noqa: E402
from feeds import Server  # noqa: E402

OPERATORS = ['Анна Петрова', 'Борис Иванов', 'Вера Смирнова', 'Глеб Орлов', 'Дина Волкова', 'Егор Лебедев']
REASONS = ['Обед', 'Перерыв', 'Обучение']


def member(i):
    return 'Local/%d@sim/n,0,%s,Local/%d@sim' % (901 + i, OPERATORS[i], 901 + i)


QUEUES = [
    Queue('tea-orders', '1001', 90, [member(i) for i in range(4)], ['ringinuse=no']),
    Queue('tea-delivery', '1002', 90, [member(i) for i in range(2, 5)], ['ringinuse=no']),
    Queue('toys', '1003', 60, [member(i) for i in range(3, 6)], ['ringinuse=no']),
]
PROJECTS = {'tea': ['tea-orders', 'tea-delivery'], 'toys': ['toys']}


class Play:
    def __init__(self, asterisk, every):
        self.every = every
        self.manager = Manager(asterisk.ami_port)
        self.paused = {}

    def call(self):
        number = '79%09d' % random.randrange(10 ** 9)
        queue = random.choice(QUEUES)
        self.manager.action('Originate', Channel='Local/%s@in/n' % queue.number, Context='sim', Exten='caller',
                            Priority='1', CallerID='"Caller" <%s>' % number, Async='true')

    def take_breaks(self, now):
        for interface, until in list(self.paused.items()):
            if now > until:
                self.manager.action('QueuePause', Interface=interface, Paused='false')
                del self.paused[interface]
        if random.random() < 0.02 and len(self.paused) < 2:
            interface = 'Local/%d@sim/n' % (901 + random.randrange(len(OPERATORS)))
            self.manager.action('QueuePause', Interface=interface, Paused='true', Reason=random.choice(REASONS))
            self.paused[interface] = now + random.uniform(30, 120)

    def run(self, goes_on):
        next_call = time.monotonic()
        while goes_on():
            now = time.monotonic()
            if now >= next_call:
                self.call()
                next_call = now + random.expovariate(1 / self.every)
            self.take_breaks(now)
            time.sleep(0.5)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--every', type=float, default=8, help='a call every so many seconds, on average')
    parser.add_argument('--for', dest='seconds', type=float, default=0, help='end by itself after so many seconds')
    parser.add_argument('server')
    parser.add_argument('ctl')
    parser.add_argument('app', nargs='?')
    options = parser.parse_args()

    # Closing the terminal, or a plain kill, must clear all away as Ctrl+C does.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))

    state = tempfile.mkdtemp(prefix='sidetone-asterisk-', dir='/tmp')
    asterisk = server = app = None
    try:
        asterisk = Asterisk(state, QUEUES, {})
        print('Starting Asterisk …')
        asterisk.start()
        server = Server(None, asterisk, PROJECTS, 10, programs=(options.server, options.ctl))
        print('%s, its manager on port %d, its state in %s' % (asterisk.version(), asterisk.ami_port, state))
        print('\nConnect the application to\n  address  http://127.0.0.1:%d\n  token    %s\n' % (server.port, server.token))
        if options.app:
            app = subprocess.Popen([options.app])
        print('A call comes every %g s. Ctrl+C, or closing the application, ends all of it.' % options.every)
        end = time.monotonic() + options.seconds if options.seconds else None
        Play(asterisk, options.every).run(lambda: (end is None or time.monotonic() < end)
                                          and (app is None or app.poll() is None))
    except KeyboardInterrupt:
        print()
    finally:
        for process in (app, server.process if server is not None else None):
            if process is not None and process.poll() is None:
                process.terminate()
                process.wait(20)
        if asterisk is not None:
            asterisk.stop()
        shutil.rmtree(state, ignore_errors=True)
    return 0


if __name__ == '__main__':
    sys.exit(main())
