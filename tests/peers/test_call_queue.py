# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole test calls to a call centre: a real Asterisk with an announcement before
the answer, a menu, a queue with music, and baresip as the person who answers."""

import datetime
import json
import math
import os
import re
import struct
import subprocess
import time

from asterisk import Queue, read, wait_until
from calls import NUMBERS, CallLine, Ctl, environment, loudness, patient, stretch, tone, write_scenario
from middle import Middle
from person import Person, music, room, speak, write_wave
from sip_cases import Cases
from sip_peer import PASSWORD
from sound import Wave
from test_sip_asterisk import Pbx as LinePbx

CASES = Cases('call centre', together=6)
case = CASES.add
PBX = None
STATE = None
PERSON = None
NEAR_MS = 20

EARLY = 'Welcome to the tea shop. Calls may be recorded.'
MENU = 'For delivery, press one. For a return of goods, press two. To speak to somebody, please hold the line.'
HELLO = 'Good morning, this is Anna speaking. How can I help you?'
FOUND = 'Of course. Your order will arrive on Thursday.'
QUESTION = 'Hello, where is my order number five?'

# 730: the whole way. 731: keys are told one by one. 732: our side is recorded there. 734: the same, and a person answers.
NUMBERS_OF = '''
[line]
exten => 730,1,Progress()
 same => n,Playback(%(folder)s/early,noanswer)
 same => n,Answer()
 same => n,Read(KEY,%(folder)s/menu,1,,1,8)
 same => n,GotoIf($["${KEY}" = "1"]?go)
 same => n,Hangup(21)
 same => n(go),Queue(help,,,,40)
 same => n,Hangup(16)
exten => _91X,1,Wait(6)
 same => n,Dial(PJSIP/person,20)
exten => 731,1,Answer()
 same => n,Read(KEYS,,15,,1,8)
 same => n,Hangup(16)
exten => 732,1,Answer()
 same => n,MixMonitor(%(folder)s/${PJSIP_HEADER(read,Call-ID)}.wav,r(%(folder)s/${PJSIP_HEADER(read,Call-ID)}-in.wav))
 same => n,Playtones(1000)
 same => n,Wait(20)
exten => 734,1,Answer()
 same => n,MixMonitor(%(folder)s/${PJSIP_HEADER(read,Call-ID)}.wav,r(%(folder)s/${PJSIP_HEADER(read,Call-ID)}-in.wav))
 same => n,Dial(PJSIP/person,20)
 same => n,Hangup(16)
exten => 733,1,Ringing()
 same => n,Wait(0.7)
 same => n,Answer()
 same => n,Wait(0.8)
 same => n,Hangup(16)
'''


class Pbx(LinePbx):
    def __init__(self, state):
        super().__init__(state)
        self.sounds = os.path.join(state, 'sounds')
        self.queues = [Queue('help', '1001', 60, ['Local/91%d@line/n' % number for number in (1, 2)], ['musicclass=waiting', 'strategy=leastrecent'])]
        self.extra_dialplan = NUMBERS_OF % {'folder': self.sounds}

    def append(self, name, text):
        with open(os.path.join(self.state, 'etc', name), 'a', encoding='utf-8') as file:
            file.write(text)

    def write_config(self):
        super().write_config()
        os.makedirs(os.path.join(self.sounds, 'moh'))
        self.early = speak(os.path.join(self.sounds, 'a.wav'), EARLY)
        self.menu = speak(os.path.join(self.sounds, 'b.wav'), MENU)
        write_wave(os.path.join(self.sounds, 'early.wav'), self.early)
        write_wave(os.path.join(self.sounds, 'menu.wav'), self.menu)
        write_wave(os.path.join(self.sounds, 'moh', 'music.wav'), music(30))
        self.append('musiconhold.conf', '[waiting]\nmode=files\ndirectory=%s/moh\n' % self.sounds)
        self.append('pjsip.conf', '\n[safe](base)\ncontext=line\naors=safe\nauth=safe\nmedia_encryption=sdes\n[safe]\ntype=aor\nmax_contacts=9\n'
                    '[safe]\ntype=auth\nauth_type=userpass\nusername=safe\npassword=%s\n'
                    '[person](base)\ncontext=agents\naors=person\n[person]\ntype=aor\ncontact=sip:person@127.0.0.1:%d\n' % (PASSWORD, PERSON.port))
        path = os.path.join(self.state, 'etc', 'logger.conf')
        text = read(path).replace('full => ', 'full => dtmf,')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)

    def log(self):
        """(ms since 1970, words) of the whole log."""
        out = []
        for line in read(self.state, 'log', 'full').split('\n'):
            found = re.match(r'\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})\] (.*)', line)
            if found:
                out.append((datetime.datetime.strptime(found.group(1), '%Y-%m-%d %H:%M:%S.%f').timestamp() * 1000, found.group(2)))
        return out

    def channel_of(self, words, after_ms):
        """The channel that a line of the log since then tells of."""
        for moment, text in self.log():
            found = re.search(words, text)
            if moment >= after_ms - 50 and found:
                return found.group(1)
        raise AssertionError('the log has no %r since then' % words)

    def at(self, words, after_ms=0):
        """When a line came that holds these words; the first since then."""
        for moment, text in self.log():
            if moment >= after_ms - 50 and re.search(words, text):
                return moment
        raise AssertionError('the log has no %r since then' % words)


def ctl(run, way='udp', user=None):
    more = ['--transport', 'tls', '--encrypt', '--trust', PBX.certificate] if way == 'tls' else []
    return Ctl(run.build, STATE, PBX.tls if way == 'tls' else PBX.sip_port, *more, user=user or ('safe' if way == 'tls' else 'alice'))


def near(run, told, moment, what, tolerance=NEAR_MS):
    run.expect(told is not None and abs(told - moment) <= tolerance, '%s is %+.0f ms off the log' % (what, (told or 0) - moment))


for transport in ('udp', 'tls'):
    @case('announcement, menu, key, music, person and back over %s' % transport, transport)
    @patient
    def whole(run, way):
        answer = ctl(run, way).call('730', keys=[{'keys': '1', 'prompt': 'menu', 'after_ms': 300}], prompts=[{'name': 'menu', 'text': MENU}],
                                    steps=[{'id': 'where', 'say': QUESTION}], seconds=90)
        call = answer.call
        run.equal((answer.code, call['end']['by'], answer.failures), (0, 'us', []), 'the call')
        run.equal(answer.quality.get('encrypted', False), way == 'tls', 'encrypted')
        channel = re.escape(PBX.channel_of(r'Executing \[730@line:1\] Progress\("(PJSIP/%s-\w+)"' % ('safe' if way == 'tls' else 'alice'), call['dialled_ms']))
        dialled = call['dialled_ms']

        def logged(words):
            return PBX.at(words % channel) - dialled
        menu, start, stop = logged('<%s> Playing \'.*/menu'), logged("Started music on hold.*channel '%s'"), logged("Stopped music on hold on %s")
        answered = logged(r'Executing \[730@line:3\] Answer\("%s"')
        kinds = [kind for kind in answer.kinds() if kind not in ('dialling', 'ringing', 'silence')]
        run.equal(kinds, ['early-media', 'menu', 'queue', 'person'], 'the segments in %r' % answer.segments)
        for kind, begins, ends, slack in (('early-media', logged('Progress\\("%s"'), answered, 60), ('menu', menu, None, 400), ('queue', start, stop, 1500), ('person', stop, None, 2500)):
            found = answer.segment(kind)
            if found:
                run.expect(abs(found['from_ms'] - begins) <= slack, '%s begins at %d ms, by the log at %.0f' % (kind, found['from_ms'], begins))
                run.expect(ends is None or abs(found['to_ms'] - ends) <= slack, '%s ends at %d ms, by the log at %.0f' % (kind, found['to_ms'], ends or 0))
        key = logged(r"DTMF begin '1' received on %s")
        run.expect([each['keys'] for each in call['keys']] == ['1'] and abs(call['keys'][0]['at_ms'] - key) <= 80, 'the key: %r, by the log at %.0f' % (call['keys'], key))
        run.equal([each['step'] for each in call['steps']], ['where'], 'steps said')
        wave = answer.wave()
        at = (call['steps'][0]['at_ms'] - call['segments'][0]['to_ms']) / 1000
        run.expect(loudness(wave, 0, at + 0.3, at + 1.3) > -35, 'our question is recorded with %.0f dB' % loudness(wave, 0, at + 0.3, at + 1.3))
        person = answer.segment('person')
        if person:
            run.expect(loudness(wave, 1, person['from_ms'] / 1000 + 0.3, person['from_ms'] / 1000 + 2) > -35, 'the person is not on the right')
            run.expect(person['to_ms'] - person['from_ms'] > 8000, 'it hung up before they answered: %r' % person)


@case('a person answers at once: both are heard, and they are let finish')
@patient
def person(run):
    answer = Ctl(run.build, STATE, PERSON.port, '--direct').call('person', steps=[{'id': 'where', 'say': QUESTION}])
    run.equal((answer.code, answer.end['by']), (0, 'us'), 'the end')
    found = answer.segment('person')
    run.expect(found and found['certainty'] > 0.6, 'the segments: %r' % answer.segments)
    wave = answer.wave()
    asked = answer.call['steps'][0]['at_ms'] / 1000
    run.expect(loudness(wave, 0, asked + 0.4, asked + 1.4) > -35 and loudness(wave, 0, 0, asked - 0.3) < -60, 'our question')
    run.expect(loudness(wave, 1, 0.8, 2.5) > -35 and loudness(wave, 1, asked + 0.4, asked + 1.4) < -45, 'their greeting')
    run.expect(loudness(wave, 1, wave.seconds - 4.6, wave.seconds) < -45, 'hung up while they spoke')


KEYS = '0123456789*AD'


@case('thirteen keys and a # arrive exact and once')
def digits(run):
    middle = Middle(PBX.sip_port)
    run.peers.append(middle)
    answer = Ctl(run.build, STATE, middle.port, '--direct').call('731', keys=[{'keys': KEYS + '#', 'after_ms': 300}])
    entered = [found.group(1) for moment, text in PBX.log() if moment > answer.call['dialled_ms'] - 50
               for found in [re.search("User entered '([^']*)'", text)] if found and len(found.group(1)) > 1]
    run.equal(entered, [KEYS], 'what Asterisk was told')
    events = [packet for packet in middle.ours if packet[1] & 0x7f != 8]
    pressed = sorted({(struct.unpack('!I', packet[4:8])[0], '0123456789*#ABCD'[packet[12]]) for packet in events})
    run.equal(''.join(key for _, key in pressed), KEYS + '#', 'keys in the packets')
    run.expect(all(sum(1 for packet in events if packet[4:8] == struct.pack('!I', stamp) and packet[13] & 0x80) == 3 for stamp, _ in pressed[:-1]), 'not every key ends three times')


for transport in ('udp', 'tls'):
    @case('tones of both sides, recorded at both ends, over %s' % transport, transport)
    @patient
    def tones(run, way):
        path = os.path.join(STATE, 'tones-%d.wav' % next(NUMBERS))
        line = CallLine(run.build, STATE, PBX.tls if way == 'tls' else PBX.sip_port, '--registers', '--user', 'safe' if way == 'tls' else 'alice',
                        *(['--transport', 'tls', '--srtp', '--trusted', PBX.certificate] if way == 'tls' else []))
        line.dial('a', '732', path)
        line.need('state', call='a', words='answered')
        line.cmd('say', 'a', 700, 2500)
        time.sleep(3.2)
        line.cmd('hangup', 'a')
        record = line.need('ended', 20, call='a')['record']
        line.quit()
        with open(path, 'rb') as file:
            ours = Wave(file.read())
        there = os.path.join(PBX.sounds, record['sip_call_id'] + '-in.wav')
        wait_until(lambda: os.path.exists(there) and os.path.getsize(there) > 30000, 10, 'the recording of the far end, ' + there)
        with open(there, 'rb') as file:
            theirs = Wave(file.read())
        said = stretch(ours, 0, 700)
        if not run.expect(said and said[1] - said[0] > 2.2, 'our tone is recorded at %r' % (said,)):
            return
        level, hertz = tone(ours, 0, 700, said[0] + 0.1, said[1] - 0.1)
        run.expect(abs(level + 12) <= 1 and abs(hertz - 700) <= 1, 'our tone in our recording: %.1f dB, %.2f Hz' % (level, hertz))
        level, hertz = tone(ours, 1, 1000, said[0] + 0.1, said[1] - 0.1)
        run.expect(abs(hertz - 1000) <= 1 and level > -25, 'their tone in our recording: %.1f dB, %.2f Hz' % (level, hertz))
        # A busy machine's gaps sound at every frequency.
        run.expect(tone(ours, 0, 1000, said[0] + 0.1, said[1] - 0.1)[0] < -40 and tone(ours, 1, 700, said[0] + 0.1, said[1] - 0.1)[0] < -40, 'tones are on the wrong side')
        heard = stretch(theirs, 0, 700)
        if run.expect(heard, 'our tone did not reach them'):
            level, hertz = tone(theirs, 0, 700, heard[0] + 0.1, heard[1] - 0.1)
            run.expect(abs(level + 12) <= 1 and abs(hertz - 700) <= 1, 'our tone in their recording: %.1f dB, %.2f Hz' % (level, hertz))


LINE_HZ = 640
LINE_SECONDS = 2.5


def recorded_step(ctl_program):
    """A step whose recorded line is a tone of −12 dB, as `sidetonectl scenario line` puts it into a scenario."""
    sound, path = os.path.join(STATE, 'line-%d.wav' % next(NUMBERS)), write_scenario(STATE, '734', steps=[{'id': 'where', 'say': QUESTION}])
    write_wave(sound, [int(32767 * 10 ** (-12 / 20) * math.sin(2 * math.pi * LINE_HZ * i / 8000)) for i in range(int(LINE_SECONDS * 8000))])
    done = subprocess.run([ctl_program, 'scenario', 'line', path, 'where', sound], env=environment(STATE), capture_output=True, timeout=60, check=False)
    if done.returncode != 0:
        raise AssertionError('the line was not taken: %r' % done.stderr.decode()[-500:])
    with open(path, encoding='utf-8') as file:
        return json.load(file)['steps'][0]


@case('a recorded line is played to the person, and is in our recording')
@patient
def recorded_line(run):
    caller = ctl(run)
    answer = caller.call('734', steps=[recorded_step(caller.program)], seconds=90)
    call = answer.call
    run.equal((answer.code, call['end']['by'], answer.failures), (0, 'us', []), 'the call')
    run.equal([(each['step'], each['by']) for each in call['steps']], [('where', 'recording')], 'what was said')
    run.expect('sound' not in json.dumps(call.get('pinned', {}).get('steps', [])), 'the line is in every call again')
    there = os.path.join(PBX.sounds, call['sip_call_id'] + '-in.wav')
    wait_until(lambda: os.path.exists(there) and os.path.getsize(there) > 30000, 10, 'the recording of the far end, ' + there)
    with open(there, 'rb') as file:
        theirs = Wave(file.read())
    for what, wave in (('our recording', answer.wave()), ('theirs', theirs)):
        found = stretch(wave, 0, LINE_HZ)
        if run.expect(found and abs(found[1] - found[0] - LINE_SECONDS) <= 0.15, 'the line in %s: %r' % (what, found)):
            level, hertz = tone(wave, 0, LINE_HZ, found[0] + 0.1, found[1] - 0.1)
            run.expect(abs(level + 12) <= 1 and abs(hertz - LINE_HZ) <= 1, 'the line in %s: %.1f dB, %.2f Hz' % (what, level, hertz))


@case('ringing, answer and end are within 20 ms of Asterisk’s log', alone=True)
@patient
def times(run):
    answer = ctl(run).call('733')
    call = answer.call
    channel = re.escape(PBX.channel_of(r'Executing \[733@line:1\] Ringing\("(PJSIP/alice-\w+)"', call['dialled_ms']))
    near(run, call.get('ringing_ms'), PBX.at(r'Ringing\("%s"' % channel), 'ringing')
    near(run, call.get('answered_ms'), PBX.at(r'Answer\("%s"' % channel), 'the answer')
    near(run, call.get('ended_ms'), PBX.at(r'Hangup\("%s"' % channel), 'the end')


def run(tap, build, state):
    global PBX, STATE, PERSON
    os.makedirs(state, exist_ok=True)
    STATE = state
    hello, found = (speak(os.path.join(state, 'spoken-%d.wav' % next(NUMBERS)), text) for text in (HELLO, FOUND))
    # The greeting, six seconds in which our question comes, the answer.
    said = room(len(hello) / 8000 + 6.5, [0] * 4000 + hello) + room(30, found)
    PERSON = Person(os.path.join(state, 'person'), said)
    PBX = Pbx(os.path.join(state, 'pbx'))
    try:
        PBX.start()
        CASES.run(tap, build)
    finally:
        PBX.stop()
        PERSON.close()
