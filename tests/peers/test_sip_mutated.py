# SPDX-License-Identifier: GPL-3.0-or-later
"""The telephone line gets messages with something wrong in them, thousands of
them, in every moment of a call; with the memory checked.

    python3 tests/peers/test_sip_mutated.py BUILD SECONDS [SEED]      for longer
"""

import os
import queue
import random
import sys
import time

from sip_peer import Line, Peer, sdp

SEEDS = (1, 2)
SECONDS = 5
BAD = [b'\0', b'\r\n', b'\r\n\r\n', b';', b',', b'"', b'<', b'>', b'@', b':', b'%', b'%00', b'\xff', b'\xc3\xa9', b'A' * 300, b'A' * 5000, b'(' * 60,
       b'[', b']', b'=', b'99999999999999999999', b'-1', b'0', b'4294967296', b'multipart/mixed', b'message/sipfrag', b'\t', b' ', b'\r\n ', b'sip:',
       b'tel:+1', b'sips:[::1', b'SIP/2.0', b'SIP/3.0', b'branch=', b'tag=', b'sdp', b'lr', b'expires=', b'algorithm=', b'a=crypto:', b'\\']
EXTRA = [
    ['Reason: Q.850;cause=16;text="x"'], ['Record-Route: <sip:127.0.0.1:9;lr>, <sip:127.0.0.1:8;lr>'], ['Require: 100rel', 'RSeq: 5'],
    ['Retry-After: 10 (x);duration=4'], ['Session-Expires: 90;refresher=uac', 'Require: timer', 'Min-SE: 90'],
    ['WWW-Authenticate: Digest realm="r", nonce="n", qop="auth,auth-int", algorithm=MD5, opaque="o", stale=TRUE, domain="sip:x"'],
    ['Proxy-Authenticate: Digest realm="r", nonce="n"', 'Proxy-Authenticate: Digest realm="r", nonce="m", algorithm=SHA-256'],
    ['Contact: <sip:a@127.0.0.1:9>;q=0.5, "x y" <sip:b@127.0.0.1:9>;expires=5'],
    ['Supported: a,b,c', 'Allow: INVITE, ACK', 'Server: x/1 (y)', 'Warning: 399 host "t"', 'P-Asserted-Identity: "X" <sip:x@y>',
     'Call-Info: <http://x>;purpose=icon', 'Refer-To: <sip:x@y?Replaces=1>', 'Event: refer;id=1', 'Subscription-State: active;expires=3',
     'Content-Disposition: session;handling=optional', 'Authentication-Info: nextnonce="z"', 'Replaces: a;to-tag=b;from-tag=c'], [],
]
# The stack loses some 3 KB when a far end says BYE before it answered, which it may not: errors count here, not leaks.
ENVIRONMENT = {'ASAN_OPTIONS': 'detect_leaks=0:exitcode=99:intercept_tls_get_addr=0'}
PARTS = b'--XX\r\nContent-Type: application/sdp\r\n\r\n' + sdp() + b'\r\n--XX--\r\n'
BODIES = [('application/sdp', sdp()), ('application/sdp', sdp()), ('multipart/mixed;boundary=XX', PARTS), ('multipart/mixed; boundary="XX"', PARTS),
          ('application/sdp', b'')]


class Mutator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def line_of(self, lines):
        return self.random.randrange(len(lines))

    def bytewise(self, data):
        place = self.random.randrange(len(data) or 1)
        kind = self.random.randrange(3)
        if kind == 0 and data:
            data[place] = self.random.randrange(256)
        elif kind == 1:
            data[place:place] = self.random.choice(BAD)
        else:
            del data[place:place + self.random.choice([1, 1, 4, 20])]
        return data

    def linewise(self, data):
        lines = bytes(data).split(b'\r\n')
        at = self.line_of(lines)
        kind = self.random.randrange(4)
        if kind == 0:
            lines.insert(self.line_of(lines), lines[at])
        elif kind == 1:
            del lines[at]
        elif kind == 2:
            name, colon, value = lines[at].partition(b':')
            if colon:
                lines[at] = name + b': ' + self.random.choice(BAD) + (value if self.random.random() < 0.5 else b'')
        elif lines[at]:
            line = bytearray(lines[at])
            place = self.random.randrange(len(line))
            line[place:place + self.random.randrange(1, 8)] = self.random.choice(BAD)
            lines[at] = bytes(line)
        return bytearray(b'\r\n'.join(lines))

    def mutate(self, data):
        data = bytearray(data)
        for _ in range(self.random.choice([0, 1, 1, 1, 2, 3, 6])):
            data = self.bytewise(data) if self.random.random() < 0.43 else self.linewise(data)
        return bytes(data)[:60000]


