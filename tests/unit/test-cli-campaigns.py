#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What sidetonectl does with campaigns of test calls before anybody is called, and with what they found.

usage: test-cli-campaigns.py SIDETONECTL SCHEMA-FOLDER
"""
import contextlib
import fcntl
import json
import math
import os
import random
import socket
import struct
import sys
import threading
import time
import wave

from cli_kit import Ctl, free_port, need, run_tests, same

SCENARIO = '7c0a3f50-1111-4a39-9a35-0d2c9f3e1b11'
CAMPAIGN = '7c0a3f50-3333-4a39-9a35-0d2c9f3e1b11'
DAY = 86400000
MONDAY = 1795381200000          # 2026-11-23 00:00 in Moscow
SECRET = 'a-password-nobody-may-see'


def scenario(ident=SCENARIO, **more):
    return dict({'id': ident, 'project': 'tea', 'title': 'Night line', 'version': 1, 'steps': [], 'robot': True, 'number': '100',
                 'hours': {'from': '22:00', 'to': '02:00'}, 'time_zone': 'Europe/Moscow'}, **more)


def campaign(**more):
    return dict({'id': CAMPAIGN, 'project': 'tea', 'title': 'Nights', 'scenarios': [SCENARIO], 'time_zone': 'Europe/Moscow', 'from_ms': MONDAY,
                 'to_ms': MONDAY + 7 * DAY, 'count': 10, 'per_day': 2, 'seed': 'november', 'robot': True, 'callers': [], 'calls': [],
                 'numbers': [{'number': '84951200007', 'vendor': 'North'}, {'number': '84951200008'}], 'fail_n': 2, 'fail_m': 3}, **more)


def put(ctl, folder, plan, *scenarios):
    """A folder with a campaign and its scenarios; the campaign's name."""
    os.makedirs(ctl.path(folder), exist_ok=True)
    for number, one in enumerate(scenarios or [scenario()]):
        ctl.write('%s/scenario-%d.json' % (folder, number), json.dumps(one))
    ctl.write(folder + '/other.json', '{"anything": [1, 2]}')
    ctl.write(folder + '/campaign.json', json.dumps(plan))
    return folder + '/campaign.json'


def planned(at_ms, **more):
    return dict({'at_ms': at_ms, 'scenario': SCENARIO, 'number': '84951200007'}, **more)


def drawn(ctl):
    """the same seed draws the same calls, another one others, inside the hours"""
    path = put(ctl, 'draw', campaign())
    first = ctl.json('cli-campaign-draw', 'campaign', 'draw', path)
    same(ctl.json('cli-campaign-draw', 'campaign', 'draw', path), first, 'again')
    same(len(first['calls']), 10, 'calls')
    for call in first['calls']:
        hour = int(call['at'][11:13])
        need(hour >= 22 or hour < 2, 'outside of the hours', call)
    same({call['number']: call['vendor'] for call in first['calls']}, {'84951200007': 'North', '84951200008': None}, 'numbers')
    other = ctl.json('cli-campaign-draw', 'campaign', 'draw', path, '--seed', 'december')
    need([call['at_ms'] for call in other['calls']] != [call['at_ms'] for call in first['calls']], 'another seed draws the same')
    same(other['seed'], 'december', 'seed')
    need(ctl.text('campaign', 'draw', path).count('Night line') == 10, 'text')
    # Written, it has its calls and is drawn no more.
    ctl.run('campaign', 'draw', path, '--seed', 'december', '-o', 'draw/drawn.json')
    with open(ctl.path('draw/drawn.json'), encoding='utf-8') as stream:
        kept = json.load(stream)
    ctl.validate('campaign', kept)
    same([call['at_ms'] for call in kept['calls']], [call['at_ms'] for call in other['calls']], 'written')
    ctl.fails('campaign', 'draw', path, '-o', 'draw/drawn.json', said='--force', word='exists')
    few = ctl.json('cli-campaign-draw', 'campaign', 'draw', put(ctl, 'few', campaign(to_ms=MONDAY + DAY, per_day=1)))
    same((few['wanted'], len(few['calls'])), (10, 1), 'no room for more')


