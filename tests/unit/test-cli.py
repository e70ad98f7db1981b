#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""sidetonectl without a server of ours: how it is called, what goes wrong, logs,
users, and what it makes of a server's answers.

usage: test-cli.py SIDETONECTL SCHEMA-FOLDER COMPLETION-FILE
"""

import csv
import hashlib
import io
import json
import os
import re
import stat
import struct
import subprocess
import sys
import wave

from cli_kit import TOKEN, Ctl, Pbx, Peer, free_port, need, problem, project, run_tests, same, session

DAY = 1795208400000        # 2026-11-21 00:00 in Moscow
NOON = DAY + 12 * 3600000
COMMANDS = [['board'], ['calls'], ['events', 'export'], ['replay'], ['analyse'], ['export'], ['server', 'user', 'add'],
            ['server', 'user', 'list'], ['server', 'user', 'revoke'], ['asterisk', 'doctor'], ['marks', 'convert'], ['agreement'],
            ['review', 'score'], ['review', 'export'], ['scenario', 'check'], ['script', 'check'], ['script', 'convert'],
            ['sample', 'draw'], ['sample', 'size'], ['test-call'], ['scenario', 'prompt'], ['campaign', 'draw'],
            ['campaign', 'run'], ['campaign', 'results'], ['staffing'], ['alerts', 'check']]


# How it is called

def helps(ctl):
    """every command explains itself"""
    words = ctl.text('--help')
    same(ctl.run(code=2).stdout.decode(), words, 'without a command')
    need(ctl.text('--version').startswith('sidetonectl '), 'no version')
    for command in COMMANDS:
        need(' '.join(command[:2]) in words, command, 'is not in --help')
        text = ctl.text(*command, '--help')
        need('sidetonectl ' + ' '.join(command) in text and '--json' in text, command, text)


def wrong_words(ctl):
    """what is called wrongly is said, with exit code 2"""
    for said, words in (
            ('no command “nope”', ['nope']),
            ('After “events” comes “export”', ['events']),
            ('After “events” comes “export”', ['events', 'import']),
            ('After “review” comes “score” or “export”', ['review', 'forget']),
            ('After “server user” comes add', ['server', 'user']),
            ('After “server user” comes add', ['server', 'user', 'rename', 'x']),
            ('Unknown option', ['board', '--frm', 'x']),
            ('“week” is not a period', ['board', '--period', 'week']),
            ('“x” is one word too many', ['board', 'x']),
            ('EVENTS.jsonl is missing', ['replay']),
            ('NAME is missing', ['server', 'user', 'revoke']),
            ('--role', ['server', 'user', 'add', 'x']),
            ('--role', ['server', 'user', 'add', 'x', '--role', 'king']),
            ('--project', ['server', 'user', 'add', 'x', '--role', 'client']),
            ('is not a day or time', ['replay', 'x', '--until', 'noon'])):
        ctl.fails(*words, said=said, code=2)
    need('Either' in json.loads(ctl.run('calls', '--csv', '--json', code=2).stdout)['error']['message'], 'both forms')
    need('-o' in json.loads(ctl.run('events', 'export', '--json', code=2).stdout)['error']['message'], 'export --json without -o')


def wrong_dates(ctl):
    """a date that is none is said before anybody is asked"""
    for command in ['calls'], ['events', 'export', '-o', 'x'], ['review', 'export', '-o', 'x']:
        for date in 'yesterday', '2026-13-01', '2026-02-30', '21.11.2026', '1960-01-01', '9999-12-31', '', '2026-11-21T25:00':
            ctl.fails(*command, '--from', date, said='is not a day or time', code=2)
            ctl.fails(*command, '--to', date, said='is not a day or time', code=2)


def no_server(ctl):
    """no server, no token, nobody there: each is said"""
    token = {'SIDETONE_TOKEN': TOKEN}
    gone = f'http://127.0.0.1:{free_port()}'
    for command in ['board'], ['calls'], ['events', 'export', '-o', 'x']:
        ctl.fails(*command, said='There is no server', word='invalid', **token)
        ctl.fails(*command, '--url', gone, said='There is no token', word='unauthorized')
        ctl.fails(*command, '--url', gone, said='cannot be reached', word='unreachable', **token)
    ctl.fails('board', '--url', 'no such thing', said='is not the address', word='invalid', **token)
    ctl.fails('board', '--url', 'nowhere.invalid', said='cannot be reached|does not answer', word='unreachable', **token)
    ctl.fails('board', '--url', gone, '--token-file', 'gone', said='gone', word='not-found')
    ctl.fails('board', '--url', gone, '--token-file', ctl.write('two', 'one two\n'), said='does not hold a token', word='invalid')
    need(not os.path.exists(ctl.path('x')), 'a failed export left a file')


def wrong_server(ctl):
    """a wrong token, a wrong project and a wrong server are told apart"""
    with Peer({'/session': session(project('tea'), project('toys'))}) as peer:
        ctl.fails('board', '--url', peer.url, '--token-file', ctl.write('old', 'not-this\n'), said='not signed in', word='unauthorized')
        for command in ['board'], ['calls'], ['events', 'export', '-o', 'x']:
            ctl.fails(*command, '--project', 'books', said='no project “books” for anna, but: tea, toys', word='not-found', **peer.env)
        ctl.fails('calls', said='--project: tea, toys', word='invalid', **peer.env)
        ctl.fails('board', said='nothing at this address', word='not-found', **peer.env)
    with Peer({'/session': session()}) as peer:
        ctl.fails('calls', said='anna is granted no project', word='not-found', **peer.env)
        ctl.fails('events', 'export', '-o', 'x', said='no project', word='not-found', **peer.env)
    with Peer({'/session': b'<html>Hello</html>'}) as peer:
        ctl.fails('board', said='does not answer as a Sidetone server', word='invalid', **peer.env)
    with Peer({'/session': None}) as peer:
        ctl.fails('board', said='127.0.0.1', word='disconnected', **peer.env)
    with Peer({'/session': problem(503, 'busy', 'the server could not do it now')}) as peer:
        ctl.fails('board', said='could not do it now', word='busy', **peer.env)


# Calls

def call(number, **more):
    return {'id': f'leg-{number}', 'project': 'tea', 'queue': 'tea-orders', 'caller': '79031231244', 'joined_ms': NOON + number,
            'answered_ms': NOON + 5000, 'ended_ms': NOON + 65000, 'wait_ms': 5000, 'talk_ms': 60000, 'outcome': 'answered', **more}


def read_csv(text):
    need(text.startswith('\ufeff'), 'no byte order mark')
    need('\r\n' in text and text.endswith('\r\n'), 'lines do not end as RFC 4180 says')
    return list(csv.DictReader(io.StringIO(text[1:], newline=''), strict=True))


def formulas(ctl):
    """a cell of --csv is never a formula"""
    names = ['=1+1', '=HYPERLINK("http://evil.example","x")', '+1+cmd|\' /C calc\'!A0', '-2+3', '@SUM(A1)', '\t=1', '\r=1',
             '\n=1', 'Анна, "Чай"', 'line\nbreak', 'plain', '+79031231244', '-12.5', '']
    page = {'calls': [call(i, caller_name=name, operator_name=name, note=name, topic=name) for i, name in enumerate(names)]}
    page['calls'][0].update(order='A-1', amount_minor=123405, currency='RUB', wait_ms=7, talk_ms=61001)
    with Peer({'/session': session(project('tea')), '/calls': page}) as peer:
        rows = read_csv(ctl.run('calls', '--csv', **peer.env).stdout.decode())
    same(len(rows), len(names), 'rows')
    for row, name in zip(rows, names):
        safe = name if name in ('Анна, "Чай"', 'line\nbreak', 'plain', '+79031231244', '-12.5', '') else "'" + name
        for column in 'caller_name', 'operator_name', 'note', 'topic':
            same(row[column], safe, column)
    same((rows[0]['amount'], rows[0]['currency'], rows[0]['order']), ('1234.05', 'RUB', 'A-1'), 'the order')
    same((rows[0]['wait_s'], rows[0]['talk_s']), ('0.007', '61.001'), 'durations')
    same((rows[0]['joined'], rows[0]['ended'], rows[0]['transfer']), ('2026-11-21 12:00:00', '2026-11-21 12:01:05', ''), 'times')
    need(None not in rows[0] and all(None not in row.values() for row in rows), 'a row of another length')


def in_any_locale(ctl):
    """what a program reads is UTF-8 in any locale"""
    page = {'calls': [call(1, operator_name='Ёлкина', topic='“Чай”')]}
    with Peer({'/session': session(project('tea')), '/calls': page}) as peer:
        rows = read_csv(ctl.run('calls', '--csv', LC_ALL='C', **peer.env).stdout.decode())
        answer = ctl.json('cli-calls', 'calls', LC_ALL='C', **peer.env)
    same((rows[0]['operator_name'], rows[0]['topic']), ('Ёлкина', '“Чай”'), 'CSV')
    same((answer['calls'][0]['operator_name'], answer['count'], answer['complete']), ('Ёлкина', 1, True), 'JSON')


def no_steering(ctl):
    """nobody can steer the terminal through a number or a name"""
    evil = '\x1b]0;owned\x07\x9b31m\u202e'
    page = {'calls': [call(1, caller=evil, operator_name=evil, queue='q\x1b[2J')]}
    board = {'seq': 1, 'at_ms': NOON, 'projects': [
        {'id': 'tea', 'calls': [], 'callbacks': [], 'gaps': [],
         'operators': [{'id': '201', 'name': evil, 'state': 'break', 'since_ms': NOON, 'reason': evil}]}]}
    with Peer({'/session': session(project('tea', name=evil)), '/calls': page, '/board': board}) as peer:
        said = ctl.text('calls', **peer.env) + ctl.text('board', **peer.env)
    need('owned' in said and not any(mark in said for mark in '\x1b\x07\x9b\u202e'), repr(said))


def broken_list(ctl):
    """a list that breaks off half-way says so"""
    def pages(query):
        return {'calls': [call(1), call(2)], 'cursor': 'more'} if 'cursor' not in query else problem(500, 'failed', 'disk on fire')

    with Peer({'/session': session(project('tea')), '/calls': pages}) as peer:
        answer = ctl.json('cli-calls', 'calls', code=1, **peer.env)
        same((answer['count'], answer['complete']), (2, False), 'JSON')
        done = ctl.run('calls', '--csv', code=1, **peer.env)
        same(len(read_csv(done.stdout.decode())), 2, 'rows')
        need('not complete. disk on fire' in done.stderr, done.stderr)
    with Peer({'/session': session(project('tea')), '/calls': problem(500, 'failed', 'disk on fire')}) as peer:
        ctl.fails('calls', said='disk on fire', word='failed', **peer.env)


def bounds(ctl):
    """--from and --to are the project's days, the last one included"""
    with Peer({'/session': session(project('tea')), '/calls': {'calls': []}, '/events': {'events': []}}) as peer:
        for command in ['calls'], ['events', 'export']:
            for words, wanted in (
                    ([], {}),
                    (['--from', '2026-11-21', '--to', '2026-11-21'], {'from': str(DAY), 'to': str(DAY + 86400000)}),
                    (['--from', '2026-11-21T12:00', '--to', '2026-11-21T09:30:00Z'], {'from': str(NOON), 'to': str(NOON + 1800000)})):
                peer.asked.clear()
                ctl.run(*command, *words, **peer.env)
                query = peer.asked[-1][1]
                same({key: query[key] for key in ('from', 'to') if key in query}, wanted, (command, words))
        for command in ['calls'], ['events', 'export', '-o', 'x']:
            ctl.fails(*command, '--from', '2026-11-22', '--to', '2026-11-21', said='does not lie before', code=2, **peer.env)


