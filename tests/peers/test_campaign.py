# SPDX-License-Identifier: GPL-3.0-or-later
"""Campaigns of robot calls beside a real Asterisk: the menu that is known and one
that was changed, the alarm, two runs at once, and a program that dies in a call."""

import glob
import json
import os
import signal
import subprocess
import sys
import time

from asterisk import wait_until
from sip_peer import PASSWORD
from sound import Wave
from test_sip_asterisk import Pbx as LinePbx
from test_test_call import Caller

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'unit'))
from cli_kit import load_validators  # noqa: E402

SCENARIO = '7c0a3f50-1111-4a39-9a35-0d2c9f3e1b11'
CAMPAIGN = '7c0a3f50-3333-4a39-9a35-0d2c9f3e1b11'
GREETING = 'Thank you for calling the tea shop. For orders press one. For delivery press two.'
CHANGED = 'Thank you for calling the tea shop. We have moved, and nobody answers this number any more.'
SHORT = 'Thank you for calling the shoe shop.'
CLOSED = 'We are closed now. Please call tomorrow.'
# Whoever is called is written down.
NUMBERS = '''
[line]
exten => _8XX,1,System(echo ${EXTEN} >> %(state)s/calls)
 same => n,Answer()
 same => n,Wait(0.5)
 same => n,Goto(say-${EXTEN},1)
exten => say-800,1,Playback(%(state)s/greeting)
 same => n,Wait(30)
exten => say-801,1,Playback(%(state)s/changed)
 same => n,Wait(30)
exten => say-802,1,Playback(%(state)s/greeting)
 same => n,Wait(1)
 same => n,Goto(1)
exten => say-803,1,Playback(%(state)s/short)
 same => n,Wait(8)
 same => n,Hangup(16)
exten => say-804,1,Playback(%(state)s/closed)
 same => n,Wait(8)
 same => n,Hangup(16)
'''


class Pbx(LinePbx):
    def __init__(self, state):
        super().__init__(state)
        self.extra_dialplan = NUMBERS % {'state': state}

    def calls(self):
        try:
            with open(os.path.join(self.state, 'calls'), encoding='ascii') as file:
                return file.read().split()
        except FileNotFoundError:
            return []


def say(folder, name, text):
    """A recording as a telephone exchange has it."""
    wide, path = os.path.join(folder, name + '.wide.wav'), os.path.join(folder, name + '.wav')
    subprocess.run(['flite', '-voice', 'slt', '-t', text, '-o', wide], check=True)
    subprocess.run(['sox', wide, '-r', '8000', '-c', '1', '-b', '16', path], check=True)
    return path


