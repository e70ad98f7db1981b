# SPDX-License-Identifier: GPL-3.0-or-later
"""Callers and agents: scenarios for SIPp, written for each use.

A scenario is a list of steps; callers send a 440 Hz tone, agents 1000 Hz, so
that a recording tells which side is which.
"""

import functools
import math
import os
import struct
import subprocess

SDP = '''v=0
o=- 1 {version} IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [rtpstream_audio_port] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=ptime:20
a={direction}
'''


def alaw(sample):
    """G.711 A-law, ITU-T G.711 table 1a, of a 16 bit sample."""
    sign = 0x80 if sample >= 0 else 0
    value = min(abs(sample), 32635) >> 3
    if value < 32:
        code = value >> 1
    else:
        exponent = value.bit_length() - 5
        code = (exponent << 4) | ((value >> exponent) & 0x0f)
    return (sign | code) ^ 0x55


def write_tone(path, hertz, seconds=2):
    """A whole number of periods, so that the endless loop does not click."""
    samples = bytes(alaw(int(12000 * math.sin(2 * math.pi * hertz * i / 8000))) for i in range(8000 * seconds))
    with open(path, 'wb') as file:
        file.write(samples)


def message(text):
    return '<send retrans="500"><![CDATA[\n%s\n ]]></send>\n' % text


def reply(text):
    return '<send><![CDATA[\n%s\n ]]></send>\n' % text


def sdp(version=1, direction='sendrecv'):
    return SDP.format(version=version, direction=direction)


class Caller:
    """What a caller does once the queue answered."""

    VIA = 'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]'

    def __init__(self, number, user, header='X-Peers-Trunk: yes'):
        self.number = number
        self.user = user
        self.header = header
        self.cseq = 1
        self.steps = [self.invite()]

    def invite(self):
        return message('''INVITE sip:%s@[remote_ip]:[remote_port] SIP/2.0
%s
From: "Caller" <sip:%s@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:%s@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:caller@[local_ip]:[local_port]>
%s
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

%s''' % (self.number, self.VIA, self.user, self.number, self.header, sdp())) + '''
<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="183" optional="true"/>
<recv response="200" rrs="true"/>
''' + self.ack(1) + '<nop><action><exec rtp_stream="caller.al,-1,8,PCMA/8000"/></action></nop>\n'

    def ack(self, cseq):
        return reply('''ACK [next_url] SIP/2.0
%s
From: "Caller" <sip:%s@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:%s@[remote_ip]:[remote_port]>[peer_tag_param]
[routes]
Call-ID: [call_id]
CSeq: %d ACK
Max-Forwards: 70
Content-Length: 0
''' % (self.VIA, self.user, self.number, cseq))

    def request(self, method, body=''):
        self.cseq += 1
        return message('''%s [next_url] SIP/2.0
%s
From: "Caller" <sip:%s@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:%s@[remote_ip]:[remote_port]>[peer_tag_param]
[routes]
Call-ID: [call_id]
CSeq: %d %s
Contact: <sip:caller@[local_ip]:[local_port]>
Max-Forwards: 70
%sContent-Length: [len]

%s''' % (method, self.VIA, self.user, self.number, self.cseq, method,
         'Content-Type: application/sdp\n' if body else '', body))

    def talk(self, low, high=None):
        """Stays in the call; the other side may end it earlier."""
        # A BYE that comes in a pause ends the call; so does our own after it.
        self.steps.append('<pause distribution="uniform" min="%d" max="%d"/>\n' % (low, (high or low) + 1))
        return self

    def hold(self, milliseconds):
        for version, direction in ((2, 'sendonly'), (3, 'sendrecv')):
            self.steps.append(self.request('INVITE', sdp(version, direction))
                              + '<recv response="100" optional="true"/>\n<recv response="200"/>\n'
                              + self.ack(self.cseq))
            if direction == 'sendonly':
                self.steps.append('<pause milliseconds="%d"/>\n' % milliseconds)
        return self

    def hang_up(self):
        self.steps.append(self.request('BYE') + '<recv response="200" crlf="true"/>\n')
        return self

    def xml(self):
        return head('caller') + ''.join(self.steps) + '</scenario>\n'


def head(name):
    return '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE scenario SYSTEM "sipp.dtd">\n<scenario name="%s">\n' % name


