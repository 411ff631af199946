#!/usr/bin/python3
"""Holds readings (sayso/1) against the format: docs/sayso-1.schema.json, and what a schema cannot say.

usage: check_readings.py [FILE]…       without a FILE, or for "-": standard input

A FILE holds one reading, a JSON array of readings, or JSON Lines. Checked beyond the schema: it is strict JSON (no NaN, no key
twice, no half characters); every text equals document.text at its spans; spans lie in the text, in order, apart from each
other; ids are unique and resolve; `within` never runs in a circle, the cue of an inner attribution (the content, when it has
no cue) stands in the outer one's content, and none of its words outside that content's first and last; confidence has four
decimals; attributions stand in text order, layers in the format's; the summary counts what is there.

Prints one line a problem, then how many readings and error records there were. Exit status: 0 all hold, 1 problems or no
reading at all, 2 a file cannot be opened.
Needs Debian's python3-jsonschema.
"""
import collections
import json
import pathlib
import sys

import jsonschema

SCHEMA = json.loads((pathlib.Path(__file__).resolve().parent.parent / "docs" / "sayso-1.schema.json").read_text(encoding="utf-8"))
LAYERS = ("sections", "attributions", "entities", "provenance", "factuality")
RELATIONS = ("repeats", "contradicts", "stronger_than")
PARTS = ("source", "cue", "content", "medium", "addressee", "occasion", "time")


def validator(name):
    """Of one of the schema's two records: which one is meant is known, and "not valid under any" would help nobody."""
    return jsonschema.Draft202012Validator({**{k: v for k, v in SCHEMA.items() if k != "oneOf"}, "$ref": f"#/$defs/{name}"})


READING, ERROR_RECORD = validator("reading"), validator("error_record")


def schema_problems(record, schema):
    for error in schema.iter_errors(record):
        while error.context:  # of the branches of an anyOf the one that came furthest says what is wrong
            error = max(error.context, key=lambda e: (len(e.absolute_path), e.validator != "type"))
        where = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error.absolute_path).lstrip(".")
        message = error.message
        if error.schema is False:
            message = f"{error.instance!r} may not stand here: its layer or kind has no such key"
        if len(message) > 200:
            message = message[:80] + " … " + message[-110:]
        yield f"{where or 'the record'}: {message}"


def inside(span, spans):
    return any(s <= span[0] and span[1] <= e for s, e in spans)


class Reading:
    """One record that the schema allows, and the rest of the contract."""

    def __init__(self, record):
        self.record = record
        self.text = record["document"]["text"]
        self.attributions = record.get("attributions") or []
        self.entities = {e["id"] for e in record.get("entities") or []}
        self.by_id = {a["id"]: a for a in self.attributions}

    def spans(self, where, spans):
        end = 0
        for s, e in spans:
            if not s < e <= len(self.text):
                yield f"{where}: [{s},{e}) is empty or outside the text of {len(self.text)} code points"
            elif s < end:
                yield f"{where}: [{s},{e}) begins before the span ahead of it ends"
            end = e

    def part(self, where, part):
        if part is None:
            return
        wrong = list(self.spans(where, part["spans"]))
        yield from wrong
        there = " … ".join(self.text[s:e] for s, e in part["spans"])
        if not wrong and part["text"] != there:
            yield f"{where}: text is {part['text'][:60]!r}, but {there[:60]!r} stands there"

    def word(self, where, item):
        """Something with one span and its text: a marker, a mention."""
        yield from self.part(where, {"spans": [item["span"]], "text": item["text"]})

    def resolves(self, where, ids, known):
        for i in ids:
            if i is not None and i not in known:
                yield f"{where}: there is no {i}"

    def document(self):
        before = 0
        for i, section in enumerate(self.record["document"].get("sections") or []):
            where, (s, e) = f"document.sections[{i}]", section["span"]
            yield from self.spans(where, [section["span"]])
            if s < before:
                yield f"{where}: begins before the section ahead of it"
            before = s
            if section.get("place") and section["place"] not in self.text[s:e]:
                yield f"{where}: place {section['place']!r} does not stand in it"
            yield from self.resolves(where + ".agency", [section.get("agency")], self.entities)
        for i, warning in enumerate(self.record["document"]["warnings"]):
            if warning["span"]:
                yield from self.spans(f"document.warnings[{i}]", [warning["span"]])

    def attribution(self, a):
        name = a["id"]
        for key in PARTS:
            yield from self.part(f"{name}.{key}", a.get(key))
        for i, marker in enumerate((a.get("factuality") or {}).get("markers") or []):
            yield from self.word(f"{name}.factuality.markers[{i}]", marker)
        if abs(a["confidence"] - round(a["confidence"], 4)) > 1e-12:
            yield f"{name}.confidence: {a['confidence']} has more than four decimals"
        yield from self.resolves(f"{name}.chain", a.get("chain") or [], self.entities)
        for key in ("source", "medium", "addressee"):
            yield from self.resolves(f"{name}.{key}.entity", [(a.get(key) or {}).get("entity")], self.entities)
        for key in RELATIONS:
            yield from self.resolves(f"{name}.{key}", a.get(key) or [], self.by_id)
            if name in (a.get(key) or []):
                yield f"{name}.{key}: names itself"
        yield from self.resolves(f"{name}.within", [a["within"]], self.by_id)

    def nesting(self, a):
        outer = self.by_id.get(a["within"])
        if outer is None:
            return
        if not outer["content"]:
            yield f"{a['id']}.within: {outer['id']} has no content to stand in"
            return
        content = outer["content"]["spans"]
        if a["content"] and a["content"]["spans"] == content:  # “A, quoting B”: both say the same words
            return
        for s, e in (a["cue"] or a["content"])["spans"]:
            if not inside((s, e), content):
                yield f"{a['id']}.within: its words at [{s},{e}) stand outside the content of {outer['id']}"
        for key in ("source", "cue", "content"):
            for span in (a[key] or {"spans": []})["spans"]:
                if not inside(span, [(content[0][0], content[-1][1])]):
                    yield f"{a['id']}.within: its {key} stands outside the content of {outer['id']}"

    def circles(self):
        """Each attribution is walked once: what leads to a known end needs no second look."""
        ends = set()
        for a in self.attributions:
            path, at = {}, a["id"]
            while at in self.by_id and at not in ends and at not in path:
                path[at] = None
                at = self.by_id[at]["within"]
            if at in path:
                yield f"{at}.within: runs in a circle"
            ends.update(path)

    def others(self):
        record = self.record
        for entity in record.get("entities") or []:
            for j, mention in enumerate(entity["mentions"]):
                yield from self.word(f"{entity['id']}.mentions[{j}]", mention)
            yield from self.part(f"{entity['id']}.reason", entity.get("reason"))
        for i, silent in enumerate(record.get("non_responses") or []):
            yield from self.part(f"non_responses[{i}]", silent)
            yield from self.resolves(f"non_responses[{i}].entity", [silent["entity"]], self.entities)
        summary = record.get("summary")
        if summary:
            if summary["attributions"] != len(self.attributions):
                yield f"summary.attributions: {summary['attributions']}, but there are {len(self.attributions)}"
            yield from self.resolves("summary.relays", summary["relays"], self.entities)
            headline = summary["headline"] or {"attribution": None, "rests_on": []}
            yield from self.resolves("summary.headline", [*filter(None, [headline["attribution"]]), *headline["rests_on"]], self.by_id)

    def problems(self):
        layers = self.record["layers"]
        if layers != sorted(layers, key=LAYERS.index):
            yield f"layers: not in the format's order: {', '.join(layers)}"
        ids = [x["id"] for key in ("attributions", "entities") for x in self.record.get(key) or []]
        for i in sorted(i for i, n in collections.Counter(ids).items() if n > 1):
            yield f"{i}: this id is given twice"
        yield from self.document()
        before = 0
        for a in self.attributions:
            yield from self.attribution(a)
            yield from self.nesting(a)
            first = min(span[0] for key in ("source", "cue", "content") if a[key] for span in a[key]["spans"])
            if first < before:
                yield f"{a['id']}: begins before the attribution ahead of it"
            before = first
        yield from self.circles()
        yield from self.others()


