# SPDX-License-Identifier: GPL-3.0-or-later
"""The far end of a test call: SIPp with a scenario written for each use, its
tone 1000 Hz; and what its log says happened when."""

import datetime
import os
import re
import socket
import subprocess

from asterisk import Failure, free_ports, wait_until
from sipp import head, media_option, sdp, write_tone

HERTZ = 1000
LEVEL = -8.7      # of write_tone(), dB of full scale


class Far:
    """What the far end does, step by step; the first is always the INVITE."""

    CONTACT = 'Contact: <sip:far@[local_ip]:[local_port];transport=[transport]>\n'
    TAG = 'far[call_number]'

    def __init__(self):
        self.cseq = 0
        self.steps = ['<recv request="INVITE" crlf="true" rrs="true"><action>'
                      '<ereg regexp=".*" search_in="hdr" header="From:" assign_to="remote"/></action></recv>\n'
                      '<Reference variables="remote"/>\n']

    def add(self, text):
        self.steps.append(text)
        return self

    def answer(self, status, body='', extra=(), cseq='[last_CSeq:]', tag=True, retrans=False):
        """To the last request, or to the INVITE with @cseq."""
        text = 'SIP/2.0 %s\n[last_Via:]\n[last_From:]\n[last_To:]%s\n[last_Call-ID:]\n%s\n%s%s%sContent-Length: [len]\n\n%s' % (
            status, ';tag=' + self.TAG if tag else '', cseq, self.CONTACT, ''.join(line + '\n' for line in extra),
            'Content-Type: application/sdp\n' if body else '', body)
        return self.add('<send%s><![CDATA[\n%s\n ]]></send>\n' % (' retrans="500"' if retrans else '', text))

    def ringing(self):
        return self.answer('180 Ringing')

    def pick_up(self, direction='sendrecv', cseq='[last_CSeq:]', body=None):
        return self.answer('200 OK', body or sdp(2, direction), retrans=True, cseq=cseq).ack()

    def refuse(self, status, extra=()):
        return self.answer(status, extra=extra, retrans=True).ack()

    def ack(self):
        return self.add('<recv request="ACK" crlf="true"/>\n')

    def sound(self):
        return self.add('<nop><action><exec rtp_stream="far.al,-1,8,PCMA/8000"/></action></nop>\n')

    def quiet(self):
        return self.add('<nop><action><exec rtp_stream="pause"/></action></nop>\n')

    def again(self):
        return self.add('<nop><action><exec rtp_stream="resume"/></action></nop>\n')

    def wait(self, milliseconds):
        return self.add('<pause milliseconds="%d"/>\n' % milliseconds)

    def request(self, method, body='', extra=(), answered=True):
        if method != 'ACK':
            self.cseq += 1
        text = ('%s [next_url] SIP/2.0\nVia: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\n'
                'From: <sip:far@[local_ip]:[local_port]>;tag=%s\nTo:[$remote]\nCall-ID: [call_id]\nCSeq: %d %s\n%sMax-Forwards: 70\n%s%s'
                'Content-Length: [len]\n\n%s') % (method, self.TAG, self.cseq, method, self.CONTACT, ''.join(line + '\n' for line in extra),
                                                  'Content-Type: application/sdp\n' if body else '', body)
        self.add('<send%s><![CDATA[\n%s\n ]]></send>\n' % ('' if method == 'ACK' else ' retrans="500"', text))
        if answered and method != 'ACK':
            self.add('<recv response="100" optional="true"/>\n<recv response="200"/>\n')
        return self

    def offer(self, version, direction):
        return self.request('INVITE', sdp(version, direction)).request('ACK')

    def hang_up(self, *extra):
        return self.request('BYE', extra=extra)

    def wait_bye(self):
        return self.add('<recv request="BYE" crlf="true"/>\n').answer('200 OK', tag=False)

    def wait_cancel(self):
        return self.add('<recv request="CANCEL" crlf="true"/>\n')

    def xml(self):
        return head('far') + ''.join(self.steps) + '</scenario>\n'


class FarEnd:
    """One SIPp that takes one call."""

    def __init__(self, folder, far, *options):
        self.path = folder
        os.makedirs(folder)
        with open(os.path.join(folder, 'far.xml'), 'w', encoding='utf-8') as file:
            file.write(far.xml())
        write_tone(os.path.join(folder, 'far.al'), HERTZ)
        self.port = free_ports(socket.SOCK_DGRAM)
        self.media = free_ports(socket.SOCK_DGRAM, 4)
        self.output = open(os.path.join(folder, 'output'), 'wb')
        self.process = subprocess.Popen(['sipp', '-sf', 'far.xml', '-i', '127.0.0.1', '-p', str(self.port), media_option(), str(self.media), '-nostdin', '-m', '1',
                                         '-trace_msg', '-message_file', 'messages', '-trace_err', '-error_file', 'errors', '-recv_timeout', '40000', '-timeout', '60', *options],
                                        cwd=folder, stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.output)
        wait_until(lambda: self.is_open() or self.process.poll() is not None, 10, 'SIPp to open its port (see %s/output)' % folder)
        if self.process.poll() is not None:
            raise Failure('SIPp ended at once, see %s/output' % folder)

    def is_open(self):
        with open('/proc/net/udp', encoding='ascii') as file:
            return ':%04X ' % self.port in file.read()

    def messages(self):
        """(ms since 1970, 'sent' or 'received', first line, whole text)."""
        out = []
        with open(os.path.join(self.path, 'messages'), encoding='utf-8', errors='replace') as file:
            for part in re.split(r'^-{20,} ', file.read(), flags=re.M)[1:]:
                stamp, _, rest = part.partition('\n')
                way, _, text = rest.partition('\n\n')
                moment = datetime.datetime.strptime(stamp.strip()[:26], '%Y-%m-%d %H:%M:%S.%f').timestamp() * 1000
                out.append((moment, 'received' if 'received' in way else 'sent', text.split('\n', 1)[0].strip(), text))
        return out

    def at(self, way, first_line, which=0):
        """When a message that begins so was sent or received."""
        found = [each[0] for each in self.messages() if each[1] == way and each[2].startswith(first_line)]
        if len(found) <= which:
            raise AssertionError('the far end has not %s %r: %r' % (way, first_line, [each[1:3] for each in self.messages()]))
        return found[which]

    def count(self, way, first_line):
        return sum(1 for each in self.messages() if each[1] == way and each[2].startswith(first_line))

    def finish(self, seconds=10):
        """Its exit code: 0 where the call went as its scenario has it."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.close()
            return 'went on'

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(5)
        self.output.close()