def full_disk(ctl):
    """an answer that could not be written is a failure"""
    if not os.path.exists('/dev/full'):
        return
    with Peer({'/session': session(project('tea')), '/calls': {'calls': [call(1)]}, '/events': {'events': []}}) as peer:
        for words in ['calls', '--csv'], ['calls', '--json'], ['calls'], ['events', 'export']:
            with open('/dev/full', 'wb') as full:
                done = ctl.run(*words, code=1, stdout=full, **peer.env)
            need('No space left' in done.stderr or 'could not be written' in done.stderr, words, done.stderr)


def enough(ctl):
    """whoever stops reading is not told about it"""
    page = {'calls': [call(i, note='x' * 500) for i in range(900)], 'cursor': 'more'}
    log_page = {'events': [event(i, 'call.joined', call=f'leg-{i}') for i in range(1, 900)]}
    with Peer({'/session': session(project('tea')), '/calls': page, '/events': log_page}) as peer:
        for words in ['calls', '--csv'], ['calls', '--json'], ['calls'], ['events', 'export']:
            reader, writer = os.pipe()
            os.close(reader)
            try:
                same(ctl.run(*words, code=1, stdout=writer, **peer.env).stderr, '', words)
            finally:
                os.close(writer)


# Export and replay

def event(seq, kind, at_ms=None, **more):
    return {'seq': seq, 'at_ms': NOON + seq * 1000 if at_ms is None else at_ms, 'kind': kind, 'project': 'tea', 'queue': 'tea-orders', **more}


