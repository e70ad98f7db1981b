# SPDX-License-Identifier: GPL-3.0-or-later
"""The Asterisk source, and the whole server over it, beside a real Asterisk:
every count, wait and talk time equals what an independent reading of queue_log
gives, over a cut link and a restart; events forged through a caller's number
come to nothing."""

import hashlib
import os
import threading
import time

import ledger
from asterisk import Failure, Manager, Proxy, wait_until
from centre import OTHER, SHOP, TRAFFIC, WRAP_UP_MS, Centre, Received, Transferrer, pause_someone, start_traffic
from feeds import Dump, Server
from sipp import Caller
from sound import Wave

# A recording may lack the operator's tone only where the PBX got less of it than this
# from SIPp, whose player may starve on a busy machine: 0.4 s, which is sure to fill one
# of the 200 ms that are looked at. Those asked for last may be missing in the count.
TONE_PACKETS = 20

# What strangers put where their number belongs; %0D%0A is a line break. The
# PBX keeps 79 bytes of it.
FORGERIES = [
    '7916%0D%0AQueue%3A%20vip',
    '7916%0D%0A%0D%0AEvent%3A%20AgentConnect%0D%0APrivilege%3A%20agent%2Call%0D%0AQueue%3A%20sales',
    '7%0D%0A%0D%0AEvent%3A%20Hangup%0D%0APrivilege%3A%20call%2Call%0D%0ACause%3A%2016',
    '7%0D%0A%0D%0AEvent%3A%20QueueMemberPause%0D%0APrivilege%3A%20agent%2Call%0D%0APaused%3A%201',
    '7%0D%0A%0D%0AEvent%3A%20UserEvent%0D%0APrivilege%3A%20user%2Call%0D%0AUserEvent%3A%20CallOutcome%0D%0AOrder%3A%201',
    '7%0A1795277244%7Cx%7Csales%7CAnna%7CCONNECT%7C0%7Cy%7C0',
    '7%7C1%7Cx%0A@NOW@%7Cpeers-@NOW@.99999%7Csales%7CNONE%7CENTERQUEUE%7C%7C5',
    '7%0A@NOW@%7Cpeers-@NOW@.99998%7Csales%7CNONE%7CENTERQUEUE%7C%7C5',
    '7%0DEvent%3A%20x',
]


def queue_words():
    return (['shop:%s:%d' % (queue, WRAP_UP_MS) for queue in SHOP]
            + ['other:%s:%d' % (queue, WRAP_UP_MS) for queue in OTHER])


def honest_log(asterisk):
    """queue_log without the calls that forged lines in it pretend."""
    return {key: leg for key, leg in ledger.read_queue_log(asterisk.queue_log).items() if '.9999' not in key}


def forgers(dump):
    """The calls whose number is not a whole one: strangers put something else there."""
    return {e['call'] for e in dump.of_kind('call.joined') if len(e.get('caller') or '') < 11}


def compare(tap, name, asterisk, dump, strangers=()):
    """All legs equal and ended, once the last calls and queue_log have had their moment."""
    def differences():
        return ledger.differences(honest_log(asterisk), ledger.from_events(dump.lines), strangers)
    try:
        wait_until(lambda: not differences() and not dump.live(), 20, 'the two accounts to agree')
    except Failure:
        pass
    found = differences()
    told = ledger.from_events(dump.lines)
    tap.check(not found, '%s: %d legs equal queue_log' % (name, len(told)), found)
    tap.check(not dump.live(), '%s: no leg is left alive' % name, dump.live())


def compare_server(tap, name, asterisk, server, strangers=()):
    """The archive and the board, as an app is told them, equal queue_log too."""
    def differences(calls):
        return ledger.differences(honest_log(asterisk), ledger.from_calls(calls), strangers)
    try:
        wait_until(lambda: not differences(server.calls()), 8, 'the archive to agree')
    except Failure:
        pass
    for what, calls in (('archive', server.calls()), ('board', server.board_calls())):
        found = differences(calls)
        tap.check(not found and len({call['id'] for call in calls}) == len(calls),
                  '%s: the %d calls of the %s equal queue_log, each once' % (name, len(calls), what), found)