def undrawable(ctl):
    """what cannot be drawn is said in words"""
    ctl.fails('campaign', 'draw', put(ctl, 'seedless', campaign(seed=None)), said='no seed', word='invalid')
    ctl.fails('campaign', 'draw', put(ctl, 'lost', campaign(), scenario('7c0a3f50-9999-4a39-9a35-0d2c9f3e1b11')), said=SCENARIO, word='not-found')
    ctl.fails('campaign', 'draw', put(ctl, 'twice', campaign(), scenario(), scenario()), said='in two files', word='conflict')
    ctl.fails('campaign', 'draw', put(ctl, 'never', campaign(from_ms=MONDAY + 3 * 3600000, to_ms=MONDAY + 4 * 3600000)), said='no room for a single call', word='invalid')
    ctl.fails('campaign', 'draw', put(ctl, 'zone', campaign()), '--time-zone', 'Mars/Olympus', said='Mars/Olympus', word='invalid')
    ctl.fails('campaign', 'draw', 'missing.json', said='missing.json', word='not-found')
    begun = campaign(calls=[planned(MONDAY, test_call=SCENARIO)])
    ctl.fails('campaign', 'draw', put(ctl, 'begun', begun), '-o', 'x.json', said='not drawn again', word='conflict')


def dry(ctl):
    """what would be done is told without a line, and nothing is written"""
    now = int(time.time() * 1000)
    path = put(ctl, 'dry', campaign(calls=[planned(now - 3600000), planned(now - 120000), planned(now + 3600000),
                                           planned(now - 60000, test_call=SCENARIO), planned(now - 50000, skipped='Ill')]))
    answer = ctl.json('cli-campaign-run', 'campaign', 'run', path, '--dry-run')
    same([[call['at_ms'] - now for call in answer[name]] for name in ('missed', 'due', 'waiting')], [[-3600000], [-120000], [3600000]], 'how they stand')
    same((answer['made'], answer['alarms'], answer['dry_run']), ([], [], True), 'nothing is done')
    answer = ctl.json('cli-campaign-run', 'campaign', 'run', path, '--dry-run', '--grace', '90')
    same(len(answer['due']), 2, 'with more patience')
    need(not os.path.exists(ctl.path('dry/campaign.json.state')), 'a dry run writes')
    text = ctl.text('campaign', 'run', path, '--dry-run')
    need('Night line: due' in text and 'Night line: missed' in text and 'Night line: waiting' in text, text)


def unready(ctl):
    """a line that is not ready leaves calls as they are, and tells no password"""
    now = int(time.time() * 1000)
    path = put(ctl, 'unready', campaign(calls=[planned(now - 1000)]))
    line = ['--line', 'a@127.0.0.1', '--server', '127.0.0.1:%d' % free_port(), '--transport', 'tcp']
    done = ctl.run('campaign', 'run', path, *line, '--json', code=1, SIDETONE_LINE_PASSWORD=SECRET)
    need('error' in json.loads(done.stdout) and SECRET not in done.stdout.decode() + done.stderr, done.stdout, done.stderr)
    with open(ctl.path('unready/campaign.json.state'), encoding='utf-8') as stream:
        same(stream.read(), '{"campaign":"%s"}\n' % CAMPAIGN, 'nothing was begun')
    answer = ctl.json('cli-campaign-run', 'campaign', 'run', path, '--dry-run')
    same(len(answer['due']), 1, 'it is due still')
    # Nothing due: the line is not even tried.
    same(ctl.json('cli-campaign-run', 'campaign', 'run', put(ctl, 'idle', campaign(calls=[planned(now + DAY)])), *line)['made'], [], 'nothing is due')


@contextlib.contextmanager
def silence(kind):
    """A port where something listens, takes connections and never says a word."""
    with socket.socket(socket.AF_INET, kind) as held:
        held.bind(('127.0.0.1', 0))
        if kind == socket.SOCK_STREAM:
            held.listen(8)
        yield held.getsockname()[1]


