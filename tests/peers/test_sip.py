# SPDX-License-Identifier: GPL-3.0-or-later
"""The telephone line beside scripted servers: every answer, race and fault of
docs/sip.md, each at the right moment, which no real server will do on demand."""

import re
import time

from sip_cases import Cases
from sip_peer import check_digest, has_ipv6, nonce, sdp

CASES = Cases('sip', together=4)
case = CASES.add


def start(run, *args, kind='udp'):
    """A peer, a line to it, and the INVITE of its first call."""
    peer = run.peer(kind)
    line = run.line('--transport=' + kind, *args, server=peer.host)
    return peer, line, run.dial(peer, line)


# -- the course of a call

@case('call, ring, answer, hang up', alone=True)
def course(run):
    peer = run.peer()
    line = run.line(server=peer.host)
    begun = time.monotonic()
    line.cmd('call', '1', '+7(495)000-11-22', 'X-Sidetone-Test', '42', 'X-More', 'a:b')
    invite = peer.get('INVITE')
    run.expect((invite.at - begun) < 0.05, 'the INVITE came %.0f ms after the order' % ((invite.at - begun) * 1000))
    run.equal(invite.uri, 'sip:+74950001122@127.0.0.1', 'the number')
    run.equal([invite['X-Sidetone-Test'], invite['X-More']], ['42', 'a:b'], 'headers')
    run.equal(line.ev('called')['call_id'], invite['Call-ID'], 'Call-ID')
    run.equal((invite['Supported'], invite['Require'], 'REFER' in invite['Allow']), ('timer', None, False), 'what is offered')
    peer.reply(invite, 100, 'Trying')
    run.expect(line.ev('state', state='trying'), 'not trying')
    peer.reply(invite, 180, 'Es läutet'.encode('latin-1').decode('latin-1'))
    ringing = line.ev('state', state='ringing')
    time.sleep(0.3)
    run.answer(peer, line, invite)
    answered = line.ev('state', state='answered')
    run.expect(abs((answered['since'] - ringing['since']) - (answered['at'] - ringing['at']) * 1000) <= 20,
               'the times are %d ms apart' % (answered['since'] - ringing['since']))
    bye = run.hang_up(peer, line)
    run.equal(line.states(), ['trying', 'ringing', 'answered', 'closing', 'ended'], 'states')
    run.equal(bye and bye.start.split()[1], 'sip:peer@' + peer.host, 'where the BYE goes')


for code, phrase, header, error in [
        (486, 'Busy Here', None, 'busy'), (480, 'Gone fishing', None, 'unreachable'), (603, 'Decline', None, 'failed'),
        (404, 'Nobody', None, 'not-found'), (407, 'Strange', None, 'unsupported'), (403, 'Blocked', None, 'forbidden'),
        (500, 'Oops', 'Reason: Q.850;cause=34;text="No circuit"', 'failed'), (408, 'Slow', None, 'timed-out'),
        (488, 'No codec', None, 'unsupported'), (600, 'Everywhere', 'Reason: Q.850;cause=17', 'busy'),
        (302, 'Moved', 'Contact: <sip:else@127.0.0.1:9>', 'failed'), (503, 'Full', None, 'unreachable'), (606, '', None, 'unsupported')]:
    @case('refused with %d' % code, code, phrase, header, error)
    def refused(run, number, words, more, wanted):
        peer, line, invite = start(run)
        peer.reply(invite, number, words, headers=[more] if more else (), contact=False)
        run.expect(peer.get('ACK'), 'no ACK')
        end = line.end()
        run.equal((end['by'], end['code'], end['phrase'] or '', end['error']), ('refused', number, words, wanted), 'the end')
        run.expect(end['words'], 'no words')
        if number == 500:
            run.equal((end['protocol'], end['cause'], end['text']), ('Q.850', 34, 'No circuit'), 'the reason')
        if number == 600:
            run.equal((end['protocol'], end['cause'], end['text']), ('Q.850', 17, None), 'the reason')
        if number == 302:
            run.equal(end['contact'], 'sip:else@127.0.0.1:9', 'where it points')
        run.expect(not peer.get('INVITE', timeout=0.3), 'called again by itself')