def story(first, leg, outcome='answered'):
    """Four events of one leg: 3 s in the queue, 2 s on the line."""
    shared = {'call': leg, 'caller': '7903123' + leg[-4:].rjust(4, '0'), 'dialled': '78005550001'}
    events = [event(first, 'call.joined', journey=leg, position=1, **shared), event(first + 1, 'call.ringing', operator='201', **shared)]
    if outcome == 'answered':
        events.append(event(first + 3, 'call.answered', operator='201', **shared))
    return events + [event(first + 5, 'call.ended', outcome=outcome, **shared)]


def broken_export(ctl):
    """a file of events is there whole or not at all"""
    def pages(query):
        return {'events': story(1, 'leg-1'), 'next': 6} if 'after' not in query else None

    with Peer({'/session': session(project('tea')), '/events': pages}) as peer:
        before = ctl.write('kept.jsonl', 'what was there\n')
        ctl.fails('events', 'export', '-o', before, said='127.0.0.1', word='disconnected', **peer.env)
        with open(before, encoding='utf-8') as stream:
            same(stream.read(), 'what was there\n', 'the file that was there')
        ctl.run('events', 'export', '-o', 'new.jsonl', code=1, **peer.env)
        same([name for name in os.listdir(ctl.folder) if 'new.jsonl' in name or 'goutput' in name], [], 'what is left')
        ctl.run('events', 'export', code=1, **peer.env)
        ctl.fails('events', 'export', '-o', 'no/such/folder', said='no/such/folder|No such file', word='failed', **peer.env)
    with Peer({'/session': session(project('tea')), '/events': {'events': story(1, 'leg-1'), 'next': 6}}) as peer:
        ctl.fails('events', 'export', '-o', 'turning', said='do not go on', word='invalid', **peer.env)


def export_form(ctl):
    """an export is settings, then events; a file of it is for its owner alone"""
    def pages(query):
        return {'events': story(7, 'leg-2')} if query.get('after') == '6' else {'events': story(1, 'leg-1'), 'next': 6}

    with Peer({'/session': session(project('tea'), project('toys', time_zone='UTC')), '/events': pages}) as peer:
        lines = ctl.run('events', 'export', **peer.env).stdout.decode().splitlines()
        answer = ctl.json('cli-events-export', 'events', 'export', '--project', 'tea', '-o', 'tea.jsonl', **peer.env)
        ctl.fails('events', 'export', '-o', 'x', '--from', '2026-11-21', said='different time zones', word='invalid', **peer.env)
        need('8 events, numbers 1 to 12' in ctl.text('events', 'export', '-o', 'both.jsonl', **peer.env), 'what it did')
        need(all(query.get('limit') == '1000' for path, query in peer.asked if path == '/events'), 'small pages')
    for line in lines:
        ctl.validate('cli-events-line', json.loads(line))
    same([json.loads(line).get('settings', {}).get('id', 'event') for line in lines], ['tea', 'toys'] + ['event'] * 8, 'lines')
    same(answer, {'file': 'tea.jsonl', 'events': 8, 'first_seq': 1, 'last_seq': 12, 'projects': ['tea']}, 'answer')
    same(os.stat(ctl.path('tea.jsonl')).st_mode & 0o77, 0, 'others may read it')
    with open(ctl.path('tea.jsonl'), encoding='utf-8') as stream:
        same([json.loads(line).get('seq', 0) for line in stream], [0, 1, 2, 4, 6, 7, 8, 10, 12], 'numbers in the file')


