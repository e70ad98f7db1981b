# SPDX-License-Identifier: GPL-3.0-or-later
"""Test calls found among the call centre's own: a real Asterisk with the
documented lines, the whole server beside it, and sidetonectl as the caller."""

import concurrent.futures
import json
import math
import os
import time
import urllib.error
import urllib.request

from asterisk import Failure, Queue, wait_until
from calls import Ctl
from feeds import Server
from person import speak, write_wave
from sound import Wave
from test_sip_asterisk import Pbx as LinePbx

HELLO = 'Good morning, this is Anna speaking. How can I help you? I am afraid I can not hear you very well.'
WAITS = 4
# Somebody answers after four seconds, says hello and hangs up. 741: the caller's number is not cleaned, and no header handed on.
NUMBERS = '''
[line]
exten => 740,1,Gosub(sidetone-caller,s,1)
 same => n,Answer()
 same => n,Gosub(sidetone-queue,s,1(sales,60,${EXTEN},t))
 same => n,Hangup(16)
exten => 741,1,Answer()
 same => n,Gosub(sidetone-queue,s,1(sales,60,${EXTEN},t))
 same => n,Hangup(16)
exten => _91X,1,Wait(%d)
 same => n,Answer()
 same => n,Playback(%s/hello)
 same => n,Wait(1)
 same => n,Hangup(16)
'''


class Pbx(LinePbx):
    def __init__(self, state):
        super().__init__(state)
        self.sounds = os.path.join(state, 'sounds')
        self.queues = [Queue('sales', '1001', 60, ['Local/911@line/n,0,Anna', 'Local/912@line/n,0,Boris'])]
        self.extra_dialplan = NUMBERS % (WAITS, self.sounds)

    def write_config(self):
        super().write_config()
        os.makedirs(self.sounds)
        self.hello = speak(os.path.join(self.sounds, 'a.wav'), HELLO)
        write_wave(os.path.join(self.sounds, 'hello.wav'), self.hello)


def put(server, token, call, revision):
    """Writes the test call down as the app does; the status."""
    body = {'kind': 'test-call', 'id': call['id'], 'project': call['project'], 'body': call}
    if 'call' in call:
        body['call'] = call['call']
    request = urllib.request.Request('http://127.0.0.1:%d/api/v1/documents/test-call/%s' % (server.port, call['id']), method='PUT',
                                     data=json.dumps(body).encode(), headers={'Authorization': 'Bearer ' + token})
    request.add_header(*(('If-None-Match', '*') if revision < 0 else ('If-Match', '"%d"' % revision)))
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def is_test(server, leg, wanted=True):
    """Whether it becomes one within the moment that the archive takes; or stays none."""
    try:
        wait_until(lambda: server.get('/calls/' + leg).get('test', False) == wanted, 3, 'the mark of %s' % leg)
    except Failure:
        return not wanted
    return wanted


def ended(server, known):
    """The legs that are over and not among those."""
    return [one for one in server.calls() if one.get('ended_ms') and one['id'] not in known]


def next_leg(server, known):
    wait_until(lambda: ended(server, known), 20, 'the server to tell of the call')
    leg = ended(server, known)[0]
    known.add(leg['id'])
    return leg


def compare_clocks(tap, call, leg, what):
    """Caller's clock against the centre's, as side_test_call_compare() has it; whether the voice is a person's is asked elsewhere."""
    person = next((one['from_ms'] for one in call['segments'] if one['kind'] in ('person', 'announcement', 'machine')), None)
    before = leg['joined_ms'] - call['dialled_ms']
    explained = None if person is None else person - leg['wait_ms'] - before
    tap.check(explained is not None and abs(explained) <= 1000, '%s: both clocks agree within a second' % what, [before, leg['wait_ms'], json.dumps(call['segments'])])
    talked = None if person is None else call['ended_ms'] - call['dialled_ms'] - person
    tap.check(talked is not None and abs(talked - leg['talk_ms']) <= 1000, '%s: and on how long was talked' % what, [talked, leg['talk_ms']])


def envelope(samples, rate):
    """How loud each 20 ms are."""
    block = rate // 50
    return [math.sqrt(sum(value * value for value in samples[at:at + block]) / block) for at in range(0, len(samples) - block + 1, block)]


def likeness(part, whole):
    """The best correlation of an envelope with a piece of a longer one, and where that piece begins."""
    best = (-1.0, 0)
    mean = sum(part) / len(part)
    for shift in range(len(whole) - len(part) + 1):
        piece = whole[shift:shift + len(part)]
        other = sum(piece) / len(piece)
        norm = math.sqrt(sum((x - mean) ** 2 for x in part) * sum((y - other) ** 2 for y in piece))
        best = max(best, (sum((x - mean) * (y - other) for x, y in zip(part, piece)) / norm if norm else -1.0, shift))
    return best


def spoken(samples, rate):
    """From where somebody begins to speak to where they end."""
    loud = [i for i in range(0, len(samples), 80) if max(map(abs, samples[i:i + 80])) > 1000]
    return envelope(samples[loud[0]:loud[-1]], rate) if loud else []