@case('503 with Retry-After is told at once and not waited for', alone=True)
def overloaded(run):
    peer, line, invite = start(run)
    begun = time.monotonic()
    peer.reply(invite, 503, 'Overloaded', headers=['Retry-After: 1'], contact=False)
    peer.get('ACK')
    end = line.end()
    run.equal((end['code'], end['retry_after'], end['error']), (503, 1, 'rate-limited'), 'the end')
    run.expect(end['at'] - begun < 0.5, 'it took %.1f s' % (end['at'] - begun))
    run.expect(not peer.get('INVITE', timeout=1.6), 'called again by itself')


@case('BYE at once after the answer')
def bye_at_once(run):
    peer, line, invite = start(run)
    peer.reply(invite, 200, 'OK', body=sdp())
    peer.get('ACK')
    peer.request(invite, 'BYE', 1, headers=['Reason: SIP;cause=480;text="Agent left"'])
    run.expect(peer.get('BYE', code=200), 'the BYE was not answered')
    end = line.end()
    run.equal((end['by'], end['protocol'], end['cause'], end['text']), ('them', 'SIP', 480, 'Agent left'), 'the end')


@case('BYEs cross')
def bye_crosses(run):
    peer, line, invite = start(run)
    run.answer(peer, line, invite)
    line.cmd('hangup', '1')
    bye = peer.get('BYE')
    peer.request(invite, 'BYE', 1)
    run.expect(peer.get('BYE', code=True), 'theirs was not answered')
    peer.reply(bye, 481, 'No such call')
    run.equal(line.end()['by'], 'us', 'who ended it')


@case('our BYE is not answered: over after a second', alone=True)
def bye_unanswered(run):
    peer, line, invite = start(run)
    run.answer(peer, line, invite)
    begun = time.monotonic()
    line.cmd('hangup', '1')
    run.expect(peer.get('BYE'), 'no BYE')
    end = line.end()
    run.expect(end and 0.9 < end['at'] - begun < 1.2 and end['by'] == 'us', 'the end: %r' % end)
    run.expect(peer.get('BYE', timeout=2), 'the BYE is not sent again')


@case('the answer sent again is acknowledged again')
def repeated_answer(run):
    peer, line, invite = start(run)
    run.answer(peer, line, invite)
    peer.reply(invite, 200, 'OK', body=sdp())
    run.expect(peer.get('ACK', timeout=1.5), 'no second ACK')
    run.hang_up(peer, line)
    run.equal(line.count('state', state='answered'), 1, 'times answered')


@case('a main loop that was away makes a time uncertain, and it is told by how much', alone=True)
def lateness(run):
    peer, line, invite = start(run)
    peer.reply(invite, 100, 'Trying')
    run.expect(line.ev('state', state='trying')['late'] <= 20, 'late without a reason: %r' % line.ev('state', state='trying'))
    line.cmd('block', '300')
    time.sleep(0.1)
    peer.reply(invite, 180, 'Ringing')
    ringing = line.ev('state', state='ringing')
    run.expect(ringing and 250 <= ringing['late'] <= 400, 'late after 300 ms: %r' % ringing)
    peer.reply(invite, 486, 'Busy', contact=False)
    line.end()


@case('two calls on one line')
def two_calls(run):
    peer = run.peer()
    line = run.line(server=peer.host)
    first, second = run.dial(peer, line, 1), run.dial(peer, line, 2, '200')
    for call, invite in ((1, first), (2, second)):
        run.answer(peer, line, invite, call)
    run.equal(run.hang_up(peer, line, 1)['Call-ID'], first['Call-ID'], 'the first BYE')
    run.equal(run.hang_up(peer, line, 2)['Call-ID'], second['Call-ID'], 'the second BYE')


# -- passwords

