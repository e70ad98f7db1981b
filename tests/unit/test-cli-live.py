#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What sidetonectl knows of a day in the call centre: staffing by Erlang's formulas,
against published figures and against what is computed here from first principles; and
the alerts that rules would have raised in a log of events.

usage: test-cli-live.py SIDETONECTL SCHEMA-FOLDER
"""
import json
import sys

from cli_kit import Ctl, need, project, run_tests, same

WORKED = ['staffing', '--calls', '100', '--per', '1800', '--aht', '180', '--operators', '14', '--within', '20']


def waited(rate, handling, patience, operators, most=3000):
    """shares of the states of Erlang A, from their ratios alone: P(wait), P(abandon)"""
    states, weight = [1.0], 1.0
    for k in range(1, most):
        out = min(k, operators) / handling + max(k - operators, 0) / patience
        weight *= rate / out
        states.append(weight)
    total = sum(states)
    waiting = sum((k - operators) * share for k, share in enumerate(states) if k > operators) / total
    return sum(states[operators:]) / total, waiting / patience / rate


def staffed(ctl):
    """the worked example, lines and impatience"""
    answer = ctl.json('cli-staffing', *WORKED)
    same([round(answer[name], digits) for name, digits in (('erlangs', 6), ('p_wait', 5), ('service_level', 5), ('asa_s', 3), ('occupancy', 4))],
         [10.0, .17413, .88835, 7.836, .7143], 'the worked example')
    same([answer['p_abandon'], answer['p_blocked'], answer['operators_needed']], [0, None, None], 'nobody hangs up, nothing else asked')
    blocked = 1.0
    for lines in range(1, 13):
        blocked = 10 * blocked / (lines + 10 * blocked)
    answer = ctl.json('cli-staffing', *WORKED, '--lines', '12', '--target', '90')
    need(abs(answer['p_blocked'] - blocked) < 1e-9, answer, blocked)
    same(answer['operators_needed'], 15, 'who reach 90 %')
    need(ctl.json('cli-staffing', *WORKED[:8], '15', *WORKED[9:])['service_level'] >= .9, 'they do')
    answer = ctl.json('cli-staffing', *WORKED[:8], '9', *WORKED[9:], '--patience', '90')
    wait, abandon = waited(100 / 1800, 180, 90, 9)
    need(abs(answer['p_wait'] - wait) < 1e-9 and abs(answer['p_abandon'] - abandon) < 1e-9, answer, wait, abandon)
    need(abs(answer['awt_s'] - answer['p_abandon'] * 90) < 1e-6, 'who waits hangs up in proportion')
    need(abs(answer['occupancy'] * 9 - 10 * (1 - answer['p_abandon'])) < 1e-9, 'what is not abandoned is talked')


def overloaded(ctl):
    """a queue that grows for ever has no mean wait, and nobody there answers nobody"""
    answer = ctl.json('cli-staffing', *WORKED[:8], '10', *WORKED[9:])
    same([answer[name] for name in ('p_wait', 'service_level', 'asa_s', 'awt_s', 'queue_length', 'occupancy')], [1, 0, None, None, None, 1], 'overload')
    need('grows for ever' in ctl.text(*WORKED[:8], '10', *WORKED[9:]), 'overload in words')
    answer = ctl.json('cli-staffing', *WORKED[:8], '0', *WORKED[9:], '--patience', '60')
    same([answer['p_wait'], round(answer['p_abandon'], 9), answer['asa_s'], answer['occupancy']], [1, 1, None, 0], 'nobody there')


def staffed_wrongly(ctl):
    """what is missing or out of its range is said"""
    for left in ('--calls', '--per', '--aht', '--operators', '--within'):
        at = WORKED.index(left)
        ctl.fails(*WORKED[:at], *WORKED[at + 2:], said='are needed', code=2)
    for wrong in (['--calls', '-1'], ['--calls', 'nan'], ['--per', '-5'], ['--aht', 'inf'], ['--operators', '-3'], ['--operators', '100001'], ['--within', '-1'],
                  ['--patience', '0'], ['--patience', '-1'], ['--lines', '-7'], ['--target', '100'], ['--target', '0']):
        ctl.fails(*WORKED, *wrong, said=wrong[0], code=2)
    ctl.fails(*WORKED, '--calls', '1e9', '--per', '1', said='erlangs', code=2)
    ctl.fails(*WORKED, 'more', said='', code=2)


NOON = 1794819600000   # Monday, 16 November 2026, 12:00 in Moscow
RULE = {'id': '5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11', 'project': 'tea', 'title': 'A caller waits', 'watch': 'longest-wait', 'warning': 45, 'alarm': 90}


def log(*events):
    lines = [{'settings': project('tea')}]
    lines += [dict({'seq': number, 'project': 'tea', 'queue': 'tea-orders'}, **event) for number, event in enumerate(events, 1)]
    return ''.join(json.dumps(line) + '\n' for line in lines)


def joined(call, at_s):
    return {'kind': 'call.joined', 'at_ms': NOON + at_s * 1000, 'call': call, 'journey': call, 'caller': '79031112233', 'dialled': '78005550001'}


def ended(call, at_s):
    return {'kind': 'call.ended', 'at_ms': NOON + at_s * 1000, 'call': call, 'outcome': 'abandoned', 'ended_by': 'caller'}


def checked(ctl):
    """alerts fire between the events, when a caller's time runs out"""
    events = ctl.write('day.jsonl', log(joined('a', 0), ended('a', 40), joined('b', 100), ended('b', 250), joined('c', 300), ended('c', 346), joined('d', 400)))
    rules = ctl.write('rules.json', json.dumps({'rules': [RULE]}))
    answer = ctl.json('cli-alerts-check', 'alerts', 'check', rules, events)
    same([(one['level'], one['began_ms'] - NOON, one['ended_ms'] - NOON, one['worst']) for one in answer['alerts']],
         [('alarm', 145001, 250000, 150), ('warning', 345001, 346000, 46)], 'when')
    same((answer['events'], answer['until_ms'] - NOON), (7, 400000), 'the end of the log')
    text = ctl.text('alerts', 'check', rules, events)
    need('2026-11-16 12:02:25 – 2026-11-16 12:04:10  alarm    A caller waits, at worst 150' in text, text)
    with_d = log(joined('d', 0), joined('e', 60))
    answer = ctl.json('cli-alerts-check', 'alerts', 'check', rules, ctl.write('open.jsonl', with_d))
    same([(one['began_ms'] - NOON, one['ended_ms']) for one in answer['alerts']], [(45001, None)], 'not over')
    for left, hours in (('before', {'from': '13:00', 'to': '21:00'}), ('on another day', {'weekdays': [2]})):
        quiet = ctl.write('quiet.json', json.dumps({'rules': [dict(RULE, hours=hours)]}))
        same(ctl.json('cli-alerts-check', 'alerts', 'check', quiet, events)['alerts'], [], left)
    need('no alert in 7 events' in ctl.text('alerts', 'check', quiet, events), 'nothing in words')
    other = ctl.write('other.json', json.dumps({'rules': [dict(RULE, project='toys')]}))
    need('no project “toys”' in ctl.run('alerts', 'check', other, events).stderr, 'another project')