def compare_recordings(tap, server, answer, leg):
    """What the operator said, there on the left, here on the right."""
    wait_until(lambda: server.get('/calls/' + leg['id']).get('recording'), 45, 'the recording of %s' % leg['id'])
    data, _ = server.fetch('/recordings/' + server.get('/calls/' + leg['id'])['recording'])
    there, here = Wave(data), answer.wave()
    said, heard = spoken(there.sides[0], there.rate), envelope(here.sides[1], here.rate)
    # Second by second, for a busy machine leaves gaps: most are in ours, one behind the other.
    found = [likeness(said[at:at + 50], heard) + (at,) for at in range(0, len(said) - 49, 50)]
    places = [shift - at for like, shift, at in found if like > 0.9]
    tap.check(there.channels == 2 and len(found) >= 4 and len(places) > len(found) / 2 and max(places) - min(places) <= 25,
              'what the operator says in their recording is in ours', ['%d channels, alike, place there, place here: %r' % (there.channels, found)])


def two_at_once(tap, server, caller, token, known):
    """Each of two callers at the same time finds the call that was theirs, though number and queue are the same."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        first = pool.submit(caller.call, '740')
        time.sleep(2)
        second = pool.submit(caller.call, '740')
        answers = [first.result(), second.result()]
    wait_until(lambda: len(ended(server, known)) == 2, 20, 'the server to tell of both calls')
    legs = {leg['id']: leg for leg in ended(server, known)}
    known.update(legs)
    tap.check(answers[1].call['dialled_ms'] < answers[0].call['ended_ms'], 'two calls at the same time', [repr(each) for each in answers])
    found = []
    for answer in answers:
        call = dict(answer.call, author='shopper')
        status, text = put(server, token, call, -1)
        claimed = server.get('/test-calls/%s/calls' % call['id'])['calls']
        own = legs.get(claimed[0]) if len(claimed) == 1 else None
        tap.check(status == 200 and own is not None and 0 <= own['joined_ms'] - call['answered_ms'] + 200 < 1200,
                  'each finds one call, which began with its own', [status, text, claimed, call['answered_ms'], json.dumps(list(legs.values()))])
        found += claimed
        if own is not None:
            compare_clocks(tap, call, own, 'two at once')
    tap.check(sorted(found) == sorted(legs), 'and none finds the other’s', [found, sorted(legs)])


def by_header(tap, server, caller, token, known):
    answer = caller.call('740')
    call = dict(answer.call, author='shopper')
    leg = next_leg(server, known)
    tap.check(not is_test(server, leg['id'], False), 'a header alone makes no test call of it', [json.dumps(leg)])
    tap.check('X-Sidetone' not in json.dumps(leg) and call['id'] not in json.dumps(leg), 'and nobody is told of it', [json.dumps(leg)])
    status, text = put(server, token, call, -1)
    tap.check(status == 200 and is_test(server, leg['id']), 'once it is written down it is one, by whoever made it', [status, text])
    claimed = server.get('/test-calls/%s/calls' % call['id'])
    tap.check(claimed == {'calls': [leg['id']]}, 'the server says which it was', [claimed])
    compare_clocks(tap, call, leg, 'by header')
    compare_recordings(tap, server, answer, leg)
    status, text = put(server, token, dict(call, call=leg['id'], match='header'), 1)
    tap.check(status == 200 and is_test(server, leg['id']), 'and it can be written down', [status, text])
    status, text = put(server, token, dict(call, match='hand'), 2)
    tap.check(status == 200 and not is_test(server, leg['id'], False), 'none of theirs: it counts again', [status, text])


def without_header(tap, server, caller, token, known):
    answer = caller.call('741')
    call = dict(answer.call, author='shopper')
    leg = next_leg(server, known)
    status, text = put(server, token, dict(call, call=leg['id'], match='header'), -1)
    tap.check(status == 403 and not is_test(server, leg['id'], False), 'a header that did not come cannot be claimed', [status, text])
    status, text = put(server, token, dict(call, call=leg['id'], match='time'), -1)
    tap.check(status == 200 and not is_test(server, leg['id'], False), 'a client without it is not believed', [status, text])
    call = dict(call, id='7c0a3f50-2222-4a39-9a35-0d2c9f3e1b11', author='peers')
    status, text = put(server, server.token, dict(call, call=leg['id'], match='time'), -1)
    tap.check(status == 200 and is_test(server, leg['id']), 'a supervisor is', [status, text])
    compare_clocks(tap, call, leg, 'by number and time')


def run(tap, build, state):
    os.makedirs(state, exist_ok=True)
    pbx = Pbx(os.path.join(state, 'pbx'))
    server = None
    try:
        pbx.start()
        wait_until(lambda: os.path.exists(pbx.queue_log), 20, 'queue_log')
        server = Server(build, pbx, {'tea': ['sales']}, 0)
        wait_until(lambda: not [gap for gap in server.gaps() if not gap.get('to_ms')], 20, 'the server to hear the Asterisk')
        token = json.loads(server.ctl('server', 'user', 'add', '--config', server.config, '--role', 'client', '--project', 'tea', 'shopper'))['token']
        caller, known = Ctl(build, state, pbx.sip_port), set()
        by_header(tap, server, caller, token, known)
        without_header(tap, server, caller, token, known)
        two_at_once(tap, server, caller, token, known)
    finally:
        if server is not None:
            server.stop()
        pbx.stop()
