# SPDX-License-Identifier: GPL-3.0-or-later
"""Test calls by the hundred and over a bad line: what is left of them, what is
written down of secrets, how soon they start, and what is said of lost packets."""

import base64
import concurrent.futures
import json
import math
import os
import re
import time

from asterisk import read, wait_until
from calls import NUMBERS, CallLine, Ctl, environment, patient
from middle import Middle
from sip_cases import Cases
from sip_peer import PASSWORD
from test_sip_asterisk import Pbx as LinePbx
from test_sip_endurance import NOISY, SECRETS

CASES = Cases('calls', together=4)
case = CASES.add
PBX = None
STATE = None
DIALPLAN = '''
[line]
exten => 740,1,Answer()
 same => n,Echo()
exten => 741,1,Progress()
 same => n,Playtones(600)
 same => n,Wait(0.2)
 same => n,Answer()
 same => n,Playtones(800)
 same => n,Wait(0.3)
 same => n,Hangup(16)
exten => 742,1,Busy(2)
exten => 743,1,Ringing()
 same => n,Wait(30)
'''
# user -> what its endpoint has beside the usual
USERS = {'safe': 'media_encryption=sdes', 'wide': 'disallow=all\nallow=g722', 'opus': 'disallow=all\nallow=opus'}


class Pbx(LinePbx):
    def __init__(self, state):
        super().__init__(state)
        self.extra_dialplan = DIALPLAN

    def write_config(self):
        super().write_config()
        path = os.path.join(self.state, 'etc', 'pjsip.conf')
        text = read(path).replace('[global]\ntype=global\n', '[global]\ntype=global\ndebug=yes\n')
        for user, how in USERS.items():
            text += '\n[%s](base)\ncontext=line\naors=%s\nauth=%s\n%s\n[%s]\ntype=aor\nmax_contacts=9\n[%s]\ntype=auth\nauth_type=userpass\nusername=%s\npassword=%s\n' % (
                user, user, user, how, user, user, user, PASSWORD)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)


# -- lost packets

ROBUSTNESS = {'PCMA': 25.1, 'G722': 25.0, 'opus': 25.0}      # Bpl, as docs/metrics.md has it; Ie is 0
CODEC_MS = {'PCMA': 0, 'G722': 1.5, 'opus': 6.5}


def score(codec, loss, delay_ms):
    """MOS by ITU-T G.107 (06/2015), 7.4, 7.5 and Annex B, written anew."""
    delay = 0.0
    if delay_ms > 100:
        x = math.log10(delay_ms / 100) / math.log10(2)
        delay = 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2)
    percent = loss * 100
    r = 93.2 - delay - 95 * percent / (percent + ROBUSTNESS[codec])
    return 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6


for codec, user, percents in (('PCMA', 'alice', (0, 1, 2, 3, 5)), ('G722', 'wide', (3,)), ('opus', 'opus', (3,))):
    for percent in percents:
        @case('%d %% of %s lost: the loss told is what was lost, the score that of the E-model' % (percent, codec), codec, user, percent)
        @patient
        def lossy(run, name, line, injected):
            middle = Middle(PBX.sip_port, injected / 100, seed=injected + len(name))
            run.peers.append(middle)
            answer = Ctl(run.build, STATE, middle.port, '--direct', user=line).call('740', limits={'queue_ms': 14000})
            run.equal(answer.end.get('by'), 'us', 'the end of %r' % answer)
            told, lost = answer.quality, middle.lost()
            run.equal(told.get('codec', '').lower(), name.lower(), 'the codec')
            run.expect(len(middle.fate) > 500 and abs(lost - injected / 100) < 0.025, '%d packets, %.2f %% of them lost on the way' % (len(middle.fate), lost * 100))
            run.expect(abs(told['loss'] - lost) <= 0.004, 'told is a loss of %.2f %%, it was %.2f %%' % (told['loss'] * 100, lost * 100))
            delay = 20 + 80 + CODEC_MS[name] + max(told.get('round_trip_ms', 0), 0) / 2
            run.expect(abs(told['mos'] - score(name, lost, delay)) <= 0.1, 'told is a MOS of %.2f, by the model it is %.2f' % (told['mos'], score(name, lost, delay)))


# -- hundreds of calls

COURSES = ('740', '741', '742', '740', '743', '999', '741', '740')


def course(line, name, number):
    """One call from dialling to its end; what was not as it should be."""
    line.dial(name, number, os.path.join(STATE, 'endurance-%d.wav' % next(NUMBERS)) if number == '741' else '-')
    wanted = {'741': 'them', '742': 'refused', '999': 'refused', '743': 'cancelled'}.get(number, 'us')
    if number == '740':
        line.need('state', 20, call=name, words='answered')
        line.cmd('say', name, 500, 200)
        line.cmd('press', name, '5')
        time.sleep(0.3)
        line.cmd('hangup', name)
    elif number == '743':
        line.need('state', 20, call=name, words='ringing')
        line.cmd('hangup', name)
    end = line.need('ended', 30, call=name)['record']['end']
    return [] if end['by'] == wanted else ['call %s to %s ended as %r' % (name, number, end)]