class Agent:
    """What an agent's telephone does with a call."""

    TAG = '[pid]Agent[call_number]'

    def __init__(self, ring=(100, 300)):
        self.cseq = 0
        self.steps = ['''<recv request="INVITE" crlf="true" rrs="true">
<action><ereg regexp=".*" search_in="hdr" header="From:" assign_to="remote"/></action></recv>
<Reference variables="remote"/>
''', self.answer('180 Ringing')]
        if ring is not None:
            self.steps.append('<pause distribution="uniform" min="%d" max="%d"/>\n' % ring)
            self.steps.append(self.answer('200 OK', sdp(2)))
            self.steps.append('<recv request="ACK" crlf="true"/>\n'
                              '<nop><action><exec rtp_stream="agent.al,-1,8,PCMA/8000"/></action></nop>\n')

    def answer(self, status, body=''):
        text = '''SIP/2.0 %s
[last_Via:]
[last_From:]
[last_To:];tag=%s
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:agent@[local_ip]:[local_port];transport=[transport]>
%sContent-Length: [len]

%s''' % (status, self.TAG, 'Content-Type: application/sdp\n' if body else '', body)
        return message(text) if status.startswith('200') and body else reply(text)

    @staticmethod
    def confirm():
        return reply('''SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:agent@[local_ip]:[local_port];transport=[transport]>
Content-Length: 0
''')

    def request(self, method, body='', extra=''):
        if method != 'ACK':
            self.cseq += 1
        text = '''%s [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:agent@[local_ip]:[local_port]>;tag=%s
To:[$remote]
Call-ID: [call_id]
CSeq: %d %s
Contact: <sip:agent@[local_ip]:[local_port]>
Max-Forwards: 70
%s%sContent-Length: [len]

%s''' % (method, self.TAG, self.cseq, method, extra, 'Content-Type: application/sdp\n' if body else '', body)
        return reply(text) if method == 'ACK' else message(text)

    def talk(self, low, high):
        self.steps.append('<pause distribution="uniform" min="%d" max="%d"/>\n' % (low, high))
        return self

    def wait_bye(self):
        self.steps.append('<recv request="BYE" crlf="true"/>\n' + self.confirm())
        return self

    def hang_up(self):
        self.steps.append(self.request('BYE') + '<recv response="200" crlf="true"/>\n')
        return self

    def hold(self, milliseconds):
        for version, direction in ((3, 'sendonly'), (4, 'sendrecv')):
            self.steps.append(self.request('INVITE', sdp(version, direction))
                              + '<recv response="100" optional="true"/>\n<recv response="200"/>\n'
                              + self.request('ACK'))
            if direction == 'sendonly':
                self.steps.append('<pause milliseconds="%d"/>\n' % milliseconds)
        return self

    def refer(self, target):
        """A blind transfer: REFER, its NOTIFYs, then the other side's BYE."""
        self.steps.append(self.request('REFER', extra='Refer-To: <sip:%s@[remote_ip]:[remote_port]>\n' % target)
                          + '<recv response="202"/>\n')
        self.steps.append('<label id="1"/>\n<recv request="NOTIFY" optional="true" next="2"/>\n'
                          '<recv request="BYE" next="3"/>\n<label id="2"/>\n' + self.confirm().replace(
                              '<send>', '<send next="1">')
                          + '<label id="3"/>\n' + self.confirm())
        return self

    def let_ring(self):
        self.steps.append('<recv request="CANCEL" crlf="true"/>\n' + self.confirm() + reply('''SIP/2.0 487 Request Terminated
[last_Via:]
[last_From:]
[last_To:];tag=%s
[last_Call-ID:]
CSeq: [cseq] INVITE
Content-Length: 0
''' % self.TAG) + '<recv request="ACK" optional="true"/>\n')
        return self

    def xml(self):
        return head('agent') + ''.join(self.steps) + '</scenario>\n'


@functools.lru_cache(maxsize=None)
def media_option():
    """SIPp 3.7.2 knows only the new name of the port of the media, 3.6 only the old one."""
    told = subprocess.run(['sipp', '-h'], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False).stdout
    return '-min_rtp_port' if b'-min_rtp_port' in told else '-mp'


class Sipp:
    """One SIPp process with a scenario."""

    def __init__(self, folder, name, xml, target_port, port, media_port, calls=0, rate=1.0, limit=60):
        self.path = os.path.join(folder, name)
        os.makedirs(self.path, exist_ok=True)
        with open(os.path.join(self.path, 'scenario.xml'), 'w', encoding='utf-8') as file:
            file.write(xml)
        for tone in ('caller.al', 'agent.al'):
            link = os.path.join(self.path, tone)
            if not os.path.exists(link):
                os.symlink(os.path.join(folder, tone), link)
        command = ['sipp', '127.0.0.1:%d' % target_port, '-sf', 'scenario.xml', '-i', '127.0.0.1', '-p', str(port),
                   media_option(), str(media_port), '-nostdin', '-trace_err', '-l', str(limit), '-recv_timeout', '40000']
        if calls:
            command += ['-m', str(calls), '-r', str(max(1, round(rate * 10))), '-rp', '10000', '-timeout', '150']
        self.output = open(os.path.join(self.path, 'output'), 'wb')
        self.process = subprocess.Popen(command, cwd=self.path, stdin=subprocess.DEVNULL, stdout=self.output,
                                        stderr=self.output)

    def wait(self, seconds):
        self.process.wait(seconds)
        return self.process.returncode

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(5)
        self.output.close()
