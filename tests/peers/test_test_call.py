# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole test calls with `sidetonectl test-call` beside a real Asterisk: keys,
recordings, times, limits, refusals, and a program that dies in the middle."""

import json
import os
import signal
import subprocess
import time

from asterisk import wait_until
from sip_peer import PASSWORD
from sound import Wave
from test_sip_asterisk import Pbx as LinePbx
from test_sip_tls import own_suppressions

# 1 s of ringing, then two keys, then the tone they lead to.
NUMBERS = '''
[line]
exten => 700,1,Ringing()
 same => n,Wait(1)
 same => n,Answer()
 same => n,Read(KEYS,,2,,1,10)
 same => n,Goto(keys-${KEYS},1)
exten => keys-42,1,Playtones(800)
 same => n,Wait(3)
 same => n,Hangup(16)
exten => 701,1,Answer()
 same => n,Wait(60)
exten => 702,1,Busy(2)
exten => 703,1,Ringing()
 same => n,Wait(60)
exten => 704,1,Progress()
 same => n,Playtones(600)
 same => n,Wait(2)
 same => n,Answer()
 same => n,Playtones(800)
 same => n,Wait(2)
 same => n,Hangup(16)
exten => 705,1,Answer()
 same => n,Echo()
'''
SCENARIO = {
    'id': '7c0a3f50-1111-4a39-9a35-0d2c9f3e1b11', 'project': 'tea', 'title': 'Peers', 'version': 1, 'language': 'en',
}


class Pbx(LinePbx):
    def __init__(self, state):
        super().__init__(state)
        self.extra_dialplan = NUMBERS

    def write_config(self):
        super().write_config()
        with open(os.path.join(self.state, 'etc', 'pjsip.conf'), 'a', encoding='utf-8') as file:
            file.write('\n[safe](base)\ncontext=line\naors=safe\nauth=safe\nmedia_encryption=sdes\n[safe]\ntype=aor\nmax_contacts=9\n'
                       '[safe]\ntype=auth\nauth_type=userpass\nusername=safe\npassword=%s\n' % PASSWORD)


class Caller:
    """Runs sidetonectl and reads what it says."""

    def __init__(self, build, pbx, state):
        self.program = os.path.join(build, 'app', 'cli', 'sidetonectl')
        self.pbx, self.state, self.number = pbx, state, 0
        self.runtime = os.path.join(state, 'runtime')
        os.makedirs(self.runtime, mode=0o700, exist_ok=True)

    def command(self, number, way='udp', user='alice', record=None, extra=(), **scenario):
        self.number += 1
        path = os.path.join(self.state, 'scenario-%d.json' % self.number)
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(dict(SCENARIO, number=number, **scenario), file)
        port = {'udp': self.pbx.sip_port, 'tls': self.pbx.tls}[way]
        more = ['--transport', way] + (['--encrypt', '--trust', self.pbx.certificate] if way == 'tls' else [])
        return [self.program, 'test-call', path, '--json', '--line', user + '@127.0.0.1', '--server', '127.0.0.1:%d' % port,
                *more, '--rules-read', *(['--record', record] if record else []), *extra]

    def environment(self, leaks=False):
        # Without whole stacks a table of GLib's that GStreamer lets grow looks like a leak; with them sound is late.
        asan = 'detect_leaks=1:fast_unwind_on_malloc=0:malloc_context_size=12:exitcode=99' if leaks else 'detect_leaks=0:exitcode=99'
        return dict(os.environ, SIDETONE_LINE_PASSWORD=PASSWORD, XDG_CONFIG_HOME=os.path.join(self.state, 'config'), LC_ALL='C.UTF-8', G_DEBUG='gc-friendly',
                    XDG_RUNTIME_DIR=self.runtime,
                    ASAN_OPTIONS=asan, LSAN_OPTIONS='suppressions=%s:print_suppressions=0' % self.suppressions())

    def suppressions(self):
        path = own_suppressions(self.state)
        with open(path, 'a', encoding='ascii') as file:
            file.write('leak:_dl_init\nleak:g_intern_string\nleak:g_quark_from_string\nleak:g_quark_from_static_string\n')
        return path

    def call(self, number, seconds=60, leaks=False, **more):
        """The exit code and the answer."""
        done = subprocess.run(self.command(number, **more), env=self.environment(leaks), capture_output=True, timeout=seconds, check=False)
        text = done.stdout.decode()
        self.errors = done.stderr.decode()
        if PASSWORD in text or PASSWORD in done.stderr.decode():
            raise AssertionError('the password is told')
        try:
            return done.returncode, json.loads(text)
        except ValueError:
            raise AssertionError('exit %d, no JSON: %r %r' % (done.returncode, text[:300], done.stderr.decode()[-1500:])) from None


def segment(call, kind):
    return next((one for one in call.get('segments', []) if one['kind'] == kind), None)


def keys_and_recording(tap, caller, way):
    path = os.path.join(caller.state, 'keys-%s.wav' % way)
    code, answer = caller.call('700', way=way, user='safe' if way == 'tls' else 'alice', record=path, robot=True, keys=[{'keys': '42', 'after_ms': 700}])
    call = answer['call']
    tap.check(code == 0, '%s: a check of the menu alone wants no person, exit code 0' % way, [json.dumps(answer, indent=1)])
    tap.check(call.get('rules', {}).get('version') == 1 and call['rules'].get('by'), '%s: the call says who acknowledged the rules' % way, [call.get('rules')])
    tap.check(call['end']['by'] == 'them' and 'cause=16' in call['end'].get('reason', ''), '%s: they hang up, with their reason' % way, [call['end']])
    ringing, answered = call.get('ringing_ms', 0) - call['dialled_ms'], call.get('answered_ms', 0) - call['dialled_ms']
    tap.check(0 <= ringing < 300 and 900 <= answered - ringing <= 1200, '%s: rings at once and is answered a second later' % way, [ringing, answered])
    tap.check([one['keys'] for one in call.get('keys', [])] == ['42'], '%s: keys are on record' % way, [call.get('keys')])
    tap.check(call.get('quality', {}).get('encrypted', False) == (way == 'tls'), '%s: encrypted or not' % way, [call.get('quality')])
    tap.check(call.get('quality', {}).get('mos', 0) > 4, '%s: a good line' % way, [call.get('quality')])
    with open(path, 'rb') as file:
        wave = Wave(file.read())
    tap.check(wave.channels == 2 and 3.5 < wave.seconds < 8, '%s: two sides are recorded' % way, ['%d, %.1f s' % (wave.channels, wave.seconds)])
    tap.check(wave.level(1, 800) > 0.05 and wave.level(0, 800) < 0.02, '%s: their tone is on their side, so the keys came exact and once' % way,
              [wave.level(0, 800), wave.level(1, 800)])


def early(tap, caller):
    path = os.path.join(caller.state, 'early.wav')
    code, answer = caller.call('704', record=path)
    call = answer['call']
    tap.check(segment(call, 'early-media') is not None, 'sound before the answer is early media', [json.dumps(call.get('segments'))])
    tap.check(code == 3 and answer['faults'] == ['no-person'], 'who has something to say misses a person', [code, answer['faults']])
    with open(path, 'rb') as file:
        wave = Wave(file.read())
    tap.check(wave.level(1, 600) > 0.05 and wave.level(1, 800) > 0.05, 'it is recorded from there on', [wave.level(1, 600), wave.level(1, 800)])


def courses(tap, caller):
    code, answer = caller.call('702')
    call = answer['call']
    tap.check(code == 3 and call['end']['by'] == 'refused' and call['end']['code'] == 486, 'busy is told as such', [code, json.dumps(answer)])
    code, answer = caller.call('703', limits={'ring_ms': 2000})
    took = answer['call']['ended_ms'] - answer['call']['dialled_ms']
    tap.check(code == 3 and answer['limits_passed'] == ['ring'] and answer['call']['end']['by'] == 'cancelled' and 1900 < took < 3500,
              'what rings too long is given up', [code, took, json.dumps(answer)])
    code, answer = caller.call('701', limits={'queue_ms': 2000})
    tap.check(code == 3 and answer['limits_passed'] == ['queue'] and answer['call']['end']['by'] == 'us', 'a queue that takes too long is left', [json.dumps(answer)])
    environment = dict(caller.environment(), SIDETONE_LINE_PASSWORD='other')
    done = subprocess.run(caller.command('701'), env=environment, capture_output=True, timeout=60, check=False)
    error = json.loads(done.stdout or b'{}').get('error', {})
    tap.check(done.returncode == 1 and error.get('code') == 'unauthorized', 'a wrong password is said', [done.stdout.decode()[-500:], done.stderr.decode()[-500:]])


def stopped(tap, caller):
    """SIGTERM hangs up in order; after SIGKILL what was recorded is there."""
    path = os.path.join(caller.state, 'stopped.wav')
    process = subprocess.Popen(caller.command('701', record=path), env=caller.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_until(lambda: os.path.exists(path + '.part') and os.path.getsize(path + '.part') > 16000 * 4, 20, 'a second of recording')
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=20)
    call = json.loads(out)['call']
    tap.check(call['end']['by'] == 'us' and os.path.exists(path), 'stopped, it hangs up and keeps the recording', [err.decode()[-500:]])
    path = os.path.join(caller.state, 'rings.wav')
    process = subprocess.Popen(caller.command('703', record=path), env=caller.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_until(lambda: os.path.exists(path + '.part'), 20, 'the recording to begin')
    time.sleep(1)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=20)
    call = json.loads(out)['call']
    tap.check(call['end']['by'] == 'cancelled' and 'recording' not in call and not os.path.exists(path) and not os.path.exists(path + '.part'),
              'stopped while it rings, there was no sound, and no recording is named or left', [json.dumps(call), err.decode()[-500:]])
    path = os.path.join(caller.state, 'killed.wav')
    process = subprocess.Popen(caller.command('701', record=path), env=caller.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(lambda: os.path.exists(path + '.part') and os.path.getsize(path + '.part') > 16000 * 4 * 3, 20, 'three seconds of recording')
    process.kill()
    process.wait(10)
    with open(path + '.part', 'rb') as file:
        wave = Wave(file.read())
    tap.check(wave.channels == 2 and wave.seconds >= 1.5, 'killed, it leaves a recording that can be played', ['%.2f s' % wave.seconds])


def leaks(tap, caller):
    code, answer = caller.call('705', leaks=True, record=os.path.join(caller.state, 'echo.wav'), limits={'queue_ms': 1500})
    tap.check(code == 3 and answer['call']['end']['by'] == 'us', 'nothing of a call is left in memory', [code] + caller.errors.splitlines())


def usage(tap, caller):
    done = subprocess.run([caller.program, 'test-call', '/nonexistent.json', '--line', 'a@b'], capture_output=True, timeout=30, check=False)
    tap.check(done.returncode == 1 and b'/nonexistent.json' in done.stderr, 'a scenario that is not there', [done.stderr.decode()])
    done = subprocess.run([caller.program, 'test-call', '/nonexistent.json'], capture_output=True, timeout=30, check=False)
    tap.check(done.returncode == 2, 'no line named', [done.stderr.decode()])


def run(tap, build, state):
    os.makedirs(state, exist_ok=True)
    pbx = Pbx(os.path.join(state, 'pbx'))
    try:
        pbx.start()
        caller = Caller(build, pbx, state)
        for way in ('udp', 'tls'):
            keys_and_recording(tap, caller, way)
        early(tap, caller)
        courses(tap, caller)
        stopped(tap, caller)
        leaks(tap, caller)
        usage(tap, caller)
    finally:
        pbx.stop()
