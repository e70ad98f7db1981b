# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Asterisk with its own state, beside any other.

It runs from the root that tools/root.sh makes, read-only, with all it writes
below one folder and on ports that were free. The manager user and the dialplan
it is given are those of data/asterisk, so the tests prove what the
documentation says.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
SECRET = 'documented-secret'


class Failure(Exception):
    """Something did not come about in its time."""


def wait_until(condition, seconds, what):
    """Waits until condition() is true; its value. Says what was waited for."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise Failure('waited %g s in vain for %s' % (seconds, what))
        time.sleep(0.05)


GIVEN = set()
GIVING = threading.Lock()
FIRST = [22000 + os.getpid() % 100 * 100]


def first_port(port):
    """Where the search for free ones begins, unless that is None: tests at the same time keep to parts of their own."""
    FIRST[0] = port or FIRST[0]


def free_ports(kind, count=1, step=1):
    """A run of free ports that begins at an even number, never given twice."""
    with GIVING:
        return find_ports(kind, count, step)


def find_ports(kind, count, step):
    for start in range(FIRST[0], 60000, 2):
        taken = []
        wanted = set(range(start, start + count * step))
        if wanted & GIVEN:
            continue
        try:
            for i in range(count):
                taken.append(socket.socket(socket.AF_INET, kind))
                taken[-1].bind(('127.0.0.1', start + i * step))
            GIVEN.update(wanted)
            return start
        except OSError:
            continue
        finally:
            for each in taken:
                each.close()
    raise Failure('no free ports')


def make_root():
    """The path of a root with an Asterisk in it; made where it is missing."""
    given = os.environ.get('SIDETONE_ASTERISK_ROOT')
    if given:
        return given
    done = subprocess.run([os.path.join(TOP, 'tools', 'root.sh'), 'make', 'asterisk'],
                          stdout=subprocess.PIPE, check=True, timeout=1200)
    return done.stdout.decode().strip().splitlines()[-1]


def read(*parts):
    with open(os.path.join(*parts), encoding='utf-8') as file:
        return file.read()


class Queue:
    """A queue of the tests: name, its dialplan number, patience, extra lines."""

    def __init__(self, name, number, seconds=60, members=(), lines=()):
        self.name = name
        self.number = number
        self.seconds = seconds
        self.members = members
        self.lines = lines


class Asterisk:
    """One instance. `queues` are Queue, `agents` a dict number -> SIP port."""

    def __init__(self, state, queues, agents, extra_dialplan=''):
        self.state = state
        self.queues = queues
        self.agents = agents
        self.extra_dialplan = extra_dialplan
        self.root = make_root()
        self.ami_port = free_ports(socket.SOCK_STREAM)
        self.tls_port = free_ports(socket.SOCK_STREAM)
        self.sip_port = free_ports(socket.SOCK_DGRAM)
        self.rtp_start = free_ports(socket.SOCK_DGRAM, 800)
        self.acting = False      # whether the documented user may do what supervisors do
        self.process = None
        self.output = None
        self.recordings = os.path.join(state, 'spool', 'recording')
        self.queue_log = os.path.join(state, 'log', 'queue_log')
        self.certificate = os.path.join(state, 'etc', 'pbx.pem')

    # -- configuration

    def documented_manager(self):
        text = read(TOP, 'data', 'asterisk', 'manager.conf')
        text = text.replace('secret=CHANGE-ME', 'secret=' + SECRET)
        text = text.replace('webenabled=no', 'webenabled=no\ntlsenable=yes\ntlsbindaddr=127.0.0.1:%d\n'
                            'tlscertfile=%s\ntlsprivatekey=%s' % (self.tls_port, self.certificate, self.certificate))
        if self.acting:
            text = text.replace(';write=', 'write=').replace(';eventfilter', 'eventfilter')
        return text.replace('port=5038', 'port=%d' % self.ami_port)

    def documented_dialplan(self):
        text = read(TOP, 'data', 'asterisk', 'extensions.conf')
        return text.replace('/var/spool/asterisk/recording', self.recordings)

    def queue_sections(self):
        out = []
        for queue in self.queues:
            out.append('\n[%s](standard)' % queue.name)
            out.extend(queue.lines)
            out.extend('member => ' + member for member in queue.members)
        return '\n'.join(out)

    def agent_sections(self):
        out = []
        for number, port in self.agents.items():
            out.append('[%s](base)\ncontext=agents\naors=%s\ncallerid="Agent" <%s>' % (number, number, number))
            out.append('[%s]\ntype=aor\ncontact=sip:%s@127.0.0.1:%d' % (number, number, port))
        return '\n'.join(out)

    def number_lines(self):
        out = []
        for queue in self.queues:
            out.append('exten => %s,1,Gosub(sidetone-queue,s,1(%s,%d,${EXTEN},tT))' % (queue.number, queue.name, queue.seconds))
            out.append(' same => n,Hangup()')
        return '\n'.join(out)

    def write_config(self):
        modules = subprocess.run('ls -d %s/usr/lib/*/asterisk/modules' % self.root, shell=True,
                                 stdout=subprocess.PIPE, check=True).stdout.decode().split()[0]
        documented = {'manager.conf': self.documented_manager, 'extensions.conf': self.documented_dialplan}
        values = {
            'STATE': self.state, 'MODULES': modules[len(self.root):], 'SIP': str(self.sip_port),
            'RTP_START': str(self.rtp_start), 'RTP_END': str(self.rtp_start + 799),
            'QUEUES': self.queue_sections(), 'AGENTS': self.agent_sections(), 'NUMBERS': self.number_lines(),
        }
        for folder in ('etc', 'lib', 'spool/recording', 'spool/monitor', 'spool/tmp', 'run', 'log', 'lib/keys'):
            os.makedirs(os.path.join(self.state, folder), exist_ok=True)
        for name in sorted(os.listdir(os.path.join(HERE, 'asterisk'))):
            text = read(HERE, 'asterisk', name)
            if name in documented:
                values['DOCUMENTED'] = documented[name]()
            text = re.sub('@([A-Z_]+)@', lambda found: values[found.group(1)], text)
            if name == 'extensions.conf':
                text += self.extra_dialplan
            with open(os.path.join(self.state, 'etc', name), 'w', encoding='utf-8') as file:
                file.write(text)

    def make_certificate(self):
        """Signed by itself, for 127.0.0.1; the key is in the same file."""
        key = self.certificate + '.key'
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
                        '-days', '2', '-subj', '/CN=peers', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key,
                        '-out', self.certificate], check=True, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        with open(self.certificate, 'a', encoding='utf-8') as file:
            file.write(read(key))

    # -- life

    def command(self):
        cage = ['bwrap', '--ro-bind', self.root, '/', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp',
                '--tmpfs', '/var/tmp', '--tmpfs', '/run', '--die-with-parent']
        # The state lies inside at the path it has outside, so that paths of
        # recordings mean the same to both.
        if not self.state.startswith('/tmp/'):
            raise Failure('the state folder must lie below /tmp')
        cage += ['--bind', self.state, self.state, '--ro-bind', os.path.join(self.state, 'etc', 'hosts'), '/etc/hosts']
        if os.getuid() != 0:
            cage += ['--unshare-user']
        return cage + ['/usr/sbin/asterisk', '-C', os.path.join(self.state, 'etc', 'asterisk.conf'), '-f']

    def write_hosts(self):
        """Asterisk asks for these two names with every call, to find its own
        address, and stands still for five seconds when a name server is silent."""
        with open(os.path.join(self.state, 'etc', 'hosts'), 'w', encoding='utf-8') as file:
            file.write('127.0.0.1 localhost %s A.ROOT-SERVERS.NET\n' % socket.gethostname())

    def start(self):
        self.write_config()
        self.write_hosts()
        self.make_certificate()
        self.launch()

    def launch(self):
        self.output = open(os.path.join(self.state, 'output'), 'ab')
        self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=self.output,
                                        stderr=self.output)
        wait_until(self.is_booted, 30, 'Asterisk to start (see %s/output)' % self.state)

    def is_booted(self):
        if self.process.poll() is not None:
            raise Failure('Asterisk ended at once: ' + read(self.state, 'output')[-2000:])
        try:
            with Manager(self.ami_port) as manager:
                # The manager is there before the queues are.
                return manager.action('QueueStatus').get('Response') == 'Success'
        except (OSError, Failure):
            return False

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(5)
        if self.output is not None:
            self.output.close()
            self.output = None

    def restart(self):
        """As a crash would: no good-byes."""
        self.process.kill()
        self.process.wait(5)
        self.output.close()
        self.launch()

    def version(self):
        return subprocess.run(['chroot', self.root, '/usr/sbin/asterisk', '-V'] if os.getuid() == 0
                              else self.command()[:-3] + ['-V'], stdout=subprocess.PIPE,
                              check=False).stdout.decode().strip()

    def remove(self):
        shutil.rmtree(self.state, ignore_errors=True)


class Manager:
    """The manager's line, for the tests to drive calls with."""

    def __init__(self, port, user='full', secret='full-secret'):
        self.socket = socket.create_connection(('127.0.0.1', port), 5)
        self.socket.settimeout(10)
        self.buffer = b''
        self.lock = threading.Lock()
        self.replies = {}
        self.handlers = []
        self.number = 0
        self.alive = True
        self.read_line()
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()
        if self.action('Login', Username=user, Secret=secret).get('Response') != 'Success':
            raise Failure('the manager refuses ' + user)

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.close()

    def close(self):
        self.alive = False
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.socket.close()

    def read_line(self):
        while b'\r\n' not in self.buffer:
            more = self.socket.recv(65536)
            if not more:
                raise OSError('closed')
            self.buffer += more
        line, self.buffer = self.buffer.split(b'\r\n', 1)
        return line.decode('utf-8', 'replace')

    def listen(self):
        message = {}
        while self.alive:
            try:
                line = self.read_line()
            except socket.timeout:
                continue
            except OSError:
                return
            if line:
                name, _, value = line.partition(': ')
                if name == 'Output' and name in message:
                    value = message.pop(name) + '\n' + value
                message.setdefault(name, value)
                continue
            if 'Response' in message:
                self.replies[message.get('ActionID')] = message
            else:
                for handler in self.handlers:
                    handler(message)
            message = {}

    def action(self, action, **headers):
        with self.lock:
            self.number += 1
            action_id = 'peers-%d' % self.number
            lines = ['Action: ' + action, 'ActionID: ' + action_id]
            lines += ['%s: %s' % each for each in headers.items()]
            self.socket.sendall(('\r\n'.join(lines) + '\r\n\r\n').encode())
        return wait_until(lambda: self.replies.pop(action_id, None), 10, 'the answer to ' + action)


class Proxy:
    """A relay to the manager's port that can be cut and joined again."""

    def __init__(self, port):
        self.target = port
        self.listener = None
        self.pairs = []
        self.port = free_ports(socket.SOCK_STREAM)
        self.open()

    def open(self):
        self.listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(('127.0.0.1', self.port))
        self.listener.listen(16)
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(('127.0.0.1', self.target), 5)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            self.pairs.append((client, server))
            for a, b in ((client, server), (server, client)):
                threading.Thread(target=self.pump, args=(a, b), daemon=True).start()

    @staticmethod
    def hang_up(each):
        try:
            each.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def pump(self, source, sink):
        try:
            while True:
                data = source.recv(65536)
                if not data:
                    break
                sink.sendall(data)
        except OSError:
            pass
        self.hang_up(source)
        self.hang_up(sink)

    def cut(self):
        listener, self.listener = self.listener, None
        # A thread that waits in accept() keeps the port, unless it is woken.
        self.hang_up(listener)
        listener.close()
        pairs, self.pairs = self.pairs, []
        for pair in pairs:
            for each in pair:
                self.hang_up(each)

    def join(self):
        self.open()
