# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the running application the way a screen reader does.

Finds widgets by role and name in the accessibility tree, presses, types, and
waits: every wait is bounded and says what it waited for. Nothing in the
application knows that it is being tested.
"""
import itertools
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

from look import Gone, Look, accessibility_address, plain_name, plain_role  # noqa: E402

Atspi.init()


LEAKS_FOUND = 99  # the exit status that ./dev test has LeakSanitizer end with
# Leaks of a library, told without a frame above GLib, as its quick unwinding ends there. With
# fast_unwind_on_malloc=0 one sees whose they are. One of ours told so would be in the same sum.
NOT_OURS = (
    # GLib's tables of quarks, abandoned on purpose when a greater one is taken. What lies in memory by chance may
    # point at one of them, so that it counts as known.
    *(f"Direct leak of {sum(tables)} byte(s) in {number} object(s)"
      for number in (1, 2, 3) for tables in itertools.combinations((16384, 32768, 49152), number)),
    # Three paths that libcloudproviders makes and forgets, once, when GTK's file chooser asks it for places.
    "Direct leak of 384 byte(s) in 3 object(s)",
)
LONG_LIST = 40  # rows from which on a list is not looked through: that takes seconds


class Failed(Exception):
    """What was waited for in vain, or not found."""


def wait_for(what, check, seconds=15.0):
    """Calls check until it returns something true, and returns that."""
    end = time.monotonic() + seconds
    problem = None
    while time.monotonic() < end:
        try:
            found = check()
            if found:
                return found
        except (gi.repository.GLib.Error, Gone) as error:
            problem = error  # a widget went away while it was looked at
        time.sleep(0.1)
    raise Failed(f"waited {seconds:g} s in vain for {what}" + (f" ({problem})" if problem else ""))


class Node:
    """One widget of the accessibility tree."""

    def __init__(self, accessible):
        self.at = accessible

    @property
    def name(self):
        return plain_name(self.at.get_name())

    @property
    def role(self):
        return plain_role(self.at.get_role_name())

    @property
    def text(self):
        """Its text, or its name where it has none."""
        try:
            length = Atspi.Text.get_character_count(self.at)
            if length:
                return Atspi.Text.get_text(self.at, 0, length)
        except gi.repository.GLib.Error:
            pass
        return self.name

    def children(self):
        for index in range(self.at.get_child_count()):
            child = self.at.get_child_at_index(index)
            if child is not None:
                yield Node(child)

    def walk(self, depth=60):
        """Itself and all below it, without the rows of a long list: ask that for its children."""
        yield self
        long_list = self.role == "list" and self.at.get_child_count() > LONG_LIST
        if depth and not long_list:
            for child in self.children():
                yield from child.walk(depth - 1)

    def look(self):
        """As walk(), but in one look at the application, as far as it tells of itself."""
        try:
            look = Look(self.at, LONG_LIST)
        except gi.repository.GLib.Error:
            look = None      # it has no answer of that kind
        seen = look and look.seen(self.at)
        yield from self._look(look, seen) if seen else self.walk()

    def _look(self, look, seen):
        yield seen
        for child, unseen in look.children(seen):
            yield from self._look(look, child) if child else Node(unseen).walk()

    def has(self, state):
        return self.at.get_state_set().contains(state)

    @property
    def showing(self):
        """GTK 4.8 has no state for it: what has no room is not shown."""
        if not self.has(Atspi.StateType.VISIBLE):
            return False
        try:
            extents = Atspi.Component.get_extents(self.at, Atspi.CoordType.WINDOW)
        except gi.repository.GLib.Error:
            return True
        return extents.width > 0 and extents.height > 0

    @property
    def sensitive(self):
        return self.has(Atspi.StateType.SENSITIVE)

    @property
    def has_focus(self):
        return any(node.has(Atspi.StateType.FOCUSED) for node in self.walk(6))

    @property
    def labels(self):
        """What is written in it, in the order it stands there."""
        return [node.text for node in self.walk(10) if node.role == "label" and node.text and node.showing]

    def matches(self, role=None, name=None, contains=None, showing=True):
        for node in self.look():
            try:
                if role is not None and node.role != role:
                    continue
                if name is not None and node.name != name:
                    continue
                if contains is not None and contains not in node.text and contains not in node.name:
                    continue
                if showing and not node.showing:
                    continue
                found = Node(node.at)
            except (gi.repository.GLib.Error, Gone):
                continue
            yield found

    def all(self, role=None, name=None, contains=None, showing=True):
        return list(self.matches(role, name, contains, showing))

    def find(self, role=None, name=None, contains=None, seconds=15.0, showing=True):
        what = f"a {role or 'widget'} “{name or contains or ''}”"

        return wait_for(what, lambda: next(self.matches(role, name, contains, showing), None), seconds)

    def find_toast(self, contains, seconds=15.0):
        """What is said in passing. It is there for five seconds, and a whole window with its lists takes as long to
        walk through on a busy machine: a toast is in none of them."""
        def labels(node):
            for child in node.children():
                role = child.role
                if role == "label":
                    yield child
                elif role not in ("list", "table", "list item", "drawing area"):
                    yield from labels(child)

        return wait_for(f"a toast “{contains}”",
                        lambda: next((node for node in labels(self) if contains in node.text), None), seconds)

    def gone(self, role=None, name=None, contains=None, seconds=15.0):
        wait_for(f"the {role or 'widget'} “{name or contains}” to go",
                 lambda: not self.all(role, name, contains), seconds)

    def press(self):
        """The widget's first action: click, toggle, activate."""
        taker = self
        if Atspi.Action.get_n_actions(self.at) == 0:
            # In a newer GTK a menu button is a button without an action, around the one that has it.
            taker = ([node for node in self.walk(2) if node.role == self.role and node.name == self.name] or [self])[-1]
        if Atspi.Action.get_n_actions(taker.at) == 0:
            raise Failed(f"the {self.role} “{self.name}” cannot be pressed")
        Atspi.Action.do_action(taker.at, 0)
        time.sleep(0.15)
        return self

    @property
    def editable(self):
        """What takes text: itself, or what is inside it, as in a search entry."""
        return next((node for node in self.walk() if "EditableText" in node.at.get_interfaces()), None)

    def type(self, text):
        taker = self.editable
        if taker is None or not Atspi.EditableText.set_text_contents(taker.at, text):
            raise Failed(f"the {self.role} “{self.name}” takes no text")
        time.sleep(0.1)
        return self

    def select_child(self, index):
        Atspi.Selection.select_child(self.at, index)
        time.sleep(0.15)

    def value(self):
        return Atspi.Value.get_current_value(self.at)

    def dump(self, depth=40, indent=0, out=sys.stderr):
        try:
            text = self.text
            print(f"{'  ' * indent}{self.role} “{self.name}”"
                  + (f" = “{text}”" if text != self.name else "")
                  + ("" if self.showing else " (hidden)"), file=out)
        except gi.repository.GLib.Error:
            return
        if depth:
            for child in self.children():
                child.dump(depth - 1, indent + 1, out)