def unexcused(tap, mute, received):
    """Of recordings without the operator's tone those whose tone the PBX did get. `mute`
    is a dict of call -> talk in ms: who hangs up as the operator answers heard none."""
    found = []
    for call, talk_ms in mute.items():
        count = received.of_call(call)
        if talk_ms < TONE_PACKETS * 20:
            tap.say('%s: talked on for %d ms only' % (call, talk_ms))
        elif count is None or count >= TONE_PACKETS:
            found.append('%s: no tone of the operator, of whom the PBX got %s packets' % (call, count))
        else:
            tap.say('%s: SIPp sent the PBX %d packets of the operator\'s tone' % (call, count))
    return found


def check_served_recordings(tap, server, received):
    """Fetched as an app does: two channels, the operator left, the customer right."""
    answered = [call for call in server.calls() if call.get('answered_ms')]

    def missing():
        return [call['id'] for call in server.calls() if call.get('answered_ms') and not call.get('recording')]
    try:
        wait_until(lambda: not missing(), 45, 'the server to have all recordings')
    except Failure:
        pass
    tap.check(not missing(), 'the server has a recording of each of the %d answered calls' % len(answered), missing())
    wrong, mute, checked = [], {}, 0
    for call in server.calls():
        if not call.get('recording'):
            continue
        data, headers = server.fetch('/recordings/' + call['recording'])
        wave = Wave(data)
        heard = [wave.level(side, hertz) for side in range(wave.channels) for hertz in (1000, 440)]
        checked += 1
        if wave.channels == 2 and max(heard[:3]) < 0.02 and heard[3] > 0.1:
            mute[call['id']] = call.get('talk_ms', 0)
        elif wave.channels != 2 or heard[0] < 0.04 or max(heard[1:3]) > 0.02 or heard[3] < 0.1:
            wrong.append('%s: %d channels, %s' % (call['id'], wave.channels, ['%.2f' % each for each in heard]))
        elif hashlib.sha256(data).hexdigest() not in headers.get('ETag', ''):
            wrong.append('%s: not the hash of the ETag' % call['id'])
    wrong += unexcused(tap, mute, received)
    tap.check(not wrong,
              'each of %d has two channels, operator left, customer right' % checked, wrong)


def check_traffic(tap, centre, dump):
    told = ledger.from_events(dump.lines)
    totals = ledger.totals(told)
    tap.say('outcomes: %s' % totals)
    tap.check(sum(totals.values()) == TRAFFIC, 'all %d calls are there' % TRAFFIC, [totals])
    for outcome, least in (('answered', 120), ('abandoned', 20), ('timed-out', 25)):
        tap.check(totals.get(outcome, 0) >= least, 'at least %d %s' % (least, outcome), [totals])
    transfers = [leg.transfer for leg in told.values()]
    # compare() has shown that each is the one queue_log has.
    for how, least in (('blind', 8), ('attended', 4)):
        tap.check(transfers.count(how) >= least, 'at least %d transfers of the %s kind' % (least, how),
                  [transfers.count(how)])
    held = dump.of_kind('call.held')
    tap.check(any(e.get('ended_by') == 'caller' for e in held) and any(e.get('ended_by') == 'operator' for e in held),
              'held by either side', held[:5])
    breaks = [e for e in dump.of_kind('operator.state') if e.get('state') == 'break']
    tap.check(any(e['name'] == 'Hanna' and e.get('reason') == 'Lunch' for e in breaks), 'a break with its reason',
              breaks)
    guests = [(e['member']) for e in dump.of_kind('queue.member') if e['name'] == 'Guest']
    tap.check(guests == ['added', 'removed'], 'a member who came and went', [guests])
    crossed = [e for e in dump.lines if e.get('queue') and e.get('project') != ('other' if e['queue'] in OTHER else 'shop')]
    tap.check(not crossed, 'no event in another project than its queue', crossed[:5])


