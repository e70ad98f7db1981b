# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole test calls to SIPp: what sidetonectl says and records when the far end
rings, refuses, is silent, holds, hangs up or answers at the wrong moment."""

import os
import time

from calls import NUMBERS, Ctl, patient, stretch, tone
from far import HERTZ, LEVEL, Far, FarEnd
from sip_cases import Cases
from sipp import sdp

CASES = Cases('call', together=4)
case = CASES.add
STATE = None
NEAR_MS = 20


def far_end(run, far, *options):
    end = FarEnd(os.path.join(STATE, 'far-%d' % next(NUMBERS)), far, *options)
    run.peers.append(end)
    return end


def make_call(run, far, *options, far_options=(), **scenario):
    """The far end and what was said of the call."""
    end = far_end(run, far, *far_options)
    ctl = Ctl(run.build, STATE, end.port, '--direct', *options)
    answer = ctl.call('100', **scenario)
    run.answer, run.far = answer, end
    return end, answer


def ended(run, exit_code, **wanted):
    """How it ended: exit code and the members of `end`."""
    answer = run.answer
    run.equal(answer.code, exit_code, 'the exit code')
    for key, value in wanted.items():
        run.equal(answer.end.get(key), value, 'end.%s in %r' % (key, answer))


def near(run, name, moment_ms, what):
    """A time of the call against the far end's log."""
    told = run.answer.call.get(name)
    run.expect(told is not None and abs(told - moment_ms) <= NEAR_MS,
               '%s (%s) is %+.0f ms off the far end’s log' % (name, what, (told or 0) - moment_ms))


def in_time(far, times, **scenario):
    """A case in which each time of the call is near the far end's log."""
    @patient
    def check(run):
        make_call(run, far(), **scenario)
        ended(run, 0)
        for name, way, line in times:
            near(run, name, run.far.at(way, line), line)
    return check


def plain():
    return Far().ringing().wait(500).pick_up().sound().wait(1500).hang_up('Reason: Q.850;cause=16;text="Normal call clearing"')


case('dialled, ringing, answered and ended are within 20 ms of the far end’s log', alone=True)(
    in_time(plain, [('dialled_ms', 'received', 'INVITE'), ('ringing_ms', 'sent', 'SIP/2.0 180'), ('answered_ms', 'sent', 'SIP/2.0 200'), ('ended_ms', 'sent', 'BYE')]))


def early():
    return Far().answer('183 Session Progress', sdp(2)).sound().wait(1200).pick_up().wait(1200).hang_up()


case('so is sound before the answer', alone=True)(
    in_time(early, [('early_ms', 'sent', 'SIP/2.0 183'), ('answered_ms', 'sent', 'SIP/2.0 200'), ('ended_ms', 'sent', 'BYE')]))


def expect_tone(run, wave, from_s, to_s, side=1, hertz=HERTZ, level=LEVEL):
    got, frequency = tone(wave, side, hertz, from_s, to_s)
    run.expect(abs(got - level) <= 1, 'the tone is recorded with %.1f dB, was sent with %.1f dB' % (got, level))
    run.expect(abs(frequency - hertz) <= 1, 'the tone is recorded with %.2f Hz, was sent with %d Hz' % (frequency, hertz))


@case('180, an answer, a tone, their BYE with a reason')
@patient
def answered(run):
    end, answer = make_call(run, plain())
    ended(run, 0, by='them')
    run.expect('Q.850;cause=16' in answer.end.get('reason', ''), 'the reason: %r' % answer.end)
    run.equal(answer.kinds()[:2], ['dialling', 'ringing'], 'the first segments')
    wave = answer.wave()
    expect_tone(run, wave, 0.3, 1.3)
    run.expect(tone(wave, 0, HERTZ, 0.3, 1.3)[0] < -40, 'their tone is on our side as well')
    run.equal(end.finish(), 0, 'SIPp')


