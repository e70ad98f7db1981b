# SPDX-License-Identifier: GPL-3.0-or-later
"""One call from the queue to a score, the way a person goes.

Signs in to a simulated call centre, sees calls come, opens a recorded one,
plays it, makes a note, scores it, starts anew and finds all of it again; then
without a server: reads, notes, scores, and what was written reaches the
server when it is back.
"""
import os
import re
import sys
import time

from driver import Failed, Suite, unlock_keyring, wait_for

NOTE = "Назвала магазин и себя"
OFFLINE_NOTE = "Written without a network"


SPEED = 30  # even in the small hours a call comes every few seconds


def seconds(text):
    found = re.search(r"(\d+):(\d+)", text)
    return int(found.group(1)) * 60 + int(found.group(2)) if found else None


def sign_in(suite):
    """A newcomer signs in to a server with a token"""
    unlock_keyring()
    suite.server = suite.start_server(speed=SPEED)
    suite.server.token = suite.server.add_user("tester")
    app = suite.start_app(GSETTINGS_BACKEND="keyfile")
    app.window.find(name="Try the Demo", role="push button", seconds=60)
    app.connect(suite.server.url, suite.server.token)
    app.window.find(contains="Connected", seconds=60)


def sees_calls_come(suite):
    """The Live page shows calls as they come"""
    app = suite.app

    def answered():
        tile = app.window.all(role="push button", contains="Answered")
        found = re.search(r"Answered: (\d+)", tile[0].name) if tile else None
        return int(found.group(1)) if found else None

    before = wait_for("a number of answered calls", lambda: (number := answered()) is not None and (number,), 20)[0]
    # At midnight they are counted anew.
    wait_for("one more answered call", lambda: (answered() or before) != before, 120)
    app.picture(os.path.join(suite.pictures, "one-call-live.png"))


def open_page(app, name):
    for node in app.window.all(role="list item", name=name) + app.window.all(name=name):
        try:
            node.at.get_parent()
            node.press()
            return
        except Failed:
            continue
    app.key("ctrl+2" if name == "Calls" else "ctrl+1")


def rows(app):
    found = app.window.all(role="list", name="Calls")
    return [row for row in (found[0].children() if found else []) if row.showing]


def choose_row(app, index):
    app.window.all(role="list", name="Calls")[0].select_child(index)


def choose_filter(app, name, choice):
    """Opens a filter's choices and takes the last one, which must be this one."""
    app.window.all(role="push button", name="+ " + name)[-1].press()
    app.window.find(name=choice, seconds=10)
    app.key("End", "Return")
    app.window.find(role="push button", name=choice, seconds=10)


def choose_recorded(suite):
    """A recorded call of the list opens with its recording"""
    app = suite.app
    app.key("ctrl+2")
    wait_for("calls in the list", lambda: rows(app), 30)
    choose_filter(app, "Result", "With a recording")
    wait_for("recorded calls", lambda: rows(app), 20)
    choose_row(app, 0)
    app.window.find(name="Play", seconds=40)
    app.picture(os.path.join(suite.pictures, "one-call-calls.png"))


def plays(suite):
    """Playing moves the position on"""
    app = suite.app
    app.window.find(name="Play").press()

    def position():
        for node in app.window.all(role="slider") + app.window.all(role="label"):
            found = re.match(r"^(\d+:\d\d(?:\.\d)?)", node.text)
            if found and "." in found.group(1):
                return seconds(found.group(1))
        return None

    wait_for("a position of two seconds", lambda: (position() or 0) >= 2, 20)
    app.window.find(name="Pause").press()


def makes_a_note(suite):
    """A note is written at that moment"""
    write_note(suite.app, NOTE)


def write_note(app, text):
    app.window.find(role="push button", contains="Note at").press()
    app.window.find(name="Text of the note", seconds=5).type(text)
    app.window.find(role="push button", name="Save").press()
    app.window.find(contains=text, seconds=10)


def scores(suite):
    """The call is scored, answer by answer"""
    app = suite.app
    answers = app.window.all(role="push button", name="Yes")
    if len(answers) < 4:
        raise Failed(f"only {len(answers)} questions in the form")
    for button in answers:
        button.press()
    app.window.find(contains="Draft saved", seconds=10)
    app.window.find(name="Finish review", role="push button").press()
    finish_all_the_same(app)
    app.window.find(contains="Finished", seconds=10)
    app.window.find(contains="Score 100 of 100", seconds=5)
    app.picture(os.path.join(suite.pictures, "one-call-scored.png"))


