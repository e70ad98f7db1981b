# SPDX-License-Identifier: GPL-3.0-or-later
"""A telephone server that does what a test says, word by word, and the driver
of our own line (sip-line) against it."""

import hashlib
import json
import os
import queue
import random
import re
import socket
import ssl
import subprocess
import threading
import time

SHORT = {'v': 'via', 'f': 'from', 't': 'to', 'i': 'call-id', 'm': 'contact', 'c': 'content-type',
         'l': 'content-length', 'k': 'supported'}
PASSWORD = 'geheim-17'


def has_ipv6():
    """Whether this machine has ::1; a container may not."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            probe.bind(('::1', 0))
            return True
    except OSError:
        return False


class Message:
    """A request or an answer as it came."""

    def __init__(self, raw, source=None, connection=None):
        self.raw, self.source, self.connection, self.at = raw, source, connection, time.monotonic()
        head, _, self.body = raw.partition(b'\r\n\r\n')
        lines = re.sub(r'\r\n[ \t]+', ' ', head.decode('utf-8', 'replace')).split('\r\n')
        self.start = lines[0]
        self.headers = [tuple(part.strip() for part in line.split(':', 1)) for line in lines[1:] if ':' in line]
        parts = self.start.split(' ', 2)
        self.is_answer = parts[0] == 'SIP/2.0'
        self.code = int(parts[1]) if self.is_answer else 0
        number, _, name = (self['CSeq'] or '0 ?').partition(' ')
        self.method = name.strip() if self.is_answer else parts[0]
        self.uri = None if self.is_answer else parts[1]
        self.cseq = int(number)

    def all(self, name):
        return [value for key, value in self.headers if SHORT.get(key.lower(), key.lower()) == name.lower()]

    def __getitem__(self, name):
        found = self.all(name)
        return found[0] if found else None

    def tag(self, name):
        found = re.search(r';tag=([^;>\s]+)', self[name] or '')
        return found.group(1) if found else None

    def branch(self):
        return self.all('Via')[0].split('branch=')[1].split(';')[0]

    def direction(self):
        found = re.findall(rb'a=(sendonly|inactive|recvonly|sendrecv)', self.body)
        return found[-1].decode() if found else None

    def __repr__(self):
        return self.start


def sdp(port=41000, direction='sendrecv', ip='127.0.0.1', version=1):
    family = 'IP6' if ':' in ip else 'IP4'
    return ('v=0\r\no=p 1 %d IN %s %s\r\ns=-\r\nc=IN %s %s\r\nt=0 0\r\nm=audio %d RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\n'
            'a=rtpmap:101 telephone-event/8000\r\na=%s\r\n' % (version, family, ip, family, ip, port, direction)).encode()


class Peer:
    """A server over UDP, TCP or TLS; all that came lies in .inbox, and for ever in .log."""

    def __init__(self, kind='udp', ip='127.0.0.1', port=0, context=None):
        self.kind, self.ip, self.context = kind, ip, context
        self.inbox, self.log, self.connections, self.refusals = queue.Queue(), [], [], []
        self.accepted = self.pings = 0
        self.pong = True
        self.contact = None              # another than our own address
        self.socket = socket.socket(socket.AF_INET6 if ':' in ip else socket.AF_INET,
                                    socket.SOCK_DGRAM if kind == 'udp' else socket.SOCK_STREAM)
        if kind != 'udp':
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind((ip, port))
        self.port = self.socket.getsockname()[1]
        if kind != 'udp':
            self.socket.listen(20)
        self.alive = True
        threading.Thread(target=self.listen if kind == 'udp' else self.accept, daemon=True).start()

    @property
    def host(self):
        return '[%s]:%d' % (self.ip, self.port) if ':' in self.ip else '%s:%d' % (self.ip, self.port)

    # -- what comes in

    def listen(self):
        while self.alive:
            try:
                data, source = self.socket.recvfrom(65535)
            except OSError:
                return
            if len(data.strip()) >= 8:
                self.take(Message(data, source))

    def accept(self):
        while self.alive:
            try:
                connection, source = self.socket.accept()
            except OSError:
                return
            self.accepted += 1
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.serve, args=(connection, source), daemon=True).start()

    def serve(self, connection, source):
        data = b''
        try:
            if self.kind == 'tls':
                connection = self.context.wrap_socket(connection, server_side=True)
            self.connections.append(connection)
            while True:
                more = connection.recv(65535)
                if not more:
                    break
                data = self.cut(data + more, source, connection)
        except (OSError, ssl.SSLError) as error:
            self.refusals.append(str(error))
        if connection in self.connections:
            self.connections.remove(connection)

    def cut(self, data, source, connection):
        """Takes the whole messages off the front of a stream; what is left."""
        while True:
            while data.startswith(b'\r\n\r\n'):
                self.pings += 1
                data = data[4:]
                if self.pong:
                    connection.sendall(b'\r\n')
            end = data.find(b'\r\n\r\n')
            if end < 0:
                return data
            length = re.search(rb'\r\n(?:content-length|l)\s*:\s*(\d+)', data[:end], re.I)
            whole = end + 4 + (int(length.group(1)) if length else 0)
            if len(data) < whole:
                return data
            self.take(Message(data[:whole], source, connection))
            data = data[whole:]

    def take(self, message):
        self.log.append(message)
        self.inbox.put(message)

    def get(self, method=None, code=None, timeout=3):
        """The next request of this method, or answer with this code (True: any); None in vain."""
        end, kept = time.monotonic() + timeout, []
        try:
            while True:
                left = end - time.monotonic()
                if left <= 0:
                    return None
                try:
                    message = self.inbox.get(timeout=left)
                except queue.Empty:
                    return None
                fits = message.is_answer and code in (True, message.code) if code is not None else not message.is_answer
                if fits and method in (None, message.method):
                    return message
                kept.append(message)
        finally:
            for message in kept:
                self.inbox.put(message)

    # -- what goes out

    def send(self, data, to):
        try:
            if to.connection:
                to.connection.sendall(data)
            else:
                self.socket.sendto(data, to.source)
        except OSError:
            pass

    def own_contact(self):
        return '<sip:peer@%s%s>' % (self.contact or self.host, '' if self.kind == 'udp' else ';transport=' + self.kind)

    def reply(self, request, code, phrase='', headers=(), body=b'', tag='peertag', contact=True, ctype='application/sdp'):
        out = ['SIP/2.0 %d %s' % (code, phrase)]
        # What RFC 3581 wants of a server: where the request came from.
        out += ['Via: ' + re.sub(r';rport(?=;|$)', ';received=%s;rport=%d' % request.source[:2], value) for value in request.all('Via')] + ['Record-Route: ' + value for value in request.all('Record-Route')]
        to = request['To']
        if code != 100 and ';tag=' not in to:
            to += ';tag=' + tag
        out += ['From: ' + request['From'], 'To: ' + to, 'Call-ID: ' + request['Call-ID'], 'CSeq: ' + request['CSeq']]
        if contact and code < 400 and request.method in ('INVITE', 'UPDATE'):
            out.append('Contact: ' + self.own_contact())
        out += list(headers)
        if body:
            out.append('Content-Type: ' + ctype)
        out.append('Content-Length: %d' % len(body))
        self.send('\r\n'.join(out).encode() + b'\r\n\r\n' + body, request)

    def request(self, invite, method, cseq, headers=(), body=b'', tag='peertag', contact=None):
        """A request of ours inside the dialog that the line's INVITE made."""
        target = re.search(r'<([^>]+)>', invite['Contact']).group(1)
        sender = invite['To'] + ('' if ';tag=' in invite['To'] else ';tag=' + tag)
        out = ['%s %s SIP/2.0' % (method, target),
               'Via: SIP/2.0/%s %s;branch=z9hG4bK%08x;rport' % (self.kind.upper(), self.host, random.getrandbits(32)),
               'Max-Forwards: 70', 'From: ' + sender, 'To: ' + invite['From'], 'Call-ID: ' + invite['Call-ID'],
               'CSeq: %d %s' % (cseq, method), 'Contact: ' + (contact or self.own_contact())] + list(headers)
        if body:
            out.append('Content-Type: application/sdp')
        out.append('Content-Length: %d' % len(body))
        self.send('\r\n'.join(out).encode() + b'\r\n\r\n' + body, invite)

    def challenge(self, request, code, challenges, phrase='Unauthorized'):
        """Asks for credentials; each challenge is what stands behind "Digest "."""
        name = 'WWW-Authenticate' if code == 401 else 'Proxy-Authenticate'
        self.reply(request, code, phrase, headers=['%s: Digest %s' % (name, each) for each in challenges], contact=False)

    def drop(self):
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            connection.close()

    def close(self):
        self.alive = False
        self.drop()
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.socket.close()


