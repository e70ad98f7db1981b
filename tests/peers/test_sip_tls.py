# SPDX-License-Identifier: GPL-3.0-or-later
"""The telephone line over TLS: whose certificates it takes and whose not, also
where somebody else takes the server's place after the first look."""

import os
import socket
import ssl
import subprocess
import time

from sip_cases import Cases
from sip_peer import Peer, has_ipv6, sdp

CASES = Cases('sip tls', together=4)
case = CASES.add
HOST = 'pbx.test'


class Authority:
    """Certificates made for one run by openssl, in one folder."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(os.path.join(folder, 'db'), exist_ok=True)
        for name in ('ca', 'other'):
            self.openssl('req', '-x509', *self.key(name), '-days', '30', '-subj', '/CN=Tests ' + name, '-addext', 'basicConstraints=critical,CA:TRUE',
                         '-addext', 'keyUsage=critical,keyCertSign,cRLSign', '-out', name + '.pem')
        self.leaf('good', HOST, 'DNS:%s,DNS:*.wild.test' % HOST)
        self.leaf('cn', HOST, None)
        self.leaf('ip', 'by-address', 'IP:127.0.0.1')
        self.leaf('local', 'localhost', 'DNS:localhost')
        self.leaf('wrong', 'another.test', 'DNS:another.test')
        self.leaf('prefix', 'x', 'DNS:%s.evil.test' % HOST)
        self.leaf('cn-other-san', HOST, 'DNS:another.test')
        self.leaf('other-ca', HOST, 'DNS:' + HOST, 'other')
        self.leaf('expired', HOST, 'DNS:' + HOST, dates=('200101000000Z', '210101000000Z'))
        self.leaf('future', HOST, 'DNS:' + HOST, dates=('400101000000Z', '410101000000Z'))
        self.leaf('inter', 'Tests between', None, authority=True)
        self.leaf('no-chain', HOST, 'DNS:' + HOST, 'inter')
        self.leaf('by-leaf', HOST, 'DNS:' + HOST, 'good')
        self.join('chain', 'no-chain', 'inter')
        self.join('by-leaf', 'by-leaf', 'good')
        self.openssl('req', '-x509', *self.key('self'), '-days', '30', '-subj', '/CN=' + HOST, '-addext', 'subjectAltName=DNS:' + HOST, '-out', 'self.pem')
        with open(self.path('hosts'), 'w', encoding='ascii') as file:
            file.write('127.0.0.1 localhost %s a.wild.test b.a.wild.test\n' % HOST)

    def path(self, name):
        return os.path.join(self.folder, name)

    def openssl(self, *words):
        subprocess.run(('openssl',) + words, cwd=self.folder, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @staticmethod
    def key(name):
        return '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', name + '.key'

    def leaf(self, name, common_name, alternatives, issuer='ca', dates=None, authority=False):
        """The only tool of openssl's that takes any dates is its small authority."""
        self.openssl('req', *self.key(name), '-subj', '/CN=' + common_name, '-out', name + '.csr')
        with open(self.path(name + '.ext'), 'w', encoding='ascii') as file:
            file.write('basicConstraints=critical,CA:%s\n' % ('TRUE' if authority else 'FALSE'))
            if alternatives:
                file.write('subjectAltName=%s\n' % alternatives)
        with open(self.path('ca.cnf'), 'w', encoding='ascii') as file:
            file.write('[ca]\ndefault_ca=d\n[d]\ndatabase=db/index\nnew_certs_dir=db\ndefault_md=sha256\npolicy=p\nunique_subject=no\n'
                       'rand_serial=yes\n[p]\ncommonName=supplied\n')
        open(self.path('db/index'), 'a', encoding='ascii').close()
        self.openssl('ca', '-batch', '-config', 'ca.cnf', '-cert', issuer + '.pem', '-keyfile', issuer + '.key', '-in', name + '.csr',
                     '-out', name + '.pem', '-extfile', name + '.ext', '-notext', *(('-startdate', dates[0], '-enddate', dates[1]) if dates else ('-days', '20')))

    def join(self, name, *parts):
        text = b''.join(open(self.path(part + '.pem'), 'rb').read() for part in parts)
        with open(self.path(name + '.pem'), 'wb') as file:
            file.write(text)
        if name != parts[0]:
            os.link(self.path(parts[0] + '.key'), self.path(name + '.key'))

    def context(self, name):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path(name + '.pem'), self.path(name + '.key'))
        return context


AUTHORITY = None
SUPPRESSIONS = '/dev/null'


class Turns:
    """One certificate for the first connection, another for those after it."""

    def __init__(self, *contexts):
        self.contexts = list(contexts)

    def wrap_socket(self, connection, **how):
        context = self.contexts.pop(0) if len(self.contexts) > 1 else self.contexts[0]
        return context.wrap_socket(connection, **how)


def own_suppressions(state):
    """The stack never frees what OpenSSL allocates for a connection (docs/sip.md).
    Of this the leak checker sees the innermost frames alone."""
    path = os.path.join(state, 'lsan.supp')
    with open(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'lsan.supp'), encoding='ascii') as file:
        known = file.read()
    with open(path, 'w', encoding='ascii') as file:
        file.write(known + 'leak:libcrypto.so\nleak:libssl.so\n')
    return path


