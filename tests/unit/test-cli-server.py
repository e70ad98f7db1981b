#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""sidetonectl and a real sidetone-server: a simulated centre at sixty times its
speed, users added while it runs, and one behind TLS.

usage: test-cli-server.py SIDETONECTL SIDETONE-SERVER SCHEMA-FOLDER
"""

import contextlib
import csv
import io
import json
import os
import re
import select
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

from cli_kit import TOKEN, Ctl, Failed, free_port, need, run_tests, same

DAY_MS = 86400000


class Server:
    """A child that ends with us; ready when it says so."""

    def __init__(self, program, words, folder, seconds=120):
        self.errors = open(os.path.join(folder, 'server.log'), 'w+', encoding='utf-8')
        self.process = subprocess.Popen([os.path.abspath(program), '--print-ready', '--exit-with-parent', *words],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, cwd=folder)
        readable, _, _ = select.select([self.process.stdout], [], [], seconds)
        line = self.process.stdout.readline() if readable else b''
        if not line:
            how = 'ended at once' if readable else f'was not ready in {seconds} s'
            self.stop()
            raise Failed(f'sidetone-server {how}: ' + self.said())
        ready = json.loads(line)
        self.url = ready['url']
        self.env = {'SIDETONE_URL': self.url, 'SIDETONE_TOKEN': ready.get('token', '')}

    def said(self):
        self.errors.seek(0)
        return self.errors.read()[-2000:]

    def stop(self):
        """Returns: its exit code."""
        self.process.terminate()
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait(10)


class Centre:
    """The simulated centre, and a configuration that names its database."""

    def __init__(self, ctl, program):
        self.ctl = ctl
        self.program = program
        self.data = ctl.path('centre')
        os.mkdir(self.data)
        self.server = Server(program, ['--simulate', '--listen', '127.0.0.1:0', '--data', self.data, '--days', '1',
                                       '--speed', '60'], ctl.folder)
        self.env = self.server.env
        self.lines = self.export()      # as it was at the start: an export of it all takes its time
        self.projects = {line['settings']['id']: line['settings'] for line in self.lines if 'settings' in line}
        self.config = ctl.write('centre.conf', f"""[server]