@case('183 with sound: early media, recorded from there on')
@patient
def early_media(run):
    end, answer = make_call(run, early())
    ended(run, 0, by='them')
    found = answer.segment('early-media') or answer.segment('tone')
    run.expect(found, 'no segment before the answer: %r' % answer.segments)
    answered_s = (answer.call['answered_ms'] - answer.call['early_ms']) / 1000
    wave = answer.wave()
    heard = stretch(wave, 1, HERTZ)
    run.expect(heard and heard[0] < 0.3 and heard[1] > answered_s + 0.9, 'the tone is recorded at %r, answered at %.2f s' % (heard, answered_s))
    expect_tone(run, wave, 0.3, answered_s)
    run.equal(end.finish(), 0, 'SIPp')


REFUSALS = [
    ('486 Busy Here', ['Reason: Q.850;cause=17;text="User busy"'], 'Busy'),
    ('480 Temporarily Unavailable', ['Reason: Q.850;cause=20;text="Subscriber absent"'], 'Nobody can be reached there now'),
    ('603 Decline', ['Reason: Q.850;cause=21;text="Call rejected"'], 'The call was declined'),
    ('404 Not Found', ['Reason: Q.850;cause=1;text="Unallocated number"'], 'The number does not exist'),
    ('302 Moved Temporarily', [], 'The number has moved for now'),
    ('500 Server Internal Error', [], 'The server failed'),
]

for status, extra, words in REFUSALS:
    @case('%s: code, phrase, reason and words' % status, status, extra, words)
    def refused(run, first_line, headers, said):
        end, answer = make_call(run, Far().refuse(first_line, headers))
        code, _, phrase = first_line.partition(' ')
        ended(run, 3, by='refused', code=int(code), phrase=phrase)
        if headers:
            protocol, cause, text = headers[0].partition(': ')[2].split(';')
            run.equal(answer.end.get('reason'), ';'.join([protocol, cause, text]), 'the reason')
        run.expect(any(said in words for words in answer.failures), 'the words: %r' % answer.failures)
        run.expect('answered_ms' not in answer.call or not answer.call['answered_ms'], 'it was answered')
        run.equal(end.finish(), 0, 'SIPp')


@case('407 that no password satisfies: said in words, and not asked for ever')
def proxy_password(run):
    ask = 'Proxy-Authenticate: Digest realm="far", nonce="n%d", qop="auth", algorithm=MD5'
    far = Far().refuse('407 Proxy Authentication Required', [ask % 1])
    far.steps.append('<recv request="INVITE" crlf="true"/>\n')
    far.refuse('407 Proxy Authentication Required', [ask % 2])
    end, answer = make_call(run, far)
    ended(run, 3, by='refused', code=407)
    run.expect(any('password' in words for words in answer.failures), 'the words: %r' % answer.failures)
    run.expect(end.count('received', 'INVITE') == 2, 'asked %d times' % end.count('received', 'INVITE'))


@case('407, then an answer to the right password')
@patient
def proxy_satisfied(run):
    far = Far().refuse('407 Proxy Authentication Required', ['Proxy-Authenticate: Digest realm="far", nonce="n1", qop="auth", algorithm=MD5'])
    far.steps.append('<recv request="INVITE" crlf="true"/>\n')
    end, answer = make_call(run, far.pick_up().sound().wait(600).hang_up())
    ended(run, 0, by='them')
    run.expect(any('Proxy-Authorization: Digest' in each[3] for each in end.messages()), 'no credentials came')
    run.equal(end.finish(), 0, 'SIPp')


@case('it rings for ever: the ring limit takes the call back')
@patient
def no_answer(run):
    far = Far().ringing().wait_cancel().answer('200 OK').answer('487 Request Terminated', cseq='CSeq: [cseq] INVITE', retrans=True).ack()
    end, answer = make_call(run, far, limits={'ring_ms': 1500})
    ended(run, 3, by='cancelled', code=487)
    run.equal(answer.all['limits_passed'], ['ring'], 'limits')
    took = end.at('received', 'CANCEL') - end.at('sent', 'SIP/2.0 180')
    run.expect(1500 <= took < 2000, 'it was taken back after %.0f ms' % took)
    run.equal(end.finish(), 0, 'SIPp')


@case('nothing comes at all: given up in 5 s, in words, as a server that is not there')
def nothing(run):
    begun = time.monotonic()
    end, answer = make_call(run, Far().wait(9000))
    took = time.monotonic() - begun
    error = answer.all.get('error', {})
    run.equal((answer.code, error.get('code')), (1, 'unreachable'), 'the exit code')
    run.expect(4.8 <= took < 12, 'given up after %.1f s' % took)
    run.expect('Nothing answers' in error.get('message', ''), 'the words: %r' % error)