def check_recordings(tap, dump, received):
    """One file an answered call, the caller's tone on one side, the agent's on
    the other."""
    answered = {e['call']: e.get('talk_ms', 0) for e in dump.of_kind('call.ended') if e['outcome'] == 'answered'}

    def missing():
        return set(answered) - {e['call'] for e in dump.of_kind('recording')}
    try:
        wait_until(lambda: not missing(), 40, 'all recordings')
    except Failure:
        pass
    tap.check(not missing(), 'a recording of each of the %d answered calls' % len(answered), missing())
    wrong, mute = [], {}
    for event in dump.of_kind('recording'):
        with open(event['path'], 'rb') as file:
            wave = Wave(file.read(), interleaved=event['channels'] == 2)
        heard = [wave.level(0, 440), wave.level(0, 1000), wave.level(1, 440), wave.level(1, 1000)]
        if heard[0] > 0.1 and max(heard[1:]) < 0.02:
            mute[event['call']] = answered.get(event['call'], 0)
        elif not (heard[0] > 0.1 and heard[1] < 0.02 and heard[2] < 0.02 and heard[3] > 0.04):
            wrong.append('%s: %.2f s, %s' % (event['path'], wave.seconds, ['%.2f' % each for each in heard]))
    wrong += unexcused(tap, mute, received)
    tap.check(not wrong, 'caller on one side, agent on the other, in each', wrong)


def phase_traffic(tap, centre, proxy, dump, server, manager):
    transferrer = Transferrer(manager, 'attended', '711')
    received = Received(manager, centre)
    helper = threading.Thread(target=pause_someone, args=(centre, manager), daemon=True)
    helper.start()
    start_traffic(centre)
    time.sleep(15)
    proxy.cut()
    wait_until(lambda: dump.of_kind('source.gap'), 5, 'the gap to be told')
    tap.check(all(e.get('to_ms', 0) == 0 for e in dump.of_kind('source.gap')), 'the cut is told at once', dump.of_kind('source.gap'))
    time.sleep(6)
    proxy.join()
    centre.wait_callers(180)
    helper.join(60)
    wait_until(lambda: transferrer.done == 6, 20, 'the attended transfers')
    compare(tap, 'traffic', centre.asterisk, dump)
    compare_server(tap, 'traffic', centre.asterisk, server)
    check_traffic(tap, centre, dump)
    gaps = dump.of_kind('source.gap')
    tap.check([bool(e.get('to_ms')) for e in gaps] == [False, False, True, True], 'the gap of both projects is closed', gaps)
    late = [e for e in dump.lines if e.get('backfilled') and e['kind'] == 'call.joined']
    tap.check(len(late) > 10, 'calls of the gap are told afterwards (%d)' % len(late))
    received.stop()
    check_recordings(tap, dump, received)
    check_served_recordings(tap, server, received)
    told = server.gaps()
    tap.check(len(told) == 2 and all(gap.get('to_ms', 0) - gap['from_ms'] > 5000 for gap in told),
              'the board shows the gap of both projects', told)
    tap.check(dump.refused() == 0, 'nothing was refused with the documented configuration', [dump.refused()])


def phase_outcome(tap, centre, dump, manager):
    """What a shop's program tells of a call, by either channel."""
    caller = centre.call('order', Caller('1001', '79160000009').talk(2500).hang_up(), 1, 1)
    seen = len(dump.of_kind('call.answered'))
    wait_until(lambda: len(dump.of_kind('call.answered')) > seen, 10, 'a call to be answered')
    call = dump.of_kind('call.answered')[-1]['call']
    manager.action('UserEvent', UserEvent='CallOutcome', Uniqueid=call.split(':')[0], Order='4711', Amount='1990.50',
                   Currency='RUB', Topic='доставка', Callback='wanted')
    wait_until(lambda: dump.of_kind('call.outcome'), 5, 'the outcome')
    event = dump.of_kind('call.outcome')[-1]
    tap.check((event['call'], event['order'], event['amount_minor'], event['currency'], event['topic'], event['callback'])
              == (call, '4711', 199050, 'RUB', 'доставка', 'wanted'), 'an order and its topic', [event])
    caller.wait(20)


