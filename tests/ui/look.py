# SPDX-License-Identifier: GPL-3.0-or-later
"""One look at all widgets of an application.

To ask each widget by itself for its role, its name and its children takes
seconds in a window with a thousand of them, and the application as long to
answer. GTK tells of all it has told of before in one answer: what it leaves out
there is asked as ever, and is in the next one.
"""
import collections
import functools

from gi.repository import Atspi, Gio, GLib

CACHE = "/org/a11y/atspi/cache"
TEXT = "org.a11y.atspi.Text"
NOBODY = "/org/a11y/atspi/null"
PATIENCE_MS = 20000


class Gone(Exception):
    """A widget is not where it was when it was looked at."""


@functools.lru_cache(maxsize=None)
def accessibility_address():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    return session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                             Gio.DBusCallFlags.NONE, 10000, None).unpack()[0]


@functools.lru_cache(maxsize=None)
def accessibility_bus():
    kind = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(accessibility_address(), kind, None, None)


@functools.lru_cache(maxsize=None)
def role_name(role):
    return Atspi.role_get_name(Atspi.Role(role))


def plain_name(name):
    """GTK 4.8 says that of a button twice, with its mnemonic."""
    name = (name or "").strip()
    if "_" in name:
        plain = name.replace("_", "", 1)
        half = len(plain) // 2
        return plain[:half] if plain[:half] == plain[half + 1:] else plain
    return name


def plain_role(role):
    """In the words of GTK 4.8 and its time: there any button is a push button."""
    return "push button" if role in ("button", "toggle button") else role


Item = collections.namedtuple("Item", "count interfaces name role states")


class Seen:
    """A widget as it was at the moment of the look."""

    def __init__(self, look, path, item, reach):
        self.look, self.path, self.reach = look, path, reach
        self.count, self.interfaces, self.states = item.count, item.interfaces, item.states
        self.name, self.role = plain_name(item.name), plain_role(role_name(item.role))

    @property
    def at(self):
        """Itself; that takes a question for each widget above it which nobody asked for yet."""
        if self.path not in self.look.reached:
            self.look.reached[self.path] = self.reach()
        return self.look.reached[self.path]

    @property
    def text(self):
        """Its text, or its name where it has none."""
        if TEXT not in self.interfaces:
            return self.name
        length = self.look.ask(self.path, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (TEXT, "CharacterCount")))[0]
        return self.look.ask(self.path, TEXT, "GetText", GLib.Variant("(ii)", (0, length)))[0] if length else self.name

    @property
    def showing(self):
        number = int(Atspi.StateType.VISIBLE)
        if not self.states[number // 32] >> number % 32 & 1:
            return False
        if "org.a11y.atspi.Component" not in self.interfaces:
            return True
        kind = GLib.Variant("(u)", (int(Atspi.CoordType.WINDOW),))
        _, _, width, height = self.look.ask(self.path, "org.a11y.atspi.Component", "GetExtents", kind)[0]
        return width > 0 and height > 0


class Look:
    """What is below this widget of an application, now; but for the rows of a long list."""

    def __init__(self, at, long_list):
        self.owner = at.app.bus_name
        self.reached, self.below = {at.path: at}, {}
        self.items = {}
        for own, _, _, _, count, interfaces, name, role, _, states in self.ask(CACHE, "org.a11y.atspi.Cache", "GetItems")[0]:
            self.items[own[1]] = Item(count, interfaces, name, role, states)
        # The answer has hidden ones too, and does not say so: who is a child is asked.
        asked = [at.path] if at.path in self.items else []
        while asked:
            asked = [path for path in self._ask_children(asked, long_list) if path in self.items]

    def ask(self, path, interface, method, arguments=None):
        return accessibility_bus().call_sync(self.owner, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE,
                                             PATIENCE_MS, None).unpack()

    def _ask_children(self, paths, long_list):
        """Of all of these at once, without waiting for one answer after another."""
        context, answers, questions = GLib.MainContext.new(), {}, []
        for path in paths:
            item = self.items[path]
            if role_name(item.role) == "list" and item.count > long_list:
                continue
            # Of its windows the application says no count.
            count = self.reached[path].get_child_count() if path in self.reached else item.count
            questions += [(path, index) for index in range(count)]
        context.push_thread_default()
        try:
            for question in questions:
                accessibility_bus().call(self.owner, question[0], "org.a11y.atspi.Accessible", "GetChildAtIndex", GLib.Variant("(i)", (question[1],)),
                                         None, Gio.DBusCallFlags.NONE, PATIENCE_MS, None, self._answered, answers, question)
            while len(answers) < len(questions):
                context.iteration(True)
        finally:
            context.pop_thread_default()
        for path, index in questions:
            self.below.setdefault(path, []).append((index, answers[path, index]))
        return list(answers.values())

    @staticmethod
    def _answered(bus, result, answers, question):
        try:
            answers[question] = bus.call_finish(result).unpack()[0][1]
        except GLib.Error:
            answers[question] = NOBODY      # it went away meanwhile

    def seen(self, at):
        """(nullable): the widget, if it is in the answer."""
        return self._seen(at.path, lambda: at)

    def _seen(self, path, reach):
        return Seen(self, path, self.items[path], reach) if path in self.items else None

    @staticmethod
    def _reach(above, index, path):
        at = above.at.get_child_at_index(index)
        if at is None or at.path != path:
            raise Gone(path)
        return at

    def children(self, seen):
        """Of each what was seen and None, or None and the widget where it was not."""
        for index, path in self.below.get(seen.path, ()):
            if path == NOBODY:
                continue
            reach = functools.partial(self._reach, seen, index, path)
            there = self._seen(path, reach)
            if there:
                yield there, None
                continue
            try:
                unseen = reach()
            except Gone:
                continue
            yield None, unseen