class Program:
    """A child process whose log is kept and which always ends."""

    def __init__(self, arguments, log, env=None, stdin=None, stdout=None):
        self.log_path = log
        self.log = open(log, "ab")
        self.process = subprocess.Popen(arguments, stdout=stdout or self.log, stderr=self.log,
                                        stdin=stdin or subprocess.DEVNULL, env=env)

    def stop(self, seconds=10):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if not self.log.closed:
            self.log.close()
        return self.process.returncode

    def kill(self):
        self.process.kill()
        self.process.wait()

    def complaints(self):
        """Criticals, warnings and sanitizer reports in its log. There is no desktop here that shows notifications:
        that GLib misses one when a caller waits too long is not the application's fault."""
        with open(self.log_path, errors="replace") as log:
            lines = [line.rstrip() for line in log
                     if any(word in line for word in ("CRITICAL", "WARNING **", "ERROR: AddressSanitizer",
                                                      "runtime error:"))
                     and "unable to send notifications through org.freedesktop.Notifications" not in line]
        return lines + self.leaks()

    def leaks(self):
        """What LeakSanitizer reports in its log, but for what is known not to be ours."""
        with open(self.log_path, errors="replace") as log:
            reports = re.findall(r"^((?:Direct|Indirect) leak of .*)\n((?: +#\d.*\n)*)", log.read(), re.MULTILINE)
        return [f"{title} {' '.join(frames.split())}"[:600] for title, frames in reports
                if not (title.startswith(NOT_OURS) and not re.search(r"#2 (?!.*libglib)", frames))]