for name, code, algorithms, wanted in [
        ('MD5', 401, ['MD5'], 'MD5 1'), ('MD5 by a proxy', 407, ['MD5'], 'MD5 1'), ('no algorithm', 401, [None], 'MD5 1'),
        ('SHA-256 alone', 401, ['SHA-256'], 'SHA-256 1'), ('SHA-256, then MD5', 401, ['SHA-256', 'MD5'], 'SHA-256 1'),
        ('MD5, then SHA-256', 407, ['MD5', 'SHA-256'], 'SHA-256 1'), ('SHA-256, then none named', 401, ['SHA-256', None], 'SHA-256 1'),
        ('SHA-512-256 and MD5', 401, ['SHA-512-256', 'MD5'], 'SHA-512-256 1'), ('an unknown one and MD5', 401, ['SHA-3-X', 'MD5'], 'MD5 1')]:
    @case('password by ' + name, code, algorithms, wanted)
    def password(run, number, kinds, answer):
        peer, line, invite = start(run)
        peer.challenge(invite, number, [nonce(i, kind) for i, kind in enumerate(kinds)])
        run.expect(peer.get('ACK'), 'no ACK to the challenge')
        again = peer.get('INVITE')
        if not run.expect(again, 'no second INVITE'):
            return
        sent = again.all('Authorization' if number == 401 else 'Proxy-Authorization')
        run.equal([check_digest(value, 'INVITE') for value in sent], [answer], 'the credentials')
        run.answer(peer, line, again)
        bye = run.hang_up(peer, line)
        run.equal([check_digest(value, 'BYE') for value in bye.all('Authorization') + bye.all('Proxy-Authorization')],
                  [answer.replace(' 1', ' 2')], 'those of the BYE')


@case('a wrong password is one after the second refusal')
def wrong_password(run):
    peer = run.peer()
    line = run.line('--password', 'other', server=peer.host)
    invite = run.dial(peer, line)
    count = 0
    while invite and count < 6:
        peer.challenge(invite, 401, [nonce(count, 'SHA-256')])
        peer.get('ACK', timeout=1)
        count, invite = count + 1, peer.get('INVITE', timeout=0.7)
    run.equal(count, 2, 'INVITEs')
    end = line.end()
    run.equal((end['by'], end['code'], end['error']), ('refused', 401, 'unauthorized'), 'the end')


@case('a stale nonce is no wrong password')
def stale_nonce(run):
    peer, line, invite = start(run)
    peer.challenge(invite, 401, [nonce(1, 'SHA-256')])
    invite = peer.get('INVITE')
    peer.challenge(invite, 401, [nonce(2, 'SHA-256', more=', stale=true')])
    invite = peer.get('INVITE')
    run.equal(invite and check_digest(invite['Authorization'], 'INVITE'), 'SHA-256 1', 'the credentials')
    if invite:
        run.answer(peer, line, invite)
        run.hang_up(peer, line)


@case('a proxy and a server ask, each for its realm')
def two_realms(run):
    peer, line, invite = start(run)
    peer.challenge(invite, 407, [nonce(1, 'MD5', realm='proxy')])
    invite = peer.get('INVITE')
    peer.challenge(invite, 401, [nonce(2, 'SHA-256', realm='server')])
    invite = peer.get('INVITE')
    run.equal(invite and (check_digest(invite['Proxy-Authorization'], 'INVITE')[:4], check_digest(invite['Authorization'], 'INVITE')),
              ('MD5 ', 'SHA-256 1'), 'the credentials')
    if invite:
        run.answer(peer, line, invite)
        run.hang_up(peer, line)


for stale in (True, False):
    @case('BYE challenged with a new nonce, %s' % ('stale' if stale else 'not called stale'), stale)
    def new_nonce(run, said):
        peer, line, invite = start(run)
        peer.challenge(invite, 401, [nonce(1, 'MD5')])
        invite = peer.get('INVITE')
        run.answer(peer, line, invite)
        line.cmd('hangup', '1')
        bye = peer.get('BYE')
        peer.challenge(bye, 401, [nonce(2, 'MD5', more=', stale=true' if said else '')])
        bye = peer.get('BYE')
        if run.expect(bye, 'no second BYE'):
            run.equal(check_digest(bye['Authorization'], 'BYE'), 'MD5 1', 'its credentials')
            peer.reply(bye, 200, 'OK')
        run.equal(line.end()['by'], 'us', 'who ended it')