listen = 127.0.0.1
database = {self.data}/archive.db
[pbx none]
host = 127.0.0.1
user = x
secret = x
""" + ''.join(f"""[project {project['id']}]
name = {project['name']}
time_zone = {project['time_zone']}
queues = {'; '.join(queue['id'] for queue in project['queues'])}
""" for project in self.projects.values()))
        os.chmod(self.config, 0o600)

    def read(self, name):
        with open(self.ctl.path(name), encoding='utf-8') as stream:
            return [json.loads(line) for line in stream]

    def export(self, *words, env=None):
        self.ctl.json('cli-events-export', 'events', 'export', '-o', 'export.jsonl', *words, **(env or self.env))
        return self.read('export.jsonl')

    def add(self, name, role, *projects):
        """Adds a user. Returns: the environment they work in."""
        words = [word for project in projects for word in ('--project', project)]
        answer = self.ctl.json('cli-server-user-add', 'server', 'user', 'add', name, '--config', self.config, '--role', role, *words)
        return {**self.env, 'SIDETONE_TOKEN': answer['token']}


def since(event):
    """The words for an export of what happened from an event on."""
    return ['--from', time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(event['at_ms'] // 1000))]


def of(lines):
    return [line for line in lines if 'settings' not in line]


def boards(ctl, centre):
    """board shows every project and queue, for a person and for a program"""
    board = ctl.json('cli-board', 'board', **centre.env)
    same({project['id'] for project in board['projects']}, set(centre.projects), 'projects')
    text = ctl.text('board', **centre.env)
    for project in board['projects']:
        settings = centre.projects[project['id']]
        same([queue['id'] for queue in project['queues']], [queue['id'] for queue in settings['queues']], 'queues')
        need(settings['name'] in text and all(queue['name'] in text for queue in settings['queues']), text)
        same(project['offered'], sum(queue['offered'] for queue in project['queues']), 'offered')
        same((project['to_ms'], board['period']), (board['at_ms'] + 1, 'today'), 'scope')
    need(any(project['operators'] for project in board['projects']), 'no operators')
    one = ctl.json('cli-board', 'board', '--project', 'tea', '--period', '15min', **centre.env)
    same([project['id'] for project in one['projects']], ['tea'], 'one project')
    same(one['projects'][0]['to_ms'] - one['projects'][0]['from_ms'] - 1, 900000, '15 minutes')


def exported(ctl, centre):
    """an export has every event once, in the order of the numbers, as the schema says"""
    lines = centre.lines
    same(sum('settings' in line for line in lines), 3, 'settings')
    events = of(lines)
    seqs = [event['seq'] for event in events]
    need(len(seqs) > 1000 and all(a < b for a, b in zip(seqs, seqs[1:])), 'numbers do not grow', len(seqs))
    same(seqs, list(range(seqs[0], seqs[0] + len(seqs))), 'numbers')
    for line in lines[:5] + events[::97]:
        ctl.validate('cli-events-line', line)
    need({'call.joined', 'call.answered', 'call.ended', 'operator.state'} <= {event['kind'] for event in events}, 'kinds')


def compare(ctl, lines, shown, words):
    """Replays @lines to the number of a board that was shown."""
    with open(ctl.path('cut.jsonl'), 'w', encoding='utf-8') as stream:
        stream.writelines(json.dumps(line) + '\n' for line in lines if line.get('seq', 0) <= shown['seq'])
    until = time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(shown['at_ms'] // 1000)) + '.%03dZ' % (shown['at_ms'] % 1000)
    again = ctl.json('cli-replay', 'replay', 'cut.jsonl', '--until', until, *words)
    for member in 'seq', 'at_ms', 'period':
        same(again[member], shown[member], member)
    same((again['passed_over'], len(again['projects'])), (0, len(shown['projects'])), 'position')
    replayed = {project['id']: project for project in again['projects']}
    for project in shown['projects']:
        for member, value in project.items():
            same(replayed[project['id']][member], value, f'{project["id"]}, {shown["period"]}: {member}')


def same_figures(ctl, centre):
    """export and replay give the figures of the board at the same number"""
    board = ctl.json('cli-board', 'board', **centre.env)
    quarter = ctl.json('cli-board', 'board', '--period', '15min', '--project', 'tea', **centre.env)
    time.sleep(1)       # an event is kept a moment after it is told
    lines = centre.export()
    need(of(lines)[-1]['seq'] >= quarter['seq'], 'event', quarter['seq'], 'was not kept')
    need(sum(project['offered'] for project in board['projects']) > 0, 'an empty day proves nothing')
    for shown, words in (board, []), (quarter, ['--period', '15min', '--project', 'tea']):
        compare(ctl, lines, shown, words)


def long_past(ctl, centre):
    """what call-backs of days ago are known from is in the log too"""
    old = Server(centre.program, ['--simulate', '--listen', '127.0.0.1:0', '--data', ctl.path('old'), '--days', '8'], ctl.folder)
    try:
        board = ctl.json('cli-board', 'board', **old.env)
        time.sleep(1)
        lines = centre.export(env=old.env)
        compare(ctl, lines, board, [])
        first = next(event for event in of(lines) if event['kind'] == 'call.ended')
        need(board['at_ms'] - first['at_ms'] > 6 * DAY_MS, 'the log begins', first)
    finally:
        same(old.stop(), 0, 'exit code: ' + old.said())


def words(ctl, centre):
    """--json may stand before the command, and a pin is a SHA-256"""
    ctl.fails('bogus', said='no command “bogus”', code=2)
    need('no command “bogus”' in ctl.run('--json', 'bogus', code=2).stdout.decode(), 'what --json bogus says')
    ctl.fails('board', '--pin', 'zz', said='--pin “zz”', code=2, **centre.env)


def periods(ctl, centre):
    """--from, --to and --project of an export cut what they say"""
    events = of(centre.lines)
    middle = events[len(events) // 2]
    low = middle['at_ms'] // 1000 * 1000
    high = low + 3600000
    need(events[-1]['at_ms'] > high, 'too short a log')
    for project in None, 'tea':
        words = since(middle) + ['--to', time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(high // 1000))]
        lines = centre.export(*words, *(['--project', project] if project else []))
        wanted = [event['seq'] for event in events
                  if low <= event['at_ms'] < high and project in (None, event['project'])]
        need(wanted, 'nothing happened in an hour')
        same([event['seq'] for event in of(lines)], wanted, words)
        same({line['settings']['id'] for line in lines if 'settings' in line}, {project} if project else set(centre.projects), 'settings')


def calls(ctl, centre):
    """calls are the same as table, CSV and JSON, and within their days"""
    answer = ctl.json('cli-calls', 'calls', '--project', 'tea', **centre.env)
    need(answer['complete'] and answer['count'] == len(answer['calls']) > 0, 'calls', answer['count'])
    ended = answer['calls'][len(answer['calls']) // 2]['joined_ms'] // 1000
    to = time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(ended))
    words = ['calls', '--project', 'tea', '--to', to]
    answer = ctl.json('cli-calls', *words, **centre.env)
    rows = list(csv.DictReader(io.StringIO(ctl.run(*words, '--csv', **centre.env).stdout.decode()[1:], newline=''), strict=True))
    same([row['id'] for row in rows], [call['id'] for call in answer['calls']], 'CSV and JSON')
    same(len(ctl.text(*words, **centre.env).splitlines()), answer['count'], 'lines of the table')
    joined = [call['joined_ms'] for call in answer['calls']]
    need(joined == sorted(joined, reverse=True) and joined[0] < ended * 1000, 'newest first, before', to)
    for row, call in zip(rows, answer['calls']):
        same((row['caller'], row['wait_s'], row['operator']), (call.get('caller', ''), '%.3f' % (call.get('wait_ms', 0) / 1000),
                                                               call.get('operator', '')), row['id'])
    same(ctl.json('cli-calls', 'calls', '--project', 'tea', '--from', '2001-01-01', '--to', '2001-12-31', **centre.env)['count'], 0, '2001')


def scope(ctl, centre):
    """a client added while the server runs sees their project, with aliases, and nothing else"""
    env = centre.add('shop', 'client', 'tea')
    board = ctl.json('cli-board', 'board', **env)
    same([project['id'] for project in board['projects']], ['tea'], 'projects on the board')
    events = of(centre.lines)
    lines = centre.export(*since(events[-len(events) // 4]), env=env)
    same([line['settings']['id'] for line in lines if 'settings' in line], ['tea'], 'settings')
    same({event['project'] for event in of(lines)}, {'tea'}, 'projects of events')
    need(not any('alias' in event for event in of(lines)), 'aliases are told apart')
    full = {event['name'] for event in events if event.get('alias', event.get('name')) != event.get('name')}
    need(full and not full & {event.get('name') for event in of(lines)}, 'names that are not for clients', full)
    same(ctl.json('cli-calls', 'calls', **env)['calls'][0]['project'], 'tea', 'calls')
    for words in ['board'], ['calls'], ['events', 'export', '-o', 'x']:
        ctl.fails(*words, '--project', 'oak', said='no project “oak” for shop, but: tea', word='not-found', **env)


def endpoint(ctl, centre):
    """GET /events keeps to the projects granted, to its limit, and to the schema"""
    client = centre.add('reader', 'client', 'tea')

    def ask(query, token=client['SIDETONE_TOKEN']):
        request = urllib.request.Request(centre.server.url + '/api/v1/events' + query, headers={'Authorization': 'Bearer ' + token})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    for query in '?project=oak', '?project=books', '?project=tea%20':
        status, answer = ask(query)
        same((status, answer['code']), (404, 'not-found'), query)
    for query in '?limit=0', '?limit=x', '?after=-1', '?after=1e3', '?from=noon', '?to=-5':
        status, answer = ask(query)
        same((status, answer['code']), (400, 'invalid'), query)
    same(ask('', TOKEN)[0], 401, 'a wrong token')
    seqs = []
    for query, wanted in (('', 200), ('?limit=7', 7), ('?limit=1000000&project=tea', 1000)):
        status, answer = ask(query)
        same((status, len(answer['events'])), (200, wanted), query)
        ctl.validate('events-page', answer)
        same(({event['project'] for event in answer['events']}, answer['next']), ({'tea'}, answer['events'][-1]['seq']), query)
        seqs.append([event['seq'] for event in answer['events']])
    same(seqs[0][:7] + seqs[2][200:], seqs[1] + seqs[2][200:], 'pages begin alike')
    status, answer = ask(f'?after={seqs[1][-1]}&limit=10')
    same([event['seq'] for event in answer['events']], seqs[2][7:17], 'the page after')
    same(ask('?after=9000000000000000'), (200, {'events': []}), 'after the last')
    same(ask('?from=2001-01-01&to=2001-02-01'), (200, {'events': []}), '2001')


def revoked(ctl, centre):
    """a user revoked while the server runs is out at once"""
    env = centre.add('gone', 'trainer', 'tea')
    ctl.run('board', **env)
    ctl.run('server', 'user', 'revoke', 'gone', '--config', centre.config)
    for words in ['board'], ['calls'], ['events', 'export', '-o', 'x']:
        ctl.fails(*words, said='not signed in', word='unauthorized', **env)
        ctl.fails(*words, said='not signed in', word='unauthorized', SIDETONE_URL=centre.server.url, SIDETONE_TOKEN=TOKEN)


def stopped(ctl, centre):
    """the server ends in order; then nobody is there, and the log is still whole"""
    late = since(of(centre.lines)[-500])
    centre.export('--project', 'tea', *late)
    before = of(centre.export(*late))
    same(centre.server.stop(), 0, 'exit code of the server: ' + centre.server.said())
    with contextlib.closing(sqlite3.connect(os.path.join(centre.data, 'archive.db'))) as archive:
        noted = set(archive.execute('SELECT account, action, object FROM audit'))
    need({('demo', 'events.read', None), ('demo', 'events.read', 'tea')} <= noted, noted)
    ctl.fails('board', said='cannot be reached', word='unreachable', **centre.env)
    again = Server(centre.program, ['--simulate', '--listen', '127.0.0.1:0', '--data', centre.data, '--speed', '60'], ctl.folder)
    try:
        after = of(centre.export(*late, env=again.env))
        same(after[:len(before)], before, 'the log')
        same(ctl.json('cli-replay', 'replay', 'export.jsonl')['seq'], after[-1]['seq'], 'replayed')
    finally:
        same(again.stop(), 0, 'exit code: ' + again.said())


def trusted(ctl, centre):
    """a certificate nobody vouches for is refused, unless it is the one named"""
    need(shutil.which('openssl'), 'openssl is missing')
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem',
                    '-out', 'cert.pem', '-days', '2', '-subj', '/CN=calls.example.org'], cwd=ctl.folder, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.chmod(ctl.path('key.pem'), 0o600)
    config = ctl.write('tls.conf', f"""[server]
