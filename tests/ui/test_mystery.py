# SPDX-License-Identifier: GPL-3.0-or-later
"""A test call from the first telephone line to its score in the list.

Anna signs in, adds a line of a real Asterisk and tries it, takes a ready
scenario, agrees to the rules and calls: a menu and a person of recorded words
answer. The computer says a step for her, she scores while they talk, and finds
the call with its score where it was made. Then the application is killed while
it rings and while somebody speaks, and has both calls when it starts again. At
last the computer makes the calls of a colleague's campaign.
"""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

from driver import App, Failed, Suite, wait_for
from test_one_call import documents

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "peers"))
from calls import loudness  # noqa: E402
from sip_peer import PASSWORD  # noqa: E402
from sound import Wave  # noqa: E402
from test_sip_asterisk import Pbx  # noqa: E402

NUMBER = "750"
LINE = "Office"
SCENARIO = "Return outside 14 days"
NOTE = "Sounded in a hurry"
NOBODYS_NUMBER = "799"
CHECK = "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1c01"
CAMPAIGN = "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1c02"
CAMPAIGN_TITLE = "Does anybody answer?"
GREETING = "Good evening, this is the shoe shop, how may I help you?"
# Rings for a second, the second time for a minute; is answered by somebody who says a few words and waits.
PERSON = """
[line]
exten => {number},1,Set(GLOBAL(CALLS)=$[0${{CALLS}} + 1])
 same => n,Ringing()
 same => n,Wait(${{IF($["${{CALLS}}" = "2"]?60:1)}})
 same => n,Answer()
 same => n,Playback({state}/greeting)
 same => n,Wait(5)
 same => n,Playback({state}/answer)
 same => n,Wait(60)
 same => n,Hangup(16)
"""


def speak(path, words):
    """As Asterisk plays it: 8 kHz, one channel."""
    subprocess.run(["flite", "-t", words, "-o", path + "-22.wav"], check=True, timeout=30, stdin=subprocess.DEVNULL)
    subprocess.run(["sox", path + "-22.wav", "-r", "8000", "-c", "1", "-b", "16", path + ".wav"], check=True, timeout=30)


class Exchange(Pbx):
    """Stopped as the other programs of a suite are."""

    def __init__(self):
        # Below /tmp, as the cage of the exchange wants it.
        state = tempfile.mkdtemp(prefix="sidetone-ui-pbx-", dir="/tmp")
        super().__init__(state)
        self.extra_dialplan = PERSON.format(number=NUMBER, state=state)
        speak(os.path.join(state, "greeting"), GREETING)
        speak(os.path.join(state, "answer"), "I am afraid it is too late for that, I am sorry.")

    def stop(self):
        super().stop()
        shutil.rmtree(self.state, ignore_errors=True)


def begin(suite):
    """Anna signs in beside a telephone exchange"""
    suite.pbx = Exchange()
    suite.programs.append(suite.pbx)
    suite.pbx.start()
    suite.server = suite.start_server(speed=1)
    suite.app = suite.start_person("anna", suite.server, suite.server.add_user("anna"))


def window_of(app, name, seconds=15):
    return wait_for(f"the window “{name}”", lambda: next((node for node in app.root.children() if node.name == name), None), seconds)


def states(dialog):
    """Of the steps of a line's test."""
    steps = dialog.find(role="list", name="Steps of the test", seconds=10)
    return [row.at.get_description() for row in steps.children()]