class Robot:
    """A folder with a campaign, its scenario, and what is done of it."""

    def __init__(self, caller, name, numbers, greeting='greeting', **more):
        self.caller = caller
        self.folder = os.path.join(caller.state, name)
        self.recordings = os.path.join(self.folder, 'recordings')
        os.makedirs(self.recordings)
        now = int(time.time() * 1000)
        calls = [{'at_ms': now - 60000 + 1000 * i, 'scenario': SCENARIO, 'number': number} for i, number in enumerate(numbers)]
        self.plan = os.path.join(self.folder, 'campaign.json')
        with open(self.plan, 'w', encoding='utf-8') as file:
            json.dump(dict({'id': CAMPAIGN, 'project': 'tea', 'title': name, 'scenarios': [SCENARIO], 'count': len(calls), 'callers': [], 'calls': calls,
                            'robot': True, 'from_ms': now - 86400000, 'to_ms': now + 86400000}, **more), file)
        self.scenario = os.path.join(self.folder, 'scenario.json')
        with open(self.scenario, 'w', encoding='utf-8') as file:
            json.dump({'id': SCENARIO, 'project': 'tea', 'title': 'Menu', 'version': 1, 'language': 'en', 'steps': [], 'robot': True}, file)
        subprocess.run([caller.program, 'scenario', 'prompt', self.scenario, 'greeting', os.path.join(caller.pbx.state, greeting + '.wav')], check=True)

    def command(self, *more):
        return [self.caller.program, 'campaign', 'run', self.plan, '--json', '--line', 'alice@127.0.0.1', '--server', '127.0.0.1:%d' % self.caller.pbx.sip_port,
                '--recordings', self.recordings, '--rules-read', *more]

    def run(self, *more, seconds=120):
        done = subprocess.run(self.command(*more), env=self.caller.environment(), capture_output=True, timeout=seconds, check=False)
        return self.read(done.returncode, done.stdout, done.stderr)

    def start(self):
        return subprocess.Popen(self.command(), env=self.caller.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def read(self, code, out, err):
        self.errors = err.decode()
        if PASSWORD in out.decode() + self.errors:
            raise AssertionError('the password is told')
        try:
            return code, json.loads(out)
        except ValueError:
            raise AssertionError('exit %d, no JSON: %r %r' % (code, out[:300], self.errors[-1500:])) from None

    def parts(self):
        return [os.path.join(self.recordings, name) for name in os.listdir(self.recordings) if name.endswith('.part')]

    def is_recording(self):
        return any(os.path.getsize(path) > 16000 * 4 * 2 for path in self.parts())


def prompts_and_alarm(tap, caller, validators):
    """One number says what it should, another one does not any more."""
    robot = Robot(caller, 'menu', ['800', '801', '801'], fail_n=2, fail_m=2)
    code, answer = robot.run()
    made = answer['made']
    words = [json.dumps(answer, indent=1)[:6000], robot.errors]
    tap.check([error.message for error in validators['cli-campaign-run'].iter_errors(answer)] == [], 'the answer follows its schema', words)
    tap.check([one['number'] for one in made] == ['800', '801', '801'] and all('call' in one for one in made), 'three calls are made in their order', words)
    tap.check([one['faults'] for one in made] == [[], ['wrong-prompt'], ['wrong-prompt']], 'the changed announcement is a fault, and only that', words)
    heard = [one['call']['prompts'][0] for one in made]
    tap.check([one['state'] for one in heard] == ['heard', 'not-heard', 'not-heard'], 'heard or not', [json.dumps(heard)])
    tap.check(heard[0]['likeness'] > 0.9 and heard[1]['likeness'] < 0.7, 'how like it was', [json.dumps(heard)])
    # The exchange waits half a second between its answer and the announcement, and a busy machine delays it.
    late = made[0]['call']['dialled_ms'] + heard[0]['from_ms'] - made[0]['call']['answered_ms']
    tap.check(300 <= late <= 1500, 'where it began', ['%d ms behind the answer' % late])
    tap.check(any(one.get('label') == 'greeting' for one in made[0]['call']['segments']), 'the segment bears its name', [json.dumps(made[0]['call']['segments'])])
    tap.check(all(one['call']['end'] == {'by': 'us'} or one['call']['end']['by'] == 'us' for one in made), 'what was to be heard was, so it hangs up', words)
    tap.check(code == 4 and [(one['number'], one['failed'], one['of'], one['raised']) for one in answer['alarms']] == [('801', 2, 2, True)],
              'two of two raise an alarm, with an exit code of its own', [code, json.dumps(answer['alarms'])])
    tap.check(len(os.listdir(robot.recordings)) == 3 and not robot.parts(), 'three recordings are kept', os.listdir(robot.recordings))
    code, answer = robot.run()
    tap.check(code == 0 and answer['made'] == [] and caller.pbx.calls() == ['800', '801', '801'], 'run again, it calls nobody',
              [code, json.dumps(answer['made'])[:500], caller.pbx.calls()])
    tap.check([one['raised'] for one in answer['alarms']] == [False], 'the alarm stands, and is not raised again', [json.dumps(answer['alarms'])])
    done = subprocess.run([caller.program, 'campaign', 'results', robot.plan + '.state', '--by', 'line', '--json'], capture_output=True, timeout=60, check=False)
    by = {one['line']: (one['n'], one['answered'], one['sound']) for one in json.loads(done.stdout)['results']}
    tap.check(by == {'800': (1, 1, 1), '801': (2, 2, 0)}, 'together they say so', [json.dumps(by)])


def recordings_are_nobody(tap, caller):
    """Something short, and then silence: so do people; and so does every recording."""
    robot = Robot(caller, 'short', ['803', '804'], greeting='short')
    code, answer = robot.run()
    right, wrong = answer['made']
    words = [json.dumps(answer, indent=1)[:6000], robot.errors]
    tap.check([one['kind'] for one in right['call']['segments'] if one.get('label') == 'greeting'] == ['announcement']
              and not [one for one in right['call']['segments'] if one['kind'] == 'person'], 'the recording that was heard is no person', words)
    tap.check(code == 3 and [one['faults'] for one in answer['made']] == [[], ['wrong-prompt']], 'another recording is a fault, whatever it is taken for', words)
    # Nothing is kept that nobody asked for, and yet it is compared.
    code, answer = caller.call('803', robot=True, prompts=[{'name': 'greeting'}], extra=['--prompt', 'greeting=' + os.path.join(caller.pbx.state, 'short.wav')])
    left = set(glob.glob(os.path.join(caller.runtime, 'sidetone-call-*')))
    tap.check(code == 0 and answer['call']['prompts'][0]['state'] == 'heard' and 'recording' not in answer['call'] and not left, 'what is only compared is not kept',
              [code, left, json.dumps(answer)[:3000]])
    code, answer = caller.call('804', robot=True, steps=[{'id': '1', 'say': 'Are you open now?'}], limits={'ring_ms': 20000, 'queue_ms': 60000})
    tap.check(code == 1 and answer['says_nothing'] == 'unclear-voice' and answer['faults'] == [], 'of a voice that nobody spoke with nothing is said',
              [code, json.dumps(answer)[:3000]])


def single_fault(tap, caller):
    robot = Robot(caller, 'single', ['801'])
    code, answer = robot.run()
    tap.check(code == 3 and answer['alarms'] == [], 'a fault without an alarm has its exit code', [code, json.dumps(answer['alarms'])])


def two_at_once(tap, caller, before):
    """The second one does nothing; stopped, the first one ends in order and makes no other call."""
    robot = Robot(caller, 'together', ['802', '802'])
    first = robot.start()
    wait_until(robot.is_recording, 30, 'two seconds of recording')
    code, answer = robot.run()
    tap.check(code == 5 and answer['error']['code'] == 'busy', 'a second run at the same time does nothing', [code, json.dumps(answer)])
    first.send_signal(signal.SIGINT)
    out, err = first.communicate(timeout=30)
    code, answer = robot.read(first.returncode, out, err)
    tap.check([one['call']['end']['by'] for one in answer['made']] == ['us'] and len(answer['due']) == 1, 'stopped, it hangs up and leaves the other call',
              [code, json.dumps(answer)[:3000]])
    tap.check(caller.pbx.calls()[before:] == ['802'], 'one call reached the exchange', caller.pbx.calls())


def killed(tap, caller, before):
    robot = Robot(caller, 'killed', ['802'])
    process = robot.start()
    wait_until(robot.is_recording, 30, 'two seconds of recording')
    process.kill()
    process.communicate(timeout=10)
    code, answer = robot.run()
    tap.check(code == 0 and answer['made'] == [] and len(answer['interrupted']) == 1, 'after SIGKILL the call is told, and not made again', [code, json.dumps(answer)])
    kept = [os.path.join(robot.recordings, name) for name in os.listdir(robot.recordings)]
    with open(kept[0], 'rb') as file:
        wave = Wave(file.read())
    tap.check(len(kept) == 1 and kept[0].endswith('.wav') and wave.seconds >= 1.5, 'its recording is kept under its name', kept)
    tap.check(caller.pbx.calls()[before:] == ['802'], 'nobody was called twice', caller.pbx.calls())


def run(tap, build, state):
    os.makedirs(os.path.join(state, 'pbx'))
    pbx = Pbx(os.path.join(state, 'pbx'))
    for name, text in (('greeting', GREETING), ('changed', CHANGED), ('short', SHORT), ('closed', CLOSED)):
        say(pbx.state, name, text)
    validators = load_validators(os.path.join(os.path.dirname(__file__), '..', '..', 'docs', 'schemas'))
    try:
        pbx.start()
        caller = Caller(build, pbx, state)
        prompts_and_alarm(tap, caller, validators)
        single_fault(tap, caller)
        recordings_are_nobody(tap, caller)
        two_at_once(tap, caller, len(pbx.calls()))
        killed(tap, caller, len(pbx.calls()))
    finally:
        pbx.stop()
