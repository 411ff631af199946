#!/usr/bin/env python3
"""What feedparser's own tests say of a feed's first item, and how much of it sayso's reading of the feed says too.

usage: feeds.py [--tests ../shared/cases/feedparser/tests] [--program build/sayso] [--show]

Each of its test files says in a comment what must come out: entries[0]['title'] == 'Item 1 title'. Held are those sayings that compare one
plain field of entries[0] with a string, or a date with its moment in UTC. Titles, names and texts are compared as words, without tags: sayso gives text, not
sanitised HTML. A content or summary counts when its words stand in the text in that order. (Where an item has a content, sayso leaves the summary out.)
A published date that sayso does not give counts as missed.
"""
import argparse
import ast
import datetime
import html
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FIELDS = {"title": "title", "link": "canonical", "id": "member", "guid": "member", "author": "authors", "content": "text", "summary": "text",
          "description": "text", "published_parsed": "published", "updated_parsed": "modified", "date_parsed": "published", "created_parsed": "published",
          "title_detail": "title", "summary_detail": "text", "author_detail": "authors", "publisher": "publisher"}


def expectation(path):
    """(field of entries[0], expected value) or nothing."""
    head = path.read_bytes()[:4000]
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    found = re.search(r"Expect:\s*(?:not bozo and )?(.*)", text)
    if not found:
        return None
    try:
        tree = ast.parse(found.group(1).strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return None
    if not (isinstance(tree, ast.Compare) and len(tree.ops) == 1 and isinstance(tree.ops[0], ast.Eq)):
        return None
    keys, node = [], tree.left
    while True:
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            keys.append(node.slice.value)
            node = node.value
        elif isinstance(node, ast.Attribute):
            keys.append(node.attr)
            node = node.value
        else:
            break
    keys.reverse()
    if not (isinstance(node, ast.Name) and node.id == "entries" and len(keys) >= 2 and keys[0] == 0 and keys[1] in FIELDS):
        return None
    if keys[-1] not in ("value", "name", keys[1], 0):
        return None
    try:
        return keys[1], ast.literal_eval(tree.comparators[0])
    except ValueError:
        return None


def words(text):
    text = re.sub(r"(?is)<(script|style|!--).*?(</\1>|-->)", " ", text)
    return " ".join(re.findall(r"\w+", html.unescape(re.sub(r"<[^>]*>", " ", text))))


def moment(text):
    """The UTC time tuple of an ISO 8601 date, as far as it is said."""
    try:
        when = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return (when.astimezone(datetime.timezone.utc) if when.tzinfo else when).timetuple()[:6]


def holds(field, expected, item):
    value = item.get(FIELDS[field])
    if field.endswith("_parsed"):
        return isinstance(expected, tuple) and (moment(value or "") or moment(item.get("modified") or "") or ()) == expected[:6]
    if field in ("author", "author_detail"):
        return any(words(name) in words(expected) and name for name in value or []) or (not expected and not value)
    if field == "publisher":
        value = value.get("name") if isinstance(value, dict) else value
    if field in ("content", "summary", "description", "summary_detail"):
        return f" {words(expected)} " in f" {words(value or '')} "
    if field in ("link", "id", "guid"):
        return value == expected
    return words(value or "") == words(expected)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tests", type=pathlib.Path, default=ROOT.parent / "shared" / "cases" / "feedparser" / "tests")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "sayso")
    parser.add_argument("--command", help="another command that prints such lines for files, instead of “sayso read --layers sections”")
    parser.add_argument("--show", action="store_true", help="print each that does not hold")
    args = parser.parse_args()
    if not args.tests.is_dir():
        print(f"feeds.py: left out: {args.tests} is not there; this measurement needs the shared cases.")
        return
    if not args.command and not args.program.exists():
        sys.exit(f"feeds.py: {args.program} is not there. Build it: cmake --build build")
    command = args.command.split() if args.command else [str(args.program), "read", "-q", "--layers", "sections", "--format", "jsonl"]
    cases = {str(path): found for path in sorted(args.tests.rglob("*.xml")) if (found := expectation(path))}
    paths = list(cases)
    items = {}
    for at in range(0, len(paths), 200):
        out = subprocess.run(command + paths[at:at + 200], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        for line in out.decode("utf-8").splitlines():
            item = json.loads(line)
            item = item.get("document", item)  # of a reading the document alone
            items.setdefault(item.get("source"), item)
    counts = {}
    for path, (field, expected) in cases.items():
        if not isinstance(expected, (str, tuple)):
            continue
        good = path in items and holds(field, expected, items[path])
        count = counts.setdefault(field, [0, 0])
        count[0] += good
        count[1] += 1
        if args.show and not good:
            item = items.get(path, {})
            print(f"{path[len(str(args.tests)) + 1:]}: {field} {expected!r}, not {item.get(FIELDS[field])!r}")
    for field, (good, all_) in sorted(counts.items(), key=lambda c: -c[1][1]):
        print(f"{field:18}{good:5} of {all_:5}")
    good, all_ = (sum(c[i] for c in counts.values()) for i in (0, 1))
    print(f"{'all':18}{good:5} of {all_:5}  {100 * good / max(1, all_):.1f} %")


if __name__ == "__main__":
    main()