def nonce(number, algorithm=None, realm='rig', more=''):
    """A challenge as RFC 7616 has it."""
    return 'realm="%s", nonce="n%s", qop="auth"%s%s' % (realm, number, ', algorithm=' + algorithm if algorithm else '', more)


def check_digest(value, method, password=PASSWORD):
    """"SHA-256 1": algorithm and count of right credentials; else what is wrong."""
    given = {key.lower(): quoted or bare for key, quoted, bare in re.findall(r'(\w+)=(?:"([^"]*)"|([^,\s]*))', value or '')}
    name = (given.get('algorithm') or 'MD5').upper()
    known = {'MD5': hashlib.md5, 'SHA-256': hashlib.sha256, 'SHA-512-256': lambda data: hashlib.new('sha512_256', data)}
    if name not in known or 'response' not in given:
        return 'none'

    def hashed(*parts):
        return known[name](':'.join(parts).encode()).hexdigest()
    wanted = hashed(hashed(given['username'], given['realm'], password), given['nonce'], given['nc'], given['cnonce'], given['qop'],
                    hashed(method, given['uri']))
    return '%s %d' % (name, int(given['nc'], 16)) if wanted == given['response'] else name + ' wrong'


class Line:
    """Our own line, in a process: sip-line with its events."""

    def __init__(self, build, *args, server=None, online=True, env=None, log=None, wrap=()):
        command = list(wrap) + [os.path.join(build, 'tests', 'peers', 'sip-line'), '--password', PASSWORD]
        if not any(arg.startswith('--domain') for arg in args):
            command += ['--domain', '127.0.0.1']
        if server:
            command += ['--server', server]
        self.process = subprocess.Popen(command + list(args), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        env={**os.environ, 'G_DEBUG': 'fatal-warnings', 'ASAN_OPTIONS': 'detect_leaks=1:exitcode=99:intercept_tls_get_addr=0', **(env or {})})
        self.events, self.other, self.changed = [], [], threading.Condition()
        self.log = log
        threading.Thread(target=self.read, daemon=True).start()
        if not self.ev('begun', timeout=20):
            raise RuntimeError('sip-line did not begin: %r' % self.other[:5])
        if online:
            self.cmd('online')
            if not self.ev('account', state='ready', timeout=10):
                raise RuntimeError('the line did not get ready: %r' % self.events[-3:])

    def read(self):
        for line in self.process.stdout:
            text = line.decode('utf-8', 'replace')
            event = None
            if text.startswith('{"ev":'):
                try:
                    event = json.loads(text)
                except ValueError:
                    pass
            with self.changed:
                if event:
                    event['at'] = time.monotonic()
                    self.events.append(event)
                else:
                    self.other.append(text)
                self.changed.notify_all()

    def cmd(self, *words):
        try:
            self.process.stdin.write((' '.join(words) + '\n').encode())
            self.process.stdin.flush()
        except OSError:
            pass

    def wait(self, wanted, timeout=4):
        end = time.monotonic() + timeout
        with self.changed:
            while True:
                for event in self.events:
                    if wanted(event):
                        return event
                left = end - time.monotonic()
                if left <= 0:
                    return None
                self.changed.wait(left)

    def ev(self, name, timeout=4, **values):
        return self.wait(lambda event: event['ev'] == name and all(str(event.get(key)) == str(value) for key, value in values.items()),
                         timeout)

    def count(self, name, **values):
        return sum(1 for event in self.events
                   if event['ev'] == name and all(str(event.get(key)) == str(value) for key, value in values.items()))

    def states(self, call=1):
        return [event['state'] for event in self.events if event['ev'] == 'state' and event['call'] == str(call)]

    def end(self, call=1, timeout=4):
        return self.ev('end', timeout, call=call)

    def alive(self):
        return self.process.poll() is None

    def fds(self):
        return len(os.listdir('/proc/%d/fd' % self.process.pid))

    def rss(self):
        with open('/proc/%d/status' % self.process.pid, encoding='ascii') as file:
            return int(re.search(r'VmRSS:\s+(\d+)', file.read()).group(1))

    def threads(self):
        return len(os.listdir('/proc/%d/task' % self.process.pid))

    def quit(self, timeout=10):
        """Its exit code; 0 is fine, 99 what the sanitizers found."""
        self.cmd('quit')
        try:
            self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.kill()
            return 'killed'
        return self.process.returncode

    def kill(self):
        self.process.kill()
        self.process.wait()