class Tormentor(Peer):
    """Sends nothing as it is while `wild`."""

    def __init__(self, kind, seed):
        self.mutator, self.wild, self.sent = Mutator(seed), False, 0
        super().__init__(kind)

    def send(self, data, to):
        if self.wild:
            self.sent += 1
            data = self.mutator.mutate(data)
        super().send(data, to)

    def torment(self, invite):
        chance = self.mutator.random
        for _ in range(chance.randrange(2, 12)):
            headers, (ctype, body) = list(chance.choice(EXTRA)), chance.choice(BODIES)
            if chance.random() < 0.6:
                self.reply(invite, chance.choice([100, 180, 183, 183, 200, 200, 401, 407, 302, 422, 486, 491, 500, 503, 603]), 'X', headers, body,
                           chance.choice(['a', 'b']), ctype=ctype)
            else:
                self.request(invite, chance.choice(['INVITE', 'BYE', 'OPTIONS', 'NOTIFY', 'UPDATE', 'INFO', 'CANCEL', 'ACK', 'REFER', 'PRACK',
                                                    'MESSAGE', 'SUBSCRIBE', 'STRANGE']), chance.randrange(1, 9), headers, chance.choice([body, b'', sdp()]),
                             chance.choice(['a', 'b']))
            time.sleep(0.002)

    def answer_rest(self):
        """Most of what the line asked meanwhile."""
        chance = self.mutator.random
        while True:
            try:
                message = self.inbox.get_nowait()
            except queue.Empty:
                return
            try:
                if not message.is_answer and message.method != 'ACK' and chance.random() < 0.8:
                    self.reply(message, chance.choice([200, 200, 401, 481, 491]), 'Y', list(chance.choice(EXTRA)))
            except (TypeError, AttributeError):    # the line sent on what was wrong already
                pass


def torment(build, kind, seconds, seed):
    """How many messages, and what was found (nothing is fine)."""
    peer = Tormentor(kind, seed)
    line = Line(build, '--transport=' + kind, '--reliable', server=peer.host, env=ENVIRONMENT)
    chance, number, end = peer.mutator.random, 0, time.monotonic() + seconds
    while time.monotonic() < end and line.alive():
        number += 1
        line.events.clear()
        line.cmd('call', str(number), 'b')
        invite = peer.get('INVITE', timeout=2)
        while invite and invite.tag('To'):
            invite = peer.get('INVITE', timeout=2)
        if not invite:
            break
        peer.wild = True
        peer.torment(invite)
        line.cmd(*chance.choice([('hangup', str(number)), ('offer', str(number), 'sendonly'), ('hangup', str(number))]))
        time.sleep(0.01)
        peer.answer_rest()
        peer.wild = False
        line.cmd('hangup', str(number))
        line.cmd('forget', str(number))
    code = line.quit(15) if line.alive() else line.process.returncode
    peer.close()
    return peer.sent, [] if code == 0 else ['exit %s after %d messages in %d calls, seed %d' % (code, peer.sent, number, seed)] + line.other[-60:]


def run(tap, build, state):
    for kind in ('udp', 'tcp'):
        for seed in SEEDS:
            sent, found = torment(build, kind, SECONDS, seed)
            tap.check(sent > 200 and not found, 'sip: messages with something wrong in them over %s, seed %d' % (kind, seed), found)
            tap.say('%d messages' % sent)


if __name__ == '__main__':
    os.environ.setdefault('UBSAN_OPTIONS', 'print_stacktrace=1:halt_on_error=1')
    for transport in ('udp', 'tcp'):
        print(transport, *torment(os.path.abspath(sys.argv[1]), transport, float(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1))
