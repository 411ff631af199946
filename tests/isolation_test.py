#!/usr/bin/env python3
"""What becomes of the others when a document crashes, hangs or eats memory: isolation_test.py PROGRAM-WITH-TEST-HOOKS [TEST]…"""
import hashlib
import json
import pathlib
import tempfile
import unittest

from program import ProgramTest, main

# What a document asks for -> the reason that its record gives, and the one in the list of quarantined documents.
POISONS = {
    "crash": ("reading this crashed with signal 11", "crashed"), "abort": ("reading this crashed with signal 6", "crashed"),
    "overflow": ("reading this crashed with signal 11", "crashed"), "kill": ("reading this crashed with signal 9", "crashed"),
    "spin": ("reading this took longer than 700 ms", "too slow"), "sleep": ("reading this took longer than 700 ms", "too slow"),
    "exit": ("reading this ended its process with exit status 3", "ended"),
    "leak": ("reading this needs more memory than it may take", "out of memory"), "bad_alloc": ("reading this needs more memory than it may take", "out of memory"),
    "throw": ("something went wrong inside: a test asked for it", None),
}
LIMITS = ("--layers", "sections", "--limit", "milliseconds=700", "--limit", "memory-bytes=200MB")


class Isolation(ProgramTest):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def lines(self, poisoned):
        """JSON Lines of 60 documents, and the clean records of those that are not poisoned."""
        texts = [f"It will rain on day {i}, Marit Dahl said.\n" for i in range(60)]
        clean = self.run_program("read", *LIMITS, input="".join(json.dumps({"text": t}) + "\n" for t in texts).encode()).out.splitlines()
        for place, wish in poisoned.items():
            texts[place] += f"sayso-test: {wish}\n"
        return "".join(json.dumps({"text": t}) + "\n" for t in texts).encode(), clean

    def test_each_poison_is_one_record_and_the_others_are_as_ever(self):
        poisoned = {3 + 5 * i: wish for i, wish in enumerate(POISONS)}
        stream, clean = self.lines(poisoned)
        for threads in (1, 2, 5):
            quarantine = self.folder / f"quarantine-{threads}.jsonl"
            run = self.run_program("read", *LIMITS, "--threads", threads, "--quarantine", quarantine, input=stream, code=1)
            lines = run.out.splitlines()
            self.assertEqual(len(lines), 60)
            records = self.records(run.out)
            for i, (line, record) in enumerate(zip(lines, records)):
                if i not in poisoned:
                    self.assertEqual(line, clean[i])
                    continue
                self.assertEqual(record["error"]["kind"], "internal")
                self.assertTrue(record["error"]["what"].startswith(POISONS[poisoned[i]][0]), record["error"]["what"])
                self.assertEqual(record["document"]["member"], f"line {i + 1}")
                self.assertEqual(record["document"]["id"], "sha256:" + hashlib.sha256(stream.splitlines()[i]).hexdigest())
            self.assertIn("10 of 60 documents could not be read", run.err)
            listed = [json.loads(line) for line in quarantine.read_text().splitlines()]
            self.assertEqual([(one["member"], one["reason"]) for one in listed],
                             [(f"line {i + 1}", POISONS[wish][1]) for i, wish in poisoned.items() if POISONS[wish][1]])
            self.assertEqual({one["stage"] for one in listed}, {"ingest"})
            self.assertNotIn("Marit", quarantine.read_text())

    def test_all_may_be_poisoned(self):
        stream, _ = self.lines({i: "crash" for i in range(60)})
        records = self.records(self.run_program("read", *LIMITS, "--threads", 3, input=stream, code=1).out)
        self.assertEqual([r["error"]["what"].split(" (")[0] for r in records], ["reading this crashed with signal 11"] * 60)

    def test_a_slow_one_has_a_stand_in(self):
        file = self.folder / "made"
        texts = [f"It will rain, she said.\nsayso-test: {wish} {file}\n" for wish in ("await", "make")]
        stream = "".join(json.dumps({"text": t}) + "\n" for t in texts).encode()
        records = self.records(self.run_program("read", *LIMITS, "--limit", "milliseconds=20000", "--threads", 1, input=stream).out)
        self.assertEqual([len(r["document"]["text"].splitlines()) for r in records], [2, 2])

    def test_one_alone(self):
        path = self.folder / "a.txt"
        path.write_text("sayso-test: abort")
        run = self.run_program("read", "--layers", "sections", path, code=1)
        self.assertIn(f"reading this crashed with signal 6 (Aborted) (stage: ingest) ({path}).", run.err)
        self.assertEqual(len(self.records(run.out)), 1)


if __name__ == "__main__":
    main(__doc__)
