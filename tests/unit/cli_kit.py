# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of sidetonectl share: runs it, validates its answers, and a
small server that answers as the test wishes."""

import hashlib
import http.server
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import traceback
import urllib.parse
import warnings

from jsonschema import Draft202012Validator

warnings.filterwarnings('ignore', category=DeprecationWarning)

TOKEN = 'a-token-that-must-not-be-seen-0123456789'
SECONDS = 120


class Failed(Exception):
    pass


def need(fine, *words):
    if not fine:
        raise Failed(' '.join(str(word)[:600] for word in words))


def same(got, wanted, what):
    need(got == wanted, f'{what}: {got!r}, not {wanted!r}')


# Schemas

def load_validators(folder):
    schemas = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding='utf-8') as stream:
            schemas[name.removesuffix('.json')] = json.load(stream)
    by_id = {schema['$id']: schema for schema in schemas.values()}
    try:
        from referencing import Registry, Resource

        registry = Registry().with_resources((uri, Resource.from_contents(schema)) for uri, schema in by_id.items())
        return {name: Draft202012Validator(schema, registry=registry) for name, schema in schemas.items()}
    except ImportError:
        from jsonschema import RefResolver

        return {name: Draft202012Validator(schema, resolver=RefResolver(schema['$id'], schema, store=by_id))
                for name, schema in schemas.items()}


class Ctl:
    """Runs the program, in a folder of its own."""

    def __init__(self, program, schemas):
        self.program = os.path.abspath(program)
        self.validators = load_validators(schemas)
        self.seen = set()           # names of schemas an answer was validated against
        self.folder = tempfile.mkdtemp(prefix='sidetone-cli-')
        self.base = {key: value for key, value in os.environ.items() if not key.startswith('SIDETONE_')}
        self.base['LC_ALL'] = 'C.UTF-8'
        self.base['XDG_CONFIG_HOME'] = os.path.join(self.folder, 'config')     # whose tests run acknowledged nothing

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        path = self.path(name)
        with open(path, 'wb') as stream:
            stream.write(text if isinstance(text, bytes) else text.encode())
        return path

    def run(self, *words, code=0, stdin=b'', stdout=subprocess.PIPE, **env):
        done = subprocess.run([self.program, *words], input=stdin, stdout=stdout, stderr=subprocess.PIPE, timeout=SECONDS,
                              cwd=self.folder, env={**self.base, **env}, check=False)
        done.stderr = done.stderr.decode()
        need(done.returncode == code, f'{words}: exit code {done.returncode}, not {code}:', done.stdout, done.stderr)
        for bad in 'CRITICAL', 'WARNING', 'runtime error', 'Sanitizer':
            need(bad not in done.stderr, words, done.stderr)
        for said in (done.stdout or b'').decode(), done.stderr:
            need(TOKEN not in said, words, 'tells the token')
        return done

    def text(self, *words, **more):
        return self.run(*words, **more).stdout.decode()

    def json(self, schema, *words, **more):
        """The answer to --json, which must follow its schema to the letter."""
        done = self.run(*words, '--json', **more)
        answer = json.loads(done.stdout)
        self.validate(schema, answer)
        unknown = set(answer) - set(self.known(schema))
        need(not unknown, schema, 'does not know', unknown)
        return answer

    def known(self, schema):
        tree = self.validators[schema].schema
        for part in tree.get('allOf', []):
            yield from self.known(part['$ref'].removesuffix('.json'))
        yield from tree['properties']

    def validate(self, schema, answer):
        self.seen.add(schema)
        for error in self.validators[schema].iter_errors(answer):
            raise Failed(f'{schema}: {error.json_path}: {error.message}')

    def fails(self, *words, said, code=1, word=None, **more):
        """It fails, and says so both ways: @said is a pattern, @word the code."""
        done = self.run(*words, code=code, **more)
        need(re.search(said, done.stderr), f'{words} says', done.stderr, 'and not', said)
        need(done.stderr.startswith('sidetonectl: ') and done.stderr.count('\n') == 1, 'one line for a person:', done.stderr)
        need(not done.stdout, words, 'answers', done.stdout)
        answer = self.json('cli-error', *words, code=code, **more)['error']
        need(re.search(said, answer['message']), f'{words} --json says', answer, 'and not', said)
        same(answer['code'], 'usage' if code == 2 else word, f'{words}: code')


# A server that answers as the test wishes

def project(ident, **more):
    return {'id': ident, 'name': ident.capitalize(), 'time_zone': 'Europe/Moscow', 'currency': 'RUB', 'formula': 'F4',
            'threshold_ms': 20000, 'queues': [{'id': ident + '-orders', 'name': 'Заказы', 'wrap_up_ms': 30000}], **more}


def session(*projects):
    return {'user': 'anna', 'role': 'supervisor', 'projects': list(projects), 'capabilities': ['live'],
            'server': {'name': 'Peer', 'version': '1', 'at_ms': 1795269600000}}


def problem(status, code, detail):
    return status, {'type': 'about:blank', 'title': 'Problem', 'status': status, 'code': code, 'detail': detail}


class Peer:
    """answers: path below /api/v1 to (status, object), bytes, or a function of
    the query that returns one of them; None breaks the connection off."""

    def __init__(self, answers):
        peer = self
        self.asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_GET(self):
                url = urllib.parse.urlsplit(self.path)
                path = url.path.removeprefix('/api/v1')
                query = dict(urllib.parse.parse_qsl(url.query))
                peer.asked.append((path, query))
                answer = answers.get(path, problem(404, 'not-found', 'there is nothing at this address'))
                if self.headers.get('Authorization') != 'Bearer ' + TOKEN:
                    answer = problem(401, 'unauthorized', 'not signed in, or not any more')
                if callable(answer):
                    answer = answer(query)
                self.give(answer)

            def give(self, answer):
                if answer is None:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                status, kind, body = 200, 'text/html', answer
                if isinstance(answer, dict):
                    answer = (200, answer)
                if isinstance(answer, tuple):
                    status, kind, body = answer[0], 'application/json', json.dumps(answer[1]).encode()
                self.send_response(status)
                self.send_header('Content-Type', kind)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        self.url = 'http://127.0.0.1:%d' % self.server.server_address[1]
        self.env = {'SIDETONE_URL': self.url, 'SIDETONE_TOKEN': TOKEN}

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.server.shutdown()
        self.server.server_close()


class Pbx:
    """A manager interface of one queue; it tells who signed in and what was asked."""

    def __init__(self, secret='swordfish', queue='tea-orders'):
        self.secret = secret
        self.asked = []
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.port = self.socket.getsockname()[1]
        self.lists = {
            'QueueStatus': [f'Event: QueueParams\r\nQueue: {queue}\r\nMax: 0\r\nCalls: 0',
                            f'Event: QueueMember\r\nQueue: {queue}\r\nName: Анна\r\nLocation: PJSIP/201\r\nWrapuptime: 30'],
            'ShowDialPlan': ['Event: ListDialplan\r\nContext: in\r\nApplication: Set\r\n'
                             'AppData: CALLERID(num)=${FILTER(0-9,${CALLERID(num)})}'],
        }
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection, connection.makefile('rwb') as stream:
            stream.write(b'Asterisk Call Manager/9.0.0\r\n')
            stream.flush()
            fields = {}
            for line in stream:
                name, _, value = line.decode().strip().partition(': ')
                if name:
                    fields[name] = value
                    continue
                for message in self.answer(fields):
                    stream.write((message + '\r\n\r\n').encode())
                stream.flush()
                fields = {}

    def answer(self, fields):
        action, tag = fields.get('Action'), '\r\nActionID: ' + fields.get('ActionID', '')
        self.asked.append(action)
        if action == 'Challenge':
            yield 'Response: Success' + tag + '\r\nChallenge: 12345678'
        elif action == 'Login':
            right = hashlib.md5(('12345678' + self.secret).encode()).hexdigest() == fields.get('Key')
            yield ('Response: Success' + tag + '\r\nMessage: Authentication accepted' if right else
                   'Response: Error' + tag + '\r\nMessage: Authentication failed')
            if right:
                yield 'Event: FullyBooted\r\nPrivilege: system,all\r\nTimestamp: %.6f\r\nStatus: Fully Booted' % time.time()
        elif action in self.lists:
            yield 'Response: Success' + tag + '\r\nEventList: start\r\nMessage: list will follow'
            for item in self.lists[action]:
                yield item + tag
            yield f'Event: {action}Complete' + tag + '\r\nEventList: Complete\r\nListItems: 1'
        elif action == 'Ping':
            yield 'Response: Success' + tag + '\r\nPing: Pong\r\nTimestamp: %.6f' % time.time()
        elif action == 'CoreSettings':
            yield 'Response: Success' + tag + '\r\nAsteriskVersion: 22.1.0'
        else:
            yield 'Response: Success' + tag

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.socket.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def run_tests(tests, *arguments):
    """TAP; returns the exit code."""
    failed = 0
    print(f'1..{len(tests)}', flush=True)
    for number, test in enumerate(tests, 1):
        words = []
        began = time.monotonic()
        try:
            test(*arguments)
        except Failed as error:
            words = str(error).splitlines()
        except Exception:  # noqa: BLE001: told, not hidden
            words = traceback.format_exc().splitlines()
        for word in words:
            print('# ' + word)
        print(f"{'not ' if words else ''}ok {number} - {(test.__doc__ or test.__name__).splitlines()[0]}", flush=True)
        print(f'# {time.monotonic() - began:.1f} s', flush=True)
        failed += bool(words)
    return 1 if failed else 0
