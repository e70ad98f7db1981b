# SPDX-License-Identifier: GPL-3.0-or-later
"""The telephone line beside a real Asterisk, over UDP, TCP, TLS and IPv6, with
every kind of password it knows; and beside SIPp with lost packets."""

import os
import socket
import subprocess
import time

from asterisk import Asterisk, free_ports, wait_until
from sip_cases import Cases
from sip_peer import PASSWORD, has_ipv6

CASES = Cases('sip asterisk', together=2)
case = CASES.add
PBX = None
STATE = None

# user -> what its password and endpoint want
USERS = {
    'alice': 'auth_type=userpass',
    'both': 'auth_type=digest\nsupported_algorithms_uas=SHA-256,MD5',
    'sha': 'auth_type=digest\nsupported_algorithms_uas=SHA-256',
    'rel': 'auth_type=userpass',
}
NUMBERS = '''
[line]
exten => 600,1,Answer()
 same => n,Echo()
exten => 603,1,Progress()
 same => n,Playtones(800)
 same => n,Wait(10)
exten => 604,1,Busy(2)
exten => 606,1,Ringing()
 same => n,Wait(60)
exten => 607,1,Hangup(34)
exten => 608,1,Answer()
 same => n,Wait(0.5)
 same => n,Hangup(16)
exten => 610,1,Goto(${PJSIP_HEADER(read,X-Sidetone-Test)},1)
'''


class Pbx(Asterisk):
    """With telephones that register, over every transport."""

    def __init__(self, state):
        super().__init__(state, [], {}, NUMBERS)
        self.tcp, self.tls, self.six = free_ports(socket.SOCK_STREAM), free_ports(socket.SOCK_STREAM), free_ports(socket.SOCK_DGRAM)

    def write_config(self):
        super().write_config()
        out = ['[line-tcp]\ntype=transport\nprotocol=tcp\nbind=127.0.0.1:%d' % self.tcp,
               '[line-tls]\ntype=transport\nprotocol=tls\nbind=127.0.0.1:%d\ncert_file=%s\npriv_key_file=%s\nmethod=tlsv1_2'
               % (self.tls, self.certificate, self.certificate),
               '[line-udp6]\ntype=transport\nprotocol=udp\nbind=[::1]:%d' % self.six]
        for user, how in USERS.items():
            out.append('[%s](base)\ncontext=line\naors=%s\nauth=%s%s' % (user, user, user, '\n100rel=required' if user == 'rel' else ''))
            out.append('[%s]\ntype=aor\nmax_contacts=9' % user)
            out.append('[%s]\ntype=auth\n%s\nusername=%s\npassword=%s' % (user, how, user, PASSWORD))
        with open(os.path.join(self.state, 'etc', 'pjsip.conf'), 'a', encoding='utf-8') as file:
            file.write('\n' + '\n'.join(out) + '\n')


def line_to(run, way, user, *args, **more):
    where = {'udp': ('udp', '127.0.0.1', PBX.sip_port), 'tcp': ('tcp', '127.0.0.1', PBX.tcp), 'tls': ('tls', '127.0.0.1', PBX.tls),
             'udp6': ('udp', '::1', PBX.six)}[way]
    return run.line('--transport=' + where[0], '--domain=' + where[1], '--user=' + user, '--registers', '--trusted=' + PBX.certificate, *args,
                    server=('[%s]:%d' if ':' in where[1] else '%s:%d') % where[1:],
                    env={'LSAN_OPTIONS': 'suppressions=%s:print_suppressions=0' % suppressions()}, **more)


def suppressions():
    """As in test_sip_tls.py: the stack leaks what OpenSSL allocates."""
    from test_sip_tls import own_suppressions
    return own_suppressions(STATE)


