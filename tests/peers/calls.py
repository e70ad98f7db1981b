# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole test calls through the product: sidetonectl, and call-line where one
call is not enough; with what their answers and recordings are read with."""

import cmath
import functools
import itertools
import json
import math
import operator
import os
import re
import subprocess
import threading
import time

from sip_peer import PASSWORD
from sound import Wave
from test_sip_tls import own_suppressions

# A check without steps waits for nobody: tones answer here, no persons.
SCENARIO = {
    'id': '7c0a3f50-1111-4a39-9a35-0d2c9f3e1b11', 'project': 'tea', 'title': 'Peers', 'version': 1, 'language': 'en', 'robot': True,
}
NUMBERS = itertools.count(1)


def suppressions(state):
    """What the libraries below leak by themselves; a file for each that asks, as several ask at once."""
    folder = os.path.join(state, 'suppressions-%d' % next(NUMBERS))
    os.makedirs(folder)
    path = own_suppressions(folder)
    with open(path, 'a', encoding='ascii') as file:
        file.write('leak:_dl_init\nleak:g_intern_string\nleak:g_quark_from_string\nleak:g_quark_from_static_string\n')
    return path


def environment(state, leaks=False, **more):
    # Without whole stacks a table of GLib's that GStreamer lets grow looks like a leak; with them sound is late.
    asan = 'detect_leaks=1:fast_unwind_on_malloc=0:malloc_context_size=12:exitcode=99' if leaks else 'detect_leaks=0:exitcode=99'
    return dict(os.environ, SIDETONE_LINE_PASSWORD=PASSWORD, LC_ALL='C.UTF-8', G_DEBUG='gc-friendly', ASAN_OPTIONS=asan,
                LSAN_OPTIONS='suppressions=%s:print_suppressions=0' % suppressions(state), **more)


def patient(function):
    """A case of which one of three tries has to be as good as all should: a busy machine is late, and nothing makes it early or clean."""
    @functools.wraps(function)
    def check(run, *args):
        kept = run.failed
        for _ in range(3):
            run.failed = []
            try:
                function(run, *args)
            except AssertionError as error:
                run.failed.append(str(error))
            if not run.failed:
                break
        run.failed = kept + run.failed
    return check


def write_scenario(state, number, **scenario):
    path = os.path.join(state, 'scenario-%d.json' % next(NUMBERS))
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(dict(SCENARIO, number=number, **scenario), file)
    return path


class Answer:
    """What sidetonectl test-call said of a call."""

    def __init__(self, code, text, errors, recording):
        self.code, self.text, self.errors, self.recording = code, text, errors, recording
        # GLib's own words, where it is told to be loud, stand there as well.
        begin = re.search(r'^\{\s*"(call|error)"', text, re.M)
        try:
            self.all, _ = json.JSONDecoder().raw_decode(text, begin.start() if begin else 0)
        except ValueError:
            raise AssertionError('exit %d, no JSON: %r %r' % (code, text[:300], errors[-1500:])) from None
        self.call = self.all.get('call', {})
        self.end = self.call.get('end', {})
        self.quality = self.call.get('quality', {})
        self.failures = [each['message'] for each in self.all.get('failures', [])]
        self.segments = self.call.get('segments', [])

    def kinds(self):
        return [each['kind'] for each in self.segments]

    def segment(self, kind):
        return next((each for each in self.segments if each['kind'] == kind), None)

    def wave(self):
        with open(self.recording, 'rb') as file:
            return Wave(file.read())

    def __repr__(self):
        return '%s %s' % (self.code, json.dumps(self.all))


class Ctl:
    """sidetonectl test-call against one server."""

    def __init__(self, build, state, port, *options, user='alice'):
        self.program = os.path.join(build, 'app', 'cli', 'sidetonectl')
        self.state, self.user, self.server, self.options = state, user, '127.0.0.1:%d' % port, list(options)

    def command(self, number, *more, recording=None, **scenario):
        return [self.program, 'test-call', write_scenario(self.state, number, **scenario), '--json', '--line', self.user + '@127.0.0.1',
                '--server', self.server, '--rules-read', *self.options, *(['--record', recording] if recording else []), *more]

    def call(self, number, *more, seconds=60, environ=None, **scenario):
        recording = os.path.join(self.state, 'call-%d.wav' % next(NUMBERS))
        done = subprocess.run(self.command(number, *more, recording=recording, **scenario), env=environ or environment(self.state),
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False)
        out, errors = done.stdout.decode(), done.stderr.decode('utf-8', 'replace')
        if PASSWORD in out + errors:
            raise AssertionError('the password is told')
        return Answer(done.returncode, out, errors, recording)


class CallLine:
    """call-line with its events."""

    def __init__(self, build, state, port, *options, leaks=False, **environ):
        self.state, self.events, self.changed = state, [], threading.Condition()
        self.errors = os.path.join(state, 'call-line-%d.err' % next(NUMBERS))
        with open(self.errors, 'wb') as errors:
            self.process = subprocess.Popen([os.path.join(build, 'tests', 'peers', 'call-line'), '--server', '127.0.0.1:%d' % port, *options],
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=environment(state, leaks, **environ))
        threading.Thread(target=self.read, daemon=True).start()
        self.need('account', 60, words='ready')

    def read(self):
        for line in self.process.stdout:
            event = json.loads(line)
            event['at'] = time.time()
            with self.changed:
                self.events.append(event)
                self.changed.notify_all()

    def cmd(self, *words):
        self.process.stdin.write((' '.join(str(word) for word in words) + '\n').encode())
        self.process.stdin.flush()

    def need(self, name, seconds=10, after=0, **values):
        """The event; how many came before it are left out with @after."""
        end = time.monotonic() + seconds
        with self.changed:
            while True:
                for event in self.events[after:]:
                    if event['ev'] == name and all(event.get(key) == value for key, value in values.items()):
                        return event
                left = end - time.monotonic()
                if left <= 0 or self.process.poll() is not None:
                    with open(self.errors, encoding='utf-8', errors='replace') as file:
                        raise AssertionError('waited %g s in vain for %s %r; the line says %r %s' % (seconds, name, values, self.events[-5:], file.read()[-1500:]))
                self.changed.wait(min(left, 0.5))

    def dial(self, name, number, recording='-', **scenario):
        self.cmd('call', name, write_scenario(self.state, number, **scenario), recording)

    def left(self):
        after = len(self.events)
        self.cmd('left')
        return self.need('left', 10, after)

    def quit(self, seconds=30):
        """Its exit code; 0 is fine, 99 what the sanitizers found."""
        if self.process.poll() is None:
            self.cmd('quit')
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)
            return 'killed'


# -- recordings

def decibels(value):
    return 20 * math.log10(value) if value > 0 else -200.0


def tone(wave, side, hertz, from_s, to_s):
    """Level (dB of full scale, of the amplitude) and frequency of a tone near @hertz, by how its phase goes on
    from one half to the other of the best 400 ms: a busy machine leaves gaps, and makes nothing louder."""
    if to_s > wave.seconds + 0.1 or to_s - from_s < 0.4:
        raise AssertionError('no %.2f–%.2f s in a recording of %.2f s' % (from_s, to_s, wave.seconds))
    best = (-200.0, hertz)
    step = 2j * math.pi * hertz / wave.rate
    half = wave.rate // 5
    # A window without edges, so that what is a little beside @hertz is measured as well.
    turns = [(0.5 - 0.5 * math.cos(2 * math.pi * i / half)) * cmath.exp(-step * i) for i in range(half)]
    samples = wave.sides[side][int(from_s * wave.rate):int(to_s * wave.rate)]
    halves = [sum(map(operator.mul, samples[at:at + half], turns)) * cmath.exp(-step * at) for at in range(0, len(samples) - half + 1, half // 2)]
    for a, b in zip(halves, halves[2:]):
        level = decibels(4 * min(abs(a), abs(b)) / half / 32768)
        if level > best[0]:
            best = (level, hertz + cmath.phase(b / a) / (2 * math.pi) * wave.rate / half)
    return best


def loudness(wave, side, from_s, to_s):
    """Root of the mean square, dB of full scale."""
    samples = wave.sides[side][int(from_s * wave.rate):int(to_s * wave.rate)]
    return decibels(math.sqrt(sum(value * value for value in samples) / max(1, len(samples))) / 32768)


def stretch(wave, side, hertz, level=-30):
    """Where a tone first comes and last goes, s, on a grid of 20 ms; None where it does not come."""
    block = wave.rate // 50
    factor = 2 * math.cos(2 * math.pi * hertz / wave.rate)
    heard = []
    samples = wave.sides[side]
    for number in range(len(samples) // block):
        part = samples[number * block:(number + 1) * block]
        if max(part) < 300:
            continue
        s1 = s2 = 0.0
        for value in part:
            s1, s2 = value + factor * s1 - s2, s1
        power = s1 * s1 + s2 * s2 - factor * s1 * s2
        if decibels(2 * math.sqrt(max(power, 0)) / block / 32768) > level:
            heard.append(number)
    return (heard[0] * 0.02, (heard[-1] + 1) * 0.02) if heard else None