def adds_line(suite):
    """She adds a telephone line, and its test says that it works"""
    app = suite.app
    app.key("ctrl+5")
    app.window.find(role="list", name="Scenarios", seconds=20, showing=False)
    wait_for("the main menu", lambda: app.window.all(role="push button", name="Main menu"), 10)[-1].press()
    app.window.find(role="menu item", contains="Telephone Lines").press()
    window_of(app, "Telephone Lines").find(role="push button", name="Add a Line…").press()
    dialog = window_of(app, "New Telephone Line")
    for name, text in (("Name of the line", LINE), ("User", "alice"), ("Password", PASSWORD), ("Domain", "127.0.0.1")):
        dialog.find(role="text", name=name).type(text)
    app.tab_to(dialog.find(role="push button", name="Test"))
    server = dialog.find(role="text", name="Server or outbound proxy, if not the domain", showing=False)
    server.type("127.0.0.1:1")
    dialog.find(role="push button", name="Test").press()
    wait_for("the test to fail", lambda: "failed" in states(dialog), 30)
    app.picture(os.path.join(suite.pictures, "mystery-line-wrong.png"))
    server.type("127.0.0.1:%d" % suite.pbx.sip_port)
    dialog.find(role="push button", name="Test").press()
    wait_for("every step of the test to work", lambda: set(states(dialog)) == {"works"}, 30)
    app.picture(os.path.join(suite.pictures, "mystery-line.png"))
    dialog.find(role="push button", name="Save").press()
    lines = window_of(app, "Telephone Lines")
    lines.find(contains=LINE)
    lines.find(role="push button", name="Close").press()


def takes_scenario(suite):
    """She takes a ready scenario and chooses the script it is scored with"""
    app = suite.app
    app.window.find(role="push button", name="Ready Scenarios…").press()
    dialog = window_of(app, "Ready Scenarios")
    app.tab_to(dialog.find(role="list item", contains=SCENARIO))
    app.key("Return")
    app.window.find(role="text", name="Number", seconds=10).type(NUMBER)
    app.tab_to(app.window.find(role="combo box", name="Script to score with"), 120)
    app.key("space", "End", "Return")
    app.picture(os.path.join(suite.pictures, "mystery-scenario.png"))
    app.window.find(role="push button", name="Edit").press()
    wait_for("the scenario on the server", lambda: documents(suite, "scenario"), 20)


def calls(suite):
    """She agrees to the rules and calls; a person answers"""
    app = suite.app
    app.window.find(role="push button", name="Call…").press()
    rules = window_of(app, "Rules of Test Calls")
    for box in [each for each in rules.all(role="check box") if "Record" not in each.name.split()]:
        app.tab_to(box)
        app.key("space")
    rules.find(role="push button", name="I Keep to Them").press()
    suite.call = wait_for("the window of the call", lambda: next((node for node in app.root.children()
                          if SCENARIO in node.name and node.all(role="push button", name="Call")), None), 15)
    suite.call.find(role="push button", name="Call").press()
    suite.call.find(contains="Hang Up", seconds=20)
    app.picture(os.path.join(suite.pictures, "mystery-call.png"))


def button(node, words):
    """One with a picture beside its words has these in a label alone."""
    return wait_for(f"the button “{words}”", lambda: next((each for each in node.all(role="push button")
                    if words in each.name or any(words in label for label in each.labels)), None), 20)


def scores(suite):
    """The computer says a step for her, and she scores while they talk"""
    button(suite.call, "Say Step 1").press()
    wait_for("the first step to be said", lambda: [node for node in suite.call.all(role="push button")
                                                   if any("Say Step 2" in label for label in node.labels)], 60)
    suite.call.find(role="push button", name="Yes").press()
    suite.app.picture(os.path.join(suite.pictures, "mystery-scored.png"))
    button(suite.call, "Hang Up").press()


def made(suite):
    """The test call on the server, once it is over and scored."""
    return [call["body"] for call in documents(suite, "test-call") if call["body"].get("ended_ms") and call["body"].get("answers")]


def finds_it(suite):
    """The call is kept with what was answered, and stands in the list without a score yet"""
    call = wait_for("the call on the server", lambda: made(suite), 30)[0]
    if call["number"] != NUMBER or call["steps"][0]["by"] != "computer" or not call.get("answered_ms"):
        raise Failed(f"another call: {call}")
    if call.get("rules", {}).get("by") != "anna" or call["rules"]["version"] != 1 or call["rules"]["at_ms"] > call["dialled_ms"]:
        raise Failed(f"it does not say who acknowledged the rules: {call.get('rules')}")
    suite.call.find(role="push button", name="Close").press()
    rows = suite.app.window.find(role="list", name="Scenarios")
    # One answer of eight, and be it the best, is no score of 100.
    wait_for("the call in the list", lambda: "–" in rows.labels, 20)
    if "100" in rows.labels:
        raise Failed(f"one answer of eight is called a score: {rows.labels}")
    suite.app.picture(os.path.join(suite.pictures, "mystery-list.png"))


