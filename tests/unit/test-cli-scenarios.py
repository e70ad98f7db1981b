#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What sidetonectl does with scenarios of test calls: looks for what is wrong with one.

usage: test-cli-scenarios.py SIDETONECTL SCHEMA-FOLDER SCENARIO-FOLDER
"""
import glob
import json
import os
import sys

from cli_kit import Ctl, need, run_tests, same

SCENARIO = {
    'id': '5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11', 'project': 'tea', 'title': 'Return outside 14 days', 'version': 4, 'number': '+74951200007',
    'persona': 'Irina, 34', 'goal': 'Money back', 'script': '6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12', 'limits': {'queue_ms': 20000},
    'steps': [{'id': '1', 'say': 'The sole came off'}], 'facts': [{'id': '1', 'question': 'How long?', 'answer': '30 days'}]}


def checked(ctl):
    """what is wrong with a scenario is told with its place, and the exit code says how bad it is"""
    ctl.write('good.json', json.dumps(SCENARIO))
    answer = ctl.json('cli-scenario-check', 'scenario', 'check', 'good.json')
    same((answer['findings'], answer['steps'], answer['facts'], answer['version']), ([], 1, 1, 4), 'nothing is wrong')
    same(ctl.text('scenario', 'check', 'good.json'), 'good.json: “Return outside 14 days”, 1 step: errors 0, warnings 0, hints 0\n', 'for a person')
    bad = dict(SCENARIO, goal=None, number=None, limits={'ring_ms': 20}, keys=[{'keys': 'E'}, {'keys': '2', 'prompt': 'hello'}],
               facts=[{'id': '1', 'question': 'How long?'}], steps=[{'id': '1', 'say': ' '}], hours={'from': '10:00', 'to': '10:00'})
    ctl.write('bad.json', json.dumps(bad))
    answer = ctl.json('cli-scenario-check', 'scenario', 'check', 'bad.json', code=1)
    found = [(each['severity'], each['code'], each['part'], each['id'], each['number']) for each in answer['findings']]
    same(found, [('error', 'no-goal', None, None, None), ('hint', 'no-number', None, None, None), ('error', 'no-hours', None, None, None),
                 ('error', 'limit-short', 'limit', 'ring', 20), ('error', 'empty-step', 'step', '1', None), ('error', 'no-answer', 'fact', '1', None),
                 ('error', 'bad-key', 'key', 'E', None), ('error', 'key-prompt', 'key', '2', None)], 'findings')
    text = ctl.text('scenario', 'check', 'bad.json', code=1).splitlines()
    need('  error    limit “ring”: nobody can keep 0.02 s' in text, text)
    need('  error    fact “1”: the right answer is not stored' in text, text)
    need('  hint     it has no number to dial' in text, text)


def not_one(ctl):
    """a file that is no scenario, or is not there, is an error that names it"""
    for name, text in (('none.json', '[]'), ('empty.json', ''), ('hours.json', json.dumps(dict(SCENARIO, hours={'from': 'noon'})))):
        ctl.write(name, text)
        ctl.fails('scenario', 'check', name, said=name, word='invalid')
    ctl.fails('scenario', 'check', 'missing.json', said='missing.json', word='not-found')
    ctl.fails('scenario', 'check', said='is missing', code=2)


def ready(ctl):
    """the scenarios that come with the program lack nothing but a number, and follow their schema"""
    files = sorted(glob.glob(os.path.join(sys.argv[3], '*.json')))
    same(len(files), 28, 'files')
    for name in files:
        answer = ctl.json('cli-scenario-check', 'scenario', 'check', name)
        same([each['code'] for each in answer['findings']], ['no-number'], name)
        with open(name, encoding='utf-8') as stream:
            ctl.validate('scenario', json.load(stream))


def main():
    ctl = Ctl(sys.argv[1], sys.argv[2])
    try:
        return run_tests([checked, not_one, ready], ctl)
    finally:
        ctl.close()


sys.exit(main())