def problems(record):
    """All that is wrong with a parsed record, a sentence each; [] when nothing is."""
    if isinstance(record, dict) and "error" in record:
        return list(schema_problems(record, ERROR_RECORD))
    return list(schema_problems(record, READING)) or list(Reading(record).problems())


def strict_object(pairs):
    if len(dict(pairs)) != len(pairs):
        raise ValueError(f"a key stands twice in one object: {sorted(k for k, _ in pairs)}")
    return dict(pairs)


def no_constant(name):
    raise ValueError(f"{name} is not JSON")


def parse(text):
    value = json.loads(text, object_pairs_hook=strict_object, parse_constant=no_constant)
    json.dumps(value, ensure_ascii=False).encode("utf-8")  # half a surrogate pair fails here
    return value


def load(data):
    """Yields (where, record or None, problem or None) for the bytes of one file."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield "", None, f"not UTF-8: {error}"
        return
    # JSON Lines are told from one indented value by their first line, which is a whole value.
    first = text.split("\n", 1)[0]
    try:
        lines = first.startswith("{") and parse(first) is not None
    except ValueError:
        lines = False
    if lines:
        rows = text.split("\n")  # not splitlines(): U+2028 may stand inside a string
        if rows[-1] == "":
            rows.pop()
        elif len(rows) > 1:
            yield f"line {len(rows)}", None, "the last line does not end"
        for n, row in enumerate(rows, 1):
            try:
                yield f"line {n}", parse(row), None
            except ValueError as error:
                yield f"line {n}", None, f"not JSON: {error}"
        return
    try:
        value = parse(text)
    except ValueError as error:
        yield "", None, f"not JSON: {error}"
        return
    for n, record in enumerate(value if isinstance(value, list) else [value], 1):
        yield f"record {n}" if isinstance(value, list) else "", record, None


def main(args):
    readings = errors = wrong = 0
    for name in args or ["-"]:
        try:
            data = sys.stdin.buffer.read() if name == "-" else pathlib.Path(name).read_bytes()
        except OSError as error:
            print(f"{name}: {error.strerror}", file=sys.stderr)
            return 2
        for where, record, problem in load(data):
            found = [problem] if problem else problems(record)
            for p in found:
                print(f"{name}{', ' + where if where else ''}: {p}")
            wrong += bool(found)
            if record is not None:
                is_error = isinstance(record, dict) and "error" in record
                errors, readings = errors + is_error, readings + (not is_error)
    print(f"{readings} readings and {errors} error records: " + (f"{wrong} with problems" if wrong else "all hold"))
    return 1 if wrong or not readings + errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