def log(*events, settings=True):
    lines = [{'settings': project('tea')}] if settings else []
    return ''.join(json.dumps(line, ensure_ascii=False) + '\n' for line in lines + list(events))


def replayed(ctl):
    """a log makes the board it tells of"""
    events = story(1, 'leg-1') + story(11, 'leg-2') + story(21, 'leg-3', 'abandoned') + [event(30, 'call.joined', call='leg-4')]
    path = ctl.write('day.jsonl', log(*events))
    answer = ctl.json('cli-replay', 'replay', path)
    tea = answer['projects'][0]
    same((answer['seq'], answer['at_ms'], answer['events'], answer['passed_over']), (30, NOON + 30000, 12, 0), 'position')
    same([tea[key] for key in ('offered', 'answered', 'abandoned', 'lost', 'waiting', 'handled')], [4, 2, 1, 1, 1, 2], 'counts')
    same([tea[key] for key in ('asa_ms', 'talk_total_ms', 'callbacks_due', 'occupancy')], [3000, 4000, 1, None], 'figures')
    same((tea['from_ms'], tea['queues'][0]['id'], tea['queues'][0]['offered']), (DAY, 'tea-orders', 4), 'scope')
    text = ctl.text('replay', path)
    need('Tea' in text and 'Заказы' in text, text)
    same(ctl.json('cli-replay', 'replay', '-', stdin=log(*events).encode()), answer, 'from standard input')
    same(ctl.json('cli-replay', 'replay', path, '--project', 'tea', '--period', '15min')['projects'][0]['offered'], 4, '15 minutes')
    ctl.fails('replay', path, '--project', 'toys', said='no project “toys” in this log', word='not-found')


def until(ctl):
    """--until leaves out what happened later; without a zone it is the project's"""
    path = ctl.write('until.jsonl', log(*story(1, 'leg-1'), *story(11, 'leg-2')))
    for text, wanted in (('2026-11-21T12:00:05', 0), ('2026-11-21T12:00:06', 1), ('2026-11-21T09:00:10Z', 1),
                         ('2026-11-21T12:00:16+03:00', 2), ('2026-11-21', 2), ('2026-11-21T12:01', 2), ('2026-11-20', 0)):
        answer = ctl.json('cli-replay', 'replay', path, '--until', text)
        same(answer['projects'][0]['handled'], wanted, text)
    same(answer['seq'], 0, 'before anything happened')


def bad_lines(ctl):
    """what cannot be taken is said with its line, and no figures are shown"""
    good = log(*story(1, 'leg-1'))
    half = log(*story(11, 'leg-2'))
    for said, text in (
            ('line 6: .*not JSON', good + '{"seq":}\n' + half),
            ('line 6: ', good + '[1,2]\n'),
            ('line 6: ', good + '"word"\n'),
            ('line 6: ', good + '{"seq":"x","at_ms":1,"kind":"call.joined"}\n'),
            ('line 8: ', good + '\n\r\nnonsense\n'),
            ('line 1: ', '{"settings":{"id":"tea","time_zone":"Mars/Olympus"}}\n'),
            ('line 1: ', '{"settings":[]}\n'),
            ('line 6: .*ends in the middle', good + half[len(log()):][:70]),
            ('line 6: .*allowed', good + '{"seq":9,"note":"' + 'x' * 1100000 + '"}\n'),
            ('line 6: .*allowed', good + 'x' * 5000000),
            ('line 6: ', good.encode() + b'{"seq":9,"at_ms":1,"kind":"\xff\xfe"}\n'),
            ('line 1: ', b'\0' * 1000)):
        ctl.fails('replay', ctl.write('bad.jsonl', text), said=said, word='invalid')
    ctl.fails('replay', 'gone.jsonl', said='gone.jsonl', word='not-found')
    ctl.fails('replay', ctl.folder, said='directory', word='failed')


def odd_logs(ctl):
    """an empty log, one without settings, and one of newer events are no failures"""
    same(ctl.json('cli-replay', 'replay', ctl.write('empty', ''))['projects'], [], 'an empty log')
    same(ctl.text('replay', ctl.path('empty')), '', 'an empty log as text')
    answer = ctl.json('cli-replay', 'replay', ctl.write('bare', log(*story(1, 'leg-1'), settings=False)))
    same((answer['projects'][0]['name'], answer['projects'][0]['handled']), (None, 1), 'without settings')
    newer = log(*story(1, 'leg-1'), event(9, 'call.beamed', colour='red')).replace('\n', '\r\n').rstrip()
    same(ctl.json('cli-replay', 'replay', ctl.write('newer', newer))['seq'], 9, 'of a newer server')
    twice = ctl.write('twice', log(*story(1, 'leg-1'), *story(1, 'leg-1')))
    done = ctl.run('replay', twice, '--json')
    same((json.loads(done.stdout)['events'], json.loads(done.stdout)['passed_over']), (8, 4), 'told twice')
    need('4 of 8 events were passed over' in done.stderr, done.stderr)