def first_line(process, who, seconds):
    """What a program tells first on its standard output."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ready, _, _ = select.select([process.stdout], [], [], 0.2)
        if ready:
            line = process.stdout.readline()
            if line:
                return line
        if process.poll() is not None:
            raise Failed(f"it ended with {process.returncode}: {who}")
    raise Failed(f"it said nothing within {seconds} s: {who}")


class Server(Program):
    """A simulated call centre on a port of its own."""

    def __init__(self, folder, log, speed=1, port=0, seed=7, days=2):
        arguments = ["sidetone-server", "--simulate", "--seed", str(seed), "--speed", str(speed),
                     "--days", str(days), "--listen", f"127.0.0.1:{port}", "--data", folder, "--print-ready"]
        super().__init__(arguments, log, stdout=subprocess.PIPE)
        self.folder = folder
        line = first_line(self.process, f"the server; see {log}", 60)
        ready = json.loads(line)
        self.url, self.token = ready["url"], ready["token"]
        self.port = int(self.url.rsplit(":", 1)[1].strip("/"))

    def add_user(self, name, role="supervisor", *options):
        """A user of all its shops, made with sidetonectl as on a real server. Returns the token, which stays good."""
        projects = [project["id"] for project in self.get("/session")["projects"]]
        config = os.path.join(self.folder, "sidetone-server.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(f"[server]\nname = Test\nlisten = 127.0.0.1\ndatabase = {self.folder}/archive.db\n"
                       "[pbx main]\nhost = 127.0.0.1\nuser = nobody\nsecret = none\n")
            for project in projects:
                file.write(f"[project {project}]\nname = {project}\ntime_zone = UTC\nqueues = {project}-queue\n"
                           f"[queue {project}-queue]\nname = {project}\n")
        granted = [argument for project in projects for argument in ("--project", project)]
        made = subprocess.run(["sidetonectl", "server", "user", "add", name, "--json", "--config", config,
                               "--role", role, *options, *granted], capture_output=True, text=True, timeout=30, check=False)
        if made.returncode != 0:
            raise Failed(f"sidetonectl made no user: {made.stdout} {made.stderr}")
        return json.loads(made.stdout)["token"]

    def get(self, path, token=None):
        request = urllib.request.Request(self.url.rstrip("/") + "/api/v1" + path,
                                         headers={"Authorization": f"Bearer {token or self.token}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def put(self, kind, body):
        """Writes a new document, as whoever has the server's own token."""
        document = {"kind": kind, "id": body["id"], "project": body["project"], "body": body}
        request = urllib.request.Request(f"{self.url.rstrip('/')}/api/v1/documents/{kind}/{body['id']}", method="PUT",
                                         data=json.dumps(document).encode(),
                                         headers={"Authorization": f"Bearer {self.token}", "If-None-Match": "*"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)


class Computer:
    """A computer of somebody's own: a home, a session bus and a secret service. Only the display is shared, and the
    bus of accessibility, on which all applications are found."""

    def __init__(self, folder, log):
        for name in ("", "home", "run"):
            os.makedirs(os.path.join(folder, name), mode=0o700)
        self.environment = {"HOME": os.path.join(folder, "home"), "XDG_RUNTIME_DIR": os.path.join(folder, "run"),
                            "AT_SPI_BUS_ADDRESS": accessibility_address(), "GSETTINGS_BACKEND": "keyfile"}
        env = dict(os.environ, **self.environment)
        self.log = open(log, "ab")
        self.bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"], env=env,
                                    stdout=subprocess.PIPE, stderr=self.log, stdin=subprocess.DEVNULL, text=True)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = first_line(self.bus, "the session bus", 20).strip()
        unlock_keyring(dict(env, **self.environment))

    def stop(self):
        self.bus.terminate()
        self.bus.wait()
        self.bus.stdout.close()
        self.log.close()