def many(run, line, numbers, together=6):
    with concurrent.futures.ThreadPoolExecutor(together) as pool:
        for failed in pool.map(lambda number: course(line, 'c%d' % number, COURSES[number % len(COURSES)]), numbers):
            run.failed += failed


def no_more_than(run, before, now, what):
    for thing, slack in (('files', 0), ('elements', 0), ('threads', 2)):
        run.expect(now[thing] <= before[thing] + slack, '%s %s: %d, and before %d' % (thing, what, now[thing], before[thing]))


def settled(line):
    """What is left once threads have ended that only wait for work."""
    least = None
    for _ in range(8):
        now = line.left()
        least = {thing: min(now[thing], (least or now)[thing]) for thing in ('files', 'threads', 'elements')}
        time.sleep(0.25)
    return least


for way, calls in (('udp', 200), ('tls', 60)):
    @case('%d whole calls over %s, with sound: no handle, element or memory is left' % (calls, way), way, calls)
    def endurance(run, transport, wanted):
        safe = transport == 'tls'
        line = CallLine(run.build, STATE, PBX.tls if safe else PBX.sip_port, '--registers', '--user', 'safe' if safe else 'alice',
                        *(['--transport', 'tls', '--srtp', '--trusted', PBX.certificate] if safe else []), leaks=True)
        try:
            many(run, line, range(20))
            before = settled(line)
            many(run, line, range(20, wanted))
            no_more_than(run, before, settled(line), 'after %d calls' % wanted)
            run.equal(before['elements'], 0, 'elements of pipelines that live on')
        finally:
            code = line.quit()
        run.expect(code == 0, 'it ended with %s: %s' % (code, read(line.errors)[-3000:]))


# -- what is written down

LOUD = dict(NOISY, GST_DEBUG='*:5,GST_CAPS:6,GST_EVENT:6,GST_PADS:6,srtp*:9,rtp*:6,udpsrc:6', GST_DEBUG_NO_COLOR='1')


@case('logs at their loudest, GStreamer’s too, hold no password and no key')
def logs(run):
    answer = Ctl(run.build, STATE, PBX.tls, '--transport', 'tls', '--encrypt', '--trust', PBX.certificate, user='safe').call(
        '741', environ=environment(STATE, **LOUD))
    run.equal((answer.code, answer.quality.get('encrypted')), (0, True), 'the call')
    text = answer.errors + answer.text
    run.expect(len(text) > 100000 and 'srtp' in text and 'INVITE sip:' in text and 'm=audio' in text, 'nothing was logged: %d characters' % len(text))
    for what, pattern in SECRETS.items():
        found = pattern.search(text)
        run.expect(not found, '%s stands in the log: %s' % (what, text[max(0, found.start() - 60):found.start() + 20] if found else ''))
    keys = set(re.findall(r'inline:([A-Za-z0-9+/]{40})', read(PBX.state, 'log', 'full')))
    run.expect(len(keys) >= 2, 'the keys of the call are not known: %d' % len(keys))
    lower = text.lower()
    for key in keys:
        run.expect(key not in text, 'a key stands in the log')
        spelt = base64.b64decode(key).hex()
        at = lower.find(spelt[:24])
        run.expect(at < 0, 'a key stands in the log in hexadecimal: %s' % text[max(0, at - 200):at])
        spaced = ' '.join(spelt[i:i + 2] for i in range(0, 16, 2))
        run.expect(spaced not in lower, 'a key stands in the log byte by byte')
        run.expect(key not in json.dumps(answer.all), 'a key is told')


# -- how soon it starts

def is_prepared(process):
    """Whether it has loaded what calls need, as it does in a thread from the moment a line is opened."""
    if 'libgstopus' not in read('/proc/%d/maps' % process.pid):
        return False
    for task in os.listdir('/proc/%d/task' % process.pid):
        try:
            if read('/proc/%d/task/%s/comm' % (process.pid, task)).startswith('side-call-begin'):
                return False
        except OSError:
            pass
    return True


@case('the INVITE leaves within 50 ms of the start, also of the first call', alone=True)
@patient
def soon(run):
    peer = run.peer()
    line = CallLine(run.build, STATE, peer.port)
    took = []
    try:
        wait_until(lambda: is_prepared(line.process), 30, 'what calls need to be loaded')
        for number in range(4):
            begun = time.monotonic()
            line.dial('s%d' % number, '100')
            invite = peer.get('INVITE', timeout=10)
            took.append((invite.at - begun) * 1000)
            peer.reply(invite, 486, 'Busy Here', contact=False)
            line.need('ended', 10, call='s%d' % number)
    finally:
        run.equal(line.quit(), 0, 'the end of the line')
    run.expect(took[0] <= 50 and min(took[1:]) <= 50, 'it took %s ms' % ', '.join('%.0f' % each for each in took))


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
