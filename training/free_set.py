#!/usr/bin/env python3
"""Writes a training set whose texts are free: GUM's attribution relations as bench/quality/gum_nesting.py turns them into spans.

usage: free_set.py FOLDER [--shared ../shared]

FOLDER receives train.jsonl (GUM's train part) and dev.jsonl (its dev part) in the form of ../shared/data/polnear, for train.py --data FOLDER.
LitBank's quotations are left out: they have no cues, and a network that learns from them learns that there are none.
"""
import argparse
import importlib.util
import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent


def load_bench():
    """bench/quality/gum_nesting.py as a module: the conversion stands there once."""
    import sys
    sys.path.insert(0, str(HERE.parent / "bench" / "quality"))
    spec = importlib.util.spec_from_file_location("gum_nesting", HERE.parent / "bench" / "quality" / "gum_nesting.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["gum_nesting"] = module
    spec.loader.exec_module(module)
    return module


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent / "shared")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    bench = load_bench()
    for part in ("train", "dev"):
        documents = bench.load_documents(argparse.Namespace(part=[part], shared=args.shared, genre=None), bench.collections.Counter())
        count = 0
        with open(args.folder / f"{part}.jsonl", "w", encoding="utf-8") as file:
            for name, document in documents.items():
                attributions = [{"id": f"E{i + 1}", "cue": a["cue"], "source": a["source"], "content": a["content"]}
                                for i, a in enumerate(document["attributions"])]
                count += len(attributions)
                file.write(json.dumps({"id": name, "annotator": "GUM", "annotators": ["GUM"], "publisher": document["genre"], "text": document["text"],
                                       "attributions": attributions}, ensure_ascii=False) + "\n")
        print(f"{args.folder / part}.jsonl: {len(documents)} documents, {count} attributions")


if __name__ == "__main__":
    main()