def dead(ctl):
    """a line that is dead makes no call, and nothing says that all is well"""
    line = ['--line', 'a@127.0.0.1', '--server', '127.0.0.1:%d' % free_port(), '--direct']
    # GLib's table of names outgrows itself by GStreamer's; only a whole stack tells whose it is.
    whole = {'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', 'exitcode=99') + ':fast_unwind_on_malloc=0'}
    ctl.write('night.json', json.dumps(scenario()))
    ctl.fails('test-call', 'night.json', *line, said='.', word='unreachable', **whole)
    with silence(socket.SOCK_DGRAM) as port:
        ctl.fails('test-call', 'night.json', '--line', 'a@127.0.0.1', '--server', '127.0.0.1:%d' % port, '--direct',
                  said='port and transport right', word='unreachable', **whole)
    with silence(socket.SOCK_STREAM) as port:
        for more, word in (([], 'timed-out'), (['--direct'], 'unreachable')):
            ctl.fails('test-call', 'night.json', '--line', 'a@127.0.0.1', '--server', '127.0.0.1:%d' % port, '--transport', 'tcp', *more,
                      said='port and transport right', word=word, **whole)
    now = int(time.time() * 1000)
    path = put(ctl, 'dead', campaign(calls=[planned(now - 1000)], fail_n=1, fail_m=1))
    answer = ctl.json('cli-campaign-run', 'campaign', 'run', path, *line, code=1, **whole)
    same(([one.get('call') for one in answer['made']], answer['alarms']), ([None], []), 'nobody was called')
    same([failure['code'] for failure in answer['made'][0]['failures']], ['unreachable'], 'why')
    need('fine' not in ctl.text('campaign', 'run', path, *line, code=1, **whole), 'it says that all is fine')
    answer = ctl.json('cli-campaign-run', 'campaign', 'run', path, '--dry-run')
    same(len(answer['due']), 1, 'it may be made while it is due')