def unlock_keyring(env=None):
    """A session's secret service, opened as a login does it."""
    subprocess.run(["gnome-keyring-daemon", "--unlock", "--components=secrets"], input=b"only for tests\n",
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=20, check=True, env=env)


class App(Program):
    """The application, found on the accessibility bus."""

    def __init__(self, log, arguments=(), **environment):
        env = dict(os.environ, **environment)
        known = {pid for pid in self._pids()}
        super().__init__(["sidetone", *arguments], log, env=env)
        # A pointer that rests on something has a tooltip shown, and keys would go to that window.
        subprocess.run(["xdotool", "mousemove", "20000", "20000"], stderr=subprocess.DEVNULL, timeout=10, check=False)
        self.root = wait_for("the application on the accessibility bus", lambda: self._find(known), 40)
        self.window = self.root.find("frame", seconds=30)

    @staticmethod
    def _pids():
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None:
                yield child.get_process_id()

    def _find(self, known):
        if self.process.poll() is not None:
            raise Failed(f"the application ended with {self.process.returncode}; see {self.log_path}")
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == self.process.pid:
                return Node(child)
        return None

    def connect(self, url, token):
        self.window.find(role="push button", name="Connect to a Server").press()
        self.window.find(role="text", name="Address").type(url)
        self.window.find(role="text", name="Password or token").type(token)
        self.window.find(role="push button", name="Connect").press()

    def picture(self, path):
        """The whole screen, as a person sees it who has this application before them."""
        for window in self.windows():
            subprocess.run(["xdotool", "windowraise", window], stderr=subprocess.DEVNULL, timeout=10, check=False)
        time.sleep(0.3)
        subprocess.run(["import", "-window", "root", path], check=True, timeout=30)

    def windows(self):
        """The X windows of it that are to be seen, the newest last."""
        return subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                              capture_output=True, text=True, timeout=10, check=False).stdout.split()

    def focus(self):
        """Keys go to our window: there is no window manager that would see to it."""
        def focused():
            # The newest one may be closing just now.
            window = (self.windows() or [None])[-1]
            if window is None:
                return False
            subprocess.run(["xdotool", "windowfocus", window], stderr=subprocess.DEVNULL, timeout=10, check=False)
            has_it = subprocess.run(["xdotool", "getwindowfocus"], capture_output=True, text=True, timeout=10,
                                    check=False).stdout.strip()
            return has_it == window

        wait_for("the keyboard's focus", focused, 10)

    def quit(self, seconds=30):
        """Leaves by the keyboard, as a person does, and returns the exit status."""
        end = time.monotonic() + seconds
        pressed = 0
        while self.process.poll() is None:
            if time.monotonic() > end:
                raise Failed(f"the application did not end within {seconds} s of Ctrl+Q, pressed {pressed} times")
            # A key is lost when what has the focus goes at that moment: then a person presses it again,
            # unless the window is gone already, while the program still puts its things in order.
            if pressed * 10 <= time.monotonic() - (end - seconds) and (pressed == 0 or self.windows()):
                pressed += 1
                self.key("ctrl+q")
            time.sleep(0.1)
        self.log.close()
        status = self.process.returncode
        return 0 if status == LEAKS_FOUND and not self.leaks() else status

    def leave(self):
        """Leaves, and fails when it did not end in order or its log complains."""
        status = self.quit()
        complaints = self.complaints()
        if complaints:
            raise Failed("its log complains: " + "; ".join(complaints[:5]))
        if status != 0:
            raise Failed(f"the application ended with {status}")

    def tab_to(self, node, limit=60, key="Tab"):
        """Goes on by Tab until the keyboard is in it, as somebody does who has no mouse."""
        for _ in range(limit):
            if node.has_focus:
                return
            self.key(key)
        raise Failed(f"the keyboard does not come to the {node.role} “{node.name}” within {limit} times {key}")

    def type(self, text):
        """Where the keyboard is; letters that a plain keyboard has."""
        self.focus()
        subprocess.run(["xdotool", "type", text], check=True, timeout=20)
        time.sleep(0.15)

    def key(self, *keys):
        self.focus()
        subprocess.run(["xdotool", "key", *keys], check=True, timeout=10)
        time.sleep(0.15)


