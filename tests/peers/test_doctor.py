# SPDX-License-Identifier: GPL-3.0-or-later
"""`sidetonectl asterisk doctor` on a PBX set up as the documentation says, and
on ones that are not."""

import json
import os
import subprocess
import time

from centre import OTHER, SHOP, Centre
from feeds import write_config
from sipp import Caller


class Doctor:
    def __init__(self, build, centre):
        self.build = build
        self.centre = centre
        self.visits = 0

    def visit(self, projects=None, call=False, **pbx):
        """Finding's id -> finding, for a PBX section with these keys."""
        self.visits += 1
        folder = os.path.join(self.centre.state, 'doctor-%d' % self.visits)
        os.makedirs(folder)
        path = os.path.join(folder, 'server.conf')
        write_config(path, self.centre.asterisk, projects or {'shop': SHOP, 'other': OTHER}, **pbx)
        command = [os.path.join(self.build, 'app', 'cli', 'sidetonectl'), 'asterisk', 'doctor', '--config', path,
                   '--listen', '4' if call else '1', '--json']
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if call:
            time.sleep(0.5)
            self.centre.call('doctor-%d-call' % self.visits, Caller('1001', '79160000015').talk(1500).hang_up(), 2, 2)
        self.output = process.communicate(timeout=60)[0].decode()
        self.centre.wait_callers(20)
        answer = json.loads(self.output)
        return {finding['id']: finding for finding in answer['pbxes'][0]['findings']}


def states(findings):
    return {key: finding['state'] for key, finding in findings.items()}


def expect(tap, name, findings, **wanted):
    found = states(findings)
    wrong = ['%s is %s' % (key, found.get(key)) for key, state in wanted.items() if found.get(key) != state]
    tap.check(not wrong, name, wrong + [json.dumps(findings, indent=1)])


def run(tap, build, state):
    os.makedirs(state, exist_ok=True)
    centre = Centre(state)
    doctor = Doctor(build, centre)
    try:
        centre.start()
        documented = doctor.visit(call=True)
        expect(tap, 'doctor: the documented configuration', documented, login='ok', rights='ok', eventfilter='ok',
               timestampevents='ok', channelvars='ok', queue_log='ok', clock='ok', filter='unknown', mixmonitor='unknown')
        tap.check('missing' not in states(documented).values() and all(documented['queue:' + queue]['state'] == 'ok' for queue in SHOP),
                  'doctor: nothing is missing there, all queues are found', [json.dumps(documented, indent=1)])
        expect(tap, 'doctor: without a call it says that it saw nothing', doctor.visit(), events='unknown', login='ok')
        expect(tap, 'doctor: a user who gets all events', doctor.visit(call=True, user='naive', secret='naive-secret'),
               login='ok', eventfilter='warning')
        expect(tap, 'doctor: a user who may do everything', doctor.visit(user='full', secret='full-secret'),
               login='ok', rights='warning', filter='ok', mixmonitor='ok')
        expect(tap, 'doctor: a wrong secret', doctor.visit(secret='not-this-one'), login='missing')
        tap.check('not-this-one' not in doctor.output, 'doctor: it does not print the secret')
        strange = doctor.visit(projects={'shop': ['sales', 'nosuch']})
        tap.check(states(strange)['queue:nosuch'] == 'missing', 'doctor: a queue that is none', [states(strange)])
        tls = centre.asterisk.tls_port
        expect(tap, 'doctor: TLS with the certificate known',
               doctor.visit(tls='true', port=tls, tls_ca=centre.asterisk.certificate), login='ok')
        distrusted = doctor.visit(tls='true', port=tls)
        tap.check(states(distrusted)['login'] == 'missing' and 'tls_ca' in distrusted['login']['line'],
                  'doctor: TLS with a certificate nobody vouches for', [distrusted['login']])
        expect(tap, 'doctor: TLS where there is none', doctor.visit(tls='true'), login='missing')
        expect(tap, 'doctor: nobody there', doctor.visit(port=1), login='missing')
    finally:
        centre.stop()
