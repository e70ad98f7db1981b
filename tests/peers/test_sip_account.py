# SPDX-License-Identifier: GPL-3.0-or-later
"""The account of a telephone line beside scripted servers: registering, coming
back, closing, and the "Test" button."""

import socket
import time

from sip_cases import Cases
from sip_peer import PASSWORD, Peer, check_digest, nonce, sdp

CASES = Cases('sip account', together=4)
case = CASES.add


# -- registration

def registrar(run, *args, kind='udp'):
    peer = run.peer(kind)
    line = run.line('--transport=' + kind, '--registers', *args, server=peer.host, online=False)
    line.cmd('online')
    return peer, line, peer.get('REGISTER')


def accept(peer, register, expires=300):
    peer.reply(register, 200, 'OK', headers=['Contact: %s;expires=%d' % (register['Contact'].split(';expires')[0], expires)])


@case('registration with SHA-256, refreshed with new nonces, taken back')
def registration(run):
    peer, line, register = registrar(run, '--expires=60')
    for number in range(2):
        peer.challenge(register, 401, [nonce(number, 'MD5'), nonce(number, 'SHA-256', more=', stale=true' if number else '')])
        register = peer.get('REGISTER')
        run.equal(check_digest(register and register['Authorization'], 'REGISTER'), 'SHA-256 1', 'the credentials')
        accept(peer, register, 3)
        if number == 0:
            run.expect(line.ev('account', state='ready'), 'not ready')
            register = peer.get('REGISTER', timeout=6)
            run.expect(register, 'not refreshed')
    line.cmd('close')
    gone = peer.get('REGISTER', timeout=2)
    run.expect(gone and ('expires=0' in gone['Contact'] or gone['Expires'] == '0'), 'not taken back')
    if gone:
        accept(peer, gone, 0)
    run.expect(line.ev('closed'), 'not closed')


for code, state, reason in ((403, 'offline', 'forbidden'), (404, 'offline', 'unauthorized'), (500, 'waiting', 'failed')):
    @case('registration refused with %d' % code, code, state, reason)
    def refused_registration(run, number, wanted, why):
        peer, line, register = registrar(run)
        peer.reply(register, number, 'No')
        run.expect(line.ev('account', state=wanted, reason=why), 'the line says %r' % line.events[-1])


@case('a registrar that wants to be asked less often')
def too_brief(run):
    peer, line, register = registrar(run, '--expires=60')
    peer.reply(register, 423, 'Interval Too Brief', headers=['Min-Expires: 900'])
    register = peer.get('REGISTER')
    run.equal(register and register['Expires'], '900', 'what is asked for')
    if register:
        accept(peer, register, 900)
    run.expect(line.ev('account', state='ready'), 'not ready')


for number, state in ((403, 'offline'), (503, 'waiting')):
    @case('a refresh is refused with %d: the call that stands goes on' % number, number, state)
    def refused_refresh(run, code, wanted):
        peer, line, register = registrar(run)
        accept(peer, register, 3)
        run.expect(line.ev('account', state='ready'), 'not ready')
        invite = run.dial(peer, line)
        run.answer(peer, line, invite)
        register = peer.get('REGISTER', timeout=6)
        run.expect(register, 'not refreshed')
        peer.reply(register, code, 'No', headers=['Retry-After: 60'] if code == 503 else [])
        run.expect(line.ev('account', state=wanted), 'the line says %r' % line.events[-1])
        time.sleep(0.2)
        run.expect(not line.end(timeout=0.1), 'the call was torn down')
        peer.request(invite, 'INVITE', 1, body=sdp(direction='sendonly', version=2))
        run.expect(peer.get('INVITE', code=200), 'the call is deaf')
        peer.request(invite, 'ACK', 1)
        before = line.fds()
        run.hang_up(peer, line)
        time.sleep(0.3)
        run.expect(line.fds() < before, 'its sockets stay open: %d, then %d' % (before, line.fds()))


@case('registration with a wrong password is not tried for ever')
def wrong_registration(run):
    peer, line, register = registrar(run, '--password', 'other')
    count = 0
    while register and count < 6:
        peer.challenge(register, 401, [nonce(count)])
        count, register = count + 1, peer.get('REGISTER', timeout=1.5)
    run.equal(count, 2, 'REGISTERs')
    run.expect(line.ev('account', state='offline', reason='unauthorized'), 'the line says %r' % line.events[-1])


