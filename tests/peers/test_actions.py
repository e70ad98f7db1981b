# SPDX-License-Identifier: GPL-3.0-or-later
"""A supervisor acts: what the server is asked for over HTTP happens in a real
Asterisk, with the rights the documentation says and no others."""

import json
import os
import sqlite3
import threading
import urllib.error
import urllib.request
import uuid

from asterisk import Manager, wait_until
from centre import OTHER, SHOP, Centre
from feeds import Server
from sipp import Caller
from test_doctor import Doctor, expect

ALL = 'pause;hangup;listen;whisper;join'


class Supervisor:
    """Asks the server as one user."""

    def __init__(self, server, token=None):
        self.server = server
        self.token = token or server.token

    def post(self, action, request=None, **what):
        """(status, answer)"""
        body = dict({'request': request or str(uuid.uuid4()), 'reason': 'the test wants it'}, **what)
        asked = urllib.request.Request('http://127.0.0.1:%d/api/v1/actions/%s' % (self.server.port, action),
                                       data=json.dumps(body).encode(), method='POST')
        asked.add_header('Authorization', 'Bearer ' + self.token)
        asked.add_header('Content-Type', 'application/json')
        try:
            with urllib.request.urlopen(asked, timeout=40) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())


def operator(server, name):
    for project in server.get('/board')['projects']:
        for each in project.get('operators', []):
            if each.get('name') == name:
                return dict(each, project=project['id'])
    return None


def answered_call(server):
    for call in server.board_calls():
        if call.get('answered_ms') and not call.get('ended_ms'):
            return call
    return None


def check_pause(tap, server, boss, events):
    hanna = wait_until(lambda: operator(server, 'Hanna'), 10, 'Hanna to be known')
    aim = {'project': hanna['project'], 'operator': hanna['id']}
    status, answer = boss.post('pause', **aim, **{'break': 'Обед'})
    tap.check(status == 200, 'a pause is done', [answer])
    state = wait_until(lambda: operator(server, 'Hanna')['state'] == 'break' and operator(server, 'Hanna'), 5, 'her break')
    tap.check(state.get('reason') == 'Обед', 'it comes back as her state, with its name', [state])

    def pauses():
        return [e for e in list(events) if e.get('Event') == 'QueueMemberPause' and e.get('Paused') == '1']
    # The server may have heard of it before us.
    paused = wait_until(pauses, 5, 'the event of her break')
    tap.check([(e['Queue'], e['Interface'], e['PausedReason']) for e in paused] == [('sales', 'PJSIP/208', 'Обед')],
              'Asterisk paused her, and nobody else', paused)
    status, answer = boss.post('resume', **aim)
    tap.check(status == 200, 'its end is done', [answer])
    wait_until(lambda: operator(server, 'Hanna')['state'] == 'ready', 5, 'her return')
    status, answer = boss.post('pause', project=hanna['project'], operator='op-000000000000')
    tap.check(status == 404, 'nobody of that id', [answer])
    status, answer = boss.post('pause', **dict(aim, reason='Lunch\r\nAction: Hangup\r\nChannel: /.*/'))
    # That she was back may be heard of only now: it is no pause.
    tap.check(status == 400 and pauses() == paused, 'a line break in a reason does not get there', [answer, pauses()])


def check_call(tap, server, boss, events):
    call = wait_until(lambda: answered_call(server), 20, 'a call to be answered')
    request = str(uuid.uuid4())
    status, answer = boss.post('listen', request, call=call['id'])
    tap.check(status == 200, 'listening is done', [answer])

    def spies(word):
        return [e for e in events if e.get('Event') == word and e.get('SpyerChannel', '').startswith('PJSIP/301-')]
    wait_until(lambda: spies('ChanSpyStart'), 5, 'ChanSpy to begin')
    status, again = boss.post('listen', request, call=call['id'])
    tap.check(status == 200 and again == answer and len(spies('ChanSpyStart')) == 1, 'asked again it rings no second time', [again])
    status, answer = boss.post('whisper', call=call['id'])
    tap.check(status == 200, 'whispering is done', [answer])
    wait_until(lambda: len(spies('ChanSpyStart')) == 2, 5, 'ChanSpy to begin once more')
    status, answer = boss.post('hangup', call=call['id'])
    tap.check(status == 200, 'hanging up is done', [answer])
    ended = wait_until(lambda: [c for c in server.board_calls() if c['id'] == call['id'] and c.get('ended_ms')], 5, 'the end of the call')
    tap.check(ended[0]['outcome'] == 'answered', 'the call ended', ended)
    wait_until(lambda: len(spies('ChanSpyStop')) == 2, 5, 'listening to end with the call')
    status, answer = boss.post('hangup', call=call['id'])
    tap.check(status == 409, 'a call that is over is not hung up', [answer])
    notes = [d['body'] for d in server.get('/changes')['documents'] if d['kind'] == 'annotation' and d['call'] == call['id']]
    tap.check(sorted(n['text'].split(':')[0] for n in notes) == ['hangup', 'listen', 'whisper']
              and all(n['tag'] == 'action' and n['author'] == 'peers' for n in notes), 'three marks are on the call', notes)