@contextlib.contextmanager
def refuser():
    """A server that knows no number."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as held:
        held.bind(('127.0.0.1', 0))

        def serve():
            while True:
                try:
                    request, source = held.recvfrom(65535)
                except OSError:
                    return
                lines = request.decode().split('\r\n')
                if lines[0].startswith('INVITE '):
                    kept = [each for each in lines if each.split(':')[0] in ('Via', 'v', 'From', 'f', 'Call-ID', 'i', 'CSeq')]
                    to = next(each for each in lines if each.split(':')[0] in ('To', 't'))
                    held.sendto('\r\n'.join(['SIP/2.0 404 Not Found', *kept, to + ';tag=x', 'Content-Length: 0', '', '']).encode(), source)

        threading.Thread(target=serve, daemon=True).start()
        yield held.getsockname()[1]


def rules(ctl):
    """nobody is called before the rules of test calls are acknowledged, and each call says by whom they were"""
    now = int(time.time() * 1000)
    path = put(ctl, 'rules', campaign(calls=[planned(now - 1000)]))
    ctl.write('night.json', json.dumps(scenario()))
    ctl.write('toys.json', json.dumps(scenario(project='toys')))
    whole = {'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', 'exitcode=99') + ':fast_unwind_on_malloc=0'}
    with refuser() as port:
        line = ['--line', 'a@127.0.0.1', '--server', '127.0.0.1:%d' % port, '--direct']
        for words in (['test-call', 'night.json'], ['campaign', 'run', path]):
            done = ctl.run(*words, *line, code=1)
            need('The staff knows' in done.stderr and '--rules-read' in done.stderr, 'the rules are told', done.stderr)
            error = ctl.json('cli-error', *words, *line, code=1)['error']
            need(error['code'] == 'forbidden' and '--rules-read' in error['message'], error)
        need(not os.path.exists(ctl.path('rules/campaign.json.state')), 'something was begun')
        same(len(ctl.json('cli-campaign-run', 'campaign', 'run', path, '--dry-run')['due']), 1, 'telling what is due needs no rules')
        done = ctl.run('test-call', 'night.json', *line, '--rules-read', code=3, **whole)
        need('The staff knows' in done.stderr, 'acknowledged unread', done.stderr)
        answer = ctl.json('cli-test-call', 'test-call', 'night.json', *line, code=3, **whole)
        same((answer['call']['end']['code'], answer['faults']), (404, ['not-answered']), 'who refuses a number is there')
        rules = answer['call']['rules']
        need(rules['version'] == 1 and rules['by'] and abs(rules['at_ms'] - now) < 60000, 'who acknowledged them', rules)
        ctl.validate('test-call', answer['call'])
        made = ctl.json('cli-campaign-run', 'campaign', 'run', path, *line, code=3, **whole)['made']
        same(made[0]['call']['rules'], rules, 'in the calls of a campaign')
        same(ctl.json('cli-error', 'test-call', 'toys.json', *line, code=1)['error']['code'], 'forbidden', 'the staff of another project')


def state(ctl):
    """a call that was begun is never made again; what is damaged stops everything"""
    now = int(time.time() * 1000)
    path = put(ctl, 'state', campaign(calls=[planned(now - 2000), planned(now - 1000)]))
    head = json.dumps({'campaign': CAMPAIGN}) + '\n'
    begun = json.dumps({'begun': {'id': '7c0a3f50-2222-4a39-9a35-0d2c9f3e1b11', 'at_ms': now - 2000, 'began_ms': now - 1900, 'scenario': SCENARIO,
                                  'number': '84951200007'}}) + '\n'
    where = path + '.state'
    ctl.write(where, head + begun)
    answer = ctl.json('cli-campaign-run', 'campaign', 'run', path, '--dry-run')
    same((len(answer['due']), [call['id'] for call in answer['interrupted']]), (1, ['7c0a3f50-2222-4a39-9a35-0d2c9f3e1b11']), 'the program died in it')
    # Cut off while a line was written.
    ctl.write(where, head + begun + '{"call": {"id": "7c0a3f')
    same(len(ctl.json('cli-campaign-run', 'campaign', 'run', path, '--dry-run')['interrupted']), 1, 'half a line')
    ctl.write(where, head + begun + json.dumps({'dropped': '7c0a3f50-2222-4a39-9a35-0d2c9f3e1b11'}) + '\n')
    same(len(ctl.json('cli-campaign-run', 'campaign', 'run', path, '--dry-run')['due']), 2, 'nobody was called after all')
    line = ['--line', 'a@127.0.0.1', '--server', '127.0.0.1:1']
    for bad in (head + 'nonsense\n' + begun, head + begun + begun, '[]\n', head + '{"begun": 3}\n'):
        ctl.write(where, bad)
        ctl.fails('campaign', 'run', path, *line, said='damaged', word='corrupt')
        with open(ctl.path(where), encoding='utf-8') as stream:
            same(stream.read(), bad, 'it is left as it was')
    ctl.write(where, json.dumps({'campaign': SCENARIO}) + '\n')
    ctl.fails('campaign', 'run', path, *line, said='of another campaign', word='conflict')
    ctl.write(where, head)
    with open(ctl.path(where), 'rb') as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = ctl.run('campaign', 'run', path, *line, '--json', code=5)
        same(json.loads(done.stdout)['error']['code'], 'busy', 'two at once')


def unrunnable(ctl):
    """what a computer may not, or cannot, call is refused"""
    line = ['--line', 'a@127.0.0.1']
    ctl.fails('campaign', 'run', put(ctl, 'people', campaign(robot=False)), *line, said='made by people', word='invalid')
    ctl.fails('campaign', 'run', put(ctl, 'closed', campaign(closed_ms=MONDAY)), *line, said='closed', word='invalid')
    nowhere = put(ctl, 'nowhere', campaign(numbers=[]), scenario(number=None))
    ctl.fails('campaign', 'run', nowhere, *line, said='what to dial', word='invalid')
    path = put(ctl, 'usage', campaign())
    ctl.fails('campaign', 'run', path, said='--line', code=2)
    ctl.write('ready.json', json.dumps(scenario(number='100')))
    for words in (['campaign', 'run', path], ['test-call', 'ready.json']):
        for wrong in (['--line', 'a'], ['--line', '@b']):
            ctl.fails(*words, *wrong, said='--line is USER@SERVER', code=2)
        for wrong in ('a@127.0.0.1:5060', 'a@[::1]:5060', 'a@pbx.example.org:5060'):
            ctl.fails(*words, '--line', wrong, said='--line takes no port; --server HOST:PORT does', code=2)
        for port in ('127.0.0.1:99999', '127.0.0.1:-1', '[::1]:x'):
            ctl.fails(*words, *line, '--server', port, said='The server is no host name or address, or its port is none', code=2)
        ctl.fails(*words, *line, '--encrypt', said='Encrypted sound needs TLS', code=2)
        ctl.fails(*words, *line, '--trust', 'gone.pem', said='gone.pem', word='not-found')
    ctl.fails('campaign', 'run', path, *line, '--due', '--all', said='not both', code=2)
    ctl.fails('campaign', 'run', path, *line, '--grace', '0', said='--grace', code=2)
    ctl.fails('campaign', 'run', path, *line, '--recordings', 'gone', said='not a folder', word='not-found')


def call(number, ident, at_ms, answered=True, wait_ms=None, **more):
    segments = [{'kind': 'person', 'from_ms': wait_ms, 'to_ms': wait_ms + 9000}] if wait_ms is not None else []
    return dict({'id': '7c0a3f50-2222-4a39-9a35-0d2c9f3e%04x' % ident, 'project': 'tea', 'number': number, 'scenario': SCENARIO, 'dialled_ms': at_ms,
                 'ended_ms': at_ms + 30000, 'end': {'by': 'them'}, 'segments': segments, 'notes': [], 'answers': [], 'pinned': scenario()},
                **({'answered_ms': at_ms + 2000} if answered else {}), **more)


def results(ctl):
    """many calls together, by line and week, each once, with n and interval"""
    calls = [call('100', i, MONDAY + i * DAY, answered=i % 4 != 0, wait_ms=10000 + 1000 * i if i % 4 else None) for i in range(8)]
    calls += [call('200', 100 + i, MONDAY + i * DAY, vendor='North', wait_ms=5000) for i in range(2)]
    ctl.write('kept.state', json.dumps({'campaign': CAMPAIGN}) + '\n' + ''.join(json.dumps({'call': one}) + '\n' for one in calls[:6]) + '{"half')
    ctl.write('answer.json', json.dumps({'campaign': CAMPAIGN, 'made': [{'call': one} for one in calls[5:9]]}))
    ctl.write('single.json', json.dumps(calls[9]))
    ctl.write('whole.state', json.dumps({'campaign': CAMPAIGN}) + '\n' + ''.join(json.dumps({'call': one}) + '\n' for one in calls[:3]))
    same(ctl.json('cli-campaign-results', 'campaign', 'results', 'whole.state')['calls'], 3, 'a state file that is whole')
    ctl.write('spread.json', json.dumps(calls[:2], indent=1))
    same(ctl.json('cli-campaign-results', 'campaign', 'results', 'spread.json')['calls'], 2, 'a list over many lines')
    files = ['kept.state', 'answer.json', 'single.json']
    whole = ctl.json('cli-campaign-results', 'campaign', 'results', *files)
    same((whole['calls'], len(whole['results']), whole['results'][0]['n'], whole['results'][0]['answered']), (10, 1, 10, 8), 'all together')
    # Wilson's interval of 8 of 10.
    z, n, p = 1.959963985, 10, 0.8
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    low, high = whole['results'][0]['reached_share']
    need(abs(low - (middle - half)) < 2e-4 and abs(high - (middle + half)) < 2e-4, 'interval', low, high)
    by = ctl.json('cli-campaign-results', 'campaign', 'results', *files, '--by', 'line,week', '--time-zone', 'Europe/Moscow')
    same([(one['line'], one['from'], one['n']) for one in by['results']],
         [('100', '2026-11-23', 7), ('100', '2026-11-30', 1), ('North', '2026-11-23', 2)], 'by line and week')
    same((by['results'][2]['wait_ms'], by['results'][2]['wait_interval_ms']), (5000, [5000, 5000]), 'waits')
    need('  nothing wrong      80.0 % (' in ctl.text('campaign', 'results', *files), 'text')
    need('all\n  10 calls, 8 answered\n' in ctl.text('campaign', 'results', *files), 'plurals')
    need('\n  1 call, 1 answered\n' in ctl.text('campaign', 'results', 'single.json'), 'one call')
    same((whole['not_counted'], whole['left_out']), (0, []), 'all count')
    dead = [call('100', 200, MONDAY, answered=False, end={'by': 'lost'}), call('100', 201, MONDAY, ended_ms=0)]
    ctl.write('broken.json', json.dumps(calls[:2] + dead))
    broken = ctl.json('cli-campaign-results', 'campaign', 'results', 'broken.json')
    same((broken['calls'], broken['not_counted'], broken['results'][0]['n']), (4, 2, 2), 'some do not count')
    same(broken['left_out'], [{'says_nothing': 'connection-broke', 'n': 1}, {'says_nothing': 'not-over', 'n': 1}], 'and why')
    need('2 of 4 calls not counted:\n  1: the connection broke\n  1: they are not over\n' in ctl.text('campaign', 'results', 'broken.json'), 'in words')
    ctl.fails('campaign', 'results', 'single.json', '--by', 'colour', said='--by takes', code=2)
    ctl.fails('campaign', 'results', 'single.json', '--by', 'week,month', said='--by takes', code=2)
    ctl.fails('campaign', 'results', ctl.write('none.json', '{}'), said='holds no test calls', word='invalid')


def speak(ctl, name, seconds, seed=1):
    """Something like a voice: hums with pauses, never twice alike."""
    lots, samples, phase = random.Random(seed), [], 0.0
    while len(samples) < seconds * 8000:
        pitch, length, loud = lots.uniform(100, 240), lots.randrange(600, 2400), lots.uniform(2000, 9000)
        for i in range(length):
            phase += pitch / 8000
            samples.append(int(loud * math.sin(math.pi * i / length) * (math.sin(2 * math.pi * phase) + 0.6 * math.sin(14 * math.pi * phase)) / 2))
        samples += [0] * lots.randrange(200, 1200)
    with wave.open(ctl.path(name), 'wb') as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(8000)
        stream.writeframes(struct.pack('<%dh' % len(samples), *samples))
    return name


def prompts(ctl):
    """the recording of an announcement goes into a scenario, whole or in part"""
    sound = speak(ctl, 'greeting.wav', 8)
    ctl.write('menu.json', json.dumps(scenario(prompts=[{'name': 'greeting', 'text': 'Welcome'}])))
    answer = ctl.json('cli-scenario-prompt', 'scenario', 'prompt', 'menu.json', 'greeting', sound, '--from', '0.5', '--to', '6')
    with open(ctl.path('menu.json'), encoding='utf-8') as stream:
        kept = json.load(stream)
    ctl.validate('scenario', kept)
    same([(one['name'], one.get('text'), one['recording'], len(one['sound'])) for one in kept['prompts']],
         [('greeting', 'Welcome', answer['recording'], answer['characters'])], 'in the scenario')
    ctl.run('scenario', 'prompt', 'menu.json', 'queue', sound, '-o', 'both.json')
    with open(ctl.path('both.json'), encoding='utf-8') as stream:
        same([one['name'] for one in json.load(stream)['prompts']], ['greeting', 'queue'], 'a new one')
    need(not ctl.json('cli-scenario-check', 'scenario', 'check', 'both.json', code=1)['findings'][0]['code'].startswith('empty'), 'told as empty')
    for nothing in ('', '  '):
        ctl.fails('scenario', 'prompt', 'menu.json', nothing, sound, said='NAME is missing', code=2)
    ctl.write('nameless.json', json.dumps(scenario(prompts=[{'name': '', 'text': 'Welcome'}])))
    found = ctl.json('cli-scenario-check', 'scenario', 'check', 'nameless.json', code=1)['findings']
    need(('error', 'nameless-prompt', 'prompt') in [(one['severity'], one['code'], one['part']) for one in found], found)
    ctl.fails('scenario', 'prompt', 'menu.json', 'greeting', sound, '--from', 'x', said='seconds', code=2)
    ctl.fails('scenario', 'prompt', 'menu.json', 'greeting', sound, '--from', '100', said='not in the recording', word='invalid')
    ctl.fails('scenario', 'prompt', 'menu.json', 'greeting', sound, '--to', '0.9', said='two seconds', word='invalid')
    ctl.fails('scenario', 'prompt', 'menu.json', 'greeting', speak(ctl, 'long.wav', 40), said='30 seconds', word='too-large')
    ctl.fails('scenario', 'prompt', 'menu.json', 'greeting', 'gone.wav', said='gone.wav', word='not-found')
    ctl.fails('test-call', 'menu.json', '--line', 'a@127.0.0.1', '--prompt', 'greeting', said='NAME=FILE', word='invalid')


def lines(ctl):
    """somebody saying a step goes into a scenario, by its id or number, and out of it again"""
    sound = speak(ctl, 'line.wav', 8)
    ctl.write('said.json', json.dumps(scenario(steps=[{'id': 'hello', 'say': 'Hello'}, {'id': 'bye'}])))
    answer = ctl.json('cli-scenario-line', 'scenario', 'line', 'said.json', 'hello', sound, '--from', '0.5', '--to', '6')
    with open(ctl.path('said.json'), encoding='utf-8') as stream:
        kept = json.load(stream)
    ctl.validate('scenario', kept)
    same((kept['steps'][0]['recording'], len(kept['steps'][0]['sound'])), (answer['recording'], answer['characters']), 'in the scenario')
    need(abs(answer['length_ms'] - 5500) <= 40, answer)
    ctl.run('scenario', 'line', 'said.json', '2', sound, '-o', 'both.json')
    found = ctl.json('cli-scenario-check', 'scenario', 'check', 'both.json', code=1)['findings']
    same([(one['code'], one['id']) for one in found if one['part'] == 'step'], [('line-no-words', 'bye')], 'a line nobody can read')
    answer = ctl.json('cli-scenario-line', 'scenario', 'line', 'said.json', 'hello', '--remove')
    same((answer['recording'], answer['characters'], answer['length_ms']), (None, 0, 0), 'removed')
    with open(ctl.path('said.json'), encoding='utf-8') as stream:
        need('sound' not in json.load(stream)['steps'][0], 'it is still there')
    ctl.write('dead.json', json.dumps(scenario(steps=[{'id': 'hello', 'say': 'Hello', 'recording': 'ab', 'sound': 'T2dnUw=='}])))
    found = ctl.json('cli-scenario-check', 'scenario', 'check', 'dead.json', code=1)['findings']
    need(('error', 'line-damaged', 'hello') in [(one['severity'], one['code'], one['id']) for one in found], found)
    ctl.fails('scenario', 'line', 'said.json', 'hello', said='SOUND is missing', code=2)
    ctl.fails('scenario', 'line', 'said.json', '3', sound, said='no step', word='not-found')
    ctl.fails('scenario', 'line', 'said.json', '1', speak(ctl, 'long.wav', 40), said='30 seconds', word='too-large')
    ctl.fails('scenario', 'line', 'said.json', '1', 'gone.wav', said='gone.wav', word='not-found')
    ctl.write('words.wav', 'no sound at all, whatever it is called')
    ctl.fails('scenario', 'line', 'said.json', '1', 'words.wav', said='words.wav', word='invalid')


def main():
    ctl = Ctl(sys.argv[1], sys.argv[2])
    try:
        return run_tests([drawn, undrawable, dry, rules, unready, dead, state, unrunnable, results, prompts, lines], ctl)
    finally:
        ctl.close()


sys.exit(main())
