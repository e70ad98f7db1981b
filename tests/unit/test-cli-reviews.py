#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What sidetonectl knows about reviews: agreement against published tables, draws
against the rule that docs/cli.md gives, computed here a second time.

usage: test-cli-reviews.py SIDETONECTL SCHEMA-FOLDER
"""
import hashlib
import sys

from cli_kit import Ctl, need, run_tests, same

REFERENCE = [(1, 1, '', 1), (2, 2, 3, 2), (3, 3, 3, 3), (3, 3, 3, 3), (2, 2, 2, 2), (1, 2, 3, 4), (4, 4, 4, 4), (1, 1, 2, 1),
             (2, 2, 2, 2), ('', 5, 5, 5), ('', '', 1, 1), ('', 3, '', '')]


def agreed(ctl):
    """tables of ratings give the published coefficients, with and without names above"""
    rows = '\n'.join(','.join(map(str, row)) for row in REFERENCE)
    plain = ctl.write('reference.csv', rows + '\n')
    named = ctl.write('named.csv', '\ufeffAnna;Boris;Вера;Gleb\r\n' + rows.replace(',', ';').replace('\n', '\r\n'))
    for level, alpha in (('nominal', .743), ('ordinal', .815), ('interval', .849), ('ratio', .797)):
        for table in (plain, named):
            answer = ctl.json('cli-agreement', 'agreement', table, '--level', level)
            same((round(answer['alpha'], 3), answer['units'], answer['reviewers'], answer['kappa']), (alpha, 11, 4, None), level)
            need(answer['alpha_low'] < answer['alpha'] < answer['alpha_high'], answer)
    two = ['yes,yes'] * 130 + ['yes,no'] * 56 + ['no,yes'] * 9 + ['no,no'] * 5
    answer = ctl.json('cli-agreement', 'agreement', ctl.write('two.csv', '\n'.join(two)))
    same([round(answer[name], 4) for name in ('observed', 'kappa', 'ac1', 'alpha')], [.675, .022, .5326, -.064], 'two reviewers')
    text = ctl.text('agreement', 'two.csv')
    need("Cohen's kappa           0.022   95 %: " in text, text)
    answer = ctl.json('cli-agreement', 'agreement', ctl.write('nothing.csv', ''))
    same((answer['units'], answer['observed'], answer['alpha_low']), (0, None, None), 'an empty table')
    need('not defined' in ctl.text('agreement', 'nothing.csv'), 'an empty table for a person')
    ctl.fails('agreement', ctl.write('words.csv', '1,2\n1,often\n'), '--level', 'ratio', said='“often” is not a number', word='invalid')
    ctl.fails('agreement', ctl.write('open.csv', '1,2\n"1,2\n'), said='open.csv, line 2: a quotation mark is not closed', word='invalid')
    ctl.fails('agreement', ctl.write('latin.csv', b'\xe9,1\n'), said='not text in UTF-8', word='invalid')
    ctl.fails('agreement', 'gone.csv', said='gone.csv', word='not-found')
    ctl.fails('agreement', 'two.csv', '--level', 'best', said='is not a level', code=2)


def drawn(ctl):
    """a draw is repeated by its frame and seed alone, whatever the order of the rows"""
    calls = [(f'leg-{i}', f'op-{i % 3}', f'2026-10-{i % 28 + 1:02} {i % 24:02}:05:10') for i in range(300)]
    head = 'id,operator,joined\n'
    frame = ctl.write('frame.csv', head + ''.join(','.join(call) + '\n' for call in calls))
    turned = ctl.write('turned.csv', head + ''.join(','.join(call) + '\n' for call in reversed(calls)))
    words = ['sample', 'draw', '--size', '12', '--seed', 'October']
    answer = ctl.json('cli-sample-draw', *words, '--frame', frame, '--strata', 'operator')
    same(ctl.json('cli-sample-draw', *words, '--frame', turned, '--strata', 'operator'), answer, 'the turned frame')
    same([(part['name'], part['calls'], part['drawn'], len(part['replacements'])) for part in answer['strata']],
         [(f'op-{i}', 100, 4, 4) for i in range(3)], 'shares')
    lots = {call[0]: hashlib.sha256(('October\n' + call[0]).encode()).hexdigest() for call in calls}
    for number, part in enumerate(answer['strata']):
        mine = sorted((call[0] for call in calls if call[1] == part['name']), key=lots.get)
        same(sorted(item['id'] for item in answer['drawn'] if item['stratum'] == part['name']), sorted(mine[:4]), f'stratum {number}')
        same(part['replacements'], mine[4:8], 'who comes next')
    same([item['id'] for item in answer['drawn']], sorted((item['id'] for item in answer['drawn']), key=lots.get), 'the order')
    listed = ''.join(f'{call[0]}\t{call[1]}\n' for call in sorted(calls))
    same(answer['frame_sha256'], hashlib.sha256(listed.encode()).hexdigest(), 'hash of the frame')
    need(answer['drawn'] != ctl.json('cli-sample-draw', *words[:-1], 'November', '--frame', frame, '--strata', 'operator')['drawn'], 'the seed')
    hours = ctl.json('cli-sample-draw', *words, '--frame', frame, '--strata', 'operator, hour')
    need(all(part['name'][-2:].isdigit() for part in hours['strata']) and len(hours['strata']) == 24, hours['strata'])
    same(len(ctl.text(*words, '--frame', frame).split()), 12, 'ids for a person')
    done = ctl.run('sample', 'draw', '--size', '9', '--seed', 's', '--frame', ctl.write('few.csv', 'id\na\nb\n'))
    same((sorted(done.stdout.split()), done.returncode), ([b'a', b'b'], 0), 'more than there are')
    need('has only 2 calls' in done.stderr, done.stderr)


def drawn_wrongly(ctl):
    """a frame that cannot be drawn from is said with its line"""
    words = ['sample', 'draw', '--size', '2', '--seed', 's', '--frame']
    ctl.fails(*words, ctl.write('t.csv', 'id,q\na,1\na,2\n'), said='t.csv: line 3: the call “a” stands there twice', word='exists')
    ctl.fails(*words, ctl.write('n.csv', 'name\na\n'), said='no column is named “id”', word='invalid')
    ctl.fails(*words, ctl.write('e.csv', 'id,q\n,1\n'), said='line 2: the call has no id', word='invalid')
    ctl.fails(*words, 't.csv', '--strata', 'team', said='no column is named “team”', word='invalid')
    ctl.fails(*words, ctl.write('h.csv', 'id,joined\na,noon\n'), '--strata', 'hour', said='“noon” is not a time', word='invalid')
    ctl.fails(*words, 'gone.csv', said='gone.csv', word='not-found')
    ctl.fails(*words, 't.csv', '--strata', 'q,,', said='empty name', code=2)
    ctl.fails('sample', 'draw', '--frame', 't.csv', '--size', '2', said='are needed', code=2)
    ctl.fails('sample', 'draw', '--frame', 't.csv', '--size', '-2', '--seed', 's', said='from 0 on', code=2)
    same(ctl.json('cli-sample-draw', *words, ctl.write('empty.csv', ''))['drawn'], [], 'an empty frame')


def main():
    ctl = Ctl(sys.argv[1], sys.argv[2])
    try:
        return run_tests([agreed, drawn, drawn_wrongly], ctl)
    finally:
        ctl.close()


sys.exit(main())
