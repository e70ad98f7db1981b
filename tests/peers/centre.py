# SPDX-License-Identifier: GPL-3.0-or-later
"""The call centre of the tests: queues, agents' telephones, callers."""

import os
import re
import socket
import threading
import time

from asterisk import Asterisk, Manager, Queue, free_ports
from sipp import Agent, Caller, Sipp, write_tone

# number -> (name, what its telephone does with a call)
AGENTS = {
    '201': 'Anna', '202': 'Boris', '203': 'Clara', '204': 'Denis', '205': 'Elena', '206': 'Fedor',
    '207': 'Galina', '208': 'Hanna',
    '211': 'Irina', '212': 'Jakov', '213': 'Katja',
    '221': 'Deaf', '231': 'Lena', '232': 'Maxim', '241': 'Nina', '242': 'Oleg', '251': 'Pavel', '252': 'Raisa',
    '301': 'Sergei',   # a supervisor, in no queue
}


def telephone(number):
    if number.startswith('21'):
        return Agent().talk(1000, 2500).hang_up()
    if number.startswith('22'):
        return Agent(ring=None).let_ring()
    if number.startswith('23'):
        return Agent().talk(500, 800).hold(900).wait_bye()
    if number.startswith('24'):
        return Agent().talk(700, 1100).refer('710')
    return Agent().wait_bye()


def members(prefix):
    return ['PJSIP/%s,0,%s,PJSIP/%s' % (number, name, number) for number, name in AGENTS.items()
            if number.startswith(prefix)]


QUEUES = [
    Queue('sales', '1001', 60, members('20')),
    Queue('support', '1002', 60, members('21')),
    Queue('deaf', '1003', 60, members('22'), ['timeout=1']),
    Queue('short', '1004', 2, members('22'), ['timeout=1']),
    Queue('holding', '1005', 60, members('23')),
    Queue('blind', '1006', 60, members('24')),
    Queue('attended', '1007', 60, members('25')),
]
SHOP = ['sales', 'deaf', 'short', 'holding', 'blind', 'attended']
OTHER = ['support']
WRAP_UP_MS = 500


class Centre:
    def __init__(self, state):
        self.state = state
        self.ports = {number: free_ports(socket.SOCK_DGRAM) for number in AGENTS}
        self.asterisk = Asterisk(state, QUEUES, self.ports)
        self.telephones = []
        self.callers = []

    def start(self):
        self.asterisk.start()
        for name, hertz in (('caller.al', 440), ('agent.al', 1000)):
            write_tone(os.path.join(self.state, name), hertz)
        self.renew_telephones('')

    def renew_telephones(self, prefix):
        for number, port in self.ports.items():
            if number.startswith(prefix):
                self.telephones.append(self.sipp('agent-' + number, telephone(number).xml(), port))

    def sipp(self, name, xml, port=None, **options):
        port = port or free_ports(socket.SOCK_DGRAM)
        return Sipp(self.state, name, xml, self.asterisk.sip_port, port, free_ports(socket.SOCK_DGRAM, 40), **options)

    def call(self, name, caller, calls, rate):
        self.callers.append(self.sipp(name, caller.xml(), calls=calls, rate=rate))
        return self.callers[-1]

    def wait_callers(self, seconds):
        end = time.monotonic() + seconds
        for caller in self.callers:
            caller.wait(max(end - time.monotonic(), 0.1))
            caller.stop()
        self.callers = []

    def stop(self):
        for each in self.callers + self.telephones:
            each.stop()
        self.asterisk.stop()


class Transferrer:
    """Has each answered call of a queue transferred with consultation, by the
    manager: the agent's telephone needs no such button."""

    def __init__(self, manager, queue, target):
        self.manager = manager
        self.queue = queue
        self.target = target
        self.done = 0
        manager.handlers.append(self.on_event)

    def on_event(self, event):
        if event.get('Event') == 'AgentConnect' and event.get('Queue') == self.queue:
            threading.Thread(target=self.transfer, args=(event['DestChannel'],), daemon=True).start()

    def transfer(self, channel):
        time.sleep(0.8)
        self.manager.action('Atxfer', Channel=channel, Context='agents', Exten=self.target)
        time.sleep(2.5)
        self.manager.action('Hangup', Channel=channel)
        self.done += 1


class Received:
    """How many packets of sound the PBX itself got from the operator's telephone in
    each call, as its RTP stack counts them. SIPp's thread that plays a tone may get
    no time on a busy machine; what it never sent, nobody can record."""

    def __init__(self, manager, centre):
        self.manager = manager
        self.port = centre.asterisk.ami_port
        self.lock = threading.Lock()
        self.agents = {}    # (uniqueid, queue) of a call -> the operator's channel
        self.counts = {}    # channel -> packets
        self.going = True
        manager.handlers.append(self.on_event)
        self.thread = threading.Thread(target=self.ask, daemon=True)
        self.thread.start()

    def on_event(self, event):
        if event.get('Event') == 'AgentConnect':
            with self.lock:
                self.agents[event['Uniqueid'], event['Queue']] = event['DestChannel'].partition('/')[2]

    def ask(self):
        with Manager(self.port) as line:
            while self.going:
                text = line.action('Command', Command='pjsip show channelstats').get('Output', '')
                with self.lock:
                    for channel, count in re.findall(r'(\d{3}-[0-9a-f]{8})\s+[\d:]+\s+\w+\s+(\d+)', text):
                        self.counts[channel] = int(count)
                time.sleep(0.2)

    def stop(self):
        self.going = False
        self.thread.join(15)
        self.manager.handlers.remove(self.on_event)

    def of_call(self, call):
        """Packets in a call "UNIQUEID:QUEUE:VISIT"; None when nobody counted."""
        uniqueid, queue, _ = call.rsplit(':', 2)
        with self.lock:
            return self.counts.get(self.agents.get((uniqueid, queue)))


def start_traffic(centre):
    """211 calls of all kinds."""
    centre.call('sales', Caller('1001', '79160000001').talk(3000, 5500).hang_up(), 80, 2.0)
    centre.call('caller-holds', Caller('1001', '79160000002').talk(2500).hold(1000).talk(1000).hang_up(), 10, 0.3)
    centre.call('support', Caller('1002', '79160000003').talk(25000).hang_up(), 40, 1.0)
    centre.call('impatient', Caller('1003', '79160000004').talk(700, 2600).hang_up(), 30, 0.8)
    centre.call('too-late', Caller('1004', '79160000005').talk(20000).hang_up(), 25, 0.8)
    centre.call('agent-holds', Caller('1005', '79160000006').talk(3500).hang_up(), 10, 0.3)
    centre.call('blind', Caller('1006', '79160000007').talk(12000).hang_up(), 10, 0.3)
    centre.call('attended', Caller('1007', '79160000008').talk(7000).hang_up(), 6, 0.15)


TRAFFIC = 211


def pause_someone(centre, manager):
    """Breaks with a reason, and a member who comes and goes."""
    time.sleep(4)
    manager.action('QueuePause', Interface='PJSIP/208', Paused='true', Reason='Lunch')
    manager.action('QueueAdd', Queue='deaf', Interface='PJSIP/299', MemberName='Guest', Penalty='3')
    time.sleep(5)
    manager.action('QueueRemove', Queue='deaf', Interface='PJSIP/299')
    time.sleep(15)
    manager.action('QueuePause', Interface='PJSIP/208', Paused='false')
