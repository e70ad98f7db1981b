# SPDX-License-Identifier: GPL-3.0-or-later
"""Which tone sounds on which side of a recording."""

import math
import struct


class Wave:
    """A WAV file's samples by channel. `interleaved`: two channels lie behind
    a header that says one, as MixMonitor's option D leaves them."""

    def __init__(self, data, interleaved=False):
        if data[:4] != b'RIFF' or data[8:12] != b'WAVE':
            raise ValueError('no WAV file')
        at = 12
        self.channels = self.rate = 0
        samples = b''
        while at + 8 <= len(data):
            name, size = data[at:at + 4], struct.unpack('<I', data[at + 4:at + 8])[0]
            body = data[at + 8:at + 8 + size] if name != b'data' or size else data[at + 8:]
            if name == b'fmt ':
                tag, self.channels, self.rate, _, _, bits = struct.unpack('<HHIIHH', body[:16])
                if tag != 1 or bits != 16:
                    raise ValueError('not 16 bit PCM')
            elif name == b'data':
                samples = body
                break
            at += 8 + size + size % 2
        self.header_channels = self.channels
        if interleaved:
            self.channels = 2
        frames = len(samples) // (2 * self.channels)
        values = struct.unpack('<%dh' % (frames * self.channels), samples[:frames * self.channels * 2])
        self.sides = [values[i::self.channels] for i in range(self.channels)]
        self.seconds = frames / self.rate if self.rate else 0

    def level(self, side, hertz):
        """The loudest 200 ms of a tone on a side, as amplitude 0..1 (Goertzel)."""
        samples = self.sides[side]
        block = self.rate // 5
        best = 0.0
        factor = 2 * math.cos(2 * math.pi * hertz / self.rate)
        for start in range(0, len(samples) - block + 1, block):
            if max(samples[start:start + block:7]) < 200:
                continue
            s1 = s2 = 0.0
            for value in samples[start:start + block]:
                s1, s2 = value + factor * s1 - s2, s1
            power = s1 * s1 + s2 * s2 - factor * s1 * s2
            best = max(best, 2 * math.sqrt(max(power, 0)) / block / 32768)
            if best > 0.2:
                break
        return best
