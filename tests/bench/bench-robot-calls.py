#!/usr/bin/env python3
"""bench-robot-calls.py - test calls at the same time on one core, and how soon an INVITE leaves

Copyright 2026 The Sidetone authors
SPDX-License-Identifier: GPL-3.0-or-later

One process of ours (tests/peers/call-line) on core 0 makes the calls over SIP,
each recorded and listened to as a robot's is; a far end on the other cores
answers them, sends sound and takes the time of each packet of ours in the
kernel. An underrun is a packet that comes later than the 60 ms a far end's
buffer has at least, or never. Prints the figures; exits with 1 when a limit is
passed. The build should be a release, the machine otherwise idle.

bench-robot-calls.py BUILD [CALLS [SECONDS]]
"""
import os
import re
import shutil
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'peers'))

from calls import CallLine  # noqa: E402
from sip_peer import Peer, sdp  # noqa: E402
from sipp import write_tone  # noqa: E402

LATE_MS = 60
INVITE_LIMIT_MS = 50
STAMP = getattr(socket, 'SO_TIMESTAMPNS', 35)


class FarEnd(Peer):
    """Answers every call, sends each a tone, and knows when each packet of theirs came."""

    def __init__(self, tone):
        self.tone, self.invited, self.calls, self.packets = tone, {}, [], {}
        self.sound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        self.sound.setsockopt(socket.SOL_SOCKET, STAMP, 1)
        self.sound.bind(('127.0.0.1', 0))
        super().__init__()
        for work in (self.hear, self.speak):
            threading.Thread(target=work, daemon=True).start()

    def take(self, message):
        if message.is_answer or message.method == 'ACK':
            return
        if message.method == 'INVITE':
            self.invited[message['Call-ID']] = message.at
            self.calls.append(int(re.search(rb'm=audio (\d+)', message.body).group(1)))
            self.reply(message, 200, 'OK', body=sdp(self.sound.getsockname()[1]))
        else:
            self.reply(message, 200, 'OK')

    def hear(self):
        while self.alive:
            data, about, _, source = self.sound.recvmsg(2048, 64)
            for _, kind, stamp in about:
                if kind == STAMP and len(data) > 12 and data[1] & 0x7f == 8:
                    seconds, nanoseconds = struct.unpack('qq', stamp)
                    number = struct.unpack('!H', data[2:4])[0]
                    self.packets.setdefault(source[1], {})[number] = seconds * 1000 + nanoseconds / 1e6

    def speak(self):
        begun, number = time.monotonic(), 0
        while self.alive:
            number += 1
            time.sleep(max(0, begun + number * 0.02 - time.monotonic()))
            at = number * 160 % (len(self.tone) - 160)
            for call, port in enumerate(list(self.calls)):
                head = struct.pack('!BBHII', 0x80, 8, number & 0xffff, number * 160 & 0xffffffff, 1000 + call)
                self.sound.sendto(head + self.tone[at:at + 160], ('127.0.0.1', port))


def lateness(packets):
    """Of each packet, ms behind the best one, and how many never came."""
    numbers = sorted(packets)
    if numbers[-1] - numbers[0] > 40000:        # they are counted anew
        packets = {number + (65536 if number < 30000 else 0): at for number, at in packets.items()}
        numbers = sorted(packets)
    places = [packets[number] - (number - numbers[0]) * 20 for number in numbers]
    return [place - min(places) for place in places], numbers[-1] - numbers[0] + 1 - len(numbers)


def busy_s(pid):
    with open('/proc/%d/stat' % pid, encoding='ascii') as file:
        fields = file.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def invite_ms(line, far, name):
    """From the command to the INVITE at the far end."""
    known, begun = len(far.invited), time.monotonic()
    line.dial(name, '100', os.path.join(line.state, name + '.wav'))
    while len(far.invited) == known:
        if time.monotonic() > begun + 10:
            sys.exit('no INVITE within 10 s')
        time.sleep(0.001)
    return (max(far.invited.values()) - begun) * 1000


def measure(build, state, calls, seconds):
    others = os.sched_getaffinity(0) - {0}
    os.sched_setaffinity(0, others or {0})
    write_tone(os.path.join(state, 'tone.al'), 1000)
    with open(os.path.join(state, 'tone.al'), 'rb') as file:
        far = FarEnd(file.read())
    line = CallLine(build, state, far.port)
    subprocess.run(['taskset', '-a', '-c', '-p', '0', str(line.process.pid)], check=True, stdout=subprocess.DEVNULL)
    time.sleep(3)       # what calls need is loaded meanwhile
    invites = [invite_ms(line, far, 'c%d' % number) for number in range(calls)]
    for number in range(calls):
        line.need('state', 20, call='c%d' % number, words='answered')
    time.sleep(1)
    far.packets.clear()
    begun, before = time.monotonic(), busy_s(line.process.pid)
    time.sleep(seconds)
    busy = (busy_s(line.process.pid) - before) / (time.monotonic() - begun)
    heard = {port: dict(packets) for port, packets in far.packets.items()}
    for number in range(calls):
        line.cmd('hangup', 'c%d' % number)
    quality = [line.need('ended', 30, call='c%d' % number)['record'].get('quality', {}) for number in range(calls)]
    line.quit()
    far.close()
    return invites, heard, busy, quality


def main():
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    build = os.path.abspath(sys.argv[1])
    calls, seconds = int((sys.argv + ['', ''])[2] or 20), float((sys.argv + ['', '', ''])[3] or 30)
    state = tempfile.mkdtemp(prefix='sidetone-robots-')
    try:
        invites, heard, busy, quality = measure(build, state, calls, seconds)
    finally:
        shutil.rmtree(state, ignore_errors=True)
    late, missing = [], 0
    for packets in heard.values():
        behind, gone = lateness(packets)
        late += behind
        missing += gone
    late.sort()
    underruns = missing + sum(1 for each in late if each > LATE_MS)
    print('%d calls for %.0f s on core 0: %d of them heard, %d packets' % (calls, seconds, len(heard), len(late)))
    print('CPU %.0f %% of the core, %.1f %% a call' % (busy * 100, busy * 100 / calls))
    print('packets late: median %.1f ms, 99.9 %% within %.1f ms, worst %.1f ms; %d never came' % (
        statistics.median(late), late[min(len(late) - 1, int(len(late) * 0.999))], late[-1], missing))
    print('underruns (later than %d ms, or never): %d' % (LATE_MS, underruns))
    print('lost or late on our side: %.2f %% at most; MOS at least %.2f' % (
        max(each.get('loss', 0) for each in quality) * 100, min(each.get('mos', 0) for each in quality)))
    print('INVITE: median %.1f ms, first %.1f ms, worst %.1f ms (limit %d ms)' % (statistics.median(invites), invites[0], max(invites), INVITE_LIMIT_MS))
    fine = len(heard) == calls and len(late) > calls * seconds * 49 and underruns == 0 and max(invites) <= INVITE_LIMIT_MS
    print('fine' if fine else 'MISSED: a limit is passed')
    return 0 if fine else 1


if __name__ == '__main__':
    sys.exit(main())