for way, user in [('udp', 'alice'), ('tcp', 'both'), ('tls', 'sha')] + ([('udp6', 'alice')] if has_ipv6() else []):
    @case('the courses of a call over ' + way, way, user)
    def courses(run, transport, name):
        line = line_to(run, transport, name)
        line.cmd('call', '1', '600')
        run.expect(line.ev('state', call=1, state='answered'), 'echo does not answer: %r' % line.events[-2:])
        run.expect(line.ev('described', call=1, code=200), 'not described')
        for number, direction in enumerate(('sendonly', 'sendrecv'), 1):
            line.cmd('offer', '1', direction)
            run.expect(line.wait(lambda event: line.count('reoffered', error=None) == number), 'no %s' % direction)
        line.cmd('hangup', '1', 'done')
        run.equal(line.end(1)['by'], 'us', 'the end of echo')
        line.cmd('call', '2', '603')
        run.expect(line.ev('described', call=2, code=183) and line.ev('state', call=2, state='early'), 'no early sound')
        line.cmd('hangup', '2')
        run.equal(line.end(2)['by'], 'cancelled', 'the end of the early sound')
        line.cmd('call', '3', '606')
        run.expect(line.ev('state', call=3, state='ringing'), 'it does not ring')
        line.cmd('hangup', '3')
        end = line.end(3)
        run.equal((end['by'], end['code']), ('cancelled', 487), 'the end of the ringing')
        for number, target, code, cause in (('4', '604', 486, None), ('5', '607', 503, 34), ('6', '999', 404, None)):
            line.cmd('call', number, target)
            end = line.end(number)
            run.equal((end['by'], end['code']), ('refused', code), 'the end of ' + target)
            run.expect(cause in (None, end['cause']), 'the cause of %s: %r' % (target, end['cause']))
        line.cmd('call', '7', '608')
        end = line.end(7)
        run.equal((end['by'], end['protocol'], end['cause']), ('them', 'Q.850', 16), 'their hanging up')
        line.cmd('close')
        run.expect(line.ev('closed'), 'not closed')


for user, args in (('alice', []), ('both', []), ('sha', []), ('rel', ['--reliable'])):
    @case('a call by the user “%s”' % user, user, args)
    def kinds(run, name, more):
        line = line_to(run, 'udp', name, *more)
        line.cmd('call', '1', '600')
        run.expect(line.ev('state', call=1, state='answered'), 'not answered: %r' % line.events[-2:])
        line.cmd('hangup', '1')
        run.equal(line.end(1)['by'], 'us', 'the end')


@case('a wrong password, in words')
def wrong(run):
    line = line_to(run, 'udp', 'sha', '--password=other', online=False)
    line.cmd('online')
    run.expect(line.ev('account', state='offline', reason='unauthorized'), 'the line says %r' % line.events[-1])
    line.cmd('test')
    told = line.ev('tested')
    run.equal(told and (told['step'], told['error']), ('password', 'unauthorized'), 'the test')


@case('the test of a good account')
def good(run):
    for way in ('udp', 'tls'):
        line = line_to(run, way, 'sha', online=False)
        line.cmd('test')
        told = line.ev('tested')
        run.equal(told and (told['step'], told['error']), ('done', None), 'the test over ' + way)


@case('our header reaches the dialplan, which goes where it says')
def header(run):
    line = line_to(run, 'udp', 'alice')
    line.cmd('call', '1', '610', 'X-Sidetone-Test', '604')
    run.equal(line.end(1)['code'], 486, 'the code')


def is_open(port):
    with open('/proc/net/udp', encoding='ascii') as file:
        return ':%04X ' % port in file.read()


for lost in (0, 10):
    @case('SIPp answers 20 calls, %d %% of its packets lost' % lost, lost)
    def sipp(run, percent):
        port = free_ports(socket.SOCK_DGRAM)
        folder = os.path.join(STATE, 'sipp-%d' % percent)
        os.makedirs(folder)
        process = subprocess.Popen(['sipp', '-sn', 'uas', '-i', '127.0.0.1', '-p', str(port), '-nostdin'] + (['-lost', str(percent)] if percent else []),
                                   cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_until(lambda: is_open(port), 5, 'SIPp to open its port')
            line = run.line('--answer=8000', server='127.0.0.1:%d' % port)
            for number in range(20):
                line.cmd('call', str(number), '100')
            ended = time.monotonic() + 15
            up = [number for number in range(20) if line.ev('state', call=number, state='answered', timeout=max(0.1, ended - time.monotonic()))]
            # Chance may take all five of one INVITE.
            run.expect(len(up) >= (18 if percent else 20), 'answered: %r, ended: %r' % (up, [event for event in line.events if event['ev'] == 'end']))
            for number in up:
                line.cmd('hangup', str(number))
            for number in up:
                end = line.end(number)
                run.expect(end and end['by'] == 'us', 'the end of call %d: %r' % (number, end))
        finally:
            process.kill()
            process.wait(5)


def run(tap, build, state):
    global PBX, STATE
    os.makedirs(state, exist_ok=True)
    STATE = state
    PBX = Pbx(os.path.join(state, 'pbx'))
    try:
        PBX.start()
        CASES.run(tap, build)
    finally:
        PBX.stop()