def answers_questions(peer):
    """From now on it answers OPTIONS by itself."""
    whole = peer.take

    def take(message):
        if message.method == 'OPTIONS' and not message.is_answer:
            peer.reply(message, 200, 'OK')
            peer.questions = getattr(peer, 'questions', 0) + 1
        else:
            whole(message)
    peer.take = take
    return peer


def tls_peer(run, context):
    return answers_questions(run.peer('tls', context=context))


def tls_line(run, peer, host=HOST, *args, **more):
    wrap = ('bwrap', '--dev-bind', '/', '/', '--ro-bind', AUTHORITY.path('hosts'), '/etc/hosts', '--die-with-parent')
    return run.line('--transport=tls', '--trusted=' + AUTHORITY.path('ca.pem'), '--domain=' + host, *args, server='%s:%d' % (host, peer.port), wrap=wrap,
                    env={'LSAN_OPTIONS': 'suppressions=%s:print_suppressions=0' % SUPPRESSIONS}, **more)


def answer_and_end(run, peer, line):
    invite = run.dial(peer, line)
    run.answer(peer, line, invite)
    run.hang_up(peer, line)
    return invite


for name, host in (('good', HOST), ('chain', HOST), ('cn', HOST), ('good', 'a.wild.test'), ('ip', '127.0.0.1')):
    @case('a call to %s with the certificate “%s”' % (host, name), name, host)
    def good(run, certificate, wanted):
        peer = tls_peer(run, AUTHORITY.context(certificate))
        line = tls_line(run, peer, wanted)
        answer_and_end(run, peer, line)
        run.equal(peer.accepted, 2, 'connections: one to look, one to stay')


@case('they hang up: our Contact leads to the connection that stands')
def far_bye(run):
    peer = tls_peer(run, AUTHORITY.context('good'))
    line = tls_line(run, peer)
    invite = run.dial(peer, line)
    run.equal(invite['Contact'], '<sip:alice@127.0.0.1:%d;transport=tls>' % invite.source[1], 'the Contact')
    run.answer(peer, line, invite)
    line.cmd('offer', '1', 'sendonly')
    again = peer.get('INVITE')
    run.equal(again and again['Contact'], invite['Contact'], 'the Contact of a change')
    peer.reply(again, 200, 'OK', body=sdp(direction='recvonly'))
    peer.get('ACK')
    peer.request(invite, 'INVITE', 1, body=sdp(version=4))
    answer = peer.get('INVITE', code=200)
    run.equal(answer and answer['Contact'], invite['Contact'], 'the Contact of an answer')
    peer.request(invite, 'ACK', 1)
    peer.request(invite, 'BYE', 2)
    run.expect(peer.get('BYE', code=200), 'the BYE was not answered')
    run.equal(line.end()['by'], 'them', 'the end')


@case('the connection breaks before the call: the far end is told where we are')
def moved(run):
    peer = tls_peer(run, AUTHORITY.context('good'))
    line = tls_line(run, peer)
    peer.drop()
    time.sleep(0.2)
    invite = run.dial(peer, line)
    wanted = '<sip:alice@127.0.0.1:%d;transport=tls>' % invite.source[1]
    run.expect(invite['Contact'] != wanted, 'the line knew before it could')
    run.answer(peer, line, invite, headers=['Allow: INVITE, ACK, BYE, UPDATE'])
    update = peer.get('UPDATE')
    run.equal(update and update['Contact'], wanted, 'the Contact of an UPDATE')
    if update:
        peer.reply(update, 200, 'OK')
    line.cmd('offer', '1', 'sendonly')
    again = peer.get('INVITE')
    run.equal(again and again['Contact'], wanted, 'the Contact of a change')
    if again:
        peer.reply(again, 200, 'OK', body=sdp(direction='recvonly'))
    run.hang_up(peer, line)
    second = run.dial(peer, line, 2)
    run.equal(second['Contact'], wanted, 'the Contact of the next call')
    run.answer(peer, line, second, 2)
    run.expect(not peer.get('UPDATE', timeout=0.3), 'told again')
    run.hang_up(peer, line, 2)


@case('the far end’s Contact and Record-Route name its address')
def by_address(run):
    peer = tls_peer(run, AUTHORITY.context('good'))
    line = tls_line(run, peer)
    invite = run.dial(peer, line)
    run.answer(peer, line, invite, headers=['Record-Route: <sip:127.0.0.1:%d;transport=tls;lr>' % peer.port])
    run.hang_up(peer, line)
    run.equal(peer.accepted, 2, 'connections')


