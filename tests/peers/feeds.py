# SPDX-License-Identifier: GPL-3.0-or-later
"""What is looked at: our source by itself, and the whole server."""

import json
import os
import signal
import socket
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request

from asterisk import Failure, SECRET, free_ports, wait_until


def clean_exit(code, output):
    """Whether a program ended well. The leak checker itself sometimes breaks
    down at the end of a program with threads; that is no leak."""
    with open(output, encoding='utf-8', errors='replace') as file:
        text = file.read()
    faults = ('AddressSanitizer', 'runtime error', 'detected memory leaks', 'CRITICAL')
    if any(fault in text for fault in faults):
        return False
    return code == 0 or 'LeakSanitizer has encountered a fatal error' in text


class Dump:
    """The Asterisk source alone, by tests/peers/ami-dump."""

    def __init__(self, build, asterisk, queues, port=None, user='sidetone', secret=SECRET, log=None):
        self.lines = []
        self.errors = open(os.path.join(asterisk.state, 'dump-%s.err' % user), 'wb')
        command = [os.path.join(build, 'tests', 'peers', 'ami-dump'), '127.0.0.1', str(port or asterisk.ami_port),
                   user, secret, asterisk.queue_log if log is None else log] + queues
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors)
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()
        wait_until(lambda: self.of_kind('link'), 20, 'ami-dump to sign in')

    def listen(self):
        for line in self.process.stdout:
            self.lines.append(json.loads(line.decode("utf-8")))

    def of_kind(self, kind):
        return [line for line in list(self.lines) if line.get('kind') == kind]

    def refused(self):
        """How many messages of the PBX were not believed so far."""
        before = len(self.of_kind('stats'))
        self.process.stdin.write(b'?\n')
        self.process.stdin.flush()
        wait_until(lambda: len(self.of_kind('stats')) > before, 5, 'the statistics of ami-dump')
        return self.of_kind('stats')[-1]['refused']

    def live(self):
        """Ids of legs that began and have not ended."""
        begun, ended = set(), set()
        for line in list(self.lines):
            if line.get('kind') == 'call.joined':
                begun.add(line['call'])
            elif line.get('kind') == 'call.ended':
                ended.add(line['call'])
        return begun - ended

    def stop(self):
        """Whether it ended well, without a sanitizer's complaint."""
        self.process.stdin.close()
        try:
            code = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Failure('ami-dump does not end')
        self.thread.join(5)
        self.errors.close()
        return clean_exit(code, self.errors.name)


def write_config(path, asterisk, projects, wrap_up_s=0, listen=8443, phones=None, **pbx):
    """A configuration of sidetone-server; `pbx` are keys of its PBX's section,
    `phones` users' telephones."""
    keys = {'host': '127.0.0.1', 'port': asterisk.ami_port, 'user': 'sidetone', 'secret': SECRET,
            'queue_log': asterisk.queue_log}
    keys.update(pbx)
    with open(path, 'w', encoding='utf-8') as file:
        file.write('[server]\nname=Peers\nlisten=127.0.0.1\nport=%d\ndatabase=%s\n\n' % (
            listen, os.path.join(os.path.dirname(path), 'archive.db')))
        file.write('[pbx main]\n%s\n\n' % '\n'.join('%s=%s' % each for each in keys.items()))
        file.write('[recordings]\nfolders=%s\n\n' % asterisk.recordings)
        if phones:
            file.write('[phones]\n%s\n\n' % '\n'.join('%s=%s' % each for each in phones.items()))
        for project, queues in projects.items():
            file.write('[project %s]\nname=%s\ntime_zone=Europe/Moscow\nqueues=%s\n\n' % (project, project, ';'.join(queues)))
            for queue in queues:
                file.write('[queue %s]\nwrap_up=%g\n\n' % (queue, wrap_up_s))
    os.chmod(path, 0o600)


class Server:
    """The whole server beside the Asterisk, asked over HTTP as an app asks it."""

    def __init__(self, build, asterisk, projects, wrap_up_s, ami_port=None, programs=None, **more):
        self.program, self.control = programs or (os.path.join(build, 'app', 'server', 'sidetone-server'),
                                                  os.path.join(build, 'app', 'cli', 'sidetonectl'))
        self.folder = os.path.join(asterisk.state, 'server')
        os.makedirs(self.folder, exist_ok=True)
        self.config = os.path.join(self.folder, 'server.conf')
        self.port = free_ports(socket.SOCK_STREAM)
        write_config(self.config, asterisk, projects, wrap_up_s, listen=self.port, port=ami_port or asterisk.ami_port, **more)
        self.output = open(os.path.join(self.folder, 'output'), 'ab')
        self.process = None
        self.start()
        answer = self.ctl('server', 'user', 'add', '--config', self.config, '--role', 'supervisor',
                          *[word for project in projects for word in ('--project', project)], 'peers')
        self.token = json.loads(answer)['token']

    def ctl(self, *words):
        """What sidetonectl answers, as JSON text."""
        done = subprocess.run([self.control] + list(words) + ['--json'],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=60, check=False)
        return done.stdout.decode()

    def start(self):
        self.starting = True
        self.process = subprocess.Popen([self.program, '--config', self.config],
                                        stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.output)
        wait_until(self.is_up, 30, 'the server to listen (see %s/output)' % self.folder)
        self.starting = False

    def is_up(self):
        if self.process.poll() is not None:
            raise Failure('the server ended at once: ' + open(self.output.name, encoding='utf-8').read()[-3000:])
        try:
            return self.get('/health', token=False)
        except OSError:
            return None

    def get(self, path, token=True):
        data, _ = self.fetch(path, token)
        return json.loads(data)

    def fetch(self, path, token=True):
        request = urllib.request.Request('http://127.0.0.1:%d/api/v1%s' % (self.port, path))
        if token:
            request.add_header('Authorization', 'Bearer ' + self.token)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.read(), dict(answer.headers)
        except urllib.error.URLError:
            if self.process.poll() is not None and not self.starting:
                raise Failure('the server ended by itself, with %d' % self.process.returncode) from None
            raise

    def calls(self):
        """All of them, page by page."""
        found, cursor = [], ''
        while True:
            page = self.get('/calls?limit=100' + cursor)
            found += page['calls']
            if not page.get('cursor'):
                return found
            cursor = '&cursor=' + urllib.parse.quote(page['cursor'])

    def board_calls(self):
        return [call for project in self.get('/board')['projects'] for call in project.get('calls', [])]

    def gaps(self):
        return [gap for project in self.get('/board')['projects'] for gap in project.get('gaps', [])]

    def stop(self):
        """Whether it ended well when it was told to end."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return clean_exit(self.process.wait(30), self.output.name)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Failure('the server does not end')
