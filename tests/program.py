"""What the tests of the whole program share: how it is run, and how what it wrote is held against the format."""
import csv
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
EXAMPLES = [path for path in EXAMPLES if not path.name.startswith("LICENSE")]

sys.path.insert(0, str(ROOT / "tools"))
import check_readings

LIMIT = 300  # seconds; a run that takes longer hangs (with sanitizers, on a busy machine, an article takes some seconds)
# What the user's surroundings say must not change a test. SAYSO_MODEL and SAYSO_KERNELS stay: by them the tests run with
# weights that are not shipped yet, and on a plainer processor.
QUIET = {key: value for key, value in os.environ.items()
         if key not in ("COLUMNS", "LINES", "NO_COLOR", "PAGER", "LESS", "TERM") and not key.startswith("LC_")}

ARTICLE = """Ferry to Holm sails again

TVERDAL, May 3 (Fjord Press) – The ferry to Holm will sail again on Monday, its operator said. “We have changed the engine,” Marit Dahl told passengers.

According to the harbour office, nobody had complained.
"""


class Run:
    """One run that has ended: its exit code, its bytes and its complaints."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err.decode("utf-8")


class ProgramTest(unittest.TestCase):
    """Runs `program`; all tests of a file share it."""
    program = None
    maxDiff = 4000

    def run_program(self, *arguments, input=b"", environment=None, folder=None, code=0):
        command = [str(self.program), *map(str, arguments)]
        done = subprocess.run(command, input=input, capture_output=True, env={**QUIET, **(environment or {})}, cwd=folder, timeout=LIMIT)
        run = Run(done.returncode, done.stdout, done.stderr)
        self.assertEqual(run.code, code, f"{command} ended with {run.code}: {run.err[-2000:]}")
        return run

    def records(self, out):
        """The records of JSON or JSON Lines, each of which the format allows."""
        found = []
        for where, record, problem in check_readings.load(out):
            problems = [problem] if problem else check_readings.problems(record)
            self.assertEqual(problems, [], where)
            found.append(record)
        return found

    def read(self, *arguments, **more):
        """The records that `sayso read ARGUMENTS` writes."""
        return self.records(self.run_program("read", *arguments, **more).out)

    def read_text(self, text, *arguments, **more):
        """The one reading of a text on standard input."""
        records = self.read(*arguments, input=text.encode() if isinstance(text, str) else text, **more)
        self.assertEqual(len(records), 1)
        return records[0]

    def refusal(self, text, **more):
        """The error of a text on standard input that cannot be read; its sentence stands on standard error too."""
        run = self.run_program("read", input=text, code=1, **more)
        [record] = self.records(run.out)
        self.assertIn(record["error"]["what"], run.err)
        return record["error"]


def rows_of(out):
    """The rows of CSV as dictionaries."""
    return list(csv.DictReader(io.StringIO(out.decode("utf-8"), newline="")))


def lines_of(records):
    """JSON Lines."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def without_colour(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def main(usage):
    """Runs the tests of the calling script, whose first argument is the program."""
    if len(sys.argv) < 2:
        sys.exit(usage)
    ProgramTest.program = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