def phase_listen_in(tap, centre, dump, manager):
    """A supervisor listens in on a call: nothing that counts."""
    caller = centre.call('listened', Caller('1001', '79160000016').talk(5000).hang_up(), 1, 1)
    seen = len(dump.of_kind('call.answered'))
    spies = []
    manager.handlers.append(lambda event: spies.append(event['Event']) if event.get('Event', '').startswith('ChanSpy') else None)
    connected = []
    manager.handlers.append(lambda event: connected.append(event) if event.get('Event') == 'AgentConnect' else None)
    wait_until(lambda: connected and len(dump.of_kind('call.answered')) > seen, 10, 'a call to be answered')
    legs = len(ledger.from_events(dump.lines))
    manager.action('Originate', Channel='PJSIP/251', Application='ChanSpy', Data=connected[-1]['DestUniqueid'] + ',uqE',
                   CallerID='"Listen" <999>', Async='true')
    wait_until(lambda: 'ChanSpyStart' in spies, 10, 'the supervisor to listen in')
    time.sleep(0.5)
    states = [e['state'] for e in dump.of_kind('operator.state') if e['name'] == 'Pavel']
    tap.check(states[-1] == 'ready', 'who listens in is in no call of their own', [states])
    caller.wait(20)
    wait_until(lambda: 'ChanSpyStop' in spies, 10, 'the listening to end')
    tap.check(len(ledger.from_events(dump.lines)) == legs, 'and makes no call')


def phase_restart(tap, centre, dump, server, manager):
    """The PBX restarts with calls talking and waiting."""
    before = len(dump.of_kind('call.answered'))
    joined = len(dump.of_kind('call.joined'))
    gaps = len(dump.of_kind('source.gap'))
    centre.call('cut-off', Caller('1001', '79160000010').talk(60000).hang_up(), 11, 4)
    wait_until(lambda: len(dump.of_kind('call.answered')) >= before + 8
               and len(dump.of_kind('call.joined')) >= joined + 11, 30, '8 calls talking and 3 waiting')
    time.sleep(2.5)
    manager.close()
    with Manager(centre.asterisk.ami_port) as other:
        try:
            other.action('Command', Command='core restart now')
        except (Failure, OSError):
            pass   # it is gone before it answers
    wait_until(lambda: len(dump.of_kind('source.gap')) >= gaps + 4, 40, 'the source to be back after the restart')
    for caller in centre.callers:
        caller.stop()
    centre.callers = []
    for phone in [each for each in centre.telephones if '/agent-20' in each.path]:
        phone.stop()
    centre.renew_telephones('20')
    centre.call('after', Caller('1001', '79160000011').talk(1200, 2000).hang_up(), 12, 3)
    centre.wait_callers(60)
    compare(tap, 'restart of the PBX', centre.asterisk, dump)
    compare_server(tap, 'restart of the PBX', centre.asterisk, server)
    ended = [e for e in dump.of_kind('call.ended') if e.get('ended_by') == 'system' and e.get('backfilled')]
    tap.check(len(ended) >= 3, 'calls the restart cut off are ended by the system (%d)' % len(ended))


def phase_server_restart(tap, centre, server):
    """The server is away while calls go on: it learns of them when it is back."""
    tap.check(server.stop(), 'the server ends cleanly')
    centre.call('meanwhile', Caller('1001', '79160000013').talk(800, 1500).hang_up(), 8, 4)
    centre.call('over-it', Caller('1001', '79160000014').talk(9000).hang_up(), 2, 4)
    time.sleep(4)
    server.start()
    centre.wait_callers(40)
    compare_server(tap, 'restart of the server', centre.asterisk, server)