class Suite:
    """Runs steps in order and prints TAP; a failed step ends the chain."""

    def __init__(self, name):
        self.name = name
        self.folder = tempfile.mkdtemp(prefix="sidetone-ui-")
        # A home of its own: another suite in the same session must not be remembered.
        os.environ["HOME"] = self.path("home")
        os.makedirs(os.environ["HOME"], mode=0o700)
        self.pictures = os.environ.get("SIDETONE_PICTURES") or os.path.join(
            os.environ.get("MESON_BUILD_ROOT", self.folder), "ui-pictures")
        os.makedirs(self.pictures, exist_ok=True)
        self.programs = []
        self.computers = []
        self.app = None
        self.failed = 0

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def start_server(self, **settings):
        server = Server(self.path("server"), self.path("server.log"), **settings)
        self.programs.append(server)
        return server

    def start_app(self, *arguments, **environment):
        self.app = App(self.path("app.log"), arguments, **environment)
        self.programs.append(self.app)
        return self.app

    def start_person(self, name, server, token):
        """Somebody with a computer of their own, signed in to the server."""
        computer = Computer(self.path(name), self.path(f"{name}-bus.log"))
        self.computers.append(computer)
        app = App(self.path(f"{name}.log"), **computer.environment)
        self.programs.append(app)
        app.window.find(name="Try the Demo", role="push button", seconds=60)
        app.connect(server.url, token)
        app.window.find(contains="Connected", seconds=60)
        return app

    def run(self, steps):
        print("TAP version 13")
        print(f"1..{len(steps)}")
        for number, step in enumerate(steps, 1):
            title = (step.__doc__ or step.__name__).strip().splitlines()[0]
            if self.failed:
                print(f"not ok {number} - {title} # not reached")
                continue
            try:
                step(self)
                print(f"ok {number} - {title}", flush=True)
            except Exception as error:  # noqa: BLE001 - any failure is told and ends the chain
                self.failed += 1
                print(f"not ok {number} - {title}")
                print(f"# {type(error).__name__}: {error}", flush=True)
                self._tell()
        for program in list(reversed(self.programs)) + self.computers:
            program.stop()
        if not os.environ.get("SIDETONE_KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)
        return 1 if self.failed else 0

    def _tell(self):
        """What everybody sees now, and what the programs said last."""
        for app in (program for program in self.programs if isinstance(program, App) and program.process.poll() is None):
            who = os.path.splitext(os.path.basename(app.log_path))[0]
            try:
                app.picture(os.path.join(self.pictures, f"{self.name}-failed-{who}.png"))
                print(f"{who} sees:", file=sys.stderr)
                app.window.dump()
            except Exception as error:  # noqa: BLE001
                print(f"# no picture of {who}: {error}")
        for name in sorted(os.listdir(self.folder)):
            if name.endswith(".log"):
                with open(self.path(name), errors="replace") as log:
                    # That there is no sound card is known.
                    said = [line.rstrip() for line in log if "ALSA lib" not in line and "ALCplaybackAlsa" not in line]
                for line in said[-25:]:
                    print(f"# {name}: {line}")