# Marks

LABELS = '1.000000\t1.000000\tclick\n2.500000\t4.000000\tgreeting: hello\n'


def marks(ctl):
    """marks go from one program's file to another's and back"""
    ctl.write('labels.txt', LABELS)
    before = 'labels.txt'
    for name, word in (('m.TextGrid', 'textgrid'), ('m.eaf', 'eaf'), ('m.vtt', 'webvtt'), ('m.csv', 'csv'), ('back.txt', 'audacity')):
        answer = ctl.json('cli-marks-convert', 'marks', 'convert', before, name)
        same((answer['file'], answer['to'], answer['marks'], answer['points']), (name, word, 2, 1), 'answer')
        same(os.stat(ctl.path(name)).st_mode & 0o77, 0, 'others may read it')
        before = name
    with open(ctl.path('back.txt'), encoding='utf-8') as stream:
        same(sorted(stream.read().splitlines()), sorted(LABELS.splitlines()), 'what came back')
    text = ctl.text('marks', 'convert', '-', '-', '--to', 'csv', stdin=LABELS.encode())
    need('2.500,4.000,greeting,hello' in text, text)
    need('2 marks, 1 of them points, from audacity to csv' in ctl.text('marks', 'convert', 'labels.txt', 'again.csv'), 'for a person')


def wrong_marks(ctl):
    """a file that cannot be taken is said with its line, and nothing is replaced"""
    ctl.write('labels.txt', LABELS)
    convert = ['marks', 'convert']
    kept = ctl.write('kept.vtt', 'what was there')
    ctl.fails(*convert, 'labels.txt', kept, said='there already', word='exists')
    with open(kept, encoding='utf-8') as stream:
        same(stream.read(), 'what was there', 'the file that was there')
    ctl.run(*convert, 'labels.txt', kept, '--force')
    with open(kept, encoding='utf-8') as stream:
        need(stream.read().startswith('WEBVTT\n'), 'it was not replaced')
    ctl.write('bad.txt', '1\t2\tx\nnan\t2\ty\n')
    ctl.fails(*convert, 'bad.txt', 'bad.csv', '--from', 'audacity', said='bad.txt, line 2: ', word='invalid')
    ctl.fails(*convert, ctl.write('letter', 'Dear all,\n'), 'bad.csv', said='none of Audacity labels', word='unsupported')
    ctl.fails(*convert, ctl.write('huge.csv', b'x' * 68000000), 'bad.csv', said='larger than 64 MiB', word='too-large')
    ctl.fails(*convert, 'gone.txt', 'bad.csv', said='gone.txt', word='not-found')
    ctl.fails(*convert, 'labels.txt', 'no/such/folder.csv', said='no/such/folder.csv', word='failed')
    ctl.fails(*convert, 'labels.txt', 'x.srt', said='tells no format', code=2)
    ctl.fails(*convert, 'labels.txt', 'x.csv', '--from', 'srt', said='is not a format for --from', code=2)
    ctl.fails(*convert, 'labels.txt', said='IN OUT is missing', code=2)
    same([name for name in os.listdir(ctl.folder) if name.startswith(('bad.csv', 'x.'))], [], 'what is left')


# Users

def config(ctl, **more):
    text = f"""[server]
name = Example
listen = 127.0.0.1
database = {more.get('database', ctl.path('archive.db'))}
[pbx main]
host = 127.0.0.1
user = sidetone
secret_file = /nobody/may/read/this
[project tea]
name = Tea
time_zone = {more.get('zone', 'Europe/Moscow')}
queues = tea-orders
[project toys]
name = Toys
time_zone = UTC
queues = toys
"""
    return ctl.write('server.conf', text)


def users(ctl):
    """users are added, listed and revoked"""
    path = config(ctl)
    add = ['server', 'user', 'add', '--config', path]
    done = ctl.run(*add, 'anna', '--role', 'supervisor', '--project', 'tea', '--project', 'toys')
    token = done.stdout.decode().strip()
    need(len(token) >= 32 and 'cannot be shown again' in done.stderr and token not in done.stderr, done)
    answer = ctl.json('cli-server-user-add', *add, 'Борис', '--role', 'client', '--project', 'tea', '--password-stdin',
                      stdin='пароль-123\n'.encode())
    need(answer['password'] and answer['projects'] == ['tea'] and answer['token'] != token, answer)
    for name in os.listdir(ctl.folder):
        if name.startswith('archive.db'):
            with open(ctl.path(name), 'rb') as stream:
                content = stream.read()
            need(token.encode() not in content and 'пароль-123'.encode() not in content, name, 'holds a secret')
    listed = ctl.json('cli-server-user-list', 'server', 'user', 'list', '--config', path)['users']
    same([(user['name'], user['role'], user['projects'], user['password'], user['tokens'], user['revoked_ms']) for user in listed],
         [('anna', 'supervisor', ['tea', 'toys'], False, 1, None), ('Борис', 'client', ['tea'], True, 1, None)], 'users')
    need('anna' in ctl.text('server', 'user', 'list', '--config', path), 'the list for a person')
    same(ctl.json('cli-server-user-revoke', 'server', 'user', 'revoke', 'anna', '--config', path), {'revoked': 'anna'}, 'revoked')
    listed = ctl.json('cli-server-user-list', 'server', 'user', 'list', '--config', path)['users']
    need(listed[0]['revoked_ms'] and listed[0]['tokens'] == 0 and not listed[1]['revoked_ms'], listed)
    need('revoked 20' in ctl.text('server', 'user', 'list', '--config', path), 'revoked, for a person')
    need('cannot sign in' in ctl.text('server', 'user', 'revoke', 'Борис', '--config', path), 'revoke, for a person')