listen = 127.0.0.1
port = {free_port()}
tls_certificate = {ctl.path('cert.pem')}
tls_key = {ctl.path('key.pem')}
database = {ctl.path('tls.db')}
[pbx gone]
host = 127.0.0.1
port = {free_port()}
user = x
secret = x
[project tea]
name = Tea
time_zone = Europe/Moscow
queues = tea-orders
""")
    os.chmod(config, 0o600)
    token = ctl.write('token', ctl.run('server', 'user', 'add', 'anna', '--config', config, '--role', 'supervisor', '--project', 'tea').stdout)
    server = Server(centre.program, ['--config', config], ctl.folder)
    try:
        words = ['board', '--url', server.url, '--token-file', token]
        need(server.url.startswith('https://'), server.url)
        ctl.fails(*words, said='not trusted.*--pin', word='untrusted')
        pin = re.search(r'SHA-256 is ([0-9a-f]{64})', ctl.run(*words, code=1).stderr)[1]
        same(ctl.json('cli-board', *words, '--pin', pin)['projects'][0]['id'], 'tea', 'the board')
        ctl.fails(*words, '--pin', '00' + pin[2:] if pin[:2] != '00' else '11' + pin[2:], said='not trusted', word='untrusted')
        ctl.fails('board', '--url', 'http' + server.url[5:], '--token-file', token, said='127.0.0.1', word='disconnected')
    finally:
        same(server.stop(), 0, 'exit code: ' + server.said())


def main():
    ctl = Ctl(sys.argv[1], sys.argv[3])
    centre = None
    try:
        centre = Centre(ctl, sys.argv[2])
        return run_tests([boards, exported, same_figures, long_past, words, periods, calls, scope, endpoint, revoked, stopped, trusted], ctl, centre)
    except Failed as error:
        print(f'Bail out! {error}')
        return 1
    finally:
        if centre is not None and centre.server.process.poll() is None:
            centre.server.stop()
        ctl.close()


sys.exit(main())
