# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody who answers: baresip with a spoken file, in a room that is not silent;
and the sounds a call centre plays, made by flite and by hand."""

import math
import os
import random
import shutil
import socket
import struct
import subprocess
import wave

from asterisk import Failure, free_ports, wait_until

RATE = 8000


def speak(path, text, voice='slt'):
    """Spoken by flite, as numbers at 8 kHz, without the silence around it."""
    subprocess.run(['flite', '-voice', voice, '-t', text, '-o', path], check=True, stdin=subprocess.DEVNULL)
    told = subprocess.run(['sox', path, '-r', str(RATE), '-c', '1', '-b', '16', '-e', 'signed', '-t', 'raw', '-', 'norm', '-6'],
                          check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    samples = list(struct.unpack('<%dh' % (len(told.stdout) // 2), told.stdout))
    loud = [i for i, value in enumerate(samples) if abs(value) > 600]
    return samples[max(0, loud[0] - 80):loud[-1] + 80]


def music(seconds):
    """Four chords in turn, as in any queue."""
    chords = ((262, 330, 392), (220, 262, 330), (175, 220, 262), (196, 247, 294))
    out = []
    for number in range(int(seconds / 0.6)):
        for i in range(int(RATE * 0.6)):
            out.append(int(sum(1500 / harmonic * math.sin(2 * math.pi * note * harmonic * i / RATE)
                               for note in chords[number % 4] for harmonic in (1, 2, 3, 4))))
    return out


def room(seconds, samples=(), seed=5):
    """A room's noise, -52 dB of full scale, of this length; with words in it."""
    noise = random.Random(seed)
    length = max(int(seconds * RATE), len(samples))
    return [int(max(-32767, min(32767, noise.gauss(0, 82) + (samples[i] if i < len(samples) else 0)))) for i in range(length)]


def write_wave(path, samples):
    with wave.open(path, 'wb') as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack('<%dh' % len(samples), *samples))


CONFIG = '''sip_listen %(host)s
%(tls)s
call_max_calls 4
audio_source aufile,%(folder)s/said.wav
audio_alert aufile,%(folder)s/alert.wav
ausrc_srate 8000
auplay_srate 8000
ausrc_channels 1
auplay_channels 1
audio_buffer 20-160
jitter_buffer_delay 1-5
rtp_ports %(first)d-%(last)d
module_path %(modules)s
module g711.so
module aufile.so
module srtp.so
module sndfile.so
snd_path %(folder)s
module_tmp account.so
'''


class Person:
    """A baresip that answers at once whoever calls. What it hears of each call is in a file dump-…-dec.wav."""

    def __init__(self, folder, samples, options='', user='person'):
        modules = next((path for path in ('/usr/lib/baresip/modules', '/usr/local/lib/baresip/modules') if os.path.isdir(path)), None)
        if shutil.which('baresip') is None or modules is None:
            raise Failure('baresip is not installed')
        os.makedirs(folder)
        self.folder, self.port = folder, free_ports(socket.SOCK_DGRAM, 2)
        first = free_ports(socket.SOCK_DGRAM, 20)
        write_wave(os.path.join(folder, 'said.wav'), samples)
        self.write('config', CONFIG % {'host': '127.0.0.1:%d' % self.port, 'tls': '', 'folder': folder, 'first': first, 'last': first + 18, 'modules': modules})
        self.write('accounts', '<sip:%s@127.0.0.1>;regint=0;answermode=auto;audio_codecs=PCMA%s\n' % (user, options))
        self.write('contacts', '')
        self.output = open(os.path.join(folder, 'output'), 'wb')
        self.process = subprocess.Popen(['baresip', '-4', '-f', folder, '-v', '-s'], cwd=folder, stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.output)
        wait_until(self.is_open, 10, 'baresip to open its port (see %s/output)' % folder)

    def write(self, name, text):
        with open(os.path.join(self.folder, name), 'w', encoding='utf-8') as file:
            file.write(text)

    def is_open(self):
        if self.process.poll() is not None:
            raise Failure('baresip ended at once, see %s/output' % self.folder)
        with open('/proc/net/udp', encoding='ascii') as file:
            return ':%04X ' % self.port in file.read()

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(5)
        self.output.close()
