# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
"""The desktop app: how soon its user sees something, and whether it holds when much happens."""

import json
import mmap
import os
import shutil
import struct
import subprocess
import time

from . import tools

LINES = range(100, 1000, 100)  # that are looked at: the window covers most of the screen


class Screen:
    """An X server whose picture is a file, so that nobody has to ask it what it shows."""

    def __init__(self, workspace):
        home = workspace.make("screen")
        reader, writer = os.pipe()
        os.set_inheritable(writer, True)
        with open(home / "log", "wb") as log:
            self.process = subprocess.Popen(
                ["Xvfb", "-displayfd", str(writer), "-fbdir", str(home), "-screen", "0", "1600x1000x24", "-dpi", "96",
                 "-nolisten", "tcp"], pass_fds=[writer], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        os.close(writer)
        with open(reader) as told:
            number = told.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start:\n" + (home / "log").read_text()[-2000:])
        self.display = ":" + number
        with open(home / "Xvfb_screen0", "rb") as file:
            self._picture = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        # The file is an XWD: its header says how long it is and how long a line, colours come between it and the lines.
        header = struct.unpack(">25I", self._picture[:100])
        self._line = header[12]
        self._first = header[0] + header[19] * 12

    def shown(self):
        return [self._picture[start:start + self._line] for start in (self._first + y * self._line for y in LINES)]

    def stop(self):
        self._picture.close()
        self.process.terminate()
        self.process.wait(20)


def time_to_first_paint(program, screen, home):
    """Seconds from the start of the program, as a user who never started it, until the screen is another one."""
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith(("XDG_", "QT_", "DBUS_", "WAYLAND_"))}
    environment |= {"DISPLAY": screen.display, "HOME": str(home), "XDG_RUNTIME_DIR": str(home),
                    "QT_QPA_PLATFORM": "xcb"}
    before = screen.shown()
    started = time.perf_counter()
    app = subprocess.Popen([program, "--connect", home / "nobody.sock"], env=environment, stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while screen.shown() == before:
            if app.poll() is not None or time.perf_counter() - started > 60:
                raise RuntimeError(f"{program} showed nothing")
            time.sleep(0.0005)
        return time.perf_counter() - started
    finally:
        app.terminate()
        app.wait(20)
        while screen.shown() != before and time.perf_counter() - started < 120:
            time.sleep(0.01)


def measure_start(workspace, scale):
    """The window without a service: nothing that is shown waits for one."""
    tools.say("start of the app")
    program = workspace.build / "bin" / "layerhold-gui"
    for needed in (program, "Xvfb"):
        if not shutil.which(needed):
            tools.say(f"  not measured: there is no {needed}")
            return []
    row = tools.Row("start of the app, first paint without a service", "ms", "less", "< 400 ms")
    screen = Screen(workspace)
    try:
        for number in range(scale.rounds + 1):
            seconds = time_to_first_paint(program, screen, workspace.make(f"user-{number}"))
            # The first brings the libraries from the disk.
            if number > 0:
                row.add("layerhold", seconds * 1000)
    finally:
        screen.stop()
    return [row]


def measure_feed(workspace, scale):
    """One round: what is to hold is to hold the first time."""
    tools.say(f"5,000 events a second for {scale.feed_seconds} s")
    program = workspace.build / "tests" / "gui" / "widgets" / "events_page_bench"
    if not program.exists():
        tools.say(f"  not measured: there is no {program}")
        return []
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(workspace.make("feed"))}
    figures = json.loads(tools.run([program, scale.feed_seconds], timeout=600, env=environment))
    rows = []
    for key, name, unit, better, goal in (
            ("rows", "rows in the ring", "rows", "more", "50,000"),
            ("stall_ms", "longest stall of the event loop", "ms", "less", "< 100 ms"),
            ("growth_mib", "most memory over that of a full ring", "MiB", "less", "< 20 MiB"),
            ("kept_place", "pause keeps the place", "yes = 1", "more", "1"),
            ("overflow_rows", "rows that tell of overflow", "rows", "more", "1")):
        row = tools.Row(f"feed of {scale.feed_seconds} s: {name}", unit, better, goal)
        row.add("layerhold", figures[key])
        rows.append(row)
    return rows