@case('answered, then silence: no sound is claimed, the queue limit ends it')
@patient
def silence(run):
    end, answer = make_call(run, Far().pick_up().wait_bye(), limits={'queue_ms': 2500})
    ended(run, 3, by='us')
    run.equal(answer.all['limits_passed'], ['queue'], 'limits')
    run.equal([kind for kind in answer.kinds() if kind not in ('dialling', 'ringing')], ['silence'], 'the segments')
    run.expect(answer.quality.get('mos', -1) < 0, 'a quality of nothing: %r' % answer.quality)
    wave = answer.wave()
    run.expect(2 < wave.seconds < 4 and max(wave.sides[1], default=0) == 0, 'the recording holds %.1f s, theirs up to %r' % (wave.seconds, max(wave.sides[1], default=None)))
    run.equal(end.finish(), 0, 'SIPp')


@case('BYE at once after the answer')
@patient
def at_once(run):
    end, answer = make_call(run, Far().pick_up().hang_up('Reason: SIP;cause=200;text="Elsewhere"'))
    ended(run, 0, by='them')
    run.expect('SIP;cause=200' in answer.end.get('reason', ''), 'the reason: %r' % answer.end)
    took = answer.call['ended_ms'] - answer.call['answered_ms']
    run.expect(0 <= took < 1500, 'it took %d ms' % took)
    run.equal(answer.failures, [], 'failures')
    run.equal(end.finish(), 0, 'SIPp')


@case('they hold and resume: nothing of ours leaves meanwhile, the recording goes on')
@patient
def held(run):
    far = Far().pick_up().sound().wait(1200).offer(3, 'sendonly').quiet().wait(1500).offer(4, 'sendrecv').again().wait(1500).hang_up()
    end, answer = make_call(run, far)
    ended(run, 0, by='them')
    answers = [text for _, way, line, text in end.messages() if way == 'received' and line.startswith('SIP/2.0 200') and 'INVITE' in text]
    run.equal([direction for text in answers for direction in ('recvonly', 'sendrecv') if 'a=' + direction in text], ['recvonly', 'sendrecv'], 'our answers')
    wave = answer.wave()
    run.expect(3.5 < wave.seconds < 6, 'the recording lasts %.1f s' % wave.seconds)
    begun = end.at('sent', 'SIP/2.0 200')
    pause, again = ((end.at('sent', 'INVITE', which) - begun) / 1000 for which in (0, 1))
    expect_tone(run, wave, 0.3, pause - 0.2)
    run.expect(tone(wave, 1, HERTZ, pause + 0.4, again - 0.2)[0] < -40, 'sound while they hold')
    expect_tone(run, wave, again + 0.4, again + 1.2)
    run.equal(end.finish(), 0, 'SIPp')


for lost in (10, 25):
    @case('%d %% of their SIP packets lost: the call comes about and ends' % lost, lost)
    @patient
    def lossy(run, percent):
        end, answer = make_call(run, plain(), far_options=('-lost', str(percent)))
        run.expect(answer.end.get('by') in ('them', 'silent') or answer.all.get('error', {}).get('code') == 'unreachable', 'the end: %r' % answer)
        if answer.end.get('by') == 'them':
            run.equal(answer.code, 0, 'the exit code')
            expect_tone(run, answer.wave(), 0.3, 1.0)


@case('their answer crosses our CANCEL: acknowledged and ended, and told as taken back')
def crossing(run):
    far = Far().ringing().wait_cancel().answer('200 OK').pick_up(cseq='CSeq: [cseq] INVITE').wait_bye()
    end, answer = make_call(run, far, limits={'ring_ms': 700})
    ended(run, 3, by='cancelled')
    run.expect(not answer.call.get('answered_ms'), 'it counts as answered')
    run.equal((end.count('received', 'ACK'), end.count('received', 'BYE')), (1, 1), 'ACK and BYE')
    run.equal(end.finish(), 0, 'SIPp')


def run(tap, build, state):
    global STATE
    os.makedirs(state, exist_ok=True)
    STATE = state
    CASES.run(tap, build)
