#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What sidetonectl knows about reviews: agreement against published tables, draws
against the rule that docs/cli.md gives, computed here a second time.

usage: test-cli-reviews.py SIDETONECTL SCHEMA-FOLDER
"""
import csv
import hashlib
import io
import json
import os
import re
import stat
import subprocess
import sys

from cli_kit import Ctl, Peer, need, problem, project, run_tests, same, session

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
    answer = ctl.json('cli-agreement', 'agreement', ctl.write('nothing.csv', 'yes,\n,no\n'))
    same((answer['units'], answer['observed'], answer['alpha_low']), (0, None, None), 'nothing in common')
    need('not defined' in ctl.text('agreement', 'nothing.csv'), 'nothing in common, for a person')
    answer = ctl.json('cli-agreement', 'agreement', ctl.write('case.csv', 'yes,Yes\nno,no\nno,no\n'))
    same([answer['units'], answer['names']], [3, []], 'one word is not two people')
    ctl.fails('agreement', ctl.write('wide.csv', 'anna,boris\nyes,yes\nno,yes,no\n'), said='wide.csv: “no” stands in column 3', word='invalid')
    for empty in ('', '\ufeff\n\n'):
        ctl.fails('agreement', ctl.write('empty.csv', empty), said='empty.csv: the table is empty', word='invalid')
    answer = ctl.json('cli-agreement', 'agreement', ctl.write('same.csv', 'other,other\nyes,yes\nno,yes\nyes,no\n'))
    same([answer['units'], answer['names']], [4, []], 'two same words above are answers')
    answer = ctl.json('cli-agreement', 'agreement', ctl.write('named.csv', 'anna,boris\nyes,yes\nno,yes\n'))
    same([answer['units'], answer['names']], [2, ['anna', 'boris']], 'names above')
    need('anna, boris' in ctl.text('agreement', 'named.csv'), 'that names were taken for such')
    need('nothing has two answers' in ctl.run('agreement', 'nothing.csv').stderr, 'why there is nothing')
    comma = ctl.json('cli-agreement', 'agreement', ctl.write('comma.csv', '1,5;1,5\n2;2,25\n-3,5;-3\n'), '--level', 'interval')
    point = ctl.json('cli-agreement', 'agreement', ctl.write('point.csv', '1.5,1.5\n2,2.25\n-3.5,-3\n'), '--level', 'interval')
    need(comma == point and comma['answers'] == 6, 'a decimal comma')
    ctl.fails('agreement', ctl.write('words.csv', '1,2\n1,often\n'), '--level', 'ratio', said='“often” is not a number', word='invalid')
    ctl.fails('agreement', ctl.write('open.csv', '1,2\n"1,2\n'), said='open.csv: line 2: a quotation mark is not closed', word='invalid')
    ctl.fails('agreement', ctl.write('latin.csv', b'\xe9,1\n'), said='not text in UTF-8', word='invalid')
    ctl.fails('agreement', 'gone.csv', said='gone.csv', word='not-found')
    ctl.fails('agreement', 'two.csv', '--level', 'best', said='is not a level', code=2)


def systematic(seed, calls, stratum_of, size):
    """How many of each stratum: steps from a start by lot, over the strata in an order by lot."""
    lot = lambda text: hashlib.sha256(f'{seed}\n{text}'.encode()).hexdigest()
    at, shares = int(lot('\nstart')[:16], 16) % len(calls), []
    for name in sorted({stratum_of(call) for call in calls}, key=lot):
        after = at + size * sum(stratum_of(call) == name for call in calls)
        shares.append((name, after // len(calls) - at // len(calls)))
        at = after
    return sorted(shares)


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
    small = ctl.json('cli-sample-draw', *words, '--frame', frame, '--strata', 'hour')
    same(sorted({(part['drawn'], len(part['replacements'])) for part in small['strata']}), [(0, 0), (1, 3)], 'more than one stands in for one')
    same([(part['name'], part['drawn']) for part in small['strata']], systematic('October', calls, lambda call: call[2][11:13], 12), 'shares by lot')
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
    ctl.fails(*words, ctl.write('u.csv', 'id,q, Q \na,1,2\n'), '--strata', 'q', said='u.csv: two columns are named “q”', word='invalid')
    ctl.fails(*words, ctl.write('v.csv', 'id,q,ID\na,1,2\n'), said='v.csv: two columns are named “id”', word='invalid')
    ctl.fails(*words, ctl.write('t.csv', 'id,q\na,1\na,2\n'), said='t.csv: line 3: the call “a” stands there twice', word='exists')
    ctl.fails(*words, ctl.write('n.csv', 'name\na\n'), said='no column is named “id”', word='invalid')
    ctl.fails(*words, ctl.write('e.csv', 'id,q\n,1\n'), said='line 2: the call has no id', word='invalid')
    ctl.fails(*words, 't.csv', '--strata', 'team', said='no column is named “team”', word='invalid')
    ctl.fails(*words, ctl.write('h.csv', 'id,joined\na,noon\n'), '--strata', 'hour', said='“noon” is not a time', word='invalid')
    ctl.fails(*words, 'gone.csv', said='gone.csv', word='not-found')
    ctl.fails(*words, 't.csv', '--strata', 'q,,', said='empty name', code=2)
    ctl.fails('sample', 'draw', '--frame', 't.csv', '--size', '2', said='are needed', code=2)
    ctl.fails('sample', 'draw', '--frame', 't.csv', '--size', '-2', '--seed', 's', said='from 0 on', code=2)
    ctl.fails(*words, ctl.write('empty.csv', ''), said='empty.csv: the table is empty', word='invalid')
    ctl.fails(*words, ctl.write('names.csv', 'id,q\n'), said='names.csv: there are no calls below the names', word='invalid')


def sized(ctl):
    """how many reviews are enough, and what a few are worth"""
    enough = ctl.json('cli-sample-size', 'sample', 'size', '--calls', '1000')
    same((enough['calls'], enough['reviews'], round(enough['margin'], 1)), (1000, 278, 5.0), 'enough of 1000')
    few = ctl.json('cli-sample-size', 'sample', 'size', '--reviews', '12')
    same((round(few['score_low']), round(few['score_high'])), (71, 92), '84 from 12 reviews')
    same([round(ctl.json('cli-sample-size', 'sample', 'size', '--reviews', n)['unseen'], 3) for n in ('10', '60')], [0.259, 0.049], 'no failure')
    need('1 review tells' in ctl.text('sample', 'size', '--reviews', '1'), 'one review')
    need('278 reviews of 1000 calls' in ctl.text('sample', 'size', '--calls', '1000'), 'words')
    for wrong in ['--margin', '0'], ['--reviews', '-2'], ['--share', '101'], ['--score', '120'], ['--deviation', '0'], ['--calls', '-1'], \
            ['--share', '0'], ['--score', '100'], ['--calls', '10', '--reviews', '20']:
        ctl.fails('sample', 'size', *wrong, said=wrong[0], code=2)


SCRIPT = {
    'id': '3f1d5a52-6f0b-4f58-9a41-2f6d86a0c101', 'project': 'shop', 'title': 'Order by phone', 'version': 3, 'sections': [
        {'id': 'opening', 'title': 'Opening', 'criteria': [
            {'id': 'greeting', 'text': 'Greets', 'answers': 'yes-no', 'weight': 10, 'allow_na': False},
            {'id': 'name', 'text': 'Says the name', 'answers': 'yes-no', 'weight': 10, 'allow_na': True}]},
        {'id': 'order', 'title': 'Order', 'criteria': [
            {'id': 'asked', 'text': 'Asks for the need', 'answers': 'scale', 'scale_max': 4, 'weight': 20},
            {'id': 'repeated', 'text': 'Repeats the order', 'answers': 'yes-partly-no', 'weight': 20, 'critical': 'section'},
            {'id': 'total-told', 'text': 'Tells the total', 'answers': 'yes-no', 'weight': 20, 'critical': 'script'},
            {'id': 'extra', 'text': 'Offers more', 'answers': 'yes-no', 'weight': 8, 'bonus': True, 'allow_na': True}]}]}
GOOD = {'greeting': 'yes', 'name': 'na', 'asked': 3, 'repeated': 'partly', 'total-told': True, 'extra': 'no'}


def scored(ctl):
    """a script and its answers give the score, and what it would have been"""
    script = ctl.write('script.json', json.dumps(SCRIPT))

    def score(**answers):
        given = {**GOOD, **{name.replace('_', '-'): value for name, value in answers.items()}}
        return ctl.json('cli-review-score', 'review', 'score', script, ctl.write('answers.json', json.dumps(given)))

    def close(found, wanted, what):
        need(abs(found - wanted) < 1e-9, what, found, wanted)

    good = score()
    close(good['score'], (10 + 15 + 10 + 20) / 70 * 100, 'not applicable spreads')
    same((good['would_be'], good['failed_critical'], good['answered'], good['total']), (good['score'], [], 6, 6), 'nothing failed')
    close(good['sections'][0]['score'], 100, 'opening')
    close(good['sections'][1]['score'], 75, 'order')
    close(score(extra='yes')['score'], (10 + 15 + 10 + 20 + 8) / 70 * 100, 'bonus')
    close(score(extra='yes', asked=4, repeated=1)['score'], 100, 'no more than 100')
    failed = score(total_told='no')
    same((failed['score'], failed['failed_critical']), (0, ['total-told']), 'critical for the script')
    close(failed['would_be'], (10 + 15 + 10) / 70 * 100, 'the score it would have been')
    failed = score(repeated='no')
    close(failed['score'], 10 / 70 * 100, 'critical for the section')
    same((failed['failed_critical'], failed['sections'][1]['score']), (['repeated'], 0), 'the section')
    above = ctl.write('above.json', json.dumps({**SCRIPT, 'above_100': True}))
    full = {**GOOD, 'asked': 4, 'repeated': 'yes', 'extra': 'yes'}
    answer = ctl.json('cli-review-score', 'review', 'score', above, ctl.write('full.json', json.dumps({'answers': full})))
    close(answer['score'], 78 / 70 * 100, 'above 100')
    review = {'answers': [{'criterion': 'greeting', 'value': 1}, {'criterion': 'name', 'na': True}, {'criterion': 'asked', 'value': .75}]}
    answer = ctl.json('cli-review-score', 'review', 'score', script, ctl.write('review.json', json.dumps(review)))
    close(answer['score'], 25 / 30 * 100, 'a draft')
    same((answer['answered'], answer['total']), (3, 6), 'a draft')
    for version, said in ((4, 'answers to version 4'), ('77', 'is not a number'), (None, 'is not a number'), (3, None)):
        told = ctl.run('review', 'score', script, ctl.write('version.json', json.dumps({'script_version': version, 'answers': GOOD}))).stderr
        need(said in told if said else told == '', 'the version told of', version, told)
    empty = ctl.json('cli-review-score', 'review', 'score', script, ctl.write('none.json', '{}'))
    same((empty['score'], empty['sections'][0]['would_be']), (None, None), 'no answer')
    ctl.write('answers.json', json.dumps({**GOOD, 'total-told': 'no'}))
    text = ctl.text('review', 'score', script, 'answers.json')
    need('a critical criterion failed, without it 50.0' in text.splitlines()[0], text)


def scored_wrongly(ctl):
    """an answer that the form does not offer is said with its criterion"""
    script = ctl.write('script.json', json.dumps(SCRIPT))
    for answers, said in (({'greeting': 'maybe'}, 'greeting”: an answer is'), ({'greeting': 'na'}, 'is not allowed'),
                          ({'greeting': .5}, 'the answer is yes or no'), ({'asked': 5}, 'from 0 to a full mark'), ({'asked': -1}, 'from 0 to'),
                          ({'asked': 1.5}, 'not a whole number'), ({'repeated': .4}, 'yes, partly or no'), ({'other': 'yes'}, 'has none of that name'),
                          ({'name': [1]}, 'name”: an answer is'), ({'answers': [{'criterion': 'name'}]}, 'answer 1 has no criterion, or no value'),
                          ({'answers': [{'criterion': 'name', 'value': 'yes'}]}, 'answer 1 has no criterion, or no value'),
                          ({'answers': [{'criterion': 'name', 'na': True}, {'criterion': 'name', 'value': 1}]}, 'answered twice')):
        ctl.fails('review', 'score', script, ctl.write('wrong.json', json.dumps(answers)), said=said, word='invalid')
    for twice in ('{"greeting": "yes", "name": "yes", "greeting": "no"}', '{"answers": {"name": "no", "na\\u006de": "yes"}}'):
        ctl.fails('review', 'score', script, ctl.write('twice.json', twice), said='stands there twice', word='invalid')
    ctl.fails('review', 'score', script, ctl.write('list.json', '[]'), said='list.json: the answers are not a JSON object', word='invalid')
    ctl.fails('review', 'score', script, ctl.write('cut.json', '{'), said='cut.json: ', word='invalid')
    ctl.fails('review', 'score', ctl.write('bad.json', '{"id": 1}'), 'cut.json', said='bad.json: ', word='invalid')
    ctl.fails('review', 'score', 'gone.json', 'cut.json', said='gone.json', word='not-found')
    ctl.fails('review', 'score', script, said='is missing', code=2)


def in_any_locale(ctl):
    """numbers have a point in every locale, for programs and for people"""
    made = subprocess.run(['localedef', '-c', '-i', 'ru_RU', '-f', 'UTF-8', ctl.path('ru_RU.UTF-8')], capture_output=True, check=False)
    need(os.path.isdir(ctl.path('ru_RU.UTF-8')), 'a locale with a comma', made.stderr)
    there = {'LC_ALL': 'ru_RU.UTF-8', 'LOCPATH': ctl.folder}
    script = json.loads(json.dumps(SCRIPT))
    script['sections'][0]['criteria'][0]['weight'] = 12.5
    path = ctl.write('half.json', json.dumps(script))
    answers = ctl.write('answers.json', json.dumps({**GOOD, 'total-told': 'no'}))
    for code, words in ((0, ['agreement', ctl.write('two.csv', 'yes,yes\nno,yes\nno,no\n')]), (0, ['review', 'score', path, answers]),
                        (0, ['sample', 'size', '--reviews', '12', '--score', '83.5']), (1, ['script', 'check', path]),
                        (1, ['script', 'check', path, '--json'])):
        done = ctl.run(*words, code=code, **there)
        same(done.stdout, ctl.run(*words, code=code).stdout, ' '.join(words))
        need(done.stdout and not re.search(rb'[0-9],[0-9]', done.stdout), ' '.join(words), done.stdout)


# Exported

NOON = 1795251600000       # 2026-11-21 12:00 in Moscow
SCRIPT_ID = SCRIPT['id']


def document(change, kind, body, **more):
    return {'kind': kind, 'id': body['id'], 'project': body['project'], 'revision': 1, 'change': change, 'changed_ms': NOON, 'author': 'anna',
            'body': body, **more}


def review(n, **more):
    return {'id': f'6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b{n:02}', 'project': 'tea', 'call': f'leg-{n}', 'script': SCRIPT_ID, 'script_version': 3,
            'reviewer': 'anna', 'finished_ms': NOON + n, 'answers': [{'criterion': 'greeting', 'value': 1},
                                                                     {'criterion': 'total-told', 'value': 0, 'comment': '=cmd()'}], **more}


def shop():
    """Two finished reviews of now, one of an older version, a draft, another shop's, one of an open calibration, a deleted one.
    The first of them is being revised: what was sealed counts."""
    calibration = {'id': '5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11', 'project': 'tea', 'title': 'November', 'script': SCRIPT_ID, 'script_version': 3,
                   'calls': ['leg-5'], 'reviewers': ['anna'], 'state': 'open'}
    gone = document(8, 'review', review(7), deleted=True)
    del gone['body']
    sealed = review(1)
    revised = review(1, reviewer='boris', revision=2, reason='heard again', answers=[],
                     history=[{'revision': 1, **{key: sealed[key] for key in ('finished_ms', 'reviewer', 'answers')}}])
    del revised['finished_ms']
    return [document(1, 'script', {**SCRIPT, 'project': 'tea', 'version': 3}), document(2, 'review', review(1)),
            document(3, 'review', review(2, script_version=2, selection='random')),
            document(4, 'review', {key: value for key, value in review(3).items() if key != 'finished_ms'}),
            document(5, 'review', review(4, project='toys')), document(6, 'calibration', calibration),
            document(7, 'review', review(5, selection='calibration', plan=calibration['id'])), gone,
            document(9, 'review', review(6, script_version=1)), document(10, 'coaching', {'id': SCRIPT_ID, 'project': 'tea'}),
            document(11, 'review', revised), document(12, 'review', {**review(8), 'call': 'leg-1', 'finished_ms': NOON})]


def exported(ctl):
    """finished reviews come with their calls, in the version they were made with"""
    changes = shop()
    calls = [{'id': f'leg-{n}', 'journey': f'leg-{n}', 'project': 'tea', 'queue': 'tea-orders', 'operator': 'op-1', 'operator_name': 'Falcon',
              'joined_ms': NOON + n * 1000} for n in (1, 2, 5)]

    def pages(query):
        since = int(query.get('since', 0))
        part = [one for one in changes if one['change'] > since][:4]
        return {'documents': part, 'next': part[-1]['change'] if part else since, 'more': since + 4 < len(changes)}

    def older(query):
        return document(1, 'script', {**SCRIPT, 'project': 'tea', 'version': 2, 'title': 'Older'}) if query.get('version') == '2' else problem(404, 'not-found', '')

    def some_calls(query):
        return {'calls': calls if 'cursor' in query else [], **({} if 'cursor' in query else {'cursor': 'more'})}

    answers = {'/session': session(project('tea')), '/changes': pages, '/calls': some_calls, '/documents/script/' + SCRIPT_ID: older}
    with Peer(answers) as peer:
        def rows(*words):
            return list(csv.DictReader(io.StringIO(ctl.run('review', 'export', *words, **peer.env).stdout.decode('utf-8-sig'))))

        table = rows()
        same([row['call'] for row in table], ['leg-1', 'leg-1', 'leg-2', 'leg-6'], 'reviews')
        # The earlier one of leg-1 does not count, nor does what has no score.
        same([(row['review'][-2:], row['counts']) for row in table], [('08', '0'), ('01', '1'), ('02', '1'), ('06', '0')], 'what counts')
        table = table[1:]
        same([row['script_title'] for row in table], [SCRIPT['title'], 'Older', ''], 'versions')
        same([row['selection'] for row in table], ['none', 'random', 'none'], 'selection')
        same([row['operator_name'] for row in table], ['Falcon', 'Falcon', ''], 'operators')
        same((table[0]['joined'], table[0]['joined_utc']), ('2026-11-21T12:00:01.000+03:00', '2026-11-21T09:00:01.000Z'), 'when it came')
        same((table[0]['score'], table[0]['failed_critical'], table[2]['score']), ('0', 'total-told', ''), 'scores')
        same(sum(path.startswith('/documents') for path, _ in peer.asked), 2, 'each version is asked for once')
        same([row['call'] for row in rows('--from', '2026-11-21')], ['leg-1', 'leg-1', 'leg-2'], 'of a period')
        same({key: value for key, value in peer.asked[-2][1].items() if key in ('from', 'project')},
             {'from': str(NOON - 12 * 3600000), 'project': 'tea'}, 'what the server is asked')
        each = rows('--format', 'answers')
        same([row['counts'] for row in each], ['0', '0', '1', '1', '1', '1', '0', '0'], 'what counts, answer by answer')
        each = each[2:]
        same([(row['call'], row['criterion'], row['answer']) for row in each[:2]], [('leg-1', 'greeting', 'yes'), ('leg-1', 'total-told', 'no')], 'answers')
        same((len(each), each[1]['comment']), (6, "'=cmd()"), 'no formula')
        whole = json.loads(ctl.run('review', 'export', '--format', 'json', **peer.env).stdout)
        ctl.validate('reviews-export', whole)
        same((whole['count'], whole['complete'], whole['reviews'][2]['script_title']), (4, True, 'Older'), 'json')
        told = ctl.json('cli-review-export', 'review', 'export', '--format', 'json', '-o', 'all.json', **peer.env)
        same((told['reviews'], told['answers'], told['held_back'], told['file']), (4, 8, 1, 'all.json'), 'told')
        with open(ctl.path('all.json'), encoding='utf-8') as stream:
            same(json.load(stream), whole, 'the file')
        same(stat.S_IMODE(os.stat(ctl.path('all.json')).st_mode), 0o600, 'for its owner alone')
        need('1 reviews of calibrations' in ctl.run('review', 'export', '-o', 'all.csv', **peer.env).stderr, 'not told what is held back')


def exported_wrongly(ctl):
    """what cannot be exported is said, and what was there stays"""
    ctl.fails('review', 'export', '--format', 'xls', said='“xls” is not a format', code=2)
    need('-o' in json.loads(ctl.run('review', 'export', '--json', code=2).stdout)['error']['message'], '--json without -o')
    before = ctl.write('kept.csv', 'what was there')
    bad = {'documents': [document(1, 'review', {'id': SCRIPT_ID, 'project': 'tea', 'answers': 'none'})], 'next': 1, 'more': False}
    turning = {'documents': [], 'next': 0, 'more': True}
    for changes, said, word in ((bad, 'review ' + SCRIPT_ID, 'invalid'), (turning, 'do not go on', 'invalid'), (None, '127.0.0.1', 'disconnected')):
        with Peer({'/session': session(project('tea')), '/changes': (lambda query, changes=changes: changes), '/calls': {'calls': []}}) as peer:
            ctl.fails('review', 'export', '-o', before, said=said, word=word, **peer.env)
    whole = {'documents': [document(1, 'review', review(1))], 'next': 1, 'more': False}
    with Peer({'/session': session(project('tea')), '/changes': whole, '/calls': {'calls': []},
               '/documents/script/' + SCRIPT_ID: problem(500, 'failed', 'disk on fire')}) as peer:
        ctl.fails('review', 'export', '-o', before, said='disk on fire', word='failed', **peer.env)
    with open(before, encoding='utf-8') as stream:
        same(stream.read(), 'what was there', 'the file that was there')
    with Peer({'/session': session(project('tea'), project('toys')), '/changes': whole}) as peer:
        ctl.fails('review', 'export', '-o', 'x', said='project', word='invalid', **peer.env)


def main():
    ctl = Ctl(sys.argv[1], sys.argv[2])
    try:
        return run_tests([agreed, drawn, drawn_wrongly, sized, scored, scored_wrongly, in_any_locale, exported, exported_wrongly], ctl)
    finally:
        ctl.close()


sys.exit(main())