def wrong_users(ctl):
    """what is wrong with a user or a configuration is said"""
    path = config(ctl)
    add = ['server', 'user', 'add', '--config', path, '--role', 'client', '--project', 'tea']
    ctl.run(*add, 'carl')
    ctl.fails(*add, 'Carl', said='already', word='exists')
    ctl.fails(*add, 'a/b', said='name', word='invalid')
    ctl.fails(*add, 'dora', '--project', 'books', said='no project “books” in the configuration, but: tea, toys', word='not-found')
    ctl.fails(*add, 'dora', '--password-stdin', said='Standard input', word='invalid')
    ctl.fails(*add, 'dora', '--password-stdin', stdin=b'x' * 2000, said='Standard input', word='invalid')
    ctl.fails(*add, 'dora', '--password-stdin', stdin=b'\xff\xff\n', said='Standard input', word='invalid')
    ctl.fails('server', 'user', 'revoke', 'nobody', '--config', path, said='no user “nobody”', word='not-found')
    ctl.fails('server', 'user', 'list', '--config', 'gone.conf', said='gone.conf', word='not-found')
    ctl.fails('server', 'user', 'list', '--config', config(ctl, zone='Mars/Olympus'), said='server.conf:11: .*Mars', word='invalid')
    ctl.fails('server', 'user', 'list', '--config', config(ctl, database=ctl.path('no/archive.db')), said='archive.db', word='not-found')
    other = ctl.write('other.db', 'this is no database' * 100)
    ctl.fails('server', 'user', 'list', '--config', config(ctl, database=other), said='other.db', word='corrupt')
    need('dora' not in ctl.text('server', 'user', 'list', '--config', config(ctl)), 'a refused user is there')


# The doctor

def pbx_config(ctl, port, more='', secret='secret = swordfish'):
    path = config(ctl)
    with open(path, encoding='utf-8') as stream:
        text = stream.read()
    text = text.replace('[pbx main]\nhost = 127.0.0.1', f'[pbx main]\nhost = 127.0.0.1\nport = {port}')
    text = text.replace('secret_file = /nobody/may/read/this', secret).replace('queues = toys', 'queues = tea-returns') + more
    ctl.write('server.conf', text)
    os.chmod(path, 0o600)
    return path


def doctor(ctl):
    """the doctor signs in, says what is missing and which line mends it"""
    with Pbx() as pbx:
        path = pbx_config(ctl, pbx.port)
        words = ['asterisk', 'doctor', '--config', path, '--listen', '0']
        answer = ctl.json('cli-asterisk-doctor', *words, code=1)
        text = ctl.run(*words, code=1).stdout.decode()
    same((answer['ok'], answer['faults'], len(answer['pbxes'])), (False, [], 1), 'answer')
    same((answer['pbxes'][0]['name'], answer['pbxes'][0]['port'], answer['pbxes'][0]['ok']), ('main', pbx.port, False), 'the PBX')
    found = {finding['id']: finding for finding in answer['pbxes'][0]['findings']}
    same([found[name]['state'] for name in ('login', 'clock', 'queue:tea-orders', 'queue:tea-returns', 'filter', 'mixmonitor')],
         ['ok', 'ok', 'ok', 'missing', 'ok', 'warning'], 'findings')
    need('queues.conf' in found['queue:tea-returns']['line'] and 'no queue “tea-returns”' in text, text)
    need('MixMonitor(' in text and '\ufffd' not in text and 'swordfish' not in text, text)
    need('Originate' not in pbx.asked and 'Command' not in pbx.asked, pbx.asked)


def fine_doctor(ctl):
    """a PBX that lacks nothing is exit code 0; one of several can be chosen"""
    with Pbx() as first, Pbx(secret='other') as second:
        second.lists['QueueStatus'] += [item.replace('tea-orders', 'tea-returns') for item in second.lists['QueueStatus']]
        path = pbx_config(ctl, first.port, f'[pbx other]\nhost = 127.0.0.1\nport = {second.port}\nuser = x\nsecret = other\n')
        words = ['asterisk', 'doctor', '--config', path, '--listen', '0']
        answer = ctl.json('cli-asterisk-doctor', *words, '--pbx', 'other')
        same(([pbx['name'] for pbx in answer['pbxes']], answer['ok'], first.asked), (['other'], True, []), 'the other')
        both = ctl.json('cli-asterisk-doctor', *words)
        same([pbx['name'] for pbx in both['pbxes']], ['main', 'other'], 'both')
        same([finding['state'] for pbx in both['pbxes'] for finding in pbx['findings'] if finding['id'] == 'queue:tea-returns'],
             ['unknown', 'ok'], 'a queue of the other PBX')
        second.lists['QueueStatus'] = first.lists['QueueStatus']
        both = ctl.json('cli-asterisk-doctor', *words, code=1)
        same([finding['state'] for pbx in both['pbxes'] for finding in pbx['findings'] if finding['id'] == 'queue:tea-returns'],
             ['missing', 'missing'], 'a queue of none')
        ctl.fails(*words, '--pbx', 'third', said='no PBX “third” in the configuration, but: main, other', word='not-found')
    ctl.fails('asterisk', 'doctor', '--config', path, '--listen', '-1', said='--listen', code=2)


