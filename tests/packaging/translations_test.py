#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
"""translations_test.py SOURCE: every text of the app is translated, and each translation fits its text."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

SKIPPED = 77
PLACEHOLDER = re.compile(r"%(?:L?\d{1,2}|L?n)")
MNEMONIC = re.compile(r"&(?=[^&\s])")
STRAIGHT_QUOTE = re.compile(r'(?<!\\)"')
ENDINGS = ".:?!…"


def edges(text):
    """The spaces around it, which join it to other texts."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()):]


def ending(text):
    last = text.rstrip().rstrip("”“\"'").rstrip()[-1:]
    return last if last in ENDINGS else ""


def faults(source, forms, state, language):
    """What is wrong with the translation of one text: `forms` has the plurals of it, or is alone."""
    if state:
        yield f"is {state}"
    for form in forms:
        if not form.strip():
            yield "is empty"
            continue
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(form)):
            yield "has other placeholders"
        if len(MNEMONIC.findall(source)) != len(MNEMONIC.findall(form)):
            yield "has another number of mnemonics"
        if edges(source) != edges(form):
            yield "begins or ends with other spaces"
        if source.count("\n") != form.count("\n"):
            yield "has other line breaks"
        if ending(source) and ending(source) != ending(form):
            yield "ends otherwise"
        if language == "de" and (STRAIGHT_QUOTE.search(form) or form.count("„") != form.count("“")):
            yield "has quotation marks that are not „…“"


def messages(file):
    root = ElementTree.parse(file).getroot()
    for context in root.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            yield context.findtext("name"), message.findtext("source"), forms, translation.get("type")


def check(file):
    language = file.stem.rpartition("_")[2]
    return [f"{file.name}: {context}: “{source}” {fault}"
            for context, source, forms, state in messages(file)
            for fault in faults(source, forms, state, language)]


def check_up_to_date(tool, files):
    with tempfile.TemporaryDirectory() as folder:
        copies = [pathlib.Path(shutil.copy(file, folder)) for file in files]
        ran = subprocess.run([tool, *copies], capture_output=True, text=True, check=False)
        if ran.returncode == SKIPPED:
            print(ran.stderr, file=sys.stderr)
            sys.exit(SKIPPED)
        if ran.returncode != 0:
            return [ran.stderr]
        return [f"{file.name} lacks texts or has too many: run packaging/tools/translations and translate what is new"
                for file, copy in zip(files, copies)
                if file.read_bytes() != copy.read_bytes()]


# Each has one fault: the text, its translation, and what lupdate says of its state.
WRONG = [
    ("Stop", [""], None),
    ("Stop", ["Halt"], "unfinished"),
    ("%1 of %2", ["%1 von %1"], None),
    ("%n days", ["%n Tag", "Tage"], None),
    ("&Stop", ["Halt"], None),
    ("Stop", ["&Halt"], None),
    (", by %1", [",durch %1 "], None),
    ("Name:", ["Name"], None),
    ("One\nTwo", ["Eins zwei"], None),
    ("Say “%1”", ["“%1” sagen"], None),
    ('Say "%1"', ['"%1" sagen'], None),
]
RIGHT = [
    ("%1 of %2…", ["von %2 nur %1 …"], None),
    ("&Save && go", ["Sichern && &los"], None),
    ("Say “%1”.", ["„%1“ sagen."], None),
]


def main():
    source = pathlib.Path(sys.argv[1])
    blind = [f"not noticed: {wrong}" for wrong in WRONG if not any(faults(*wrong, "de"))]
    blind += [f"blamed for nothing: {right}" for right in RIGHT if any(faults(*right, "de"))]
    files = sorted((source / "resources/translations").glob("layerhold_*.ts"))
    found = blind + [fault for file in files for fault in check(file)]
    if not files:
        found.append("there are no translations")
    found += check_up_to_date(source / "packaging/tools/translations", files)
    print("\n".join(found), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
