# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong before there is anything to see, and is told in plain words.

A wrong address, a wrong token, a server of something else: each has its own
message, and the form stays to be corrected. Also the command line, and the
program started while it runs.
"""
import http.server
import os
import socket
import subprocess
import sys
import threading

from driver import Failed, Suite, unlock_keyring


def answer(*arguments):
    """What `sidetone` says to these arguments before it ends."""
    done = subprocess.run(["sidetone", *arguments], capture_output=True, text=True, timeout=60, check=False,
                          env=dict(os.environ, GSETTINGS_BACKEND="keyfile"))
    if done.returncode != 0:
        raise Failed(f"sidetone {' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def command_line(suite):
    """--version and --help answer and open nothing"""
    version = answer("--version").split()
    if len(version) != 2 or version[0] != "Sidetone" or not version[1][0].isdigit():
        raise Failed(f"--version says {version}")
    usage = answer("--help")
    for word in ("--demo", "--version"):
        if word not in usage:
            raise Failed(f"--help does not tell of {word}")


def opens(suite):
    """The first start offers the demo and a form to connect"""
    unlock_keyring()
    app = suite.start_app(GSETTINGS_BACKEND="keyfile")
    app.window.find(role="push button", name="Try the Demo", seconds=60)
    app.window.find(role="push button", name="Connect to a Server").press()
    app.window.find(role="text", name="Address")


def try_address(suite, url, token, message):
    app = suite.app
    app.window.find(role="text", name="Address", seconds=30).type(url)
    app.window.find(role="text", name="Password or token").type(token)
    app.window.find(role="push button", name="Connect").press()
    app.window.find(contains=message, seconds=40)
    app.window.find(role="push button", name="Connect", seconds=10)


def wrong_address(suite):
    """Where nothing answers, it says to check the address"""
    with socket.socket() as free:  # bound but not listening: connections to it are refused
        free.bind(("127.0.0.1", 0))
        try_address(suite, f"http://127.0.0.1:{free.getsockname()[1]}", "anything", "There is no answer at this address.")
    suite.app.picture(os.path.join(suite.pictures, "unhappy-address.png"))


class Quiet(http.server.BaseHTTPRequestHandler):
    """A web server of somebody else."""

    def reply(self):
        page = b"<!DOCTYPE html><title>A shop</title><h1>Shoes</h1>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    do_GET = do_POST = reply

    def log_message(self, *arguments):
        """Nothing: what is printed here would be read as a test's result."""


def something_else(suite):
    """Where something else answers, it says so"""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        try_address(suite, f"http://127.0.0.1:{server.server_port}", "anything", "is not a Sidetone server")
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def wrong_token(suite):
    """A wrong token is told from a wrong address"""
    suite.server = suite.start_server(days=1)
    try_address(suite, suite.server.url, "not-the-token", "does not accept this user, password or token")
    suite.app.picture(os.path.join(suite.pictures, "unhappy-token.png"))


def mends(suite):
    """With the right token the same form leads in"""
    suite.app.window.find(role="text", name="Password or token").type(suite.server.token)
    suite.app.window.find(role="push button", name="Connect").press()
    suite.app.window.find(contains="Connected", seconds=60)


def second_start(suite):
    """Started once more while it runs, it hands over and ends"""
    answer()
    if suite.app.process.poll() is not None:
        raise Failed("the first one ended")
    if len(list(suite.app.root.children())) != 1:
        raise Failed("there is a second window")


def again(suite):
    """It leaves in order and starts again"""
    suite.app.leave()
    app = suite.start_app(GSETTINGS_BACKEND="keyfile")
    app.window.find(contains="Connected", seconds=60)
    app.leave()


if __name__ == "__main__":
    sys.exit(Suite("unhappy").run([command_line, opens, wrong_address, something_else, wrong_token, mends,
                                   second_start, again]))