# -- descriptions

BODY = (b'--XX\r\nContent-Type: text/plain\r\n\r\nhello\r\n--XX\r\nContent-Type: application/sdp\r\n'
        b'Content-Disposition: session\r\n\r\n%s\r\n--XX--\r\n' % sdp(41234))
for ctype in ('multipart/mixed;boundary=XX', 'multipart/mixed; boundary=XX', 'multipart/mixed;boundary="XX"', 'Multipart/Mixed ; boundary="XX"'):
    @case('a description in ' + ctype, ctype)
    def multipart(run, kind):
        peer, line, invite = start(run)
        peer.reply(invite, 200, 'OK', body=b'preamble\r\n' + BODY, ctype=kind)
        run.expect(peer.get('ACK'), 'no ACK')
        run.expect(line.ev('described', port=41234, code=200), 'not described')
        run.hang_up(peer, line)


@case('an answer without a description is acknowledged and ended')
def undescribed(run):
    peer, line, invite = start(run)
    peer.reply(invite, 200, 'OK', body=BODY, ctype='multipart/mixed')
    run.expect(peer.get('ACK'), 'no ACK')
    bye = peer.get('BYE')
    run.expect(bye, 'no BYE')
    end = line.end()
    run.equal((end['by'], end['error']), ('lost', 'invalid'), 'the end')
    if bye:
        peer.reply(bye, 200, 'OK')


@case('several branches ring, the second answers, then the first too')
def forking(run):
    peer, line, invite = start(run)
    for code, tag, port in ((183, 'one', 41000), (183, 'two', 41002), (180, 'three', None)):
        peer.reply(invite, code, 'Progress', body=sdp(port) if port else b'', tag=tag)
    run.expect(line.ev('progress', code=180), 'not all was told')
    peer.reply(invite, 200, 'OK', body=sdp(41002), tag='two')
    ack = peer.get('ACK')
    run.equal(ack and ack.tag('To'), 'two', 'whom the ACK is for')
    peer.reply(invite, 200, 'OK', body=sdp(41000), tag='one')
    late, bye = peer.get('ACK'), peer.get('BYE')
    run.equal((late and late.tag('To'), bye and bye.tag('To')), ('one', 'one'), 'the late one is acknowledged and ended')
    if bye:
        peer.reply(bye, 200, 'OK')
    run.equal([(event['branch'], event['port'], event['code']) for event in line.events if event['ev'] == 'described'],
              [('one', '41000', '183'), ('two', '41002', '183'), ('two', '41002', '200')], 'descriptions')
    run.equal(run.hang_up(peer, line).tag('To'), 'two', 'whom our BYE is for')


# -- changes of a call that stands

