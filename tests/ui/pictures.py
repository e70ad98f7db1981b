# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the demo and writes a picture of each page: light, dark, Russian.

    pictures.py FOLDER [WIDTHxHEIGHT…] [light|dark|russian…]

Without a size, as large as a small screen. Pages are taken at each size that
is named, so far as the display is large enough, dialogs at the first. Walks through the application by keyboard and accessibility as a person would;
nothing in it knows of the pictures.
"""
import os
import subprocess
import sys
import time

from driver import App, Failed, wait_for

STYLES = {
    "light": {"LANG": "en_US.UTF-8"},
    "dark": {"LANG": "en_US.UTF-8", "ADW_DEBUG_COLOR_SCHEME": "prefer-dark"},
    "russian": {"LANG": "ru_RU.UTF-8", "LANGUAGE": "ru"},
}


def live_is_there(app):
    """Ten tiles: the Live page has its figures."""
    return len([node for node in app.window.all(role="push button") if any(c.isdigit() for c in node.name)]) >= 6


def fill_window(app, size):
    """There is no window manager here: the window is made as large as the screen would be."""
    width, height = size.split("x")
    for window in app.windows():
        subprocess.run(["xdotool", "windowmove", window, "0", "0", "windowsize", window, width, height], timeout=10,
                       check=False)
    time.sleep(1)


def shoot(app, folder, name, size):
    path = os.path.join(folder, name + ".png")
    app.picture(path)
    subprocess.run(["mogrify", "-crop", size + "+0+0", "+repage", path], check=False, timeout=30)
    print(path, flush=True)


def shoot_all(app, folder, name, sizes):
    """The page at each size; the first has the plain name. Ends at the first size."""
    for size in (*sizes[1:], sizes[0]):
        fill_window(app, size)
        shoot(app, folder, name if size == sizes[0] else f"{name}-{size}", size)


def calls_rows(app):
    lists = [node for node in app.window.all(role="list") if node.at.get_child_count() > 3]
    return lists[-1] if lists else None


def walk(folder, style, environment, sizes):
    app = App(os.path.join(folder, style + ".log"), ["--demo"], **environment)
    try:
        wait_for("the Live page", lambda: live_is_there(app), 120)
        fill_window(app, sizes[0])
        time.sleep(8)  # so that there is something on the sparklines and in the queues
        shoot_all(app, folder, f"{style}-1-live", sizes)
        app.key("ctrl+2")
        rows = wait_for("calls in the list", lambda: calls_rows(app), 60)
        time.sleep(3)
        for index in range(12):
            rows.select_child(index)
            time.sleep(1.2)
            # A player with a slider of the waveform: the call has a recording.
            if app.window.all(role="slider"):
                break
        time.sleep(3)
        shoot_all(app, folder, f"{style}-2-calls", sizes)
        for number, page in ((3, "reviews"), (4, "scripts"), (5, "test-calls"), (6, "operators")):
            app.key(f"ctrl+{number}")
            time.sleep(4)
            shoot_all(app, folder, f"{style}-{number}-{page}", sizes)
        app.key("ctrl+comma")
        time.sleep(1)
        shoot(app, folder, f"{style}-7-preferences", sizes[0])
        app.key("Escape")
        app.key("ctrl+question")
        time.sleep(1)
        shoot(app, folder, f"{style}-8-shortcuts", sizes[0])
        app.key("Escape")
    finally:
        app.stop()
    complaints = app.complaints()
    if complaints:
        raise Failed(f"the log of “{style}” complains: " + "; ".join(complaints[:3]))


def welcome(folder, sizes):
    app = App(os.path.join(folder, "welcome.log"))
    try:
        app.window.find(role="push button", name="Try the Demo")
        fill_window(app, sizes[0])
        shoot_all(app, folder, "light-0-welcome", sizes)
    finally:
        app.stop()


def main():
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    folder = sys.argv[1]
    wanted = [word for word in sys.argv[2:] if word in STYLES] or list(STYLES)
    sizes = [word for word in sys.argv[2:] if word not in STYLES] or ["1366x768"]
    os.makedirs(folder, exist_ok=True)
    try:
        if "light" in wanted:
            welcome(folder, sizes)
        for style in wanted:
            walk(folder, style, STYLES[style], sizes)
    except Failed as error:
        print(f"pictures: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