# -- the application is killed

def dialled(suite):
    """The test calls on the server, the last one first."""
    return sorted((call["body"] for call in documents(suite, "test-call")), key=lambda call: -call["dialled_ms"])


def calls_again(suite, number):
    """Until the server knows of the call of this number."""
    app = suite.app
    app.key("ctrl+5")
    app.window.find(role="push button", name="Call…", seconds=20).press()
    window = wait_for("the window of the call", lambda: next((node for node in app.root.children()
                      if SCENARIO in node.name and node.all(role="push button", name="Call")), None), 15)
    window.find(role="push button", name="Call").press()
    wait_for("the call on the server", lambda: len(dialled(suite)) == number, 20)
    return window


def recordings(suite):
    return [os.path.join(folder, name) for folder, _, names in os.walk(suite.path("anna"))
            if os.path.basename(folder) == "test-calls" for name in names]


def starts_again(suite):
    """As Anna would: it knows where it was."""
    suite.app = App(suite.path("anna.log"), **suite.computers[0].environment)
    suite.programs.append(suite.app)
    suite.app.window.find(contains="Connected", seconds=60)


def recovered(suite):
    """The last call, once it has an end."""
    return wait_for("the end of the call that was cut off", lambda: dialled(suite)[0].get("ended_ms") and dialled(suite), 30)[0]


def killed_while_it_rings(suite):
    """Killed while it rings, it has the call after its next start, without a recording"""
    calls_again(suite, 2)
    wait_for("the call to ring", lambda: dialled(suite)[0].get("ringing_ms"), 20)
    kept = [path for path in recordings(suite) if path.endswith(".wav")]
    if len(kept) != 1 or len(recordings(suite)) != 2:
        raise Failed(f"no file of the call that goes on: {recordings(suite)}")
    killed_ms = time.time() * 1000
    suite.app.kill()
    if dialled(suite)[0].get("ended_ms"):
        raise Failed("the call was over already")
    starts_again(suite)
    call = recovered(suite)
    if call.get("recording") or call.get("answered_ms"):
        raise Failed(f"it was not answered: {call}")
    if not call["ringing_ms"] <= call["ended_ms"] <= killed_ms + 1000:
        raise Failed(f"killed at {killed_ms:.0f}: {call}")
    if [segment["kind"] for segment in call["segments"]][:1] != ["dialling"]:
        raise Failed(f"its segments: {call['segments']}")
    if sorted(recordings(suite)) != sorted(kept):
        raise Failed(f"left behind: {recordings(suite)}, was {kept}")


def killed_while_they_speak(suite):
    """Killed while somebody speaks, it has the call with all that was recorded until then"""
    calls_again(suite, 3)
    wait_for("somebody to answer", lambda: dialled(suite)[0].get("answered_ms"), 20)
    time.sleep(6)
    killed_ms = time.time() * 1000
    suite.app.kill()
    if dialled(suite)[0].get("ended_ms"):
        raise Failed("the call was over already")
    starts_again(suite)
    call = recovered(suite)
    path = next((path for path in recordings(suite) if os.path.basename(path) == call.get("recording")), None)
    if path is None or any(each.endswith(".part") for each in recordings(suite)):
        raise Failed(f"no recording, or not under its name: {recordings(suite)}, {call}")
    with open(path, "rb") as file:
        data = file.read()
    wave = Wave(data)
    if hashlib.sha256(data).hexdigest() != call["recording_sha256"]:
        raise Failed("its checksum is another one")
    # From the first packet to the kill, but for what was not on the disk yet.
    if abs(call["recorded_ms"] - call["answered_ms"]) > 500 or not -1 <= call["ended_ms"] - call["recorded_ms"] - wave.seconds * 1000 <= 1000:
        raise Failed(f"{wave.seconds:.2f} s from {call['recorded_ms']}: {call}")
    if not -100 <= killed_ms - call["ended_ms"] <= 1500:
        raise Failed(f"it ends {killed_ms - call['ended_ms']:.0f} ms before the kill")
    if loudness(wave, 1, 0.3, 2.3) < -35 or loudness(wave, 0, 0.3, 2.3) > -60:
        raise Failed(f"the greeting is recorded with {loudness(wave, 1, 0.3, 2.3):.0f} dB there and {loudness(wave, 0, 0.3, 2.3):.0f} dB here")
    # Who it was that spoke is another test's: a busy machine loses so much of the sound that it may not be told.
    if not any(segment["kind"] in ("person", "menu", "other") for segment in call["segments"]):
        raise Failed(f"nothing was heard in it: {call['segments']}")
    if max(segment["to_ms"] for segment in call["segments"]) != call["ended_ms"] - call["dialled_ms"]:
        raise Failed(f"its segments do not go to its end: {call['segments']}")


