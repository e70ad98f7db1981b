# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the telephone line share: a case is a function that gets a
peer and our line, and says what it expected in vain."""

import concurrent.futures
import traceback

from sip_peer import Line, Peer, sdp


class Case:
    """One run: expectations that failed, and everything it opened."""

    def __init__(self, build):
        self.build, self.failed, self.lines, self.peers = build, [], [], []

    def expect(self, fine, what):
        if not fine:
            self.failed.append(str(what))
        return fine

    def equal(self, got, wanted, what):
        return self.expect(got == wanted, '%s: %r, wanted %r' % (what, got, wanted))

    def peer(self, kind='udp', **more):
        self.peers.append(Peer(kind, **more))
        return self.peers[-1]

    def line(self, *args, **more):
        self.lines.append(Line(self.build, *args, **more))
        return self.lines[-1]

    def dial(self, peer, line, call=1, target='100', timeout=4):
        """Calls; the INVITE."""
        line.cmd('call', str(call), target)
        invite = peer.get('INVITE', timeout=timeout)
        if not invite:
            raise AssertionError('no INVITE came; the line says %r %r' % (line.events[-4:], line.other[-20:]))
        return invite

    def answer(self, peer, line, invite, call=1, tag='peertag', **more):
        """Answers and waits for the ACK."""
        peer.reply(invite, 200, 'OK', body=sdp(), tag=tag, **more)
        self.expect(peer.get('ACK'), 'no ACK to the answer')
        self.expect(line.ev('state', call=call, state='answered'), 'not answered')

    def hang_up(self, peer, line, call=1, timeout=3):
        """Ends the call from our side; the BYE."""
        line.cmd('hangup', str(call))
        bye = peer.get('BYE', timeout=timeout)
        if self.expect(bye, 'no BYE'):
            peer.reply(bye, 200, 'OK')
        end = line.end(call)
        self.expect(end and end['by'] == 'us', 'the call did not end by us: %r' % end)
        return bye

    def close(self):
        for line in self.lines:
            if line.alive():
                code = line.quit()
                self.expect(code == 0, 'the line ended with %s: %s' % (code, ''.join(line.other)[-4000:]))
            else:
                self.expect(line.process.returncode == 0, 'the line died with %s: %s' % (line.process.returncode, ''.join(line.other)[-4000:]))
            said = [event for event in line.events if event['ev'] == 'closed']
            self.expect(all(int(event['ms']) <= 1000 for event in said), 'closing took too long: %r' % said)
        for peer in self.peers:
            peer.close()


class Cases:
    """A table of cases. They run side by side but for those that look at the clock closely."""

    def __init__(self, prefix, together=1):
        self.prefix, self.together, self.table = prefix, together, []

    def add(self, words, *args, alone=False):
        """A decorator; @args go to the function after the case."""
        def register(function):
            self.table.append((words, function, args, alone))
            return function
        return register

    @staticmethod
    def run_one(build, function, args):
        case = Case(build)
        try:
            function(case, *args)
        except Exception as error:    # a failure is a result, whatever it is
            case.failed += [repr(error)] + traceback.format_exc().splitlines()[-3:]
        case.close()
        return case.failed

    def run(self, tap, build, only=None):
        wanted = [each for each in self.table if not only or only in each[0]]
        for alone in (True, False):
            with concurrent.futures.ThreadPoolExecutor(1 if alone else self.together) as pool:
                results = [(words, pool.submit(self.run_one, build, function, args)) for words, function, args, apart in wanted if apart == alone]
                for words, result in results:
                    failed = result.result()
                    tap.check(not failed, '%s: %s' % (self.prefix, words), failed)
