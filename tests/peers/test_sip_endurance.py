# SPDX-License-Identifier: GPL-3.0-or-later
"""The telephone line over hundreds of calls, with the memory checked; and what
it leaves in logs at their loudest."""

import collections
import os
import re
import time

from sip_cases import Cases
from sip_peer import PASSWORD, Peer, nonce, sdp
from test_sip_tls import Authority, own_suppressions

CASES = Cases('sip endurance', together=2)
case = CASES.add
STATE = None
COURSES = ('ok', 'busy', 'ring', 'auth', 'early', 'theirs')


class Server(Peer):
    """Answers everything by itself; the number says how."""

    def __init__(self, *args, **more):
        self.seen, self.invites = collections.Counter(), {}
        super().__init__(*args, **more)

    def take(self, message):
        self.log.append(message)
        if message.is_answer:
            return
        self.seen[message.method] += 1
        if message.method == 'INVITE':
            self.invited(message)
        elif message.method == 'CANCEL':
            self.reply(message, 200, 'OK', tag='t')
            self.reply(self.invites[message['Call-ID']], 487, 'Request Terminated', tag='t', contact=False)
        elif message.method == 'ACK':
            invite = self.invites.get(message['Call-ID'])
            if invite and self.course(invite) == 'theirs':
                self.request(invite, 'BYE', 1, tag='t')
        elif message.method == 'REGISTER' and not message['Authorization']:
            self.challenge(message, 401, [nonce(1, 'SHA-256'), nonce(2, 'MD5')])
        else:
            self.reply(message, 200, 'OK', headers=[h for h in ['Contact: %s;expires=300' % message['Contact']] if message.method == 'REGISTER'])

    @staticmethod
    def course(invite):
        return re.search(r'sips?:(\w+)@', invite.uri).group(1)

    def invited(self, invite):
        course = self.course(invite)
        self.reply(invite, 100, 'Trying')
        if course == 'auth' and not invite['Authorization']:
            self.challenge(invite, 401, [nonce(3, 'SHA-256'), nonce(4, 'MD5')])
            return
        self.invites[invite['Call-ID']] = invite
        if course == 'busy':
            self.reply(invite, 486, 'Busy Here', tag='t', contact=False)
            return
        self.reply(invite, 183 if course == 'early' else 180, 'Soon', tag='t', body=sdp() if course == 'early' else b'')
        if course != 'ring':
            self.reply(invite, 200, 'OK', tag='t', body=sdp())


def one_call(run, line, number):
    course = COURSES[number % len(COURSES)]
    line.cmd('call', str(number), course)
    if course == 'ring':
        run.expect(line.ev('state', call=number, state='ringing'), '%d does not ring' % number)
    elif course not in ('busy', 'theirs'):
        run.expect(line.ev('state', call=number, state='answered'), '%d is not answered' % number)
    if number % 5 == 0 and course == 'ok':
        line.cmd('offer', str(number), 'sendonly')
        run.expect(line.ev('reoffered', call=number), '%d cannot be held' % number)
    line.cmd('hangup', str(number))
    end = line.end(number)
    wanted = {'busy': ('refused', 'cancelled'), 'ring': ('cancelled',), 'theirs': ('them', 'us', 'cancelled')}.get(course, ('us',))
    run.expect(end and end['by'] in wanted, '%d (%s) ended as %r' % (number, course, end))
    line.cmd('forget', str(number))


for kind in ('udp', 'tcp'):
    @case('200 calls over %s: no handle is left, nothing leaks' % kind, kind)
    def calls(run, transport):
        peer = Server(transport)
        run.peers.append(peer)
        line = run.line('--transport=' + transport, '--registers', server=peer.host)
        counts = []
        for number in range(200):
            one_call(run, line, number)
            if number % 40 == 39:
                counts.append(line.fds())
        run.equal(len(set(counts)), 1, 'open files every 40 calls %r' % counts)
        run.equal(line.threads() <= 6, True, 'threads')
        line.cmd('close')
        run.expect(line.ev('closed'), 'not closed')