@case('hold and resume, ours and theirs; an UPDATE; an INVITE without an offer')
def changes(run):
    peer, line, invite = start(run)
    run.answer(peer, line, invite)
    line.cmd('offer', '1', 'sendonly')
    ours = peer.get('INVITE')
    run.equal(ours and ours.direction(), 'sendonly', 'our hold')
    peer.reply(ours, 200, 'OK', body=sdp(direction='recvonly', version=2))
    run.expect(peer.get('ACK'), 'no ACK to our hold')
    run.expect(line.ev('reoffered', error=None), 'our hold did not come about')
    line.cmd('offer', '1', 'sendrecv')
    peer.reply(peer.get('INVITE'), 200, 'OK', body=sdp(version=3))
    peer.get('ACK')
    cseq = 0
    for method, direction, held in (('INVITE', 'sendonly', 'yes'), ('INVITE', 'sendrecv', 'no'), ('UPDATE', 'inactive', 'yes'), ('UPDATE', 'sendrecv', 'no')):
        cseq += 1
        peer.request(invite, method, cseq, body=sdp(direction=direction, version=3 + cseq))
        answer = peer.get(method, code=200)
        run.equal(answer and answer.direction(), {'sendonly': 'recvonly', 'inactive': 'inactive'}.get(direction, 'sendrecv'),
                  'the answer to %s in an %s' % (direction, method))
        if method == 'INVITE':
            peer.request(invite, 'ACK', cseq)
        line.wait(lambda event: line.count('held') == cseq, 2)
        run.equal([event['held'] for event in line.events if event['ev'] == 'held'][-1:], [held], 'whether it is held')
    peer.request(invite, 'INVITE', 7)
    answer = peer.get('INVITE', code=200)
    run.expect(answer and b'm=audio' in answer.body, 'no offer of ours')
    peer.request(invite, 'ACK', 7, body=sdp(41500, version=9))
    run.expect(line.ev('described', port=41500), 'their answer in the ACK did not reach us')
    run.hang_up(peer, line)


@case('an offer with no codec of ours is refused, and the call stands')
def strange_offer(run):
    peer, line, invite = start(run)
    run.answer(peer, line, invite)
    peer.request(invite, 'INVITE', 1, body=sdp().replace(b'AVP 8 101', b'AVP 96').replace(b'rtpmap:8 PCMA/8000', b'rtpmap:96 SPEEX/8000'))
    run.expect(peer.get('INVITE', code=488), 'not refused')
    peer.request(invite, 'ACK', 1)
    run.hang_up(peer, line)


@case('491 to our offer: tried again after 2.1 to 4 s')
def pending(run):
    peer, line, invite = start(run)
    run.answer(peer, line, invite)
    line.cmd('offer', '1', 'sendonly')
    peer.reply(peer.get('INVITE'), 491, 'Request Pending', contact=False)
    ack = peer.get('ACK')
    again = peer.get('INVITE', timeout=5)
    if run.expect(again and ack, 'not tried again'):
        run.expect(2 < again.at - ack.at < 4.2, 'tried again after %.1f s' % (again.at - ack.at))
        peer.reply(again, 200, 'OK', body=sdp(direction='recvonly'))
        run.expect(peer.get('ACK'), 'no ACK')
    run.expect(line.ev('reoffered', error=None), 'it did not come about')
    run.hang_up(peer, line)


@case('their offer while ours is open is answered with 491')
def glare(run):
    peer, line, invite = start(run)
    run.answer(peer, line, invite)
    line.cmd('offer', '1', 'sendonly')
    ours = peer.get('INVITE')
    peer.request(invite, 'INVITE', 1, body=sdp(direction='sendonly', version=3))
    run.expect(peer.get('INVITE', code=491), 'not answered with 491')
    peer.request(invite, 'ACK', 1)
    peer.reply(ours, 200, 'OK', body=sdp())
    run.expect(peer.get('ACK'), 'no ACK')
    run.hang_up(peer, line)


@case('our offer is refused or not answered: told, and the call stands')
def refused_offer(run):
    peer = run.peer()
    line = run.line('--answer=600', server=peer.host)
    invite = run.dial(peer, line)
    run.answer(peer, line, invite)
    line.cmd('offer', '1', 'sendonly')
    peer.reply(peer.get('INVITE'), 488, 'No', contact=False)
    peer.get('ACK')
    run.expect(line.ev('reoffered', error='unsupported'), 'the refusal was not told')
    line.cmd('offer', '1', 'sendonly')
    ours = peer.get('INVITE')
    run.expect(line.ev('reoffered', error='timed-out', timeout=2), 'the silence was not told')
    peer.reply(ours, 200, 'OK', body=sdp())
    run.expect(peer.get('ACK'), 'the late answer is not acknowledged')
    run.hang_up(peer, line)


# -- hanging up before the answer