# -- the computer calls

def write_campaign(suite):
    """A colleague's, with Anna as a caller: a number that greets as it should, and one that is nobody's, twice."""
    session = suite.server.get("/session")
    owner, project = session["user"], session["projects"][0]["id"]
    path = suite.path("check.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"id": CHECK, "project": project, "title": "Evening check", "version": 1, "language": "en", "steps": [], "robot": True}, file)
    subprocess.run(["sidetonectl", "scenario", "prompt", path, "greeting", os.path.join(suite.pbx.state, "greeting.wav")], check=True, timeout=30)
    with open(path, encoding="utf-8") as file:
        suite.server.put("scenario", dict(json.load(file), author=owner))
    now = int(time.time() * 1000)
    calls = [{"at_ms": now - 60000 + 1000 * i, "scenario": CHECK, "number": number}
             for i, number in enumerate([NUMBER, NOBODYS_NUMBER, NOBODYS_NUMBER])]
    suite.server.put("campaign", {"id": CAMPAIGN, "project": project, "title": CAMPAIGN_TITLE, "author": owner, "callers": ["anna"],
                                  "scenarios": [CHECK], "count": len(calls), "calls": calls, "robot": True, "seed": "evening",
                                  "from_ms": now - 86400000, "to_ms": now + 86400000, "fail_n": 2, "fail_m": 2})


def computer_calls(suite):
    """The computer makes the calls of a campaign, hears the greeting, and says that one number fails"""
    app = suite.app
    write_campaign(suite)
    app.key("ctrl+5")
    app.window.find(role="page tab", name="Campaigns", seconds=20).press()
    app.window.find(contains="3 are due", seconds=20)
    app.tab_to(app.window.find(role="check box", name="Make these calls from this computer"))
    app.key("space")
    app.window.find(contains="Calls fail", seconds=60)
    app.window.find(contains=f"2 of the last 2 calls failed: Evening check, {NOBODYS_NUMBER}")
    app.picture(os.path.join(suite.pictures, "mystery-campaign.png"))
    made_by_it = [call for call in reversed(dialled(suite)) if call.get("campaign") == CAMPAIGN]
    if [(call["number"], call["robot"]) for call in made_by_it] != [(NUMBER, True), (NOBODYS_NUMBER, True), (NOBODYS_NUMBER, True)]:
        raise Failed(f"other calls: {made_by_it}")
    if [prompt["state"] for prompt in made_by_it[0]["prompts"]] != ["heard"]:
        raise Failed(f"the greeting: {made_by_it[0]['prompts']}")
    app.window.find(role="page tab", name="Results").press()
    app.window.find(contains="Lines Compared on the Same Scenarios", seconds=10)
    app.window.find(contains="0 % (0–66), n 2")


def leave_quietly(suite):
    """She leaves; no warning is in the log, and no password"""
    with open(suite.path("anna.log"), encoding="utf-8", errors="replace") as log:
        if PASSWORD in log.read():
            raise Failed("the password is in the log")
    suite.app.leave()


if __name__ == "__main__":
    sys.exit(Suite("mystery").run([begin, adds_line, takes_scenario, calls, scores, finds_it, killed_while_it_rings,
                                   killed_while_they_speak, computer_calls, leave_quietly]))