def finish_all_the_same(app):
    """Whoever heard little of a call is asked; Cancel has the keyboard, Tab goes on to what finishes it."""
    def asked():
        return next((node for node in app.root.children() if node.name == "Finish All the Same?"), None)

    wait_for("the end of the review, or the question", lambda: asked() or app.window.all(role="label", contains="Finished"), 10)
    if (dialog := asked()) is None:
        return
    if not dialog.all(role="label", contains="heard"):
        raise Failed("it is not said how much was heard")
    app.tab_to(dialog.find(role="push button", name="Finish"))
    app.key("Return")


def restarts(suite):
    """After a restart all of it is there again"""
    app = suite.app
    wait_for("everything to be sent", lambda: documents(suite, "review") and documents(suite, "annotation"), 20)
    app.leave()
    app = suite.start_app(GSETTINGS_BACKEND="keyfile")
    sign_in_again(suite, app)
    find_scored(app)


def sign_in_again(suite, app):
    """The server is remembered, and its token lies with the secret service."""
    def known():
        return app.window.all(contains="Connected") or app.window.all(role="push button", name="Connect to a Server")
    wait_for("the window to know where it is", known, 30)
    if not app.window.all(contains="Connected"):
        app.connect(suite.server.url, suite.server.token)
        app.window.find(contains="Connected", seconds=30)


def find_scored(app):
    app.key("ctrl+2")
    wait_for("calls in the list", lambda: rows(app), 30)
    search = wait_for("the search of the calls",
                      lambda: [node for node in app.window.all(name="Search calls") if node.editable], 10)
    search[0].type("назвала МАГАЗИН")
    wait_for("the one call with that note", lambda: len(rows(app)) == 1, 15)
    app.window.all(role="list", name="Calls")[0].select_child(0)
    app.window.find(contains=NOTE, seconds=15)
    app.window.find(contains="Score 100 of 100", seconds=10)


def documents(suite, kind):
    feed = suite.server.get("/changes?since=0&limit=1000")
    return [document for document in feed["documents"] if document["kind"] == kind and not document.get("deleted")]


def works_offline(suite):
    """With the server gone: reads, notes and scores"""
    app = suite.app
    port = suite.server.port
    before = len(documents(suite, "annotation"))
    suite.server.stop()
    app.window.find(contains="Reconnecting", seconds=40)
    app.window.find(contains=NOTE, seconds=5)
    app.window.find(name="Play", seconds=10)
    write_note(app, OFFLINE_NOTE)
    app.window.find(role="push button", name="Revise…").press()
    reason = wait_for("the entry of the reason", lambda: [node for node in app.root.all(name="Reason") if node.editable], 10)
    reason[0].type("heard again")
    app.root.find(role="push button", name="Revise", seconds=10).press()
    app.window.all(role="push button", name="No")[0].press()
    app.window.find(contains="Revision 2, saved", seconds=10)
    app.picture(os.path.join(suite.pictures, "one-call-offline.png"))
    suite.offline = (port, before)


def catches_up(suite):
    """When the server is back, what was written reaches it"""
    port, before = suite.offline
    token = suite.server.token
    suite.server = suite.start_server(speed=SPEED, port=port)
    suite.server.token = token
    suite.app.window.find(contains="Connected", seconds=90)
    wait_for("the offline note on the server",
             lambda: any(OFFLINE_NOTE in (document.get("body") if isinstance(document.get("body"), str)
                                          else str(document.get("body")))
                         for document in documents(suite, "annotation")), 30)
    if len(documents(suite, "annotation")) != before + 1:
        raise Failed("the offline note is on the server more than once")


def leaves_quietly(suite):
    """It ends in order, without a warning in its log"""
    suite.app.leave()


if __name__ == "__main__":
    sys.exit(Suite("one-call").run([sign_in, sees_calls_come, choose_recorded, plays, makes_a_note, scores,
                                    restarts, works_offline, catches_up, leaves_quietly]))