@case('50 calls at once')
def at_once(run):
    peer = Server()
    run.peers.append(peer)
    line = run.line(server=peer.host)
    before = line.fds()
    for number in range(50):
        line.cmd('call', str(number), 'ok')
    for number in range(50):
        run.expect(line.ev('state', call=number, state='answered', timeout=6), '%d is not answered' % number)
    for number in range(50):
        line.cmd('hangup', str(number))
    for number in range(50):
        run.expect(line.end(number), '%d did not end' % number)
    run.equal(line.fds(), before, 'open files')


@case('online and closed 20 times: no handle is left')
def again(run):
    peer = Server('tcp')
    run.peers.append(peer)
    line = run.line('--transport=tcp', '--registers', server=peer.host)
    counts = []
    for number in range(20):
        line.cmd('close')
        run.expect(line.wait(lambda event: line.count('closed') == number + 1), 'not closed')
        counts.append(line.fds())
        line.cmd('online')
        run.expect(line.wait(lambda event: line.count('account', state='ready') == number + 2), 'not ready')
    run.equal(len(set(counts)), 1, 'open files once closed %r' % counts)


# -- what is written down

SECRETS = {
    'the password': re.compile(re.escape(PASSWORD)),
    'an answer to a challenge': re.compile(r'response\s*=\s*"?[0-9a-f]{6}', re.I),
    'a key': re.compile(r'inline:\s*[A-Za-z0-9+/]{6}'),
    'credentials': re.compile(r'authorization\s*:\s*digest\s', re.I),
}
NOISY = {'G_MESSAGES_DEBUG': 'all', 'TPORT_LOG': '1', 'NUA_DEBUG': '9', 'NTA_DEBUG': '9', 'TPORT_DEBUG': '9', 'SOFIA_DEBUG': '9', 'SU_DEBUG': '9', 'MSG_DUMP': '1'}

for kind in ('udp', 'tcp', 'tls'):
    @case('logs at their loudest over %s hold no password, no answer to a challenge, no key' % kind, kind)
    def logs(run, transport):
        dump = os.path.join(STATE, 'dump-' + transport)
        folder = os.path.join(STATE, 'certificates-' + transport)
        args, context = ['--transport=' + transport, '--registers'], None
        if transport == 'tls':
            authority = Authority(folder)
            context = authority.context('ip')
            args += ['--trusted=' + authority.path('ca.pem'), '--srtp']
        peer = Server(transport, context=context)
        run.peers.append(peer)
        line = run.line(*args, server=peer.host, env=dict(NOISY, TPORT_DUMP=dump, TPORT_CAP=dump + '.cap',
                                                          LSAN_OPTIONS='suppressions=%s:print_suppressions=0' % own_suppressions(STATE)))
        for number in range(12):
            one_call(run, line, number)
        line.cmd('test')
        run.expect(line.ev('tested', step='done'), 'the test failed')
        line.cmd('close')
        line.ev('closed')
        time.sleep(0.2)
        text = ''.join(line.other)
        run.expect(len(line.other) > 500 and 'INVITE sip:' in text and 'REGISTER sip:' in text and 'm=audio' in text, 'nothing was logged: %d lines' % len(line.other))
        sent = b'\n'.join(message.raw for message in peer.log).decode('utf-8', 'replace')
        run.expect(SECRETS['an answer to a challenge'].search(sent) and (transport != 'tls' or SECRETS['a key'].search(sent)), 'nothing secret was sent')
        for what, pattern in SECRETS.items():
            found = pattern.search(text)
            run.expect(not found, '%s stands in the log: %s' % (what, text[max(0, found.start() - 60):found.start() + 20] if found else ''))
        run.expect(not os.path.exists(dump) and not os.path.exists(dump + '.cap'), 'messages were dumped to a file')


def run(tap, build, state):
    global STATE
    STATE = state
    os.makedirs(state, exist_ok=True)
    CASES.run(tap, build)
