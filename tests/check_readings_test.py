#!/usr/bin/python3
"""The format's checker finds what is wrong, and nothing in what is right. Run: check_readings_test.py"""
import copy
import json
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import check_readings

TEXT = "Ostmark opens its lock\n\nOSTMARK, 3 May – “The lock, I think, is 🌊 tight,” Åse Lund told the Post. Nobody knows."


def part(*words, **more):
    spans, at = [], 0
    for w in words:
        at = TEXT.index(w, at)
        spans.append([at, at + len(w)])
        at += len(w)
    return {"spans": spans, "text": " … ".join(words), **more}


def span(words):
    return part(words)["spans"][0]


PLAIN = {
    "format": "sayso/1", "engine": {"version": "0.1.0", "model": "trial 1"}, "layers": ["sections", "attributions"],
    "document": {
        "id": "sha256:" + "0" * 64, "source": "lock.txt", "member": None, "media_type": "text/plain", "title": "Ostmark opens its lock",
        "publisher": {"name": "Post", "domain": None}, "authors": [], "published": "2026-05-03", "modified": "2026-05-03T10:00:00+02:00",
        "language": "en", "canonical": None, "text": TEXT,
        "sections": [{"kind": "headline", "span": span("Ostmark opens its lock")},
                     {"kind": "dateline", "span": span("OSTMARK, 3 May –"), "place": "OSTMARK", "date": "--05-03", "agency": None}],
        "warnings": [{"kind": "charset", "what": "read as windows-1252", "span": None}], "extra": {"rank": 3}},
    "attributions": [
        {"id": "a1", "type": "assertion", "quotation": "direct", "source": part("Åse Lund", kind="person"), "cue": part("told"),
         "content": part("“The lock, I think, is 🌊 tight,”"), "within": None, "confidence": 0.9123, "evidence": ["model cue"]},
        {"id": "a2", "type": "belief", "quotation": "indirect", "source": part("I", kind="person"), "cue": part("think"),
         "content": part("The lock", "is 🌊 tight"), "within": "a1", "confidence": 1, "evidence": ["model cue"]},
        {"id": "a3", "type": "fact", "quotation": "indirect", "source": None, "cue": None,
         "content": part("Nobody knows"), "within": None, "confidence": 0, "evidence": ["rule"]}]}
ERROR = {"format": "sayso/1", "engine": {"version": "0.1.0", "model": None}, "document": {"id": None, "source": "x", "member": None},
         "error": {"kind": "not_found", "what": "There is no such file", "where": "x", "hint": None}}


def full():
    """PLAIN with all layers."""
    r = copy.deepcopy(PLAIN)
    r["layers"] += ["entities", "provenance", "factuality"]
    r["document"]["sections"][1]["agency"] = "e2"
    for a in r["attributions"]:
        a.update(chain=["u1"], medium=None, addressee=None, occasion=None, time=None, repeats=[], contradicts=[], stronger_than=[],
                 factuality={"polarity": "positive", "modality": "certain", "hearsay": False, "markers": []})
        if a["source"]:
            a["source"].update(entity="e1", identity="named")
        if a["cue"]:
            a["cue"]["stance"] = "neutral"
    a1, a2, a3 = r["attributions"]
    a1.update(chain=["e1", "e2"], medium=part("the Post", kind="interview", entity="e2"), addressee=part("the Post", entity="e2"),
              occasion=part("3 May"), time=part("3 May", value=None), stronger_than=["a2"])
    a2.update(chain=["e1", "e2"], repeats=["a1"])
    a3["factuality"]["markers"] = [{"kind": "negation", "span": span("Nobody"), "text": "Nobody"}]
    r["entities"] = [
        {"id": "e1", "type": "person", "name": "Åse Lund", "names": [], "roles": [], "links": {},
         "mentions": [{"span": span("Åse Lund"), "text": "Åse Lund", "kind": "name"}]},
        {"id": "e2", "type": "publication", "name": "Post", "names": [], "roles": [], "mentions": [], "links": {"wikidata": "Q42"}},
        {"id": "u1", "type": "unnamed", "name": None, "names": [], "roles": [], "mentions": [], "links": {}, "of": "unknown", "reason": None,
         "count": {"min": 1, "max": None}}]
    r["non_responses"] = [part("Nobody knows", entity="e2", kind="no comment")]
    r["summary"] = {"attributions": 3, "named_sources": 1, "anonymous_sources": 1, "independent_sources": 2, "relays": ["e2"], "writer_share": 0.5,
                    "headline": {"attribution": "a1", "rests_on": ["a2"], "firmer_than_its_source": True}}
    return r