def no_pbx(ctl):
    """a PBX that is away or refuses us, and a secret that cannot be read, are findings"""
    path = pbx_config(ctl, free_port())
    words = ['asterisk', 'doctor', '--config', path, '--listen', '0']
    login = ctl.json('cli-asterisk-doctor', *words, code=1)['pbxes'][0]['findings'][0]
    need(login['id'] == 'login' and login['state'] == 'missing' and 'manager.conf' in login['line'], login)
    with Pbx(secret='another') as pbx:
        pbx_config(ctl, pbx.port)
        login = ctl.json('cli-asterisk-doctor', *words, code=1)['pbxes'][0]['findings'][0]
        need(login['state'] == 'missing' and 'secret' in login['line'], login)
        pbx_config(ctl, pbx.port, secret='secret_file = ' + ctl.path('gone.secret'))
        answer = ctl.json('cli-asterisk-doctor', *words, code=1)
        need('gone.secret' in answer['faults'][0]['message'] and answer['faults'][0]['line'] > 0, answer['faults'])
        need('server.conf:' in ctl.text(*words, code=1), 'the fault for a person')


# Sound

def sound(ctl, name, seconds=4):
    """a stereo recording: the left side counts up, the right side down"""
    with wave.open(ctl.path(name), 'wb') as stream:
        stream.setnchannels(2)
        stream.setsampwidth(2)
        stream.setframerate(8000)
        stream.writeframes(b''.join(struct.pack('<hh', 1 + frame % 9000, -1 - frame % 9000) for frame in range(seconds * 8000)))
    return name


def frames(ctl, name):
    with wave.open(ctl.path(name), 'rb') as stream:
        data = stream.readframes(stream.getnframes())
    return list(struct.iter_unpack('<hh', data))


def cut(ctl):
    """a part of a recording, with silence in a span of it"""
    source = sound(ctl, 'call.wav')
    answer = ctl.json('cli-export', 'export', source, '--from', '1', '--to', '0:03,5', '--blank', '2-2.5', '-o', 'part.wav')
    same((answer['file'], answer['length_s']), ('part.wav', 2.5), 'the answer')
    with open(ctl.path('part.wav'), 'rb') as stream:
        same(hashlib.sha256(stream.read()).hexdigest(), answer['sha256'], 'hash')
    whole, part = frames(ctl, source), frames(ctl, 'part.wav')
    same(len(part), 20000, 'length')
    same(part[:7900], whole[8000:15900], 'before the span')
    same(set(part[8000:12000]), {(0, 0)}, 'the span')
    same(part[12100:], whole[20100:28000], 'after it')
    for ending in ('flac', 'mp3', 'opus'):
        ctl.text('export', source, '-o', 'part.' + ending)
        need(os.path.getsize(ctl.path('part.' + ending)) > 500, ending)
    need('part.wav: 0:04.0' in ctl.text('export', source, '-o', 'part.wav', '--force', '--voice', '-3'), 'words')


def cut_wrongly(ctl):
    """what cannot be exported is said, and nothing is written"""
    source = sound(ctl, 'other.wav', 1)
    for said, words in (('which file', []), ('does not end', ['-o', 'x.ogg']), ('no position', ['-o', 'x.wav', '--from', 'noon']),
                        ('no position', ['-o', 'x.wav', '--to', '-1']), ('before it begins', ['-o', 'x.wav', '--from', '2', '--to', '1']),
                        ('no span', ['-o', 'x.wav', '--blank', '3']), ('no span', ['-o', 'x.wav', '--blank', '3-2']),
                        ('-12 to 12', ['-o', 'x.wav', '--voice', 'nan'])):
        ctl.fails('export', source, *words, said=said, code=2)
    ctl.fails('export', 'gone.wav', '-o', 'x.wav', said='gone.wav', word='not-found')
    ctl.fails('export', ctl.write('text.wav', 'these are words'), '-o', 'x.wav', said='not a sound file', word='invalid')
    ctl.fails('export', source, '--from', '5', '-o', 'x.wav', said='after the recording', word='invalid')
    ctl.fails('export', source, '-o', source, said='--force', word='exists')
    ctl.fails('export', source, '--force', '-o', source, said='never written over', word='exists')
    ctl.fails('export', source, '--blank', '10-12', '-o', 'x.wav', said='after the recording', word='invalid')
    ctl.fails('export', source, '--to', '0.5', '--blank', '0.6-0.7', '-o', 'x.wav', said='outside of the part', code=2)
    os.mkfifo(ctl.path('pipe.wav'))
    ctl.fails('export', source, '--force', '-o', 'pipe.wav', said='is not a file', word='invalid')
    need(stat.S_ISFIFO(os.stat(ctl.path('pipe.wav')).st_mode), 'the pipe is gone')
    with open(ctl.path('forged.wav'), 'wb') as stream, open(ctl.path(source), 'rb') as original:
        header = bytearray(original.read())
        header[24:28] = struct.pack('<I', 0x7fffffff)
        stream.write(header)
    ctl.fails('export', 'forged.wav', '-o', 'x.opus', said='not a recording', word='unsupported')
    ctl.fails('export', source, '-o', 'no/such/x.wav', said='cannot be written', word='failed')
    need(not [name for name in os.listdir(ctl.folder) if name.startswith('x.wav')], 'something was written')


