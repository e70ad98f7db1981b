# SPDX-License-Identifier: GPL-3.0-or-later
"""A piece of network between a line of ours and a far end: it passes SIP over
UDP and the sound on, loses what it is told to lose, and knows what it lost."""

import random
import re
import select
import socket
import threading

from asterisk import free_ports


def bound(port):
    new = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    new.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    new.bind(('127.0.0.1', port))
    return new


class Middle:
    """For one call. @loss is the share of their packets of sound that never arrives."""

    def __init__(self, port, loss=0.0, seed=1):
        self.target, self.loss, self.chance = ('127.0.0.1', port), loss, random.Random(seed)
        self.port = free_ports(socket.SOCK_DGRAM)
        # Of each pair, the first faces us, the second them.
        self.sip = (bound(self.port), bound(free_ports(socket.SOCK_DGRAM)))
        first = free_ports(socket.SOCK_DGRAM, 4)
        self.sound, self.reports = (bound(first), bound(first + 2)), (bound(first + 1), bound(first + 3))
        self.first, self.caller, self.places = first, None, [None, None]   # where we and they hear sound
        self.fate = []                    # of their packets of sound, in order: whether it was passed on
        self.ours = []                    # packets of sound we sent, whole
        self.alive = True
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def describe(self, data, theirs):
        """A message with our own ports in its description."""
        head, gap, body = data.partition(b'\r\n\r\n')
        found = re.search(rb'm=audio (\d+) ', body)
        if not found:
            return data
        self.places[theirs] = int(found.group(1))
        port = self.first + (0 if theirs else 2)
        body = re.sub(rb'm=audio \d+ ', b'm=audio %d ' % port, body)
        body = re.sub(rb'a=rtcp:\d+', b'a=rtcp:%d' % (port + 1), body)
        head = re.sub(rb'(?im)^(content-length|l)( *: *)\d+', rb'\g<1>\g<2>%d' % len(body), head)
        return head + gap + body

    def take(self, which):
        data, source = which.recvfrom(65535)
        if which is self.sip[0]:
            self.caller = source
            self.sip[1].sendto(self.describe(data, 0), self.target)
        elif which is self.sip[1]:
            if self.caller:
                self.sip[0].sendto(self.describe(data, 1), self.caller)
        elif which is self.sound[0]:
            self.ours.append(data)
            self.pass_on(self.sound[1], data, self.places[1])
        elif which is self.sound[1]:
            passed = self.chance.random() >= self.loss
            self.fate.append(passed)
            if passed:
                self.pass_on(self.sound[0], data, self.places[0])
        elif which is self.reports[0]:
            self.pass_on(self.reports[1], data, self.places[1] and self.places[1] + 1)
        else:
            self.pass_on(self.reports[0], data, self.places[0] and self.places[0] + 1)

    @staticmethod
    def pass_on(through, data, port):
        if port:
            through.sendto(data, ('127.0.0.1', port))

    def run(self):
        everything = self.sip + self.sound + self.reports
        while self.alive:
            for which in select.select(everything, [], [], 0.2)[0]:
                try:
                    self.take(which)
                except OSError:      # a port that is not open any more
                    pass

    def lost(self):
        """The share that never arrived, between the first and the last that did: before and after nobody can know."""
        passed = [i for i, fate in enumerate(self.fate) if fate]
        span = self.fate[passed[0]:passed[-1] + 1] if passed else []
        return span.count(False) / len(span) if span else 0.0

    def close(self):
        self.alive = False
        self.thread.join(2)
        for each in self.sip + self.sound + self.reports:
            each.close()
