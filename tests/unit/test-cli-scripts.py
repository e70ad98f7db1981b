#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What sidetonectl does with scripts: looks for what is wrong with one, and makes
a table of its form and a form of a table.

usage: test-cli-scripts.py SIDETONECTL SCHEMA-FOLDER
"""
import copy
import csv
import json
import sys

from cli_kit import Ctl, need, run_tests, same

SCRIPT = {
    'id': '3f1d5a52-6f0b-4f58-9a41-2f6d86a0c101', 'project': 'shop', 'title': 'Order by phone', 'version': 3, 'language': 'en',
    'queues': ['shop-orders'], 'sections': [
        {'id': '1', 'title': 'Opening', 'criteria': [
            {'id': '1.1', 'text': 'Greets, and says "the tea shop"', 'answers': 'yes-no', 'weight': 12.5, 'allow_na': False,
             'exemplars': [{'value': 0, 'text': 'Hello?'}], 'causes': ['In a hurry', 'Not told']},
            {'id': '1.2', 'text': '=Says the name', 'hint': 'Both\nnames', 'answers': 'yes-partly-no', 'weight': 27.5, 'allow_na': True,
             'exemplars': [{'value': 0.5, 'text': 'The first one only'}]}]},
        {'id': '2', 'title': 'Order', 'criteria': [
            {'id': '2.1', 'text': 'Asks for the need', 'answers': 'scale', 'scale_max': 4, 'weight': 40, 'allow_na': False, 'comment': 'on-fault',
             'exemplars': [{'value': 0.25, 'text': 'Once, in passing'}]},
            {'id': '2.2', 'text': 'Tells the total', 'answers': 'yes-no', 'weight': 20, 'allow_na': True, 'critical': 'script',
             'exemplars': [{'value': 0, 'text': 'Rings off'}], 'only_if': '2.1', 'only_low': 0.5, 'only_high': 1},
            {'id': '2.3', 'text': 'Offers more', 'answers': 'yes-no', 'weight': 8, 'allow_na': True, 'bonus': True,
             'exemplars': [{'value': 1, 'text': 'And a brush?'}]}]},
        {'id': '3', 'title': 'Closing', 'criteria': []}],
    'steps': [{'id': 's1', 'title': 'Hello', 'say': 'Good evening'}]}


def write(ctl, name, script):
    return ctl.write(name, json.dumps(script))


def load(ctl, name):
    with open(ctl.path(name), encoding='utf-8') as stream:
        return json.load(stream)


def checked(ctl):
    """what is wrong with a script is told with its place, and the exit code says how bad it is"""
    script = copy.deepcopy(SCRIPT)
    del script['sections'][2]
    same(ctl.json('cli-script-check', 'script', 'check', write(ctl, 'good.json', script))['findings'], [], 'nothing is wrong')
    need(ctl.text('script', 'check', 'good.json').startswith('good.json: “Order by phone”, 5 criteria: errors 0, warnings 0, hints 0\n'), 'for a person')
    ctl.write('one.csv', 'section_title,text,weight,allow_na\nOne,Greets,100,no\n')
    need('“one”, 1 criterion: errors 0' in ctl.text('script', 'check', 'one.csv'), 'one criterion')
    del script['sections'][1]['criteria'][1]['exemplars']
    answer = ctl.json('cli-script-check', 'script', 'check', write(ctl, 'hint.json', script))
    same((answer['hints'], answer['findings'][0]['criterion'], answer['findings'][0]['number']), (1, '2.2', None), 'a hint')
    script['sections'][1]['criteria'][1].update(weight=15, only_if='2.9')
    answer = ctl.json('cli-script-check', 'script', 'check', write(ctl, 'bad.json', script), code=1)
    same((answer['errors'], answer['warnings'], answer['hints'], answer['title'], answer['version']), (2, 1, 1, 'Order by phone', 3), 'counts')
    found = [(each['severity'], each['code'], each['section'], each['criterion'], each['other'], each['number']) for each in answer['findings']]
    same(found, [('warning', 'weight-sum', None, None, None, 95), ('error', 'condition-unknown', '2', '2.2', '2.9', None),
                 ('error', 'critical-unreachable', '2', '2.2', '2.9', None), ('hint', 'no-exemplars', '2', '2.2', None, None)], 'findings')
    text = ctl.text('script', 'check', 'bad.json', code=1)
    for line in ('  warning  the weights add up to 95, not to 100', '  error    2.2 “Tells the total”: its condition names 2.9, which is not there'):
        need(line in text.splitlines(), line, text)


def written_by_hand(ctl):
    """a file from an editor: a byte order mark is passed over, a name that stands twice is refused"""
    text = json.dumps(SCRIPT)
    same(ctl.json('cli-script-check', 'script', 'check', ctl.write('plain.json', text), code=1)['findings'],
         ctl.json('cli-script-check', 'script', 'check', ctl.write('mark.json', b'\xef\xbb\xbf' + text.encode()), code=1)['findings'], 'with a mark')
    for old, new in (('"title"', '"title": "Other", "title"'), ('"weight"', '"weight": 7, "weight"')):
        ctl.fails('script', 'check', ctl.write('twice.json', text.replace(old, new, 1)), said='stands there twice', word='invalid')


def checked_criteria(ctl):
    """criteria that no score can be made of are told one by one, with all else that is wrong"""
    script = copy.deepcopy(SCRIPT)
    opening, order = script['sections'][0]['criteria'], script['sections'][1]['criteria']
    opening[1]['id'] = '1.1'
    order[0]['scale_max'] = 2000
    order[1]['weight'] = -3
    answer = ctl.json('cli-script-check', 'script', 'check', write(ctl, 'criteria.json', script), code=1)
    found = {(each['code'], each['section'], each['criterion'], each['number']) for each in answer['findings'] if each['severity'] == 'error'}
    same(found, {('duplicate-criterion', '1', '1.1', None), ('scale-max', '2', '2.1', 2000), ('bad-weight', '2', '2.2', -3)}, 'findings')
    need(any(each['code'] == 'weight-sum' for each in answer['findings']), answer['findings'])
    text = ctl.text('script', 'check', 'criteria.json', code=1)
    need('  error    2.2 “Tells the total”: -3 is no weight: 0 to 1000000' in text.splitlines(), text)
    # Nothing else takes such a script.
    ctl.fails('script', 'convert', 'criteria.json', 'c.csv', said='criteria.json: criterion “1.1”: two criteria have this id', word='invalid')
    opening[1]['id'] = '1.2'
    ctl.fails('script', 'convert', write(ctl, 'scale.json', script), 'c.csv', said='criterion “2.1”: "scale_max" is not 1 to 1000', word='invalid')
    order[0]['weight'] = 'much'
    ctl.fails('script', 'check', write(ctl, 'much.json', script), said='much.json: criterion “2.1”: "weight" is not a number', word='invalid')


def checked_wrongly(ctl):
    """a file that is no script is an error of another kind"""
    ctl.fails('script', 'check', ctl.write('none.json', '{"id": 1}'), said='none.json: "id" is not', word='invalid')
    ctl.fails('script', 'check', ctl.write('no-id.json', '{"title": "Orders"}'), said='no-id.json: "id" is missing', word='invalid')
    ctl.fails('script', 'check', ctl.write('other-id.json', '{"id": "mine"}'), said='other-id.json: "id" is not a UUID', word='invalid')
    ctl.fails('script', 'check', ctl.write('empty.json', ''), said='empty.json: the file is empty', word='invalid')
    ctl.fails('script', 'check', ctl.write('words.json', 'Dear all,\n'), said='words.json: not JSON', word='invalid')
    ctl.fails('script', 'check', ctl.write('letter.txt', 'Dear all,\n'), said='letter.txt: line 1: no column is named “text”', word='invalid')
    ctl.fails('script', 'check', 'gone.json', said='gone.json', word='not-found')
    ctl.fails('script', 'check', said='is missing', code=2)
    ctl.fails('script', said='After “script” comes “check” or “convert”', code=2)


def converted(ctl):
    """a table and back is the same form, and --onto the same script"""
    write(ctl, 'script.json', SCRIPT)
    answer = ctl.json('cli-script-convert', 'script', 'convert', 'script.json', 'form.csv')
    same((answer['sections'], answer['criteria'], answer['lost'], answer['to']), (3, 5, ['steps', 'exemplars', 'settings'], 'csv'), 'answer')
    done = ctl.run('script', 'convert', 'script.json', 'form.csv', '--force')
    need('not: steps, exemplars, settings; --onto script.json' in done.stderr, done.stderr)
    with open(ctl.path('form.csv'), encoding='utf-8-sig', newline='') as stream:
        rows = list(csv.DictReader(stream))
    same([row['id'] for row in rows], ['1.1', '1.2', '2.1', '2.2', '2.3', ''], 'rows')
    same((rows[0]['text'], rows[1]['text'], rows[0]['causes'], rows[2]['scale_max'], rows[5]['section_title']),
         ('Greets, and says "the tea shop"', "'=Says the name", 'In a hurry\nNot told', '4', 'Closing'), 'cells')
    ctl.run('script', 'convert', 'form.csv', 'whole.json', '--onto', 'script.json')
    whole = load(ctl, 'whole.json')
    ctl.validate('script', whole)
    same(whole, SCRIPT, 'what came back')
    ctl.run('script', 'convert', 'form.csv', 'alone.json')
    alone = load(ctl, 'alone.json')
    ctl.validate('script', alone)
    bare = copy.deepcopy(SCRIPT['sections'])
    for section in bare:
        for criterion in section['criteria']:
            criterion.pop('exemplars', None)
    same((alone['sections'], alone['title'], alone['version']), (bare, 'form', 1), 'without the rest')
    need(alone['id'] != SCRIPT['id'], 'a new script')
    same(ctl.text('script', 'convert', '-', '-', '--to', 'csv', stdin=json.dumps(SCRIPT).encode())[:8], '\ufeffsection', 'to standard output')


def by_hand(ctl):
    """a table that somebody wrote in a spreadsheet is taken with what they left out"""
    ctl.write('mine.csv', 'Section_Title;Text;Weight;Answers;Scale_Max;My notes\r\nOpening;Greets;2,5;yes-no;;ask Anna\r\n;Smiles;;scale;5;\r\n'
                          '\r\nClosing;Thanks;7,5;;;\r\nOpening;Says the name;;;;\r\n')
    done = ctl.run('script', 'convert', 'mine.csv', 'mine.json')
    need('the column “My notes” means nothing here' in done.stderr, done.stderr)
    script = load(ctl, 'mine.json')
    same([(section['id'], section['title'], [(each['id'], each['text'], each['weight'], each['answers'], each['allow_na']) for each in section['criteria']])
          for section in script['sections']],
         [('1', 'Opening', [('1.1', 'Greets', 2.5, 'yes-no', True), ('1.2', 'Smiles', 0, 'scale', True),
                            ('1.3', 'Says the name', 0, 'yes-partly-no', True)]),
          ('2', 'Closing', [('2.1', 'Thanks', 7.5, 'yes-partly-no', True)])], 'sections')
    same(ctl.json('cli-script-check', 'script', 'check', 'mine.csv', code=1)['title'], 'mine', 'checked as it is')


def converted_wrongly(ctl):
    """a table that cannot be taken is said with its line, and nothing is written over"""
    for rows, said in (('text,weight\na,1\nb,much', 'line 3: “much” in “weight” is not a number from 0'), ('text,text\na,b', 'two columns are named “text”'),
                       ('text,weight\na,-1', 'not a number from 0'), ('text,answers\na,maybe', '“maybe” in “answers” is not'),
                       ('text,answers,scale_max\na,scale,', 'a scale needs'), ('text,answers,scale_max\na,scale,2.5', 'a scale needs'),
                       ('text,critical\na,very', 'is not no, section or script'), ('text,bonus\na,perhaps', 'neither yes nor no'),
                       ('text,comment\na,often', 'is not free, on-fault or always'), ('text,id\na,1\nb,1', 'line 3: the criterion “1” stands there twice'),
                       ('text,only_if,only_low\na,1,2', 'not a number from 0 to 1'), ('text\n"a', 'is not closed'), ('', 'the table is empty'),
                       ('text\n' + 'x\n' * 2001, 'line 2002: there are more than 2000 criteria'), ('text\n' + 'x' * 70000, 'longer than 64 KiB')):
        ctl.fails('script', 'convert', ctl.write('wrong.csv', rows), 'out.json', said=said, word='invalid')
    ctl.fails('script', 'convert', ctl.write('latin.csv', b'text\n\xe9\n'), 'out.json', said='not text in UTF-8', word='invalid')
    ctl.fails('script', 'convert', ctl.write('huge.csv', 'text\n' + 'x' * 1100000), 'out.json', said='larger than 1 MiB', word='too-large')
    kept = ctl.write('kept.csv', 'what was there')
    write(ctl, 'script.json', SCRIPT)
    ctl.fails('script', 'convert', 'script.json', kept, said='there already', word='exists')
    ctl.fails('script', 'convert', 'script.json', 'out.json', '--onto', 'gone.json', said='gone.json', word='not-found')
    ctl.fails('script', 'convert', 'script.json', 'form', said='Neither the name', code=2)
    ctl.fails('script', 'convert', 'script.json', 'form.csv', '--to', 'pdf', said='Neither the name', code=2)
    ctl.fails('script', 'convert', 'script.json', said='is missing', code=2)


def main():
    ctl = Ctl(sys.argv[1], sys.argv[2])
    try:
        return run_tests([checked, checked_criteria, written_by_hand, checked_wrongly, converted, by_hand, converted_wrongly], ctl)
    finally:
        ctl.close()


sys.exit(main())