def checked_wrongly(ctl):
    """a rule that cannot be watched, and a log that cannot be read, are said"""
    events = ctl.write('day.jsonl', log(joined('a', 0)))
    for wrong, said in (({'watch': 'weather'}, 'watch'), ({'warning': None, 'alarm': None}, 'no limit'), ({'warning': 100}, 'beyond'), ({'warning': -1}, '1000000'),
                        ({'hours': {'from': '25:00'}}, 'time of day'), ({'watch': 'operator-state'}, 'for which'), ({'id': 'x'}, 'id'), ({'hold_s': -1}, 'hold_s')):
        ctl.fails('alerts', 'check', ctl.write('wrong.json', json.dumps({'rules': [dict(RULE, **wrong)]})), events, said=said, word='invalid')
    ctl.fails('alerts', 'check', ctl.write('wrong.json', json.dumps({'rules': [RULE, RULE]})), events, said='rules 2: it has the id of number 1', word='invalid')
    ctl.fails('alerts', 'check', ctl.write('wrong.json', '{}'), events, said='rules', word='invalid')
    ctl.fails('alerts', 'check', ctl.write('wrong.json', '{"rules": ['), events, said='wrong.json', word='invalid')
    ctl.fails('alerts', 'check', 'gone.json', events, said='gone.json', word='not-found')
    rules = ctl.write('rules.json', json.dumps({'rules': [RULE]}))
    ctl.fails('alerts', 'check', rules, 'gone.jsonl', said='gone.jsonl', word='not-found')
    ctl.fails('alerts', 'check', rules, ctl.write('bad.jsonl', log(joined('a', 0)) + '{"kind": 1}\n'), said='line 3', word='invalid')
    ctl.fails('alerts', 'check', rules, said='', code=2)


def main():
    ctl = Ctl(sys.argv[1], sys.argv[2])
    try:
        return run_tests([staffed, overloaded, staffed_wrongly, checked, checked_wrongly], ctl)
    finally:
        ctl.close()


sys.exit(main())