def phase_forged(tap, centre, dump, server):
    naive = Dump(centre.build, centre.asterisk, queue_words(), user='naive', secret='naive-secret')
    for header, name in (('X-Peers-Trunk: yes', 'filtered'), ('X-Peers-Naive: yes', 'naive')):
        before, refused, joined = naive.refused(), dump.refused(), len(dump.of_kind('call.joined'))
        for i, number in enumerate(FORGERIES):
            centre.call('forged-%s-%d' % (name, i), Caller('1001', number.replace('@NOW@', str(int(time.time()))), header).talk(1500).hang_up(), 1, 5)
            centre.call('honest-%s-%d' % (name, i), Caller('1001', '79160000012', header).talk(1000).hang_up(), 1, 5)
        centre.wait_callers(60)
        wait_until(lambda: len(dump.of_kind('call.joined')) >= joined + 2 * len(FORGERIES), 10, 'all forged calls')
        strangers = forgers(dump) if name == 'naive' else ()
        compare(tap, 'forged numbers, %s dialplan' % name, centre.asterisk, dump, strangers)
        if name == 'filtered':
            tap.check(dump.refused() == refused, 'documented user and FILTER lines: nothing forged arrives',
                      [dump.refused(), refused])
        else:
            tap.check(naive.refused() > before and dump.refused() > refused,
                      'without them forged events arrive and are refused (%d, %d)'
                      % (naive.refused() - before, dump.refused() - refused))
        compare_server(tap, 'forged numbers, %s dialplan' % name, centre.asterisk, server, strangers)
    known = {e['call'] for e in dump.of_kind('call.joined')}
    told = ledger.from_events(naive.lines)
    log = {key: leg for key, leg in honest_log(centre.asterisk).items() if key in told}
    wrong = ledger.differences(log, told, forgers(naive))
    tap.check(not wrong, 'a user who gets all events counts the same', wrong)
    tap.check(len(told) == 4 * len(FORGERIES), 'and has all %d calls' % (4 * len(FORGERIES)), [len(told), len(known)])
    tap.check(not [e for e in naive.lines + dump.lines if e.get('order') == '1' or e.get('queue') == 'vip'],
              'no forged outcome, no forged queue')
    tap.check(not [e for e in naive.of_kind('operator.state') if e.get('state') == 'break'], 'no forged break')
    tap.check(naive.stop(), 'the second source ends cleanly')


def check_stray(tap, centre, server):
    """Who waits is recorded too: only a file nobody's call made is without a call."""
    folder = centre.asterisk.recordings
    with open(os.path.join(folder, 'stray.wav'), 'wb') as file:
        file.write(b'RIFF')
    # Calls that passed while the server was away get theirs once a later one has told where they lie.
    try:
        wait_until(lambda: not [call for call in server.calls() if call.get('answered_ms') and not call.get('recording')],
                   60, 'the recordings of all calls')
    except Failure:
        pass
    for name in os.listdir(folder):
        os.utime(os.path.join(folder, name), (time.time() - 7200, time.time() - 7200))
    found = server.get('/recordings/unmatched')
    tap.check([file['name'] for file in found['files']] == ['stray.wav'] and found['complete'],
              'one file of %d is without a call' % len(os.listdir(folder)), [found])


def run(tap, build, state):
    os.makedirs(state, exist_ok=True)
    centre = Centre(state)
    centre.build = build
    server = None
    try:
        centre.start()
        tap.say(centre.asterisk.version())
        proxy = Proxy(centre.asterisk.ami_port)
        dump = Dump(build, centre.asterisk, queue_words(), port=proxy.port)
        server = Server(build, centre.asterisk, {'shop': SHOP, 'other': OTHER}, WRAP_UP_MS / 1000, ami_port=proxy.port)
        manager = Manager(centre.asterisk.ami_port)
        phase_traffic(tap, centre, proxy, dump, server, manager)
        phase_outcome(tap, centre, dump, manager)
        phase_listen_in(tap, centre, dump, manager)
        phase_restart(tap, centre, dump, server, manager)
        phase_server_restart(tap, centre, server)
        phase_forged(tap, centre, dump, server)
        check_stray(tap, centre, server)
        tap.check(dump.stop(), 'the source ends cleanly, without a leak')
        tap.check(server.stop(), 'the server ends cleanly, without a leak')
    finally:
        if server is not None and server.process.poll() is None:
            server.process.kill()
        centre.stop()