@case('CANCEL while it rings')
def cancel(run):
    peer, line, invite = start(run)
    peer.reply(invite, 180, 'Ringing', tag='a')
    line.ev('state', state='ringing')
    line.cmd('hangup', '1')
    sent = peer.get('CANCEL')
    run.equal(sent and sent.branch(), invite.branch(), 'the branch')
    peer.reply(sent, 200, 'OK', tag='a')
    peer.reply(invite, 487, 'Request Terminated', tag='a', contact=False)
    run.expect(peer.get('ACK'), 'no ACK')
    end = line.end()
    run.equal((end['by'], end['code'], end['crossed']), ('cancelled', 487, 0), 'the end')


@case('CANCEL is held back until something was heard')
def cancel_early(run):
    peer, line, invite = start(run)
    line.cmd('hangup', '1')
    run.expect(not peer.get('CANCEL', timeout=0.4), 'CANCEL before any answer')
    peer.reply(invite, 180, 'Ringing', tag='a')
    sent = peer.get('CANCEL')
    if run.expect(sent, 'no CANCEL'):
        peer.reply(sent, 200, 'OK', tag='a')
        peer.reply(invite, 487, 'Request Terminated', tag='a', contact=False)
        run.expect(peer.get('ACK'), 'no ACK')
    run.equal(line.end()['by'], 'cancelled', 'the end')


for heard, told in ((True, 200), (True, 481), (False, None)):
    @case('the answer crosses our CANCEL (%s)' % ('CANCEL answered with %d' % told if heard else 'nothing heard before'), heard, told)
    def crossing(run, rings, cancelled):
        peer, line, invite = start(run)
        if rings:
            peer.reply(invite, 180, 'Ringing', tag='a')
            line.ev('state', state='ringing')
        line.cmd('hangup', '1')
        sent = peer.get('CANCEL', timeout=2 if rings else 0.2)
        peer.reply(invite, 200, 'OK', body=sdp(), tag='a')
        if sent:
            peer.reply(sent, cancelled, 'So', tag='a')
        ack, bye = peer.get('ACK', timeout=2), peer.get('BYE', timeout=2)
        run.expect(ack, 'no ACK')
        if run.expect(bye, 'no BYE: the call stands for ever'):
            peer.reply(bye, 200, 'OK')
        end = line.end()
        run.equal((end['by'], end['crossed']), ('cancelled', 1), 'the end')
        run.equal(line.count('state', state='answered'), 0, 'times answered')


@case('an answer long after we hung up is acknowledged and ended')
def very_late_answer(run):
    peer, line, invite = start(run)
    line.cmd('hangup', '1')
    end = line.end()
    run.expect(end and end['by'] == 'cancelled', 'not over after a second')
    line.cmd('forget', '1')
    time.sleep(0.3)
    peer.reply(invite, 200, 'OK', body=sdp(), tag='a')
    run.expect(peer.get('ACK', timeout=2), 'no ACK')
    bye = peer.get('BYE', timeout=2)
    if run.expect(bye, 'no BYE'):
        peer.reply(bye, 200, 'OK')


@case('CANCEL is never answered with 487: over after a second', alone=True)
def cancel_unanswered(run):
    peer, line, invite = start(run)
    peer.reply(invite, 180, 'Ringing', tag='a')
    line.ev('state', state='ringing')
    begun = time.monotonic()
    line.cmd('hangup', '1')
    peer.reply(peer.get('CANCEL'), 200, 'OK', tag='a')
    end = line.end()
    run.expect(end and 0.9 < end['at'] - begun < 1.2, 'the end: %r' % end)


# -- silence and broken ways

@case('nobody answers: over in the stated time', alone=True)
def silence(run):
    peer = run.peer()
    line = run.line('--answer=900', server=peer.host)
    begun = time.monotonic()
    run.dial(peer, line)
    end = line.end()
    run.equal(end and (end['by'], end['code'], end['error']), ('silent', 0, 'timed-out'), 'the end')
    run.expect(0.8 < end['at'] - begun < 1.2, 'it took %.1f s' % (end['at'] - begun))