# What is heard

def heard(ctl):
    """what can be known of recordings, one after the other"""
    stereo, mono = sound(ctl, 'heard.wav'), 'one.wav'
    with wave.open(ctl.path(mono), 'wb') as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(8000)
        stream.writeframes(bytes(16000))
    both = ctl.json('cli-analyse', 'analyse', stereo, mono)['files']
    same([(file['file'], file['duration_s'], file['channels']) for file in both], [(stereo, 4, 2), (mono, 1, 1)], 'the files')
    # Both channels hold the same sound, once upside down.
    same([(file['attribution'], file['reason']) for file in both], [('not measurable', 'same-channels'), ('not measurable', 'mono')], 'who')
    same([len(file['sides']) for file in both], [2, 1], 'sides')
    text = ctl.text('analyse', stereo)
    need('heard.wav: 0:04.0, 8000 Hz; who spoke is not measurable' in text and 'loudness, LUFS' in text, text)
    ctl.fails('analyse', said='FILE… is missing', code=2)
    ctl.fails('analyse', 'gone.wav', said='gone.wav', word='not-found')
    done = ctl.run('analyse', '--json', stereo, 'gone.wav', code=1)
    answer = json.loads(done.stdout)
    ctl.validate('cli-analyse', answer)
    same(answer['files'][0]['duration_s'], 4, 'beside one that is gone')
    same(answer['files'][1]['error']['code'], 'not-found', 'the one that is gone')
    # What MixMonitor's option D writes, and what looks like MPEG at first sight.
    for plain in (b'\x00\x10' * 8000, b'\xff\xff\xff\xfb' + b'\x12\x34' * 8000):
        with open(ctl.path('plain.raw'), 'wb') as stream:
            stream.write(plain)
        ctl.fails('analyse', 'plain.raw', said='“plain.raw” has no header', word='unsupported')


# Completion

def completes(ctl):
    """bash completes commands, options and values"""
    def complete(*words):
        script = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; '
                  'COMPREPLY=(); _sidetonectl sidetonectl "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(['bash', '--norc', '-c', script, 'x', os.path.abspath(sys.argv[3]), 'sidetonectl', *words], capture_output=True,
                              text=True, timeout=30, cwd=ctl.folder, check=False)
        need(done.returncode == 0 and not done.stderr, words, done.stderr)
        return set(done.stdout.split())

    ctl.write('day.jsonl', '')
    same(complete(''), {command[0] for command in COMMANDS} | {'--help', '--version'}, 'commands')
    same(complete('ev'), {'events'}, 'ev')
    same(complete('server', 'user', ''), {'add', 'list', 'revoke'}, 'server user')
    same(complete('board', '--period', ''), {'15min', 'hour', 'today'}, '--period')
    same(complete('server', 'user', 'add', 'x', '--role', 'c'), {'client'}, '--role')
    need('day.jsonl' in complete('replay', 'd'), 'files')
    for command in COMMANDS:
        text = ctl.text(*command, '--help')
        offered = {word.split('=')[0].rstrip(',') for word in text.split() if word.startswith('--')}
        same(complete(*command, '--'), offered, command)


def examples(ctl):
    """every example of docs/cli.md follows the schema named before it"""
    with open(os.path.join(sys.argv[2], '..', 'cli.md'), encoding='utf-8') as stream:
        text = stream.read()
    shown = set()
    for before, block in re.findall(r'(.*?)```json\n(.*?)```', text, re.DOTALL):
        name = re.findall(r'schemas/([a-z-]+)\.json', before)[-1]
        ctl.validate(name, json.loads(block))
        shown.add(name)
    same(shown, {name for name in ctl.validators if name.startswith('cli-')}, 'schemas with an example')
    for command in COMMANDS:
        for option in re.findall(r'--[a-z-]+', ctl.text(*command, '--help')):
            need(option in text, command, option, 'is not in docs/cli.md')


def all_schemas(ctl):
    """every answer's schema was put to use; those of reviews, scripts and scenarios are in test-cli-reviews.py, test-cli-scripts.py, test-cli-scenarios.py and test-cli-campaigns.py, of alerts and staffing in test-cli-live.py, of test calls beside a real PBX in tests/peers"""
    written = {name for name in ctl.validators if name.startswith('cli-')} - {'cli-board', 'cli-agreement', 'cli-review-score', 'cli-review-export', 'cli-sample-draw', 'cli-sample-size', 'cli-staffing', 'cli-alerts-check'} - {
        'cli-script-check', 'cli-script-convert', 'cli-scenario-check', 'cli-test-call', 'cli-scenario-prompt', 'cli-scenario-line',
        'cli-campaign-draw', 'cli-campaign-run', 'cli-campaign-results'}
    same(written - ctl.seen, set(), 'schemas of no answer')


def main():
    ctl = Ctl(sys.argv[1], sys.argv[2])
    try:
        return run_tests([helps, wrong_words, wrong_dates, no_server, wrong_server, formulas, in_any_locale, no_steering,
                          broken_list, bounds, full_disk, enough, broken_export, export_form, replayed, until, bad_lines, odd_logs, marks, wrong_marks,
                          users, wrong_users, doctor, fine_doctor, no_pbx, cut, cut_wrongly, heard, completes, all_schemas, examples], ctl)
    finally:
        ctl.close()


sys.exit(main())
