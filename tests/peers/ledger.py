# SPDX-License-Identifier: GPL-3.0-or-later
"""Two independent accounts of the same calls, and their comparison.

One is read from Asterisk's queue_log by nothing but the rules of Asterisk's
own documentation; the other is what Sidetone told.
"""

LEFT = {
    'ABANDON': ('abandoned', 2), 'EXITWITHTIMEOUT': ('timed-out', 2), 'EXITEMPTY': ('no-operators', 2),
    'EXITWITHKEY': ('left-by-key', 3), 'WITHDRAW': ('withdrawn', 2), 'SYSCOMPAT': ('failed', None),
}
TRANSFERS = {'BLINDTRANSFER': 'blind', 'ATTENDEDTRANSFER': 'attended'}


class Leg:
    def __init__(self, joined):
        self.joined = joined
        self.answered = None
        self.ended = None
        self.wait = None
        self.talk = None
        self.outcome = None
        self.ended_by = None
        self.transfer = None
        self.operator = None

    def __repr__(self):
        return str(self.__dict__)


def read_queue_log(path):
    """Leg id -> Leg."""
    legs = {}
    open_legs = {}
    visits = {}
    with open(path, encoding='utf-8', errors='replace', newline='\n') as file:
        for line in file:
            columns = line.rstrip('\n').split('|')
            if len(columns) < 5 or not columns[0].isdigit():
                continue
            at, call, queue, agent, word = int(columns[0]), columns[1], columns[2], columns[3], columns[4]
            data = columns[5:]
            key = (call, queue)
            if word == 'QUEUESTART':
                for leg in open_legs.values():
                    leg.ended = at
                    leg.outcome = 'answered' if leg.answered else 'lost'
                    leg.ended_by = 'system'
                    leg.wait = (leg.answered or at) - leg.joined
                    leg.talk = at - leg.answered if leg.answered else 0
                open_legs = {}
            elif word == 'ENTERQUEUE':
                visits[key] = visits.get(key, 0) + 1
                leg = Leg(at)
                legs['%s:%s:%d' % (call, queue, visits[key])] = open_legs[key] = leg
            elif key not in open_legs:
                continue
            elif word == 'CONNECT':
                leg = open_legs[key]
                leg.answered, leg.operator, leg.wait = at, agent, int(data[0])
            elif word in ('COMPLETECALLER', 'COMPLETEAGENT'):
                leg = open_legs.pop(key)
                leg.ended, leg.outcome, leg.talk = at, 'answered', int(data[1])
                leg.ended_by = 'caller' if word == 'COMPLETECALLER' else 'operator'
            elif word in TRANSFERS:
                leg = open_legs.pop(key)
                leg.ended, leg.outcome, leg.talk = at, 'answered', int(data[3])
                leg.transfer = TRANSFERS[word]
            elif word in LEFT:
                leg = open_legs.pop(key)
                leg.ended, leg.outcome, leg.talk = at, LEFT[word][0], 0
                leg.wait = int(data[LEFT[word][1]])
    return legs


def from_events(events):
    """Leg id -> Leg, of the domain's events; how often each was told to end."""
    legs = {}
    for event in events:
        kind, call = event.get('kind'), event.get('call')
        if not call or not kind or not kind.startswith('call.'):
            continue
        leg = legs.setdefault(call, Leg(None))
        at = event['at_ms'] / 1000
        if kind == 'call.joined':
            leg.joined = leg.joined or at
        elif kind == 'call.answered':
            leg.answered = leg.answered or at
            leg.operator = event['name']
        elif kind == 'call.transferred':
            leg.transfer = event['transfer']
        elif kind == 'call.ended':
            leg.ended = at
            leg.outcome = event['outcome']
            leg.ended_by = event.get('ended_by', leg.ended_by)
            leg.wait = event.get('wait_ms', 0) / 1000
            leg.talk = (event.get('talk_ms', 0) + event.get('hold_ms', 0)) / 1000
            leg.operator = event.get('name', leg.operator)
    return legs


def from_calls(calls):
    """Leg id -> Leg, of the server's call records."""
    legs = {}
    for call in calls:
        leg = legs[call['id']] = Leg(call['joined_ms'] / 1000)
        leg.answered = call.get('answered_ms', 0) / 1000 or None
        leg.ended = call.get('ended_ms', 0) / 1000 or None
        leg.wait = call.get('wait_ms', 0) / 1000
        leg.talk = (call.get('talk_ms', 0) + call.get('hold_ms', 0)) / 1000
        leg.outcome = call.get('outcome')
        leg.ended_by = call.get('ended_by')
        leg.transfer = call.get('transfer') if call.get('transfer') != 'none' else None
        leg.operator = call.get('operator_name')
    return legs


# queue_log has whole seconds, so that a duration is off by less than one; the
# rest is the time between its line and the event on a busy machine.
SLACK = {'wait': 1.25, 'talk': 1.25, 'joined': 2, 'ended': 2}


def differences(log, told, strangers=()):
    """Words for everything in which the two accounts differ. `strangers` are calls
    whose number forges lines: of them nobody else need know who ended them."""
    found = []
    for key in sorted(set(log) | set(told)):
        a, b = log.get(key), told.get(key)
        if a is None or b is None:
            found.append('%s is only in %s' % (key, 'queue_log' if b is None else 'Sidetone'))
            continue
        for name in ('outcome', 'transfer') + (('operator',) if a.answered else ()):
            if getattr(a, name) != getattr(b, name):
                found.append('%s: %s is %s in queue_log, %s here' % (key, name, getattr(a, name), getattr(b, name)))
        unsure = key in strangers and not b.ended_by
        if a.ended_by and a.ended_by != b.ended_by and not a.transfer and not unsure:
            found.append('%s: ended by %s in queue_log, %s here' % (key, a.ended_by, b.ended_by))
        for name, slack in SLACK.items():
            x, y = getattr(a, name), getattr(b, name)
            off = abs(x - y) if x is not None and y is not None else (0 if x is y else 99)
            if off > slack:
                found.append('%s: %s is %s in queue_log, %s here' % (key, name, x, y))
    return found


def totals(legs):
    """Outcome -> how many."""
    out = {}
    for leg in legs.values():
        out[leg.outcome] = out.get(leg.outcome, 0) + 1
    return out