@case('registration not answered: waits, and comes back by itself')
def silent_registrar(run):
    peer, line, _ = registrar(run, '--answer=500')
    run.expect(line.ev('account', state='waiting', reason='timed-out'), 'the line says %r' % line.events[-1])
    end = time.monotonic() + 6
    while time.monotonic() < end and not line.count('account', state='ready'):
        register = peer.get('REGISTER', timeout=0.5)
        if register:
            accept(peer, register)
    run.expect(line.ev('account', state='ready', timeout=0.5), 'it did not come back')


# -- closing

@case('closing with calls that stand, ring and are unanswered')
def closing(run):
    peer = run.peer()
    line = run.line(server=peer.host)
    first = run.dial(peer, line, 1)
    run.answer(peer, line, first, 1)
    second = run.dial(peer, line, 2)
    peer.reply(second, 180, 'Ringing', tag='b')
    line.ev('state', call=2, state='ringing')
    run.dial(peer, line, 3)
    line.cmd('close')
    run.expect(peer.get('BYE', timeout=1) and peer.get('CANCEL', timeout=1), 'no BYE or no CANCEL')
    closed = line.ev('closed', timeout=3)
    run.expect(closed and int(closed['ms']) <= 1000, 'closing took %r' % closed)
    run.equal([line.end(call)['by'] for call in (1, 2, 3)], ['us', 'cancelled', 'cancelled'], 'the ends')
    line.cmd('call', '4', '100')
    run.expect(line.ev('no-call', error='disconnected'), 'a call on a closed line')
    line.cmd('online')
    run.expect(line.wait(lambda event: line.count('account', state='ready') == 2), 'it does not come back online')


@case('an account that is forgotten ends its calls and its registration')
def forgotten(run):
    peer, line, register = registrar(run)
    accept(peer, register)
    run.expect(line.ev('account', state='ready'), 'not ready')
    first = run.dial(peer, line, 1)
    run.answer(peer, line, first, 1)
    second = run.dial(peer, line, 2)
    peer.reply(second, 180, 'Ringing', tag='b')
    line.ev('state', call=2, state='ringing')
    line.cmd('drop')
    bye, cancel, gone = peer.get('BYE', timeout=1), peer.get('CANCEL', timeout=1), peer.get('REGISTER', timeout=1)
    run.expect(bye and cancel and gone and gone['Expires'] == '0', 'BYE %r, CANCEL %r, REGISTER %r' % (bye, cancel, gone))


for kind in ('udp', 'tcp', 'tls'):
    @case('closing while it connects over ' + kind, kind)
    def closing_early(run, transport):
        peer = run.peer('udp' if transport == 'udp' else 'tcp')     # a server without TLS keeps the look waiting
        line = run.line('--transport=' + transport, '--registers', server=peer.host, online=False)
        for number in range(1, 4):
            line.cmd('online')
            line.wait(lambda event: line.count('account', state='connecting') == number)
            line.cmd('close')
            run.expect(line.wait(lambda event: line.count('closed') == number, 2), 'not closed')
            run.equal([event['state'] for event in line.events if event['ev'] == 'account'][-1], 'offline', 'the state')


@case('a name that does not exist: waits, and says so')
def no_name(run):
    line = run.line('--domain=no-such-host.invalid', online=False)
    line.cmd('online')
    told = line.wait(lambda event: event['ev'] == 'account' and event['state'] == 'waiting', 8)
    run.expect(told and told['reason'] in ('not-found', 'unreachable') and told['message'], 'told %r' % told)
    line.cmd('call', '1', '100')
    run.expect(line.ev('no-call', error='disconnected'), 'called without a line')


@case('numbers that are none')
def bad_numbers(run):
    peer = run.peer()
    line = run.line(server=peer.host)
    for number, target in enumerate(('sip:', 'sip:a@b?Route=x', '<sip:a@b>', 'tel:+1', 'x' * 300, 'a"b@c')):
        line.cmd('call', str(number), target)
        run.expect(line.ev('no-call', call=number, error='invalid'), target + ' was called')
    line.cmd('call', '9', '100', 'Route', 'x')
    run.expect(line.ev('no-call', call=9, error='invalid'), 'a header that is not ours was sent')


# -- the "Test" button

