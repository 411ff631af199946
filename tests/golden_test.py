#!/usr/bin/env python3
"""Whole readings of the shipped examples, held against golden files: golden_test.py PROGRAM FOLDER [--update]

FOLDER holds for each examples/NAME.txt its reading (NAME.json, as `sayso read --format json` writes it), and for some the view (NAME.view, 80 columns,
no colour). Everything must be the same but confidence, which may differ by 0.01 (in the view: by one per cent): the sums behind it differ a little
between instruction sets. --update writes the files anew; the change belongs into the commit that says why (tools/update_goldens.sh).
"""
import difflib
import json
import pathlib
import re
import sys

import program
from program import EXAMPLES, ROOT, ProgramTest

VIEWS = ("clock", "harbour")
CONFIDENCE = 0.01
FOLDER = pathlib.Path()


def without_confidence(reading):
    """The reading as lines, and its confidences."""
    confidences = [a.pop("confidence") for a in reading["attributions"]]
    return json.dumps(reading, ensure_ascii=False, indent=1).splitlines(), confidences


def without_percents(view):
    return re.sub(r"\d+%", "N%", view).splitlines(), [int(n) for n in re.findall(r"(\d+)%", view)]


class Goldens(ProgramTest):
    def reading(self, name):
        return self.run_program("read", "--format", "json", f"examples/{name}.txt", folder=ROOT).out

    def view(self, name):
        return self.run_program("read", "--format", "text", "--color", "never", f"examples/{name}.txt", folder=ROOT, environment={"COLUMNS": "80"}).out

    def hold(self, name, found, golden, most):
        (lines, numbers), (wanted_lines, wanted_numbers) = found, golden
        difference = "\n".join(list(difflib.unified_diff(wanted_lines, lines, f"golden {name}", f"{name} now", lineterm="", n=8))[:200])
        self.assertEqual(difference, "", "tools/update_goldens.sh writes the golden files anew")
        self.assertEqual(len(numbers), len(wanted_numbers))
        for i, (now, wanted) in enumerate(zip(numbers, wanted_numbers), 1):
            self.assertLessEqual(abs(now - wanted), most + 1e-9, f"confidence of number {i} in {name}: {now}, not {wanted}")

    def test_readings(self):
        for path in EXAMPLES:
            with self.subTest(path.stem):
                now = self.reading(path.stem)
                golden = (FOLDER / f"{path.stem}.json").read_bytes()
                [reading], [wanted] = self.records(now), self.records(golden)  # the golden file keeps to the format too
                self.assertEqual(reading["document"]["text"], path.read_text(encoding="utf-8"))
                self.hold(path.stem, without_confidence(reading), without_confidence(wanted), CONFIDENCE)

    def test_views(self):
        for name in VIEWS:
            with self.subTest(name):
                golden = (FOLDER / f"{name}.view").read_text(encoding="utf-8")
                self.hold(name, without_percents(self.view(name).decode()), without_percents(golden), 1)

    def test_each_golden_file_is_of_an_example(self):
        names = {f"{path.stem}.json" for path in EXAMPLES} | {f"{name}.view" for name in VIEWS}
        self.assertEqual({path.name for path in FOLDER.iterdir()}, names)


def update():
    test = Goldens()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in EXAMPLES:
        (FOLDER / f"{path.stem}.json").write_bytes(test.reading(path.stem))
    for name in VIEWS:
        (FOLDER / f"{name}.view").write_bytes(test.view(name))
    print(f"{len(EXAMPLES) + len(VIEWS)} files written in {FOLDER}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    FOLDER = pathlib.Path(sys.argv.pop(2)).resolve()
    if sys.argv[2:] == ["--update"]:
        ProgramTest.program = pathlib.Path(sys.argv[1]).resolve()
        update()
    else:
        program.main(__doc__)
