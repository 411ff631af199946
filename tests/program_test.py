#!/usr/bin/env python3
"""sayso read, sayso explain, sayso who and sayso eval as their users see them. Run: program_test.py PROGRAM [TEST]…"""
import gzip
import html.parser
import json
import os
import pathlib
import pty
import re
import select
import signal
import subprocess
import tempfile
import threading
import time
import unittest

from program import ARTICLE, EXAMPLES, LIMIT, QUIET, ROOT, ProgramTest, lines_of, main, rows_of, without_colour

SMALL = [path for path in EXAMPLES if path.name in ("clock.txt", "harbour.txt", "hackers.txt")]
GERMAN = ("Der Minister sagte am Montag, die Fähre nach Holm werde wieder fahren. „Wir haben den Motor gewechselt“, erklärte die Betreiberin. "
          "Niemand hatte sich beschwert, und der Hafen blieb den ganzen Tag geschlossen.\n")


class WithFolder(ProgramTest):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def put(self, name, content=ARTICLE):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path


class Forms(WithFolder):
    def test_an_article_has_its_attributions(self):
        reading = self.read_text(ARTICLE)
        self.assertEqual(reading["layers"], ["sections", "attributions", "entities", "provenance", "factuality"])
        self.assertEqual(reading["document"]["source"], "-")
        self.assertEqual(reading["document"]["language"], "en")
        self.assertEqual(reading["document"]["title"], "Ferry to Holm sails again")
        self.assertEqual(reading["document"]["warnings"], [])
        self.assertEqual([s["kind"] for s in reading["document"]["sections"]], ["headline", "dateline"])
        said = {a["cue"]["text"]: a for a in reading["attributions"]}
        self.assertEqual(said["told"]["source"]["text"], "Marit Dahl")
        self.assertEqual(said["told"]["content"]["text"], "“We have changed the engine,”")
        self.assertEqual(said["told"]["quotation"], "direct")
        self.assertEqual(said["According to"]["source"]["text"], "the harbour office")

    def test_json_lines_are_what_a_pipe_gets(self):
        path = self.put("a.txt")
        lines = self.run_program("read", path, path).out
        self.assertEqual(lines, self.run_program("read", "--format", "jsonl", path, path).out)
        self.assertEqual(lines.count(b"\n"), 2)
        self.assertEqual(lines[:len(lines) // 2], self.run_program("read", path).out)

    def test_json_is_one_object_or_an_array(self):
        path, missing = self.put("a.txt"), self.folder / "none.txt"
        [line] = self.read(path)
        alone = self.run_program("read", "--format", "json", path).out
        self.assertTrue(alone.startswith(b"{\n  \"format\"") and alone.endswith(b"}\n"))
        self.assertEqual(self.records(alone), [line])
        several = self.run_program("read", "--format", "json", path, missing, path, code=1).out
        self.assertTrue(several.startswith(b"[\n") and several.endswith(b"\n]\n"))
        first, error, last = self.records(several)
        self.assertEqual([first, last], [line, line])
        self.assertEqual(error["document"], {"id": None, "source": str(missing), "member": None})
        self.assertEqual(error["error"], {"kind": "not_found", "what": "there is no such file", "where": str(missing), "hint": "Check the name."})

    def test_csv_has_a_row_an_attribution(self):
        path, empty, missing = self.put("a.txt"), self.put("empty.txt", "The harbour.\n"), self.folder / "none.txt"
        [reading] = self.read(path)
        out = self.run_program("read", "--format", "csv", path, empty, missing, code=1).out
        self.assertTrue(out.startswith(b"document,member,attribution,type,quotation,source,source_kind,source_name,source_entity,source_identity,cue,content,within,confidence,start,end,error,"
                                       b"chain,chain_entities,medium,medium_kind,addressee,occasion,time,time_value,repeats,contradicts,stronger_than,stance,polarity,modality,hearsay,markers\r\n"))
        rows = rows_of(out)
        self.assertEqual(len(rows), len(reading["attributions"]) + 1)
        names = {e["id"]: e["name"] or "" for e in reading["entities"]}
        described = lambda e: next((m["text"] for m in sorted(e["mentions"], key=lambda m: m["kind"] != "nominal")), "somebody unnamed")
        called = {e["id"]: e["name"] or described(e) for e in reading["entities"]}
        for row, a in zip(rows, reading["attributions"]):
            spans = [span for key in ("source", "cue", "content") if a[key] for span in a[key]["spans"]]
            self.assertEqual(row, {
                "document": str(path), "member": "", "attribution": a["id"], "type": a["type"], "quotation": a["quotation"],
                "source": a["source"]["text"] if a["source"] else "", "source_kind": a["source"]["kind"] if a["source"] else "",
                "source_name": names[a["source"]["entity"]] if a["source"] else "", "source_entity": a["source"]["entity"] if a["source"] else "",
                "source_identity": a["source"]["identity"] if a["source"] else "",
                "cue": a["cue"]["text"], "content": a["content"]["text"], "within": a["within"] or "", "confidence": f"{a['confidence']:.4f}",
                "start": str(min(s for s, _ in spans)), "end": str(max(e for _, e in spans)), "error": "",
                "chain": " → ".join(called[link] for link in a["chain"]), "chain_entities": "; ".join(a["chain"]),
                **{key: a[key]["text"] if a[key] else "" for key in ("medium", "addressee", "occasion", "time")},
                "medium_kind": a["medium"]["kind"] if a["medium"] else "", "time_value": (a["time"] or {}).get("value") or "",
                **{key: "; ".join(a[key]) for key in ("repeats", "contradicts", "stronger_than")},
                "stance": a["cue"]["stance"], "polarity": a["factuality"]["polarity"], "modality": a["factuality"]["modality"],
                "hearsay": str(a["factuality"]["hearsay"]).lower(),
                "markers": "; ".join(f"{m['kind']}: {m['text']}" for m in a["factuality"]["markers"])})
        plain = rows_of(self.run_program("read", "--format", "csv", "--layers", "attributions", path).out)
        of_other_layers = ("source_name", "source_entity", "source_identity", "chain", "polarity", "hearsay", "markers")
        self.assertTrue(plain and all(row["source"] and not any(row[key] for key in of_other_layers) for row in plain))
        self.assertEqual(rows[-1]["error"], f"there is no such file ({missing}). Check the name.")

    def test_citron_has_what_citron_has(self):
        paths, missing = [*EXAMPLES, self.put("a.txt")], self.folder / "none.txt"
        readings = self.read("--recall", *paths)
        several = self.run_program("read", "--recall", "--format", "citron", *paths, missing, code=1).out
        self.assertTrue(several.startswith(b"[\n{\n  \"text\"") and several.endswith(b"}\n]\n"))
        documents = json.loads(several)
        self.assertEqual(documents.pop(), {"error": f"there is no such file ({missing}). Check the name.", "source": {
            **documents[0]["source"], "document": str(missing)}})
        self.assertEqual(json.loads(self.run_program("read", "--recall", "--format", "citron", paths[-1]).out), documents[-1])
        for path, document, reading in zip(paths, documents, readings, strict=True):
            self.assertEqual(list(document), ["text", "quotes", "source"])
            self.assertEqual((document["text"], document["source"]["document"]), (path.read_text(encoding="utf-8"), str(path)))
            kept = [a for a in reading["attributions"] if a["source"] and a["cue"] and a["content"] and not a["within"]]
            self.assertEqual([q["id"] for q in document["quotes"]], [a["id"] for a in kept])
            for quote, a in zip(document["quotes"], kept):
                for span in [quote["cue"], *quote["sources"], *quote["contents"]]:
                    self.assertEqual(document["text"][span["start"]:span["end"]], span["text"])
                self.assertEqual([[s["start"], s["end"]] for s in quote["sources"]], a["source"]["spans"])
                self.assertEqual([[s["start"], s["end"]] for s in quote["contents"]], a["content"]["spans"])
                self.assertEqual([quote["cue"]["start"], quote["cue"]["end"]], [a["cue"]["spans"][0][0], a["cue"]["spans"][-1][1]])
                self.assertEqual((quote["coreferences"], quote["confidence"]), ([], f"{a['confidence']:.4f}"))
        self.assertNotIn("quotes", json.loads(self.run_program("read", "--layers", "sections", "--format", "citron", paths[0]).out))

    def test_csv_is_safe_in_a_spreadsheet(self):
        path = self.put("=cmd.txt", "“=HYPERLINK(\"x\")” and “+1” and “@you”, Marit Dahl said.\n\n=SUM said the clerk, who thinks it rains.\n")
        rows = rows_of(self.run_program("read", "--format", "csv", path.name, folder=self.folder).out)
        self.assertTrue(rows)
        for row in rows:
            self.assertEqual(row["document"], "'=cmd.txt")
            for cell in row.values():
                self.assertNotIn(cell[:1], ("=", "+", "-", "@", "\t", "\r", "\n"))

    def test_text_shows_marks_in_eighty_columns_or_as_wide_as_the_terminal_is(self):
        path = self.put("a.txt")
        shown = self.run_program("read", "--format", "text", path).out.decode()
        self.assertNotIn("\x1b", shown)
        self.assertIn("\n  Ferry to Holm sails again — headline\n", shown)
        self.assertRegex(shown, r"\{(.)Marit\s+Dahl\} <\1told> passengers")
        self.assertRegex(shown, r"Marit Dahl – told – “We have changed the engine,” \(direct, \d+%\)")
        self.assertEqual(max(map(len, shown.splitlines())), 80)
        narrow = self.run_program("read", "--format", "text", path, environment={"COLUMNS": "44"}).out.decode()
        self.assertEqual(max(map(len, narrow.splitlines())), 44)

    def test_colour_only_when_asked_for_or_on_a_terminal(self):
        path = self.put("a.txt")
        plain = self.run_program("read", "--format", "text", "--color", "never", path).out.decode()
        colour = self.run_program("read", "--format", "text", "--color", "always", path, environment={"NO_COLOR": "1"}).out.decode()
        self.assertEqual(self.run_program("read", "--format", "text", path).out.decode(), plain)
        self.assertIn("\x1b[", colour)
        self.assertEqual(without_colour(colour), plain)

    def test_output_goes_to_a_file(self):
        path, out = self.put("a.txt"), self.folder / "out.jsonl"
        run = self.run_program("read", "-o", out, path)
        self.assertEqual((run.out, run.err), (b"", ""))
        self.assertEqual(out.read_bytes(), self.run_program("read", path).out)
        refused = self.run_program("read", "-o", path, path, code=2)
        self.assertEqual(refused.err, f"sayso: the output would overwrite an input ({path}). Name another file for -o.\n")
        self.assertEqual(path.read_text(), ARTICLE)

    def test_layers(self):
        bad = {"SAYSO_MODEL": "/nowhere/at-all.safetensors"}
        reading = self.read_text(ARTICLE, "--layers", "sections", environment=bad)
        self.assertEqual(reading["layers"], ["sections"])
        self.assertIsNone(reading["engine"]["model"])
        self.assertNotIn("attributions", reading)
        self.assertEqual(len(reading["document"]["sections"]), 2)
        every = self.read_text(ARTICLE)
        for names in ("provenance", "attributions,provenance", "factuality,provenance,sections"):
            self.assertEqual(self.read_text(ARTICLE, "--layers", names), every)
        both = self.read_text(ARTICLE, "--layers", "attributions")
        self.assertEqual(both, self.read_text(ARTICLE, "--layers", "attributions,sections"))
        self.assertEqual(both["layers"], ["sections", "attributions"])
        self.assertNotIn("entities", both)
        self.assertTrue(all(set(a["source"]) == {"spans", "text", "kind"} for a in both["attributions"] if a["source"]))
        for names in ("events", "sections,", "", "Sections"):
            run = self.run_program("read", "--layers", names, code=2, environment=bad)
            self.assertEqual(run.err, f"sayso: there is no layer “{names.split(',')[-1]}” in this version. The layers are: sections, attributions, entities, factuality, provenance.\n")

    def test_precision_gives_fewer_and_recall_more(self):
        counts = [sum(len(r["attributions"]) for r in self.read(*option, *SMALL)) for option in (["--precision"], [], ["--recall"])]
        self.assertLess(counts[0], counts[1])
        self.assertLess(counts[1], counts[2])
        self.assertIn("--precision", self.run_program("read", "--precision", "--recall", "x", code=2).err)

    def test_cue_words_of_the_user(self):
        text = "The clerk frobnicated that the ferry was late. Marit Dahl said that nobody complained.\n"
        cues = self.put("cues.txt", "# ours\ncue: frobnicated\nstop: said\n")
        found = {a["cue"]["text"]: a for a in self.read_text(text, "--cues", cues)["attributions"]}
        self.assertIn("frobnicated", found)
        self.assertNotIn("said", found)
        self.assertIn("said", {a["cue"]["text"] for a in self.read_text(text)["attributions"]})
        wrong = self.run_program("read", "--cues", self.put("wrong.txt", "cue: a\nqueue: b\n"), code=3).err
        self.assertRegex(wrong, r"^sayso: .*wrong\.txt.*2")
        self.assertIn("there is no such file", self.run_program("read", "--cues", self.folder / "none", code=3).err)


class PageParser(html.parser.HTMLParser):
    """A page's elements, as long as each ends where it should."""

    def __init__(self, page):
        super().__init__()
        self.open, self.ids, self.links, self.tags, self.attributes, self.articles, self.style, self.names = [], [], [], [], [], [], "", set()
        self.feed(page)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attributes]
        self.ids += [value for name, value in attributes if name == "id"]
        self.links += [value for name, value in attributes if name == "href"]
        self.names |= {value for name, value in attributes if name == "aria-labelledby" for value in value.split()}
        if tag not in ("meta",):
            self.open.append(tag)
        if tag == "article":
            self.articles.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, (tag, self.getpos())

    def handle_data(self, data):
        if "article" in self.open and "a" not in self.open:
            self.articles[-1] += data
        if self.open and self.open[-1] == "style":
            self.style += data


def contrast(one, other):
    """Of two colours (#rrggbb), as WCAG 2 measures it."""
    def luminance(colour):
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        return sum(w * (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4) for w, p in zip((0.2126, 0.7152, 0.0722), parts))
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


class Pages(WithFolder):
    """--format html, as a browser reads it."""

    def page(self, *arguments, **more):
        out = self.run_program("read", "--format", "html", *arguments, **more).out.decode("utf-8")
        page = PageParser(out)
        self.assertTrue(out.startswith("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
                                       "content=\"default-src 'none'; style-src 'unsafe-inline'"))
        self.assertEqual(len(page.ids), len(set(page.ids)))
        self.assertEqual({link[1:] for link in page.links} | page.names, set(page.ids))  # every link leads somewhere, and each id is needed
        self.assertLessEqual(set(page.tags), set("html head meta title style body header main footer nav section div article aside h1 h2 h3 h4 p a b i u "
                                                 "span strong ol li dl dt dd".split()))
        self.assertLessEqual({name for _, name, _ in page.attributes}, set("lang charset http-equiv content name class id href title dir role aria-label "
                                                                           "aria-labelledby data-kind".split()))
        self.assertTrue(all(link.startswith("#") for link in page.links))
        self.assertEqual((page.tags.count("h1"), page.tags.count("main")), (1, 1))
        self.assertNotRegex(page.style, r"url|import|@font|[^\n -~—]")
        return page

    def test_each_article_stands_there_in_full(self):
        page = self.page("--recall", *EXAMPLES)
        self.assertEqual(page.articles, [path.read_text(encoding="utf-8") for path in EXAMPLES])
        self.assertIn("nav", page.tags)
        readings = self.read("--recall", *EXAMPLES)
        self.assertEqual({i for i in page.ids if "-a" in i}, {f"d{n}-{a['id']}" for n, r in enumerate(readings, 1) for a in r["attributions"]})

    def test_one_document(self):
        page = self.page(self.put("a.txt"))
        self.assertEqual(page.articles, [ARTICLE])
        self.assertNotIn("nav", page.tags)
        self.assertIn(("article", "lang", "en"), page.attributes)
        empty = self.page(input=b"")
        self.assertEqual((empty.articles, empty.tags.count("li")), ([""], 0))

    def test_what_could_not_be_read_is_said(self):
        missing = self.folder / "no<ne>.txt"
        self.assertEqual(self.page(missing, code=1).articles, [])
        self.assertEqual(self.page(self.put("a.txt"), missing, code=1).articles, [ARTICLE])

    def test_no_text_gets_out_of_its_place(self):
        hostile = "“</article></style><script>alert(1)</script>”, <b onclick=x>Marit</b> &lt;Dahl said.\n\n\t“Yes,” she added.\u00a0\r\n\r\nHe said no.\n"
        page = self.page(self.put("<img src=x>'\".txt", hostile))
        self.assertEqual(page.articles, [hostile.replace("\r\n", "\n")])
        steering = "“A\u202eB\u2066C\u200f”, Marit Dahl\x07 said\x1b[2J.\n"
        self.assertEqual(self.page(self.put("b.txt", steering)).articles, ["“A‹U+202E›B‹U+2066›C‹U+200F›”, Marit Dahl␇ said␛[2J.\n"])

    def test_colours_can_be_told_from_their_ground(self):
        style = self.page(input=b"Rain.").style
        light, dark = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", style, re.S)]
        self.assertEqual(set(light), set(dark))
        for scheme in (light, dark):
            for ground in ("ground", "wash", "target"):
                for ink in ("ink", "soft", "link", "cue"):
                    self.assertGreaterEqual(contrast(scheme[ink], scheme[ground]), 4.5, (ink, ground))
                for line in ("line1", "line2", "line3", "line4", "box"):
                    self.assertGreaterEqual(contrast(scheme[line], scheme[ground]), 3, (line, ground))

    def test_one_huge_line(self):
        line = "The ferry sails, Marit Dahl said, and “it is late”, he added; "
        started = time.monotonic()
        self.assertEqual(self.page("--layers", "sections", input=(line * 33_000).encode()).articles, [line * 33_000])
        self.assertLess(time.monotonic() - started, LIMIT / 5)


class Inputs(WithFolder):
    def test_gzip_reads_as_what_is_packed(self):
        plain, packed = self.put("a.txt"), self.put("a.txt.gz", gzip.compress(ARTICLE.encode()))
        one, other = self.read(plain, packed)
        self.assertNotEqual(one["document"].pop("id"), other["document"].pop("id"))
        self.assertEqual(one["document"].pop("source") + ".gz", other["document"].pop("source"))
        self.assertEqual(one, other)
        self.assertEqual(self.read_text(packed.read_bytes())["document"]["text"], ARTICLE)

    def test_standard_input(self):
        self.assertEqual(self.read_text(ARTICLE), self.read_text(ARTICLE, "-"))
        sources = [r["document"]["source"] for r in self.read(self.put("a.txt"), "-", self.put("b.txt"), input=b"Rain, he said.")]
        self.assertEqual(sources, [str(self.folder / "a.txt"), "-", str(self.folder / "b.txt")])
        self.assertEqual(self.run_program("read", "-", "-", code=2).err, "sayso: standard input (-) can be read only once.\n")

    def test_a_directory_is_read_in_the_order_of_its_names(self):
        for name in ("b.txt", "a.txt", "B/z.txt", "B.txt", "é.txt", ".hidden.txt", ".git/x.txt", "c"):
            self.put(name, "Rain, he said.\n")
        self.put("d.gz", gzip.compress(b"Rain."))
        self.put("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(100))
        self.put("program", b"\x7fELF" + bytes(100))
        (self.folder / "link.txt").symlink_to("a.txt")
        (self.folder / "B" / "round").symlink_to("..")
        run = self.run_program("read", "--layers", "sections", self.folder)
        names = ["B.txt", "B/z.txt", "a.txt", "b.txt", "c", "d.gz", "link.txt", "é.txt"]
        self.assertEqual([r["document"]["source"] for r in self.records(run.out)], [f"{self.folder}/{name}" for name in names])
        self.assertEqual(run.err, "sayso: 2 files that are no text (pictures, programs, …) passed over.\n")
        self.assertEqual(self.run_program("read", "-q", "--layers", "sections", self.folder).err, "")

    def test_a_directory_without_text(self):
        empty = self.folder / "empty"
        empty.mkdir()
        [record] = self.read(empty, code=1)
        self.assertEqual(record["error"], {"kind": "not_found", "what": "there are no files in this directory", "where": str(empty),
                                           "hint": "Name a directory with text files, plain or packed with gzip; hidden files are not read."})
        self.put("pictures/a.png", b"\x89PNG\r\n\x1a\n" + bytes(50))
        [record] = self.read(self.folder / "pictures", code=1)
        self.assertEqual(record["error"]["what"], "there is no text in this directory, only 1 other file")

    def test_a_pipe_is_read_by_its_name(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=lambda: pipe.write_bytes(ARTICLE.encode()))
        writer.start()
        [reading] = self.read(pipe)
        writer.join()
        self.assertEqual(reading["document"]["text"], ARTICLE)

    def test_names_with_odd_characters(self):
        odd = os.fsencode(self.folder) + b"/a\x1b[31m\n\xff.txt"
        with open(odd, "wb") as file:
            file.write(b"PK\x03\x04")
        run = self.run_program("read", os.fsdecode(odd), "--format", "text", code=1)
        self.assertNotIn("\x1b", run.err)
        self.assertEqual(run.err.count("\n"), 1)
        [record] = self.read(os.fsdecode(odd), code=1)
        self.assertEqual(record["document"]["source"], f"{self.folder}/a\x1b[31m\n\ufffd.txt")

    def test_one_bad_document_of_many(self):
        good = [self.put(f"{i}.txt", f"It will rain on day {i}, Marit Dahl said.\n") for i in range(4)]
        bad = [self.folder / "none.txt", self.put("archive.txt", b"{\\rtf1"), self.put("noise.txt", bytes(range(256)) * 20)]
        order = [good[0], bad[0], good[1], bad[1], bad[2], good[2], good[3]]
        run = self.run_program("read", *order, code=1)
        records = self.records(run.out)
        self.assertEqual([r["document"]["source"] for r in records], list(map(str, order)))
        self.assertEqual([r["error"]["kind"] for r in records if "error" in r], ["not_found", "unsupported", "bad_input"])
        self.assertEqual([len(r["attributions"]) for r in records if "error" not in r], [1] * 4)
        self.assertEqual(records[3]["document"]["id"][:7], "sha256:")
        self.assertEqual(run.err.count("\n"), 4)
        self.assertTrue(run.err.endswith("sayso: 3 of 7 documents could not be read.\n"))
        self.assertEqual(self.run_program("read", "-q", *order, code=1).err, "")
        shown = self.run_program("read", "--format", "text", *order, code=1)
        self.assertEqual(shown.err, "sayso: 3 of 7 documents could not be read.\n")
        self.assertIn("\n! there is no such file", shown.out.decode())

    def test_same_bytes_for_any_number_of_threads(self):
        for i in range(3):
            self.put(f"n/{i}0.txt", ARTICLE.replace("May 3", f"May {i + 1}"))
            self.put(f"n/{i}1.txt", f"Rain, the {i + 3}th this week, Per Holm said. " * (i + 1))
            self.put(f"n/{i}2.txt", b"PK\x03\x04")
            self.put(f"n/{i}3.txt", "")
        folder = self.folder / "n"
        for form in ("jsonl", "json", "csv", "text", "citron", "html"):
            threads = range(1, 9) if form == "jsonl" else (1, 3)
            first, *others = [self.run_program("read", "--format", form, "--threads", n, folder, SMALL[0], folder / "00.txt", code=1) for n in threads]
            for other in others:
                self.assertEqual(other.out, first.out)
                self.assertEqual(other.err, first.err)
            if form == "jsonl":
                self.assertEqual([r["document"]["source"] for r in self.records(first.out)],
                                 [str(folder / f"{i}{j}.txt") for i in range(3) for j in range(4)] + [str(SMALL[0]), str(folder / "00.txt")])


PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ferry to Holm sails again | The Fjord</title>
<meta property="og:title" content="Ferry to Holm sails again"><meta name="author" content="Kari Vik"><meta property="article:published_time" content="2026-05-03"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Ferry to Holm sails again</h1>
<p>TVERDAL, May 3 (Fjord Press) – The ferry to Holm will sail again on Monday, its operator said, after three weeks in which nothing moved in the harbour. “We have changed the engine,” Marit Dahl told passengers.</p>
<p>According to the harbour office, nobody had complained about the long silence or about the price of a ticket.</p></article><footer>Text: Kari Vik. All rights reserved</footer></body></html>"""


def warc_record(body, number):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    return (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2026-05-04T00:00:00Z\r\nWARC-Target-URI: https://fjord.example/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n").encode() + block + b"\r\n\r\n"


class Formats(WithFolder):
    """Pages, feeds, archives: what is in them is read as the same words in a text are."""

    def test_a_page(self):
        reading = self.read_text(PAGE)
        document = reading["document"]
        self.assertEqual((document["media_type"], document["title"], document["authors"], document["published"], document["language"]),
                         ("text/html", "Ferry to Holm sails again", ["Kari Vik"], "2026-05-03", "en"))
        self.assertTrue(document["text"].startswith("Ferry to Holm sails again\n\nTVERDAL, May 3 (Fjord Press) – The ferry"))
        self.assertNotIn("rights", document["text"])
        self.assertEqual([s["kind"] for s in document["sections"]], ["headline", "dateline"])
        self.assertIn("Marit Dahl", [a["source"]["text"] for a in reading["attributions"] if a["source"]])
        self.assertNotIn("raw_map", document)

    def test_raw_map_leads_into_the_bytes(self):
        raw = PAGE.replace("utf-8", "windows-1252").encode("windows-1252")
        document = self.read_text(raw, "--raw-map", "--layers", "sections")["document"]
        self.assertEqual(document["text"], self.read_text(PAGE, "--layers", "sections")["document"]["text"])
        covered = 0
        for start, end, begin, stop in document["raw_map"]:
            self.assertEqual(document["text"][start:end], raw[begin:stop].decode("windows-1252"))
            covered += end - start
        self.assertGreater(covered, 0.9 * len(document["text"]))

    def test_a_feed_is_a_document_an_item(self):
        items = "".join(f"<item><title>Day {i}</title><guid>g{i}</guid><description>It will rain on day {i}, Marit Dahl said.</description></item>" for i in range(3))
        records = self.read(input=f"<?xml version='1.0'?><rss version='2.0'><channel><title>Fjord</title>{items}</channel></rss>".encode())
        self.assertEqual([r["document"]["title"] for r in records], ["Day 0", "Day 1", "Day 2"])
        self.assertEqual(len({r["document"]["member"] for r in records}), 3)
        self.assertEqual([a["source"]["text"] for r in records for a in r["attributions"]], ["Marit Dahl"] * 3)

    def test_an_archive_and_what_is_damaged_in_it(self):
        parts = [warc_record(PAGE.encode(), i) for i in range(4)]
        parts[1] = parts[1][:-400]  # cut off; the next record stands right behind
        for name, content, code in (("whole.warc", b"".join(warc_record(PAGE.encode(), i) for i in range(4)), 0), ("cut.warc", b"".join(parts), 1),
                                    ("packed.warc.gz", b"".join(gzip.compress(warc_record(PAGE.encode(), i)) for i in range(4)), 0)):
            records = self.read("--layers", "sections", self.put(name, content), code=code)
            good = [r for r in records if "error" not in r]
            self.assertEqual(len(good), 4 - code, name)
            self.assertEqual({r["document"]["text"] for r in good}, {self.read_text(PAGE, "--layers", "sections")["document"]["text"]})
            self.assertEqual([r["document"]["publisher"]["domain"] for r in good], ["fjord.example"] * len(good))

    def test_json_lines_with_fields_of_their_own(self):
        rows = [{"nr": i, "story": {"words": f"It will rain on day {i}, Marit Dahl said."}, "desk": "weather"} for i in range(3)]
        records = self.read("--field", "text=story.words", "--field", "id=nr", input="".join(json.dumps(row) + "\n" for row in rows).encode())
        self.assertEqual([r["document"]["text"] for r in records], [row["story"]["words"] for row in rows])
        self.assertEqual({r["document"]["extra"]["desk"] for r in records}, {"weather"})
        self.assertIn("is nothing that a field can be", self.run_program("read", "--field", "colour=a", input=b"x", code=2).err)

    def test_limits_are_listed_and_set(self):
        listed = dict(line.split(None, 2)[:2] for line in self.run_program("limits").out.decode().splitlines())
        self.assertEqual(listed["unpacked-bytes"], str(256 << 20))
        path = self.put("long.txt", "Rain. " * 20)
        self.assertIn("more bytes than the limit of 50", self.run_program("read", "--limit", "depth=9", "--limit", "document-bytes=50", path, code=1).err)
        self.assertIn("more bytes than the limit of 50", self.run_program("read", "--limit", "document-bytes=50", input=b"Rain. " * 20, code=1).err)
        for wrong in ("depth", "depth=", "wings=2", "depth=x", "depth=0"):
            self.run_program("read", "--limit", wrong, input=b"Rain.", code=2)

    def test_nothing_is_fetched_or_opened(self):
        feed = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>&x;</title><description>Rain, he said.</description></item></channel></rss>"
        [record] = self.read(input=feed.encode())
        self.assertNotIn("root:", json.dumps(record))


class Refusals(WithFolder):
    """Bad input gets a clear sentence or a best reading."""

    def test_other_formats_are_named(self):
        for content, name, hint in ((b"{\\rtf1", "a rich text (RTF) document", "Unpack it or convert it to text first."), (b"\x89PNG\r\n\x1a\n", "a picture (PNG)", None)):
            error = self.refusal(content)
            self.assertEqual((error["kind"], error["what"], error["where"], error["hint"]), ("unsupported", f"this is {name}, which sayso does not read", "-", hint))

    def test_binary(self):
        error = self.refusal(bytes(range(256)) * 50)
        self.assertEqual((error["kind"], error["what"]), ("bad_input", "this is not text: it is full of control characters"))
        self.assertEqual(self.refusal(gzip.compress(b"rain" * 99)[:-9])["kind"], "corrupt")

    def test_too_large(self):
        path = self.put("a.txt", "Rain, he said. " * 10)
        self.assertEqual(len(self.read("--max-bytes", "150", path)), 1)
        run = self.run_program("read", "--max-bytes", "149", path, code=1)
        self.assertEqual(run.err, f"sayso: this has more bytes than the limit of 149 ({path}). Raise it with --limit document-bytes=N.\n")
        packed = self.put("b.gz", gzip.compress(b"Rain. " * 2_000_000))
        self.assertLess(packed.stat().st_size, 100_000)
        [record] = self.read("--max-bytes", "5MB", "--layers", "sections", packed, code=1)
        self.assertEqual(record["error"]["kind"], "bad_input")
        self.assertIn("the limit", record["error"]["what"])
        self.assertIn("more bytes than the limit of 20000000", self.run_program("read", "--layers", "sections", input=b"a" * 20_000_001, code=1).err)
        for size in ("0", "5XB", "MB", "-1", "1e9"):
            self.assertIn(f"\"{size}\" is no size from 1 to 4000000000", self.run_program("read", f"--max-bytes={size}", code=2).err)

    def test_damaged_text_is_read_with_a_warning(self):
        reading = self.read_text("“Café” – “no”, Marit\x00 Dahl said".encode() + b". \xe2\x80")
        self.assertEqual(reading["document"]["text"], "“Café” – “no”, Marit\ufffd Dahl said. \ufffd")
        self.assertEqual([(w["kind"], w["span"]) for w in reading["document"]["warnings"]], [("charset", [33, 34]), ("nul", [20, 21])])
        self.assertTrue(reading["attributions"])
        self.assertEqual(self.read_text("Le café “Bleu” est fermé, a dit la ministre à midi.".encode("cp1252"))["document"]["text"],
                         "Le café “Bleu” est fermé, a dit la ministre à midi.")
        self.assertEqual(self.read_text("It rains, she said.".encode("utf-16-le"))["document"]["text"], "It rains, she said.")
        for codec, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-8", b"\xef\xbb\xbf")):
            other = self.read_text(mark + ARTICLE.encode(codec))
            self.assertEqual((other["document"]["text"], other["document"]["warnings"]), (ARTICLE, []))

    def test_nothing_to_read(self):
        for content in (b"", b" \r\n\t\n", b"\xef\xbb\xbf"):
            reading = self.read_text(content)
            self.assertEqual(reading["attributions"], [])
            self.assertIn("empty", [w["kind"] for w in reading["document"]["warnings"]])
            self.assertNotIn("not English", [w["kind"] for w in reading["document"]["warnings"]])

    def test_another_language_gets_a_warning_and_no_attributions(self):
        reading = self.read_text(GERMAN)
        self.assertEqual((reading["document"]["language"], reading["layers"], reading["attributions"]), ("de", ["sections", "attributions", "entities", "provenance", "factuality"], []))
        [warning] = reading["document"]["warnings"]
        self.assertEqual((warning["kind"], warning["what"]), ("not English", "the text is not in English (it looks like “de”), so no attributions were looked for"))
        shown = self.run_program("read", "--format", "text", input=GERMAN.encode()).out.decode()
        self.assertIn("! the text is not in English", shown)

    def test_unbalanced_marks_and_odd_texts_are_read(self):
        texts = ["“No, he said. “Yes, “maybe, she added.\n\n“And then” again, he said, ” and went.", "''No, he said. ``Yes'', she \" added.",
                 "“" * 3000, "\"" * 3001, "he said " * 400, "A", "?", ":", "\u202e\u2066he said\u200f", "e\u0301" * 500, "👩\u200d👩\u200d👦 said no", "a" * 20_000,
                 "\r\r\n\n\r he said \r\n\r\n", "SMITH: No.\nQ: Why?\nA: Because.\n", "“‘“‘No’”’” said" * 50, "\ufffd" * 30, "said said said", "A said B said C said D."]
        paths = [self.put(f"{i:02}.txt", text) for i, text in enumerate(texts)]
        readings = self.read(*paths)
        self.assertEqual([r["document"]["text"] for r in readings], texts)
        self.run_program("read", "--format", "text", *paths)
        self.assertGreater(len(rows_of(self.run_program("read", "--recall", "--format", "csv", *paths).out)), 3)

    def test_one_huge_line(self):
        line = "The ferry sails, Marit Dahl said, and “it is late”, he added; "
        reading = self.read_text(line * 300)
        self.assertGreater(len(reading["attributions"]), 100)
        started = time.monotonic()
        self.read_text(line * 33_000, "--layers", "sections")  # two megabytes
        self.assertLess(time.monotonic() - started, LIMIT / 5)


class Starting(WithFolder):
    def test_no_model(self):
        missing = self.folder / "none.safetensors"
        sentence = f"sayso: there is no weight file ({missing}). Name a .safetensors file that was made for sayso, or leave --model away.\n"
        self.assertEqual(self.run_program("read", "--model", missing, code=3).err, sentence)
        self.assertEqual(self.run_program("read", code=3, environment={"SAYSO_MODEL": str(missing)}).err, sentence)
        unknown = self.run_program("read", "--model", "no-such-model", code=3).err
        self.assertIn("there is no model called no-such-model (searched: ", unknown)
        self.assertIn(str(ROOT / "models"), unknown)
        self.assertIn("no weight file", self.run_program("eval", "--model", missing, ROOT / "tests/golden/eval/gold.jsonl", code=3).err)

    def test_a_damaged_model(self):
        small = (ROOT / "tests/golden/model/small.safetensors").read_bytes()
        for content in (b"", b"no weights", small[:-1], small[:-1] + bytes([small[-1] ^ 1])):
            path = self.put("bad.safetensors", content)
            run = self.run_program("read", "--model", path, code=3)
            self.assertEqual(run.out, b"")
            self.assertIn(str(path), run.err)
        # Weights that load and are not for attributions.
        self.assertRegex(self.run_program("read", "--model", self.put("small.safetensors", small), code=3).err, r"settings lack .*small\.safetensors")

    def test_every_set_of_kernels_writes_the_same_bytes_and_no_other_stands_in(self):
        refused = self.run_program("read", input=ARTICLE.encode(), environment={"SAYSO_KERNELS": "mmx"}, code=3)
        self.assertEqual(refused.out, b"")
        found = re.fullmatch(r"sayso: this processor runs no kernels called “mmx” \(SAYSO_KERNELS\)\. It runs: (baseline(?:, avx2)?(?:, avx512)?(?:, amx)?)\.\n", refused.err)
        self.assertTrue(found, refused.err)
        fastest = self.run_program("read", input=ARTICLE.encode(), environment={"SAYSO_KERNELS": ""}).out
        for name in found[1].split(", "):
            self.assertEqual(self.run_program("read", input=ARTICLE.encode(), environment={"SAYSO_KERNELS": name}).out, fastest, name)

    def test_the_command_line(self):
        for arguments, sentence in ((["frob"], "there is no command \"frob\". Try: sayso --help"), (["read", "--frob"], "there is no option \"--frob\". Try: sayso read --help"),
                                    (["read", "--format", "xml"], "\"xml\" is none of: text, html, json, jsonl, csv, citron"), (["read", "--threads", "0"], "\"0\" is no whole number from 1 to 1024"),
                                    (["read", "--color", "maybe"], "\"maybe\" is none of: always, auto, never"), (["eval"], "GOLD"), (["eval", "--boot", "x", "g"], "\"x\" is no whole number")):
            run = self.run_program(*arguments, code=2)
            self.assertEqual(run.out, b"")
            self.assertTrue(run.err.startswith("sayso: ") and run.err.count("\n") == 1, run.err)
            self.assertIn(sentence, run.err)
        help = self.run_program(code=2).out.decode()
        self.assertEqual(help, self.run_program("--help").out.decode())
        self.assertIn("Usage: sayso [OPTION]… COMMAND\n", help)
        self.assertIn("\nCommands:\n  read  ", help)

    def test_version_names_the_model(self):
        version = re.search(r"VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text().split("project(")[1])[1]
        name = self.read_text(ARTICLE)["engine"]["model"]
        self.assertEqual(self.run_program("--version").out.decode(), f"sayso {version}\nmodel {name}\n")
        without = self.run_program("--version", environment={"SAYSO_MODEL": "/none"}).out.decode()
        self.assertTrue(without.startswith(f"sayso {version}\nno model: there is no weight file (/none)."))


class Endings(WithFolder):
    def test_output_that_cannot_be_written(self):
        path = self.put("a.txt")
        run = self.run_program("read", "-o", self.folder / "none" / "out", path, code=4)
        self.assertEqual(run.err, f"sayso: cannot write the file: No such file or directory ({self.folder}/none/out). Check the directory and its permissions.\n")
        run = self.run_program("read", "-o", "/dev/full", path, code=4)
        self.assertEqual(run.err, "sayso: cannot write the output: No space left on device (/dev/full). What was written is not complete.\n")
        self.run_program("read", "--format", "text", "-o", "/dev/full", path, path, code=4)
        self.run_program("eval", "-o", "/dev/full", ROOT / "tests/golden/eval/gold.jsonl", ROOT / "tests/golden/eval/system.jsonl", code=4)
        with open("/dev/full", "wb") as full:
            for arguments in (["--help"], ["--version"]):
                done = subprocess.run([self.program, *arguments], stdout=full, stderr=subprocess.PIPE, env=QUIET, timeout=LIMIT)
                self.assertEqual(done.returncode, 4)

    def test_standard_output_that_is_closed(self):
        done = subprocess.run(["sh", "-c", "exec \"$0\" read \"$1\" >&-", self.program, self.put("a.txt")], stderr=subprocess.PIPE, env=QUIET, timeout=LIMIT)
        self.assertEqual(done.returncode, 4)
        self.assertIn(b"cannot write the output", done.stderr)

    def test_a_reader_that_goes_away_is_no_error(self):
        paths = [self.put(f"{i}.txt", ARTICLE * 40) for i in range(40)]
        for form in ("jsonl", "json", "csv", "text", "citron", "html"):
            process = subprocess.Popen([self.program, "read", "--layers", "sections", "--format", form, *paths], stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, env=QUIET)
            process.stdout.read(20)
            process.stdout.close()
            err = process.stderr.read()
            process.stderr.close()
            self.assertEqual((process.wait(timeout=LIMIT), err), (0, b""))

    def chains(self, record):
        """Of each attribution who said it and through whom it came, by their names."""
        names = {entity["id"]: entity["name"] for entity in record["entities"]}
        return [[names[link] for link in attribution["chain"]] for attribution in record["attributions"]]

    def test_what_an_agency_wrote_of_the_way_is_the_chain(self):
        item = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="1" xml:lang="en"><hopHistory>
            <hop seq="2"><party qcode="org:hf"><name>Holm Features</name></party></hop><hop seq="1"><party><name>North Coast Agency</name></party></hop>
            <hop seq="3"><party><name>Fjord Portal</name></party></hop></hopHistory><itemMeta><provider><name>Fjord Portal</name></provider></itemMeta>
            <contentMeta><infoSource><name>Harbour Pilots</name></infoSource><headline>Ferry to Holm sails again</headline></contentMeta><contentSet><inlineXML><html
            xmlns="http://www.w3.org/1999/xhtml"><body><p>TVERDAL, May 3 (NCA) – The ferry will sail again on Monday, Marit Dahl told passengers.</p></body></html></inlineXML>
            </contentSet></newsItem>"""
        reading = self.read_text(item)
        self.assertEqual(self.chains(reading), [["Marit Dahl", "Harbour Pilots", "NCA", "Holm Features"]] * len(reading["attributions"]))
        self.assertTrue(reading["attributions"])
        given = [entity for entity in reading["entities"] if entity["name"] == "Holm Features"]
        self.assertEqual([entity["mentions"] for entity in given], [[]])
        self.assertIn(given[0]["id"], reading["summary"]["relays"])
        self.assertEqual([hop["party"]["name"] for hop in reading["document"]["extra"]["hop_history"]], ["North Coast Agency", "Holm Features", "Fjord Portal"])
        self.assertEqual(self.read_text(item, "--layers", "sections")["layers"], ["sections"])

    def test_what_a_mail_quotes_came_through_its_sender(self):
        mail = ("From: Bo Ek <bo@post.example>\nTo: Tor Berg <tor@post.example>\nSubject: The ferry\nDate: Tue, 4 Mar 2025 09:30:00 +0100\nMessage-ID: <1@post.example>\n"
                "Content-Type: text/plain; charset=utf-8\n\nThe harbour master said that the pier is closed.\n\nOn Mon, 3 Mar 2025 at 10:12, Ann Lee <ann@post.example> wrote:\n\n"
                "> Marit Dahl said that the ferry will sail again on Monday.\n")
        reading = self.read_text(mail)
        chains = {attribution["content"]["text"]: chain for attribution, chain in zip(reading["attributions"], self.chains(reading))}
        self.assertEqual([chain for content, chain in chains.items() if content.startswith("that the ferry will sail")], [["Marit Dahl", "Ann Lee"]])
        self.assertEqual([len(chain) for content, chain in chains.items() if content.startswith("that the pier")], [1])

    def test_what_an_archive_holds_of_a_page_is_said_to_be_cut_off(self):
        page = "<html><body><h1>Ferry to Holm</h1>" + "".join(f"<p>The ferry sails on day {n * n}, its operator said.</p>" for n in range(3000)) + "</body></html>"
        packed = gzip.compress(page.encode())
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + packed[:len(packed) // 2]
        archive = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:1>\r\nContent-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
        [record] = self.read("--layers", "sections", input=archive)
        self.assertEqual(record["document"]["warnings"], [{"kind": "truncated", "span": None,
            "what": "not all of this was there, so the text may end too early or have a gap: the gzip data ends too early"}])
        self.assertIn("The ferry sails on day 0", record["document"]["text"])

    def test_records_are_answered_as_they_come(self):
        rows = [json.dumps({"text": f"The ferry sails again on day {n}, its operator said."}).encode() + b"\n" for n in range(4)]
        pages = [f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The ferry sails on day {n}, its operator said.</p>".encode() for n in range(4)]
        warc = [f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:{n}>\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(page)}\r\n\r\n".encode() + page + b"\r\n\r\n" for n, page in enumerate(pages)]
        for records in (rows, warc, [gzip.compress(record) for record in warc]):
            for form, lines in (("jsonl", 1), ("csv", None), ("text", None)):
                process = subprocess.Popen([self.program, "read", "--layers", "sections", "--format", form, "--threads", "2"], stdin=subprocess.PIPE,
                                           stdout=subprocess.PIPE, env=QUIET)
                for record in records if form == "jsonl" else records[:1]:
                    process.stdin.write(record)
                    process.stdin.flush()
                    ready, _, _ = select.select([process.stdout], [], [], LIMIT)
                    self.assertTrue(ready, "no answer before the next record")
                    answer = os.read(process.stdout.fileno(), 1 << 16)
                    if lines:
                        self.assertEqual(answer.count(b"\n"), lines)
                process.stdin.close()
                process.stdout.read()
                process.stdout.close()
                self.assertEqual(process.wait(timeout=LIMIT), 0)

    def test_it_ends_when_nobody_reads_it_any_more_and_the_input_is_slow(self):
        process = subprocess.Popen([self.program, "read", "--layers", "sections"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=QUIET)
        process.stdin.write(b'{"text": "Rain."}\n')
        process.stdin.flush()
        self.assertEqual(json.loads(process.stdout.readline())["document"]["member"], "line 1")
        process.stdout.close()
        process.stdin.write(b'{"text": "Wind."}\n')
        process.stdin.flush()
        self.assertEqual(process.wait(timeout=LIMIT), 0)  # by its next answer; its input is open still
        process.stdin.close()

    def test_it_ends_when_it_is_told_to(self):
        process = subprocess.Popen([self.program, "read"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=QUIET)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(timeout=LIMIT), -signal.SIGTERM)
        process.stdin.close()
        process.stdout.close()


def has_terminals():
    """A bare chroot without /dev/pts has none; every machine that people sit at has."""
    try:
        for end in pty.openpty():
            os.close(end)
    except OSError:
        return False
    return True


@unittest.skipUnless(has_terminals(), "this machine has no pseudo-terminals: is /dev/pts mounted?")
class Terminal(WithFolder):
    """On a terminal, by a pseudo-terminal."""

    def shown(self, *arguments, environment=None):
        controller, terminal = pty.openpty()
        process = subprocess.Popen([self.program, "read", *arguments], stdin=terminal, stdout=terminal, stderr=subprocess.PIPE,
                                   env={**QUIET, "TERM": "xterm", "LINES": "30", "COLUMNS": "70", "PAGER": f"cat > {self.folder}/paged", **(environment or {})})
        os.close(terminal)
        out = b""
        while True:
            try:
                block = os.read(controller, 1 << 16)
            except OSError:  # how Linux says that nobody holds the terminal any more
                break
            if not block:
                break
            out += block
        os.close(controller)
        process.stderr.read()
        process.stderr.close()
        self.code = process.wait(timeout=LIMIT)
        return out.decode().replace("\r\n", "\n")

    def test_what_is_long_goes_to_the_pager(self):
        short, long = self.put("short.txt"), SMALL[0]
        shown = self.shown(short)
        self.assertIn("Marit Dahl", shown)
        self.assertIn("\x1b[", shown)
        self.assertFalse((self.folder / "paged").exists())
        self.assertEqual(self.shown(long), "")
        paged = (self.folder / "paged").read_text()
        self.assertEqual(without_colour(paged), self.run_program("read", "--format", "text", long, environment={"COLUMNS": "70"}).out.decode())
        (self.folder / "paged").unlink()
        self.assertEqual(without_colour(self.shown("--no-pager", long)), without_colour(paged))
        self.assertEqual(without_colour(self.shown(long, environment={"PAGER": "cat"})), without_colour(paged))
        self.assertFalse((self.folder / "paged").exists())
        self.assertEqual(self.shown(long, environment={"PAGER": "true"}), "")  # a pager that reads nothing
        self.assertEqual(self.code, 0)

    def test_colour(self):
        path = self.put("a.txt")
        for environment, arguments in (({"NO_COLOR": "1"}, []), ({"TERM": "dumb"}, []), ({}, ["--color", "never"])):
            self.assertNotIn("\x1b", self.shown(*arguments, path, environment=environment))
        self.assertIn("\x1b[", self.shown(path, environment={"NO_COLOR": ""}))
        self.assertIn("\x1b[", self.shown("--color", "always", path, environment={"NO_COLOR": "1"}))

    def test_nothing_named_shows_help(self):
        self.assertIn("Usage: sayso read", self.shown())
        self.assertEqual(self.code, 2)


# Two ministers of one last name, and a body; in the second file the first of them again, and somebody else of her last name alone.
MONDAY = """Bridge at Nordvik stays shut

Transport Minister Helga Brandt said on Monday that the bridge at Nordvik would stay shut. “We found cracks in two pillars,” she told reporters.

The owner of the ferry, Tor Lindqvist, was angry. “Helga Brandt said that she would pay us,” Lindqvist said.

The Nordvik Port Authority said that two ships had turned back.
"""
TUESDAY = """Ferry owner is paid

Helga Brandt said on Tuesday that the ferry would be paid. “It is a fair sum,” she added.

Nobody from the Nordvik Port Authority came to the meeting, Tor Lindqvist said.
"""
STRANGER = """Choir wins a prize

Brandt said that the choir had sung well. “We practised all winter,” Brandt said.
"""


class Who(WithFolder):
    """sayso who: all that somebody says."""

    def setUp(self):
        super().setUp()
        self.files = [self.put("monday.txt", MONDAY), self.put("tuesday.txt", TUESDAY)]

    def who(self, *arguments, **more):
        return json.loads(self.run_program("who", *arguments, "--format", "json", **more).out)

    def said(self, person):
        return [(pathlib.Path(d["document"]["source"]).name, a["content"]["text"]) for d in person["documents"] for a in d["attributions"] if a["content"]]

    def test_what_she_says_is_hers_in_every_file(self):
        answer = self.who("Helga Brandt", *self.files)
        self.assertEqual((answer["format"], answer["asked"], answer["exact"], answer["documents"], answer["errors"]), ("sayso-who/1", "Helga Brandt", False, 2, []))
        [person] = answer["found"]
        self.assertEqual((person["number"], person["type"], person["name"]), (1, "person", "Helga Brandt"))
        self.assertIn("Transport Minister", person["roles"])
        said = self.said(person)
        self.assertIn(("monday.txt", "“We found cracks in two pillars,”"), said)  # “she told reporters”
        self.assertIn(("tuesday.txt", "“It is a fair sum,”"), said)
        self.assertEqual([d["document"]["title"] for d in person["documents"]], ["Bridge at Nordvik stays shut", "Ferry owner is paid"])
        for document in person["documents"]:
            self.assertTrue(document["document"]["id"].startswith("sha256:"))
            for a in document["attributions"]:
                self.assertEqual((a["source"]["entity"], a["source"]["identity"]), (document["entity"]["id"], "named"))

    def test_words_inside_the_words_of_another_say_so(self):
        [person] = self.who("Helga Brandt", self.files[0])["found"]
        inner = [a for d in person["documents"] for a in d["attributions"] if a["within"]]
        self.assertEqual([[o["name"] for o in a["outer"]] for a in inner], [["Tor Lindqvist"]])
        self.assertEqual(inner[0]["outer"][0]["id"], inner[0]["within"])
        shown = self.run_program("who", "Helga Brandt", self.files[0], "--format", "text", environment={"COLUMNS": "200"}).out.decode()
        self.assertRegex(shown, r"Helga Brandt – said – .*\(.*, inside what Tor Lindqvist said\)\n")

    def test_a_name_is_found_by_case_title_article_and_last_name(self):
        whole = self.who("Helga Brandt", *self.files)["found"]
        for name in ("helga brandt", "Minister Helga Brandt", "Brandt", "Mrs. Brandt"):
            self.assertEqual(self.who(name, *self.files)["found"], whole, name)
        port = self.who("the Nordvik Port Authority", self.files[0])["found"]
        self.assertEqual([p["type"] for p in port], ["organisation"])
        self.assertEqual(len(self.said(port[0])), 1)

    def test_exact(self):
        self.assertTrue(self.who("--exact", "Helga Brandt", *self.files)["found"])
        for name in ("helga brandt", "Minister Helga Brandt"):
            self.assertEqual(self.who("--exact", name, *self.files, code=1)["found"], [])

    def test_several_of_one_name_stand_apart(self):
        other = self.put("choir.txt", STRANGER)
        run = self.run_program("who", "Brandt", *self.files, other, "--format", "text")
        self.assertTrue(run.out.decode().startswith("2 go by “Brandt”, and nothing says that they are one. Each stands by itself.\n\nHelga Brandt – person – "))
        self.assertIn("\nBrandt – person\n", run.out.decode())
        self.assertEqual([p["name"] for p in self.who("Brandt", *self.files, other)["found"]], ["Helga Brandt", "Brandt"])
        # In one file a last name that two have is nobody's.
        both = self.put("both.txt", MONDAY + "\nHis cousin Erik Brandt, a fisherman, said that the sea was calm.\n\nErik Brandt said that Helga Brandt was late.\n")
        self.assertEqual([p["name"] for p in self.who("Erik Brandt", both)["found"]], ["Erik Brandt"])

    def test_nobody(self):
        run = self.run_program("who", "Helga Brand", *self.files, "--format", "text", code=1)
        self.assertEqual(run.out, b"")
        self.assertEqual(run.err, "sayso: nobody called “Helga Brand” says anything in these 2 documents. Names that are near, of people who do: Helga Brandt.\n")
        run = self.run_program("who", "Nordvik Port Authority", self.files[1], code=1)
        self.assertEqual((run.out, run.err), (b"", "sayso: nobody called “Nordvik Port Authority” says anything in this document. Named, and saying nothing: Nordvik Port Authority.\n"))
        answer = self.who("Qvortrup", *self.files, code=1)
        self.assertEqual((answer["found"], answer["silent"], answer["near"]), ([], [], []))

    def test_lines_are_what_a_pipe_gets(self):
        run = self.run_program("who", "Helga Brandt", *self.files)
        self.assertEqual(run.out, self.run_program("who", "Helga Brandt", *self.files, "--format", "jsonl").out)
        lines = [json.loads(line) for line in run.out.splitlines()]
        [person] = self.who("Helga Brandt", *self.files)["found"]
        self.assertEqual([(line["document"], line["entity"], line["attribution"]) for line in lines],
                         [(d["document"], d["entity"], a) for d in person["documents"] for a in d["attributions"]])
        self.assertEqual({(line["format"], line["number"]) for line in lines}, {("sayso-who/1", 1)})

    def test_same_bytes_for_any_number_of_threads_and_from_a_directory(self):
        for form in ("text", "json", "jsonl"):
            first, *others = [self.run_program("who", "Brandt", "--format", form, "--threads", n, *self.files).out for n in (1, 2, 5)]
            self.assertEqual(others, [first] * 2)
            self.assertEqual(self.run_program("who", "Brandt", "--format", form, self.folder).out, first)

    def test_a_document_that_cannot_be_read(self):
        run = self.run_program("who", "Helga Brandt", self.files[0], self.folder / "none.txt", "--format", "json", code=1)
        answer = json.loads(run.out)
        self.assertEqual(len(answer["found"]), 1)
        self.assertEqual([e["error"]["what"] for e in answer["errors"]], ["there is no such file"])
        self.assertEqual(run.err, f"sayso: there is no such file ({self.folder}/none.txt). Check the name.\nsayso: 1 of 2 documents could not be read.\n")
        alone = self.run_program("who", "Helga Brandt", self.folder / "none.txt", code=1)
        self.assertEqual(alone.err, f"sayso: there is no such file ({self.folder}/none.txt). Check the name.\n")

    def test_inputs_and_outputs_are_those_of_read(self):
        self.assertEqual(self.said(self.who("Brandt", "-", input=MONDAY.encode())["found"][0]), self.said(self.who("Brandt", input=MONDAY.encode())["found"][0]))
        rows = lines_of([{"text": MONDAY}, {"text": TUESDAY}])
        [person] = self.who("Helga Brandt", input=rows)["found"]
        self.assertEqual([d["document"]["member"] for d in person["documents"]], ["line 1", "line 2"])
        out = self.folder / "out"
        self.run_program("who", "Brandt", self.files[0], "-o", out)
        self.assertEqual(out.read_bytes(), self.run_program("who", "Brandt", self.files[0]).out)
        self.assertIn("would overwrite an input", self.run_program("who", "Brandt", self.files[0], "-o", self.files[0], code=2).err)
        self.assertEqual(self.run_program("who", " ", self.files[0], code=2).err,
                         "sayso: the name is empty (NAME). Write whom you look for: sayso who \"Helga Brandt\" news/\n")
        self.assertIn("NAME", self.run_program("who", code=2).err)

    def test_colour_only_repeats(self):
        plain = self.run_program("who", "Brandt", "--format", "text", *self.files).out.decode()
        colour = self.run_program("who", "Brandt", "--format", "text", "--color", "always", *self.files).out.decode()
        self.assertNotIn("\x1b", plain)
        self.assertIn("\x1b[", colour)
        self.assertEqual(without_colour(colour), plain)
        self.assertLessEqual(max(map(len, plain.splitlines())), 80)


class Explain(WithFolder):
    """sayso explain: what a reading comes to."""

    def explain(self, *arguments, **more):
        return self.run_program("explain", *arguments, **more).out.decode()

    def flowing(self, *arguments, **more):
        return " ".join(self.explain(*arguments, **more).split())

    def test_it_counts_what_the_reading_counts(self):
        for path in EXAMPLES:
            [reading], said = self.read(path), self.flowing(path, environment={"COLUMNS": "200"})
            for count, what in ((len(reading["attributions"]), "attribution"), (reading["summary"]["independent_sources"], "independent source")):
                if count:
                    self.assertIn(f" {count} {what}{'s' if count > 1 else ''}", said, path)
            heard = sum(a["factuality"]["hearsay"] for a in reading["attributions"])
            self.assertEqual(" Only heard " in said, heard > 0, path)
            self.assertEqual(" Who contradicts whom " in said, any(a["contradicts"] for a in reading["attributions"]), path)
            firmer = bool(reading["summary"]["headline"]) and reading["summary"]["headline"]["firmer_than_its_source"]
            self.assertEqual("The headline is firmer than the words it rests on." in said, firmer, path)

    def test_what_is_in_no_quotation_marks_gets_none(self):
        said = self.flowing(input=b"The port is shut, Anna Berg said. Tor Dahl denied that the port was shut.\n")
        self.assertIn("2 attributions. 2 independent sources: Anna Berg and Tor Dahl.", said)
        self.assertNotRegex(said, "[“”\"]")

    def test_several_stand_each_under_its_name(self):
        first, second, missing = self.put("a.txt"), self.put("b.txt", MONDAY), self.folder / "none.txt"
        run = self.run_program("explain", first, missing, second, code=1, environment={"COLUMNS": "120"})
        names = re.findall(r"^── (\S+) ─", run.out.decode(), re.M)
        self.assertEqual([pathlib.Path(name).name for name in names], ["a.txt", "none.txt", "b.txt"])
        self.assertIn("! there is no such file", run.out.decode())
        self.assertEqual(run.err, "sayso: 1 of 3 documents could not be read.\n")
        self.assertEqual(self.explain(first, environment={"COLUMNS": "120"}) + self.explain(second, environment={"COLUMNS": "120"}),
                         self.explain(first, second, environment={"COLUMNS": "120"}))
        self.assertEqual(self.explain("--threads", 1, first, second), self.explain("--threads", 4, first, second))
        alone = self.run_program("explain", missing, code=1)
        self.assertEqual((alone.out, alone.err.count("there is no such file")), (b"", 1))

    def test_width_and_colour(self):
        path = self.put("a.txt")
        for width in (44, 80, 120):
            self.assertEqual(max(map(len, self.explain(path, environment={"COLUMNS": str(width)}).splitlines())), width)
        colour = self.explain("--color", "always", path)
        self.assertIn("\x1b[", colour)
        self.assertEqual(without_colour(colour), self.explain(path))

    def test_a_text_without_attributions(self):
        self.assertIn("Nothing in it is attributed to anybody.", self.explain(input=b"Rain.\n"))
        german = self.flowing(input=GERMAN.encode())
        self.assertIn("! ", german)
        self.assertIn("Nothing in it is attributed to anybody.", german)


class Eval(WithFolder):
    golden = ROOT / "tests" / "golden" / "eval"

    def test_the_figures_of_the_published_scorer(self):
        run = self.run_program("eval", self.golden / "gold.jsonl", self.golden / "system.jsonl")
        self.assertEqual(run.out, (self.golden / "plain.txt").read_bytes())
        out = self.folder / "figures"
        self.run_program("eval", "--types", "--boot", "20", "-o", out, self.golden / "gold.jsonl", self.golden / "system.jsonl")
        self.assertIn("[types cue-aligned]", out.read_text())
        self.assertIn("95% interval of F1, 20 resamples", out.read_text())

    def test_sayso_agrees_with_itself(self):
        readings = self.put("readings.jsonl", self.run_program("read", *SMALL).out)
        for system in ([readings], []):  # read from a file, or read by the program
            figures = self.run_program("eval", "--json", readings, *system).out
            self.assertRegex(figures.decode(), r'"whole exact": ?\[1(\.0)?, ?1(\.0)?, ?1(\.0)?\]')
        lines = [self.run_program("eval", "--threads", n, readings).out for n in (1, 4)]
        self.assertEqual(lines[0], lines[1])
        self.assertNotEqual(self.run_program("eval", "--recall", readings).out, lines[0])

    def test_errors(self):
        gold = self.golden / "gold.jsonl"
        for arguments in (["none.jsonl"], [gold, self.put("bad.jsonl", "{\n")], [self.put("empty.jsonl", ""), gold], [gold, self.put("x.jsonl", '{"id": "x", "text": "", "attributions": []}\n')]):
            run = self.run_program("eval", *arguments, code=1)
            self.assertTrue(run.err.startswith("sayso: "), run.err)
            self.assertEqual(run.out, b"")

    def test_a_document_that_could_not_be_read_is_named(self):
        records = self.read(SMALL[0], self.folder / "none", code=1)
        run = self.run_program("eval", SMALL and self.put("r.jsonl", lines_of(records)), code=1)
        self.assertIn("none", run.err)
        self.assertIn(b"documents 1", run.out)


class Documentation(ProgramTest):
    """--help, the man page and the completions name the same options."""

    def options_of_help(self, *command):
        text = self.run_program(*command, "--help").out.decode()
        self.assertTrue(all(len(line) <= 80 for line in text.splitlines()))
        return {word for line in text.splitlines() if line.startswith("  -") for word in re.findall(r"(?<![\w-])--?\w[\w-]*", line[:24].split("  ", 2)[1])}

    def setUp(self):
        self.help = {name: self.options_of_help(*([name] if name != "program" else [])) for name in ("program", "read", "explain", "who", "eval")}
        self.assertGreater(len(self.help["read"]), 14)
        self.assertGreater(len(self.help["eval"]), 14)

    def test_man_page(self):
        page, found = (ROOT / "docs" / "sayso.1").read_text().split("\n.Sh OPTIONS\n")[1].split("\n.Sh ")[0], {}
        for block in re.split(r"^\.Ss ", page, flags=re.M):
            title = block.splitlines()[0]
            found[title] = {"-" + name for line in re.findall(r"^\.It (Fl .*)$", block, re.M) for name in re.findall(r"Fl (\S+)", line)}
        general = found.pop(".Bl -tag -width Ds")
        all_four, three = found.pop("Options of read, explain, who and eval") | {"-h", "--help"}, found.pop("Options of read, explain and who")
        self.assertEqual(general, self.help["program"])
        self.assertEqual(found.pop("Options of read") | three | all_four, self.help["read"])
        self.assertEqual(three | all_four, self.help["explain"])
        self.assertEqual(found.pop("Options of who") | three | all_four, self.help["who"])
        self.assertEqual(found.pop("Options of eval") | all_four, self.help["eval"])
        self.assertEqual(found, {})

    def test_exit_codes_are_the_man_pages(self):
        page = (ROOT / "docs" / "sayso.1").read_text().split("\n.Sh EXIT STATUS\n")[1].split("\n.Sh ")[0]
        named = re.findall(r"^\.It (\d)$", page, re.M)
        header = dict(re.findall(r"^  (\w+) = (\d),", (ROOT / "src/cli/command.h").read_text().split("enum ExitCode {")[1].split("}")[0], re.M))
        self.assertEqual(named, sorted(header.values()))
        for command in ([], ["read"], ["explain"], ["who"], ["eval"]):
            status = self.run_program(*command, "--help").out.decode().split("Exit status: ")[1]
            self.assertEqual(re.findall(r"(\d) [a-z]", status), named)

    def test_completions(self):
        bash = dict(re.findall(r'local (\w+)="([^"]*)" # options', (ROOT / "docs/completion/sayso.bash").read_text()))
        self.assertEqual(set(bash["program"].split()), self.help["program"])
        zsh = (ROOT / "docs/completion/sayso.zsh").read_text()
        fish = (ROOT / "docs/completion/sayso.fish").read_text().splitlines()
        engine = zsh.split("engine=(")[1].split("\n  )")[0]
        for command in ("read", "explain", "who", "eval"):
            self.assertEqual(set((bash["engine"] + " " + bash[command]).split()), self.help[command])
            part = engine + zsh.split(f"\n    {command})")[1].split(";;")[0]
            # An option stands before its description in brackets; with a short form it stands in braces.
            self.assertEqual(set(re.findall(r"(?<=['{,)])--?[a-z][\w-]*(?=[\[,}])", part)), self.help[command])
            lines = [line for line in fish if line.startswith(f"complete -c sayso -n ${command} ") or line.startswith("complete -c sayso -n $both ")
                     or line.startswith("complete -c sayso -s h ")]
            named = {("--" if kind == "l" else "-") + name for line in lines for kind, name in re.findall(r" -([sl]) ([\w-]+)", line.split(' -d "')[0])}
            self.assertEqual(named, self.help[command])

    def test_values_are_completed_as_help_has_them(self):
        bash = (ROOT / "docs/completion/sayso.bash").read_text()
        found = [(option, "eval" if option == "--gold-filter" else "read", values) for option, values in re.findall(r"^    (--[\w-]+)\) words=\"([^\"]+)\"", bash, re.M)]
        [(of_who, of_read)] = re.findall(r"^    --format\) if .*== who .* words=\"([^\"]+)\"; else words=\"([^\"]+)\"", bash, re.M)
        for value in of_who.split():
            self.run_program("who", "Brandt", "--format", value, input=b"Brandt said that it rains.")
        for option, command, values in [*found, ("--format", "read", of_read)]:
            for value in values.split():
                gold = [ROOT / "tests/golden/eval/gold.jsonl", ROOT / "tests/golden/eval/system.jsonl"] if command == "eval" else []
                self.run_program(command, option, value, *gold, input=b"Rain.")


if __name__ == "__main__":
    main(__doc__)