REFUSED = ('wrong', 'prefix', 'cn-other-san', 'self', 'other-ca', 'expired', 'future', 'no-chain', 'by-leaf')
for name, host in [(each, HOST) for each in REFUSED] + [('good', 'b.a.wild.test'), ('good', '127.0.0.1')]:
    @case('%s with the certificate “%s” is refused' % (host, name), name, host)
    def refused(run, certificate, wanted):
        peer = tls_peer(run, AUTHORITY.context(certificate))
        line = tls_line(run, peer, wanted, '--registers', online=False)
        begun = time.monotonic()
        line.cmd('online')
        told = line.ev('account', state='offline', reason='untrusted')
        run.expect(told and told['message'] and told['at'] - begun < 2, 'the line says %r' % line.events[-1])
        line.cmd('test')
        told = line.ev('tested')
        run.equal(told and (told['step'], told['error']), ('trust', 'untrusted'), 'the test')
        run.equal(peer.log, [], 'what it was told')

@case('test: a wrong certificate at the first address, a good one at the next')
def next_address(run):
    peer = tls_peer(run, AUTHORITY.context('local'))
    if not has_ipv6():
        return
    run.peers.append(Peer('tls', ip='::1', port=peer.port, context=AUTHORITY.context('wrong')))
    line = tls_line(run, peer, 'localhost', online=False)
    line.cmd('test')
    told = line.ev('tested')
    run.equal(told and (told['step'], told['error']), ('done', None), 'the test')
    line.cmd('online')
    run.expect(line.ev('account', state='ready'), 'the line says %r' % line.events[-1])
    run.equal(run.peers[-1].log, [], 'what the wrong one was told')

for name, host in [(each, HOST) for each in REFUSED] + [('wrong', 'a.wild.test'), ('wrong', '127.0.0.1')]:
    @case('after a good look at %s somebody with “%s” takes its place' % (host, name), name, host)
    def impostor(run, certificate, wanted):
        first = AUTHORITY.context('ip' if wanted == '127.0.0.1' else 'good')
        peer = tls_peer(run, Turns(first, AUTHORITY.context(certificate)))
        line = tls_line(run, peer, wanted, '--answer=2500', online=False)
        line.cmd('online')
        told = line.wait(lambda event: event['ev'] == 'account' and event['state'] in ('waiting', 'offline', 'ready') and event['reason'], 8)
        run.expect(told and told['state'] != 'ready', 'the line says %r' % line.events[-1])
        run.equal((peer.log, getattr(peer, 'questions', 0)), ([], 0), 'what it was told')
        run.expect(peer.accepted >= 2, 'nobody came')


@case('the connection breaks in the call, and an impostor takes the port')
def impostor_in_call(run):
    turns = Turns(AUTHORITY.context('good'), AUTHORITY.context('good'), AUTHORITY.context('wrong'))
    peer = tls_peer(run, turns)
    line = tls_line(run, peer)
    invite = run.dial(peer, line)
    run.answer(peer, line, invite)
    known = len(peer.log)
    peer.drop()
    time.sleep(0.2)
    line.cmd('hangup', '1')
    run.equal(line.end()['by'], 'us', 'the end')
    run.equal(peer.log[known:], [], 'what it was told')


@case('the connection breaks in the call: BYE goes on a new one')
def broken(run):
    peer = tls_peer(run, AUTHORITY.context('good'))
    line = tls_line(run, peer)
    run.answer(peer, line, run.dial(peer, line))
    peer.drop()
    time.sleep(0.2)
    run.hang_up(peer, line)


for version, fine in (('TLSv1_1', False), ('TLSv1_2', True), ('TLSv1_3', True)):
    @case('a server with %s alone is %s' % (version, 'taken' if fine else 'refused'), version, fine)
    def versions(run, only, wanted):
        context = AUTHORITY.context('good')
        context.set_ciphers('ALL:@SECLEVEL=0')
        context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, only)
        peer = tls_peer(run, context)
        line = tls_line(run, peer, online=wanted)
        if wanted:
            answer_and_end(run, peer, line)
            return
        line.cmd('online')
        run.expect(line.wait(lambda event: event['ev'] == 'account' and event['state'] in ('offline', 'waiting') and event['reason']), 'not told')
        run.equal(peer.log, [], 'what it was told')


@case('a server that speaks no TLS there, and one that says nothing at all')
def no_tls(run):
    plain = run.peer('tcp')
    mute = socket.socket()
    mute.bind(('127.0.0.1', 0))
    mute.listen(5)
    for port in (plain.port, mute.getsockname()[1]):
        plain.port = port
        line = tls_line(run, plain, online=False)
        begun = time.monotonic()
        line.cmd('online')
        told = line.wait(lambda event: event['ev'] == 'account' and event['state'] in ('offline', 'waiting') and event['reason'], 8)
        run.expect(told and told['at'] - begun < 6.5, 'told %r' % told)
    mute.close()


@case('keys for the sound are offered over TLS')
def srtp(run):
    peer = tls_peer(run, AUTHORITY.context('good'))
    line = tls_line(run, peer, HOST, '--srtp')
    invite = run.dial(peer, line)
    run.expect(b'RTP/SAVP' in invite.body and b'a=crypto:' in invite.body, 'no keys')
    peer.reply(invite, 200, 'OK', body=sdp())
    peer.get('ACK')
    run.hang_up(peer, line)


def run(tap, build, state):
    global AUTHORITY, SUPPRESSIONS
    AUTHORITY = Authority(os.path.join(state, 'certificates'))
    SUPPRESSIONS = own_suppressions(state)
    CASES.run(tap, build)