for name, answer, step, error in (('all is well', 200, 'done', None), ('a wrong password', 401, 'password', 'unauthorized'),
                                  ('an unknown user', 404, 'password', 'unauthorized'), ('a forbidden one', 403, 'password', 'forbidden')):
    @case('test: ' + name, answer, step, error)
    def button(run, number, reached, why):
        peer = run.peer()
        line = run.line('--registers', server=peer.host, online=False)
        line.cmd('test')
        options = peer.get('OPTIONS')
        peer.reply(options, 404, 'Whatever')
        register = peer.get('REGISTER')
        while register and not line.count('tested'):
            if number == 200:
                accept(peer, register, 300)
            elif number == 401:
                peer.challenge(register, 401, [nonce(register.cseq)])
            else:
                peer.reply(register, number, 'No')
            register = peer.get('REGISTER', timeout=0.7)
        told = line.ev('tested')
        run.equal(told and (told['step'], told['error']), (reached, why), 'the result')
        run.expect(told and told['words'] and PASSWORD not in told['words'], 'the words')


@case('test: nobody there, and nobody of that name')
def button_nobody(run):
    gone = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    gone.bind(('127.0.0.1', 0))
    for args, step, why in ((['--transport=tcp', '--server=127.0.0.1:%d' % gone.getsockname()[1]], 'reach', 'unreachable'),
                            (['--server=127.0.0.1:9'], 'reach', 'unreachable'),
                            (['--server=no-such-host.invalid:5060'], 'name', None)):
        line = run.line(*args, online=False)
        line.cmd('test')
        told = line.ev('tested', timeout=6)
        run.equal(told and told['step'], step, 'the step of %s' % args)
        if why:
            run.equal(told and told['error'], why, 'the reason of %s' % args)
    gone.close()


for kind in ('udp', 'tcp'):
    @case('test: a name whose first address is dead goes on to the next over ' + kind, kind)
    def button_second(run, transport):
        peer = run.peer(transport)
        line = run.line('--domain=localhost', '--transport=' + transport, '--registers', server='localhost:%d' % peer.port, online=False)
        line.cmd('test')
        options = peer.get('OPTIONS')
        if run.expect(options, 'no OPTIONS came; the line says %r' % line.events[-1]):
            peer.reply(options, 200, 'OK')
            accept(peer, peer.get('REGISTER'), 300)
        told = line.ev('tested')
        run.equal(told and (told['step'], told['error']), ('done', None), 'the result')


def both_of_localhost(run, kind, other):
    """Two servers with one port, at ::1 and at 127.0.0.1; none where this computer has no ::1."""
    peer = run.peer(kind)
    try:
        second = Peer(other, ip='::1', port=peer.port)
    except OSError:
        return None
    run.peers.append(second)
    return peer, second


def answer_one(first, second):
    """Whichever address comes first stays silent, and the other answers; whether it was asked."""
    options = first.get('OPTIONS', timeout=3)
    silent, other = (first, second) if options else (second, first)
    silent.get('OPTIONS', timeout=0.5)
    options = other.get('OPTIONS', timeout=8)
    if options:
        other.reply(options, 200, 'OK')
    return options


for kind in ('udp', 'tcp'):
    @case('test: a silent address, then the next over ' + kind, kind)
    def button_silent_first(run, transport):
        both = both_of_localhost(run, transport, transport)
        if not both:
            return
        line = run.line('--domain=localhost', '--transport=' + transport, server='localhost:%d' % both[0].port, online=False)
        begun = time.monotonic()
        line.cmd('test')
        run.expect(answer_one(*both), 'the second was never asked; the line says %r' % line.events[-1])
        told = line.ev('tested', timeout=3)
        run.equal(told and (told['step'], told['error']), ('done', None), 'the result')
        run.expect(told and 4 < told['at'] - begun < 9, 'it took too long')


@case('test: no address of a name works: the one that came furthest is told of, in bounded time')
def button_none(run):
    peer = run.peer()
    line = run.line('--domain=localhost', server='localhost:%d' % peer.port, online=False)
    begun = time.monotonic()
    line.cmd('test')
    told = line.ev('tested', timeout=12)
    run.equal(told and (told['step'], told['error']), ('answer', 'timed-out'), 'the result')
    run.expect(told and 4 < told['at'] - begun < 7, 'it took too long')


@case('test: silence, told after five seconds')
def button_silence(run):
    peer = run.peer()
    line = run.line(server=peer.host, online=False)
    begun = time.monotonic()
    line.cmd('test')
    told = line.ev('tested', timeout=8)
    run.equal(told and (told['step'], told['error']), ('answer', 'timed-out'), 'the result')
    run.expect(told and 4 < told['at'] - begun < 6.5, 'it took too long')


def run(tap, build, state):
    CASES.run(tap, build)
