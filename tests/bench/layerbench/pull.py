# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
"""A cold pull from a local registry: `layerhold pull`, skopeo, and ctr with a containerd of its own.

The contenders do not do the same: skopeo only copies files, into a directory or an OCI layout; `ctr content fetch`
brings the blobs into containerd's store, which is what `layerhold pull` does into its own; `ctr images pull` unpacks
them too. CPU and memory are those of the program and its children and, for ctr, of its containerd beside; the
registry's are not counted."""

import os
import shutil
import subprocess
import time

from . import engine, image, tools


class Spent:
    """What one run of a program took: wall and CPU seconds, and the peak of its memory in bytes."""

    def __init__(self, arguments, log):
        arguments = [str(a) for a in arguments]
        begin = time.monotonic()
        with open(log, "wb") as sink:
            process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT)
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.monotonic() - begin
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss * 1024
        if process.returncode != 0:
            raise RuntimeError(f"{' '.join(arguments)} failed:\n" + log.read_text(errors="replace")[-2000:])


class Layerhold:
    """Into a fresh root each time, without a daemon."""

    def __init__(self, workspace, reference):
        self.workspace, self.reference = workspace, reference
        self.root = workspace.make("pull-layerhold") / "root"

    def pull(self, log):
        return Spent([self.workspace.layerhold, "pull", self.reference, "--root", self.root], log)

    def forget(self):
        shutil.rmtree(self.root)


class Skopeo:
    """Into a fresh directory each time."""

    def __init__(self, workspace, reference, transport):
        self.reference, self.transport = reference, transport
        self.directory = workspace.make("pull-skopeo-" + transport) / "image"

    def pull(self, log):
        return Spent(["skopeo", "copy", "--insecure-policy", "--src-tls-verify=false", "--preserve-digests",
                      f"docker://{self.reference}", f"{self.transport}:{self.directory}"], log)

    def forget(self):
        shutil.rmtree(self.directory)


class Ctr:
    """With the built-in store of a containerd that is emptied after each pull."""

    def __init__(self, containerd, reference, *verb):
        self.containerd, self.reference, self.verb = containerd, reference, verb

    def pull(self, log):
        before = self.containerd.server.cpu_seconds()
        self.containerd.server.forget_peak()
        spent = Spent(["ctr", "--address", self.containerd.address, *self.verb, "--plain-http", self.reference], log)
        spent.cpu += self.containerd.server.cpu_seconds() - before
        spent.peak += self.containerd.server.peak_bytes()
        return spent

    def forget(self):
        self.containerd.remove(self.reference)


def can_pull(workspace):
    # For a verb that it does not know, it shows the help of all, with success.
    return b"--platform" in subprocess.run([workspace.layerhold, "pull", "--help"], capture_output=True).stdout


def measure(workspace, scale):
    if not can_pull(workspace):
        tools.say("this build has no `layerhold pull`: there is nothing to compare")
        return []
    tools.say("making the image")
    registry = image.Registry(workspace)
    reference, layers, size = image.push_image(workspace, registry, scale.layers)
    containerd = engine.Containerd(workspace, "pull", None)
    contenders = {
        "layerhold": Layerhold(workspace, reference),
        "skopeo dir": Skopeo(workspace, reference, "dir"),
        "skopeo oci": Skopeo(workspace, reference, "oci"),
        "ctr fetch": Ctr(containerd, reference, "content", "fetch"),
        "ctr pull": Ctr(containerd, reference, "images", "pull"),
    }
    what = f"{size / 1e6:.0f} MB in {len(layers)} layers"
    wall = tools.Row(f"cold pull, {what}", "s", "less")
    cpu = tools.Row("cold pull: CPU, without the registry", "s", "less")
    peak = tools.Row("cold pull: peak of memory", "MB", "less")
    sent = tools.Row("cold pull: blob bytes from the registry", "MB", "less")
    again = tools.Row("the same pull again", "s", "less")
    sent_again = tools.Row("the same pull again: blob bytes from the registry", "MB", "less", "0")
    for number in range(scale.rounds):
        names = list(contenders)
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:  # another one is first each time
            tools.say(f"pull, round {number + 1}: {name}")
            one(workspace, registry, contenders[name], name, (wall, cpu, peak, sent, again, sent_again))
    return [wall, cpu, peak, sent, again, sent_again]


def one(workspace, registry, contender, name, rows):
    wall, cpu, peak, sent, again, sent_again = rows
    os.sync()  # what the one before left to be written is not this one's to wait for
    log = workspace.directory / "pull.log"
    mark = registry.mark()
    spent = contender.pull(log)
    wall.add(name, spent.wall)
    cpu.add(name, spent.cpu)
    peak.add(name, spent.peak / 1e6)
    sent.add(name, registry.blob_bytes_since(mark) / 1e6)
    mark = registry.mark()
    again.add(name, contender.pull(log).wall)
    sent_again.add(name, registry.blob_bytes_since(mark) / 1e6)
    contender.forget()