class Checks(unittest.TestCase):
    def wrong(self, record, *sentences):
        found = check_readings.problems(record)
        for sentence in sentences:
            self.assertTrue(any(sentence in f for f in found), f"{sentence!r} not in {found}")
        self.assertEqual(bool(found), bool(sentences), found)

    def changed(self, base, *path, to=...):
        """base with the value at path replaced (or removed)."""
        r = copy.deepcopy(base)
        at = r
        for p in path[:-1]:
            at = at[p]
        if to is ...:
            del at[path[-1]]
        else:
            at[path[-1]] = to
        return r

    def test_right(self):
        for record in (PLAIN, ERROR, full()):
            self.wrong(record)
        nothing = self.changed(PLAIN, "layers", to=[])
        del nothing["attributions"], nothing["document"]["sections"]
        self.wrong(nothing)

    def test_the_example_on_the_format_page(self):
        page = (ROOT / "docs" / "FORMAT.md").read_text(encoding="utf-8")
        example = json.loads(page.split("```json\n")[1].split("```")[0].replace("sha256:…", PLAIN["document"]["id"]))
        self.wrong(example)

    def test_every_key_is_needed_and_none_may_be_added(self):
        def objects(value, path=()):
            if isinstance(value, dict) and path[-1:] not in (("extra",), ("links",)):
                yield path
            for k, v in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
                yield from objects(v, path + (k,))
        seen = 0
        for base in (PLAIN, ERROR, full()):
            for path in objects(base):
                at = base
                for p in path:
                    at = at[p]
                for key in at:
                    if path == () and key == "error":
                        continue
                    self.assertTrue(check_readings.problems(self.changed(base, *path, key)), f"{path} without {key}")
                    seen += 1
                self.assertTrue(check_readings.problems(self.changed(base, *path, "surplus", to=1)), f"{path} with a surplus key")
        self.assertGreater(seen, 250)

    def test_keys_of_layers_that_did_not_run(self):
        r = full()
        r["layers"] = ["sections", "attributions"]
        self.wrong(r, "'neutral' may not stand here: its layer or kind has no such key", "'named' may not stand here", "['e1', 'e2'] may not stand here", "document.sections[1].agency: 'e2' is not of type 'null'")
        self.wrong(self.changed(PLAIN, "layers", to=["attributions"]), "'headline', 'span': [0, 22]}")
        self.wrong(self.changed(PLAIN, "layers", to=["attributions", "sections"]), "not in the format's order")

    def test_values(self):
        self.wrong(self.changed(PLAIN, "attributions", 0, "type", to="opinion"), "attributions[0].type: 'opinion' is not one of")
        self.wrong(self.changed(PLAIN, "document", "sections", 1, "date", to="3 May"), "document.sections[1].date: '3 May' does not match")
        self.wrong(self.changed(PLAIN, "document", "id", to="sha256:0"), "document.id")
        self.wrong(self.changed(PLAIN, "attributions", 0, "confidence", to=1.2), "maximum of 1")
        self.wrong(self.changed(PLAIN, "attributions", 0, "confidence", to=0.12345), "a1.confidence: 0.12345 has more than four decimals")
        self.wrong(self.changed(PLAIN, "attributions", 2, "content", to=None), "attributions[2]")
        self.wrong(self.changed(PLAIN, "attributions", 0, "evidence", to=[]), "attributions[0].evidence")
        self.wrong(self.changed(ERROR, "error", "kind", to="oops"), "error.kind")
        self.wrong([], "the record")

    def test_text_order(self):
        r = copy.deepcopy(PLAIN)
        r["attributions"].reverse()
        self.wrong(r, "a2: begins before the attribution ahead of it", "a1: begins before the attribution ahead of it")

    def test_spans(self):
        self.wrong(self.changed(PLAIN, "attributions", 0, "cue", "text", to="tell"), "a1.cue: text is 'tell', but 'told' stands there")
        self.wrong(self.changed(PLAIN, "attributions", 2, "content", "spans", to=[[5, 5]]), "a3.content: [5,5) is empty or outside")
        self.wrong(self.changed(PLAIN, "attributions", 2, "content", "spans", to=[[5, 500]]), "outside the text of 111 code points")
        r = copy.deepcopy(PLAIN)
        r["attributions"][1]["content"]["spans"].reverse()
        self.wrong(r, "a2.content: [42,50) begins before the span ahead of it ends")
        self.wrong(self.changed(PLAIN, "document", "sections", 0, "span", to=[30, 32]), "document.sections[1]: begins before")
        self.wrong(self.changed(PLAIN, "document", "sections", 1, "place", to="Vestrand"), "place 'Vestrand' does not stand in it")
        r = full()
        r["attributions"][2]["factuality"]["markers"][0]["text"] = "No"
        r["entities"][0]["mentions"][0]["span"] = [0, 200]
        self.wrong(r, "a3.factuality.markers[0]: text is 'No'", "e1.mentions[0]: [0,200)")

    def test_ids(self):
        self.wrong(self.changed(PLAIN, "attributions", 1, "id", to="a1"), "a1: this id is given twice")
        self.wrong(self.changed(PLAIN, "attributions", 2, "within", to="a9"), "a3.within: there is no a9")
        self.wrong(self.changed(full(), "attributions", 0, "chain", to=["e7"]), "a1.chain: there is no e7")
        self.wrong(self.changed(full(), "attributions", 0, "source", "entity", to="e7"), "a1.source.entity: there is no e7")
        self.wrong(self.changed(full(), "attributions", 0, "repeats", to=["a1"]), "a1.repeats: names itself")
        self.wrong(self.changed(full(), "summary", "attributions", to=2), "summary.attributions: 2, but there are 3")
        self.wrong(self.changed(full(), "summary", "headline", "rests_on", to=["a8"]), "summary.headline: there is no a8")

    def test_nesting(self):
        self.wrong(self.changed(PLAIN, "attributions", 2, "within", to="a1"), "a3.within: its words at", "its content stands outside the content of a1")
        self.wrong(self.changed(PLAIN, "attributions", 0, "within", to="a2"), ".within: runs in a circle")
        r = copy.deepcopy(PLAIN)
        r["attributions"][0]["content"] = None
        self.wrong(r, "a2.within: a1 has no content to stand in")

    def test_long_nesting_is_linear(self):
        r = copy.deepcopy(PLAIN)
        a = r["attributions"][2]
        r["attributions"] = [dict(a, id=f"a{i + 1}", within=f"a{i}" if i else None) for i in range(3000)]
        self.wrong(r)

    def run_tool(self, data):
        done = subprocess.run([sys.executable, ROOT / "tools" / "check_readings.py"], input=data, capture_output=True)
        return done.returncode, done.stdout.decode()

    def test_program(self):
        one, bad = json.dumps(PLAIN, ensure_ascii=False), json.dumps(self.changed(PLAIN, "layers"))
        self.assertEqual(self.run_tool(f"{one}\n{json.dumps(ERROR)}\n".encode()), (0, "1 readings and 1 error records: all hold\n"))
        self.assertEqual(self.run_tool(json.dumps([PLAIN, PLAIN], indent=2).encode()), (0, "2 readings and 0 error records: all hold\n"))
        self.assertEqual(self.run_tool(json.dumps(PLAIN, indent=2).encode()), (0, "1 readings and 0 error records: all hold\n"))
        self.assertEqual(self.run_tool(one.replace("lock.txt", "a\u2028b").encode() + b"\n")[0], 0)
        code, said = self.run_tool(f"{one}\n{bad}\n{one[:50]}\n".encode())
        self.assertEqual(code, 1)
        self.assertIn("-, line 2: the record: 'layers' is a required property", said)
        self.assertIn("-, line 3: not JSON", said)
        self.assertIn("2 readings and 0 error records: 2 with problems", said)
        self.assertIn("the last line does not end", self.run_tool(one.encode() + b"\n" + one.encode())[1])
        for data in (b"", b"[]", b"\xff", one.replace("0.9123", "NaN").encode(), one.replace('"extra": {', '"extra": {"rank": 1, ').encode(),
                     one.replace("lock.txt", "\\ud800").encode()):
            self.assertEqual(self.run_tool(data)[0], 1, data[:40])


if __name__ == "__main__":
    unittest.main()
