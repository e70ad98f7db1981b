# SPDX-License-Identifier: GPL-3.0-or-later
"""Marks on a recording, the way a trainer makes them.

Marks with a key while it plays, drags an edge with the pointer, takes that
back and does it again, writes the marks to a file, removes them, takes them in
from the file, and compares.
"""
import os
import re
import subprocess
import sys
import time

from driver import Atspi, Failed, Suite, unlock_keyring, wait_for
from test_one_call import choose_filter, choose_row, documents, rows

SPEED = 30


def sign_in(suite):
    """A trainer signs in and opens a recorded call"""
    unlock_keyring()
    suite.server = suite.start_server(speed=SPEED)
    suite.server.token = suite.server.add_user("tester")
    app = suite.start_app(GSETTINGS_BACKEND="keyfile")
    app.window.find(name="Try the Demo", role="push button", seconds=60)
    app.connect(suite.server.url, suite.server.token)
    app.window.find(contains="Connected", seconds=60)
    app.key("ctrl+2")
    wait_for("calls in the list", lambda: rows(app), 30)
    choose_filter(app, "Result", "With a recording")
    wait_for("recorded calls", lambda: rows(app), 20)
    choose_row(app, 0)
    app.window.find(name="Play", seconds=40)
    time.sleep(1)


def notes(suite):
    """What the server has of them, without ids and times of writing."""
    found = []
    for document in documents(suite, "annotation"):
        body = document["body"]
        found.append((body["from_ms"], body["to_ms"], body.get("tag"), body.get("text") or ""))
    return sorted(found)


def wait_for_notes(suite, what, check):
    return wait_for(what, lambda: (found := notes(suite)) is not None and check(found) and [found], 30)[0]


def waveform(app):
    """Where the drawn recording is on the screen: its centre, and how wide it is."""
    node = app.window.find(name="Recording", role="slider", seconds=10)
    extents = Atspi.Component.get_extents(node.at, Atspi.CoordType.WINDOW)
    return extents.x, extents.y, extents.width, extents.height


def pointer(*commands):
    subprocess.run(["xdotool", *commands], check=True, timeout=20)