@case('after the first sign there is no such limit')
def slow(run):
    peer = run.peer()
    line = run.line('--answer=400', server=peer.host)
    invite = run.dial(peer, line)
    peer.reply(invite, 100, 'Trying')
    time.sleep(1)
    peer.reply(invite, 180, 'Ringing')
    run.expect(line.ev('state', state='ringing'), 'it was given up')
    peer.reply(invite, 486, 'Busy', contact=False)
    run.equal(line.end()['code'], 486, 'the code')


@case('100 Trying several times, then nothing more')
def trying(run):
    peer, line, invite = start(run)
    for _ in range(3):
        peer.reply(invite, 100, 'Trying')
        run.expect(line.ev('progress', code=100), 'not told')
    line.cmd('hangup', '1')
    run.equal(line.end()['by'], 'cancelled', 'the end')


for kind in ('udp', 'tcp'):
    @case('nothing listens there: told at once (%s)' % kind, kind, alone=True)
    def closed_port(run, transport):
        peer = run.peer(transport)
        line = run.line('--transport=' + transport, server=peer.host)
        peer.close()
        begun = time.monotonic()
        line.cmd('call', '1', '100')
        end = line.end()
        run.equal(end and (end['by'], end['code'], end['error']), ('lost', 0, 'unreachable'), 'the end')
        run.expect(end['at'] - begun < 1, 'it took %.1f s' % (end['at'] - begun))


@case('TCP: the connection breaks in the call; BYE goes on a new one')
def tcp_broken(run):
    peer, line, invite = start(run, kind='tcp')
    run.answer(peer, line, invite)
    peer.drop()
    time.sleep(0.2)
    run.hang_up(peer, line)
    run.equal(peer.accepted, 2, 'connections')


@case('a call over TCP, with bodies cut anywhere')
def tcp_pieces(run):
    peer, line, invite = start(run, kind='tcp')
    sent = []
    whole = peer.send
    peer.send = lambda data, to: sent.append((data, to))
    peer.reply(invite, 200, 'OK', body=sdp())
    data, to = sent[0]
    for i in range(0, len(data), 37):
        to.connection.sendall(data[i:i + 37])
        time.sleep(0.002)
    peer.send = whole
    run.expect(peer.get('ACK'), 'no ACK')
    run.hang_up(peer, line)


for ip in ('udp', 'tcp') if has_ipv6() else ():
    @case('IPv6 over ' + ip, ip)
    def ipv6(run, transport):
        peer = run.peer(transport, ip='::1')
        line = run.line('--transport=' + transport, '--domain=::1', server=peer.host)
        invite = run.dial(peer, line)
        run.expect('[::1]' in invite['Contact'] and b'IP6 ::1' in invite.body, 'Contact %s, %r' % (invite['Contact'], invite.body[:60]))
        run.answer(peer, line, invite)
        run.hang_up(peer, line)


# -- reliable provisional answers, where they are switched on

@case('100rel: acknowledged, also several')
def reliable(run):
    peer, line, invite = start(run, '--reliable')
    run.expect('100rel' in (invite['Supported'] or ''), 'not offered')
    for number in (7, 8):
        peer.reply(invite, 183, 'Progress', headers=['Require: 100rel', 'RSeq: %d' % number], body=sdp() if number == 7 else b'', tag='a')
        prack = peer.get('PRACK')
        run.equal(prack and prack['RAck'].split()[0], str(number), 'what is acknowledged')
        if prack:
            peer.reply(prack, 200, 'OK', tag='a')
    run.answer(peer, line, invite, tag='a')
    run.hang_up(peer, line)


# -- what must not be followed

BAD_CONTACTS = ('<\tr@127.0.0.1:9>', '<tel:+1>', '<sip:x@>', '<foo:bar>', '*', '<sip:x@127.0.0.1:99999999>', '<sip:x@127.0.0.1;transport=foo>')