def add_user(server, name):
    return json.loads(server.ctl('server', 'user', 'add', '--config', server.config, '--role', 'supervisor', '--project', 'shop',
                                 name))['token']


def check_telephones(tap, server):
    """Why listening cannot work is said, in time."""
    for user, words in (('deaf', 'was not answered'), ('nowhere', 'cannot be reached'), ('poor', 'no telephone')):
        token = add_user(server, user)
        call = wait_until(lambda: answered_call(server), 20, 'a call to be answered')
        status, answer = Supervisor(server, token).post('listen', call=call['id'])
        tap.check(status in (403, 409) and words in answer['detail'], 'listening where the telephone is “%s”' % user, [status, answer])


def audit(server):
    database = sqlite3.connect('file:%s?mode=ro' % os.path.join(server.folder, 'archive.db'), uri=True)
    try:
        return database.execute("SELECT account, action, detail FROM audit WHERE action LIKE 'action.%'").fetchall()
    finally:
        database.close()


def check_audit(tap, server):
    wait_until(lambda: len(audit(server)) > 12, 10, 'the audit log')
    found = audit(server)
    wanted = {('action.' + each, 'done') for each in ('pause', 'resume', 'listen', 'whisper', 'hangup')}
    wanted |= {('action.pause', 'refused (404)'), ('action.pause', 'refused (400)'), ('action.hangup', 'refused (409)')}
    told = {(action, how) for account, action, detail in found for how in ('done', 'refused (404)', 'refused (400)', 'refused (409)')
            if account == 'peers' and detail.startswith(how)}
    tap.check(wanted <= told, 'the audit log says all', [found])


def check_stop(tap, server):
    """Stopped while a telephone rings, the server ends well, and says how that ended."""
    token = add_user(server, 'deaf2')
    call = wait_until(lambda: answered_call(server), 20, 'a call to be answered')

    def listen():
        try:
            Supervisor(server, token).post('listen', call=call['id'])
        except OSError:
            pass
    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    wait_until(lambda: any(row[0] == 'deaf2' for row in audit(server)), 5, 'the telephone to be called')
    tap.check(server.stop(), 'the server ends well while a telephone rings')
    thread.join(10)
    told = [row[2] for row in audit(server) if row[0] == 'deaf2']
    tap.check(len(told) == 2 and told[0].startswith('begun') and told[1].startswith('failed (502)'), 'the audit log has both its beginning and its end', told)


def run(tap, build, state):
    os.makedirs(state, exist_ok=True)
    centre = Centre(state)
    centre.asterisk.acting = True
    server = None
    try:
        centre.start()
        events = []
        manager = Manager(centre.asterisk.ami_port, 'full', 'full-secret')
        manager.handlers.append(events.append)
        server = Server(build, centre.asterisk, {'shop': SHOP, 'other': OTHER}, 0, actions=ALL,
                        phones={'peers': 'PJSIP/301', 'deaf': 'PJSIP/221', 'nowhere': 'PJSIP/999', 'deaf2': 'PJSIP/221'})
        boss = Supervisor(server)

        def offers():
            return [each for place in server.get('/actions')['projects'] for each in place['actions']]
        wait_until(lambda: all(each['allowed'] for each in offers()), 10, 'the PBX to be there')
        tap.check(len(offers()) == 12, 'all of it may be done', offers())
        check_pause(tap, server, boss, events)
        centre.call('heard', Caller('1001', '79160000021').talk(60000).hang_up(), 1, 1)
        check_call(tap, server, boss, events)
        centre.call('unheard', Caller('1001', '79160000022').talk(45000).hang_up(), 1, 1)
        check_telephones(tap, server)
        check_audit(tap, server)
        check_stop(tap, server)
        server = None
        while centre.callers:
            centre.callers.pop().stop()
        doctor = Doctor(build, centre)
        expect(tap, 'doctor: the rights that actions need', doctor.visit(actions=ALL), **{'action:pause': 'ok', 'action:hangup': 'ok',
               'action:listen': 'ok', 'action:whisper': 'ok', 'action:join': 'ok', 'rights': 'ok'})
        expect(tap, 'doctor: rights that are not there', doctor.visit(actions=ALL, user='naive', secret='naive-secret'),
               **{'action:pause': 'ok', 'action:hangup': 'missing', 'action:listen': 'missing'})
    finally:
        if server is not None:
            server.process.kill()
        centre.stop()