def focus_waveform(app):
    """By a click into it, as keys go where the focus is."""
    app.focus()
    x, y, width, height = waveform(app)
    pointer("mousemove", str(x + 30), str(y + height // 2), "sleep", "0.1", "click", "1", "sleep", "0.3")


def marks_while_playing(suite):
    """A key held while it plays marks a span with its tag"""
    app = suite.app
    focus_waveform(app)
    app.window.find(name="Play").press()
    time.sleep(1.0)
    focus_waveform(app)
    pointer("keydown", "1")
    time.sleep(3.0)
    pointer("keyup", "1")
    found = wait_for_notes(suite, "the marked span", lambda found: len(found) == 1)
    begin, end, tag, _ = found[0]
    if tag != "greeting" or not 1000 <= end - begin <= 8000:
        raise Failed(f"the key marked {found[0]}")
    time.sleep(0.5)
    pointer("key", "2")
    found = wait_for_notes(suite, "the marked point", lambda found: len(found) == 2)
    points = [one for one in found if one[2] == "need"]
    if len(points) != 1 or points[0][0] != points[0][1]:
        raise Failed(f"a tapped key marked {points}")
    app.window.find(name="Pause").press()
    app.picture(os.path.join(suite.pictures, "studio-marked.png"))


def position(app):
    """Where the player is, in seconds, as the page says it."""
    for node in app.window.all(role="label"):
        found = re.match(r"^(\d+):(\d\d\.\d)$", node.text)
        if found:
            return int(found.group(1)) * 60 + float(found.group(2))
    return None


def edge_of(suite, at_ms):
    """Where on the screen a moment is drawn.

    The tree knows the recording's place but for the window's shadow: a click in
    the middle of it tells how far that is off.
    """
    app = suite.app
    x, y, width, height = waveform(app)
    length = length_of(app)
    before = position(app)
    app.focus()
    pointer("mousemove", f"{x + width / 2:.0f}", f"{y + height // 2}", "sleep", "0.1", "click", "1")
    wait_for("the click to move the player", lambda: position(app) not in (before, None), 10)
    off = position(app) / length * width - width / 2
    return x + width * at_ms / 1000.0 / length - off, y + height // 2


def length_of(app):
    """Of the recording, in seconds, as the page says it."""
    for node in app.window.all(role="label"):
        found = re.match(r"^/ (\d+):(\d\d)$", node.text)
        if found:
            return int(found.group(1)) * 60 + int(found.group(2)) + 0.5
    raise Failed("the page does not say how long the recording is")


def drags_an_edge(suite):
    """The end of the span is dragged further with the pointer"""
    app = suite.app
    suite.marked = notes(suite)
    span = next(one for one in suite.marked if one[2] == "greeting")
    x, y = edge_of(suite, span[1])
    app.focus()
    time.sleep(0.5)
    pointer("mousemove", f"{x - 8:.0f}", f"{y:.0f}", "sleep", "0.2", "mousemove", f"{x:.0f}", f"{y:.0f}", "sleep", "0.3",
            "mousedown", "1", "sleep", "0.3", "mousemove", f"{x + 6:.0f}", f"{y:.0f}", "sleep", "0.1",
            "mousemove", f"{x + 20:.0f}", f"{y:.0f}", "sleep", "0.2", "mousemove", f"{x + 60:.0f}", f"{y:.0f}",
            "sleep", "0.3", "mouseup", "1")
    suite.dragged = wait_for_notes(suite, "the longer span", lambda found: found != suite.marked)
    longer = next(one for one in suite.dragged if one[2] == "greeting")
    if longer[0] != span[0] or longer[1] <= span[1]:
        raise Failed(f"the span was {span} and is {longer}")


def undoes(suite):
    """Ctrl+Z takes the drag back and says so, Ctrl+Shift+Z does it again"""
    app = suite.app
    app.key("ctrl+z")
    app.window.find_toast("Undone: note moved", 10)
    wait_for_notes(suite, "the span as it was", lambda found: found == suite.marked)
    app.key("ctrl+shift+z")
    app.window.find_toast("Done again: note moved", 10)
    wait_for_notes(suite, "the longer span again", lambda found: found == suite.dragged)


def choose_in_menu(app, item):
    app.window.find(role="push button", name="More about notes").press()
    found = wait_for(f"the menu's “{item}”",
                     lambda: [node for node in app.root.all(name=item) if node.role in ("menu item", "push button")], 10)
    found[-1].press()


def exports(suite):
    """The marks are written to a file"""
    app = suite.app
    suite.file = suite.path("marks.csv")
    choose_in_menu(app, "Export Marks…")
    wait_for("the file chooser", lambda: len(app.windows()) > 1, 10)
    time.sleep(1)
    app.key("ctrl+a")
    subprocess.run(["xdotool", "type", "--delay", "20", suite.file], check=True, timeout=30)
    app.key("Return")
    app.window.find_toast("2 marks saved", 30)
    if not os.path.exists(suite.file):
        raise Failed("the marks are said to be saved, and are not")


def imports(suite):
    """Removed and taken in again from the file, they are the same"""
    app = suite.app
    for left in (1, 0):
        app.window.find(role="push button", name="Remove this note").press()
        wait_for_notes(suite, "a note to go", lambda found, left=left: len(found) == left)
    choose_in_menu(app, "Import Marks…")
    wait_for("the file chooser", lambda: len(app.windows()) > 1, 10)
    time.sleep(1)
    subprocess.run(["xdotool", "type", "--delay", "20", suite.file], check=True, timeout=30)
    app.key("Return")
    app.root.find(contains="Import 2 marks?", seconds=20)
    app.picture(os.path.join(suite.pictures, "studio-import.png"))
    app.root.find(role="push button", name="Import", seconds=10).press()
    found = wait_for_notes(suite, "the marks from the file", lambda found: len(found) == 2)
    if found != suite.dragged:
        raise Failed(f"written {suite.dragged}, read {found}")
    app.picture(os.path.join(suite.pictures, "studio-imported.png"))
    app.key("ctrl+z")
    wait_for_notes(suite, "the import to be taken back", lambda found: not found)


def leaves_quietly(suite):
    """It ends in order, without a warning in its log"""
    suite.app.leave()


if __name__ == "__main__":
    sys.exit(Suite("studio").run([sign_in, marks_while_playing, drags_an_edge, undoes, exports, imports, leaves_quietly]))