def end_of_bad(run, peer, line, known):
    """A call with such a target has ended, or can be ended; the program lives."""
    if not line.end(timeout=0.4):
        line.cmd('hangup', '1')
    bye = peer.get('BYE', timeout=0.4)
    if bye:
        peer.reply(bye, 200, 'OK')
    run.expect(line.end(timeout=2), 'the call did not end')
    run.expect(line.alive(), 'the program died')
    line.cmd('call', '2', 'next')
    invite = peer.get('INVITE')
    while invite and invite['Call-ID'] in known:
        invite = peer.get('INVITE')
    if run.expect(invite, 'no call can be made after it'):
        peer.reply(invite, 486, 'Busy', contact=False)
        run.expect(line.end(2), 'the next call did not end')


for contact in BAD_CONTACTS:
    @case('the answer’s Contact is %s' % re.sub(r'\s', ' ', contact), contact)
    def bad_answer(run, target):
        peer, line, invite = start(run)
        peer.reply(invite, 200, 'OK', headers=['Contact: ' + target], body=sdp(), contact=False)
        end_of_bad(run, peer, line, [invite['Call-ID']])

    @case('the answer to our offer has Contact %s' % re.sub(r'\s', ' ', contact), contact)
    def bad_reoffer(run, target):
        peer, line, invite = start(run)
        run.answer(peer, line, invite)
        line.cmd('offer', '1', 'sendonly')
        peer.reply(peer.get('INVITE'), 200, 'OK', headers=['Contact: ' + target], body=sdp(), contact=False)
        end_of_bad(run, peer, line, [invite['Call-ID']])

    @case('their offer has Contact %s' % re.sub(r'\s', ' ', contact), contact)
    def bad_offer(run, target):
        peer, line, invite = start(run)
        run.answer(peer, line, invite)
        peer.request(invite, 'INVITE', 1, contact=target, body=sdp())
        time.sleep(0.1)
        peer.request(invite, 'ACK', 1)
        end_of_bad(run, peer, line, [invite['Call-ID']])

for route in ('<r@127.0.0.1>', '<tel:+1>', '<http://127.0.0.1;lr>'):
    @case('the answer’s Record-Route is ' + route, route)
    def bad_route(run, target):
        peer, line, invite = start(run)
        peer.reply(invite, 200, 'OK', headers=['Record-Route: ' + target], body=sdp())
        end_of_bad(run, peer, line, [invite['Call-ID']])


@case('a second answer from another branch with a Contact that is none')
def bad_fork(run):
    peer, line, invite = start(run)
    run.answer(peer, line, invite, tag='one')
    for number, contact in enumerate(BAD_CONTACTS):
        peer.reply(invite, 200, 'OK', headers=['Contact: ' + contact], body=sdp(), tag='fork%d' % number, contact=False)
    time.sleep(0.2)
    run.hang_up(peer, line)


@case('methods we do not have are refused, strangers’ calls too')
def strangers(run):
    peer, line, invite = start(run)
    run.answer(peer, line, invite)
    for number, method in enumerate(('REFER', 'MESSAGE', 'SUBSCRIBE', 'INFO', 'NOTIFY'), 1):
        peer.request(invite, method, number, headers=['Refer-To: <sip:x@127.0.0.1>', 'Event: refer', 'Subscription-State: active'])
        answer = peer.get(method, code=True)
        run.equal(answer and answer.code, 405, method)
    target = re.search(r'<([^>]+)>', invite['Contact']).group(1)
    peer.send(('INVITE %s SIP/2.0\r\nVia: SIP/2.0/UDP %s;branch=z9hG4bKstranger\r\nMax-Forwards: 70\r\nFrom: <sip:x@%s>;tag=x\r\n'
               'To: <%s>\r\nCall-ID: stranger\r\nCSeq: 1 INVITE\r\nContact: <sip:x@%s>\r\nContent-Length: 0\r\n\r\n'
               % (target, peer.host, peer.host, target, peer.host)).encode(), invite)
    answer = peer.get('INVITE', code=403)
    run.expect(answer, 'a stranger’s call was not declined')
    run.hang_up(peer, line)


def run(tap, build, state):
    CASES.run(tap, build)
