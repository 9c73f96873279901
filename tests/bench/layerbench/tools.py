# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
"""Processes, directories and figures that all parts of the benchmark share."""

import contextlib
import json
import os
import pathlib
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(__file__).resolve().parents[3]


class Scale:
    """How big everything is."""

    def __init__(self, name, rounds):
        self.name = name
        quick = name == "quick"
        self.rounds = rounds or (1 if quick else 3)
        self.blob = (4 << 20) if quick else (1 << 30)
        self.read_blob = (4 << 20) if quick else (256 << 20)
        self.commit_blob = (4 << 20) if quick else (384 << 20)
        self.small = 50 if quick else 10_000
        self.small_one_writer = 50 if quick else 2_000
        self.population = 200 if quick else 100_000
        self.infos = 100 if quick else 20_000
        self.mixed_blob = (1 << 20) if quick else (64 << 20)
        self.layers = [1 << 18] * 5 if quick else [90 << 20] * 5 if name == "full" else [45 << 20] * 5
        self.index = 2_000 if quick else 1_000_000
        self.removed = 200 if quick else 20_000
        self.secret_blobs, self.secret_rounds = (50, 2) if quick else (1_000, 100)
        self.idle_seconds = 1 if quick else 10
        self.feed_seconds = 3 if quick else 60


class Row:
    """One measurement: a name, a unit, and the samples of each contender. What stands for them is their median, or with
    `of=max` the worst of all rounds."""

    def __init__(self, name, unit, better, goal="", of=statistics.median):
        self.name, self.unit, self.better, self.goal, self.of = name, unit, better, goal, of
        self.samples = {}

    def add(self, contender, value):
        self.samples.setdefault(contender, []).append(value)

    def figure(self, contender):
        values = self.samples.get(contender)
        return self.of(values) if values else None

    def contenders(self):
        return [name for name in self.samples if name != "layerhold"]

    def ratio(self, other):
        """How many times better Layerhold is; below 1 is worse. None where one of them is missing or zero."""
        mine, theirs = self.figure("layerhold"), self.figure(other)
        if not mine or not theirs:
            return None
        return mine / theirs if self.better == "more" else theirs / mine

    def document(self):
        return {"name": self.name, "unit": self.unit, "better": self.better, "goal": self.goal,
                "samples": self.samples, "figures": {name: self.figure(name) for name in self.samples},
                "ratios": {name: self.ratio(name) for name in self.contenders()}}


class Server:
    """A running program with its use of CPU and memory."""

    def __init__(self, arguments, log, ready):
        self.log = log
        with open(log, "ab") as sink:
            self.process = subprocess.Popen([str(a) for a in arguments], stdin=subprocess.DEVNULL, stdout=sink,
                                            stderr=subprocess.STDOUT)
        deadline = time.monotonic() + 120
        while not ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"{arguments[0]} did not start:\n" + pathlib.Path(log).read_text()[-3000:])
            time.sleep(0.02)

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _memory(self, key):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(key):
                return int(line.split()[1]) * 1024
        return 0

    def peak_bytes(self):
        return self._memory("VmHWM:")

    def resident_bytes(self):
        return self._memory("VmRSS:")

    def forget_peak(self):
        """The peak counts from now on (Linux: writing 5 to clear_refs)."""
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def accepts(path):
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as probe:
        return probe.connect_ex(str(path)) == 0


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Workspace:
    """The programs under test and a directory in which everything happens and which vanishes at the end."""

    def __init__(self, build, directory):
        self.build = pathlib.Path(build or SOURCE / "build" / "bench").resolve()
        self.layerhold = self.build / "bin" / "layerhold"
        self.client = self.build / "tests" / "bench" / "bench-client"
        self.peer = self.build / "tests" / "bench" / "bench-peer"
        self.index_filler = self.build / "tests" / "bench" / "layerhold_fill_index"
        self.cleanup_scale = self.build / "tests" / "bench" / "layerhold_cleanup_scale"
        self.cleanup_reads = self.build / "tests" / "bench" / "layerhold_cleanup_reads"
        self.absent_or_forbidden = self.build / "tests" / "bench" / "layerhold_absent_or_forbidden"
        for program in (self.layerhold, self.client, self.peer, self.index_filler, self.cleanup_scale,
                        self.cleanup_reads, self.absent_or_forbidden):
            if not program.exists():
                raise SystemExit(f"there is no {program}: build it by `cmake --preset bench && cmake --build --preset "
                                 "bench`, or say --build DIR")
        self._wanted = directory
        self._servers = []

    def __enter__(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="layerhold-bench-", dir=self._wanted))
        return self

    def __exit__(self, *_):
        for server in reversed(self._servers):
            server.stop()
        unmount_below(self.directory)
        shutil.rmtree(self.directory, ignore_errors=True)

    def make(self, name):
        path = self.directory / name
        path.mkdir(parents=True)
        return path

    def start(self, arguments, log, ready):
        server = Server(arguments, log, ready)
        self._servers.append(server)
        return server

    def start_layerhold(self, name):
        return self._serve(self.make(name))

    def restart_layerhold(self, server):
        """Again on the root of a stopped one."""
        return self._serve(server.home)

    def _serve(self, home):
        sock, api = home / "content.sock", home / "api.sock"
        server = self.start([self.layerhold, "serve", "--root", home / "root", "--content-socket", sock,
                             "--api-socket", api], home / "log", lambda: accepts(sock) and accepts(api))
        server.socket, server.api, server.home = sock, api, home
        return server

    def start_peer(self, name):
        home = self.make(name)
        sock = home / "content.sock"
        server = self.start([self.peer, "-root", home / "root", "-socket", sock], home / "log", lambda: accepts(sock))
        server.socket, server.home = sock, home
        return server

    def measure(self, server, operation, **options):
        """One run of the client; adds the CPU seconds that the server spent on it."""
        arguments = [str(self.client), "-socket", str(server.socket), "-op", operation]
        for key, value in options.items():
            arguments += ["-" + key, str(value)]
        before = server.cpu_seconds()
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=1800)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
        result = json.loads(done.stdout)
        result["cpu"] = server.cpu_seconds() - before
        return result


def unmount_below(directory):
    points = [line.split()[1] for line in pathlib.Path("/proc/self/mounts").read_text().splitlines()]
    for point in reversed([p for p in points if p.startswith(str(directory) + "/")]):
        subprocess.run(["umount", "-l", point], check=False)


def run(arguments, timeout=900, **options):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, timeout=timeout, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, arguments))} failed:\n" + (done.stdout + done.stderr)[-2000:].decode())
    return done.stdout


def say(text):
    print(text, file=sys.stderr, flush=True)


def facts(workspace):
    text = lambda *command: subprocess.run(command, capture_output=True, text=True).stdout.strip()  # noqa: E731
    return {"layerhold": text(str(workspace.layerhold), "version").splitlines()[0],
            "containerd": text("containerd", "--version"), "go": text("go", "version"),
            "go_note": "Go below 1.21 hashes without the SHA instructions of the CPU; a current peer writes faster",
            "kernel": platform.release(), "cpus": os.cpu_count(), "load": os.getloadavg()[0]}
