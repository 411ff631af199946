"""What the measurements of attributions share: the published scorer, the program's readings, intervals by resampling documents. No program itself."""
import datetime
import importlib.util
import json
import pathlib
import random
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PARTS = ("cue", "source", "content")


def stop(sentence):
    sys.exit(f"{pathlib.Path(sys.argv[0]).name}: {sentence}")


def leave_out(sentence):
    """Where data or a package is missing there is nothing to measure: no failure, so that bench/run goes on."""
    print(f"{pathlib.Path(sys.argv[0]).name}: left out: {sentence}")
    sys.exit(0)


def add_options(parser):
    """The options that all of them take."""
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--sayso", type=pathlib.Path, default=ROOT / "build" / "sayso")
    parser.add_argument("--model", help="weights to read with, if not the program's own")
    parser.add_argument("--boot", type=int, default=1000, help="how often documents are resampled")
    parser.add_argument("--note", help="a sentence to print with the figures, such as what the weights have seen")
    parser.add_argument("--keep", type=pathlib.Path, help="file to keep the program's attributions in")
    parser.add_argument("--kept", type=pathlib.Path, help="file written by --keep: the program is not run")


def load(path):
    """The Python file as a module, wherever it lies."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_scorer(shared):
    path = shared / "tools" / "score.py"
    if not path.is_file():
        leave_out(f"{path} is not there; this measurement needs the shared tools and data (--shared).")
    return load(path)


def load_gold(shared, part):
    """PolNeAR's articles of a part, as dictionaries, in the file's order."""
    path = shared / "data" / "polnear" / f"{part}.jsonl"
    if not path.is_file():
        leave_out(f"{path} is not there; this measurement needs the shared data (--shared).")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def print_head(args):
    """The command, the date, the program and what there is to note."""
    print(f"{datetime.date.today()}  {shlex.join(sys.argv)}")
    if args.kept:
        print(f"attributions kept in {args.kept}")
    else:
        version = subprocess.run([args.sayso, "--version"], check=True, capture_output=True, text=True).stdout.strip().splitlines()
        print(f"{version[0]}, model {args.model}" if args.model else ", ".join(version))
    if args.note:
        print(f"Note: {args.note}")


def check_program(args):
    if not args.kept and not args.sayso.is_file():
        stop(f"{args.sayso} is not there. Build it (make) or name it with --sayso.")


def read_texts(args, texts):
    """{id: attributions as sayso/1 writes them} of {id: text}."""
    if args.kept:
        kept = json.loads(args.kept.read_text(encoding="utf-8"))
        if set(texts) - set(kept):
            stop(f"{args.kept} lacks {sorted(set(texts) - set(kept))[0]}; it was kept from other texts.")
        return {name: kept[name] for name in texts}
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        names = {f"{number:06}.txt": name for number, name in enumerate(texts)}
        for file, name in names.items():
            (pathlib.Path(folder) / file).write_bytes(texts[name].encode())
        command = [args.sayso, "read", "--quiet", "--format", "jsonl", *(["--model", args.model] if args.model else []), folder]
        done = subprocess.run(command, stdout=subprocess.PIPE)
        for line in done.stdout.splitlines():
            reading = json.loads(line)
            name = names[pathlib.Path(reading["document"]["source"]).name]
            if "error" in reading or reading["document"]["text"] != texts[name]:
                stop(f"{name} was not read, or as another text: {reading.get('error')}")
            found[name] = reading["attributions"]
    if len(found) < len(texts):
        stop(f"the program answered with {len(found)} of {len(texts)} readings (exit status {done.returncode}).")
    if args.keep:
        args.keep.write_text(json.dumps(found), encoding="utf-8")
    return found


def spans_of(attribution):
    """The scorer's form of an attribution of sayso/1."""
    return {part: (attribution[part] or {"spans": []})["spans"] for part in PARTS}


def add(total, counts):
    """Adds a dictionary of tuples of numbers to another."""
    for key, numbers in counts.items():
        total[key] = tuple(map(sum, zip(total[key], numbers))) if key in total else tuple(numbers)


def totals(per_document):
    total = {}
    for counts in per_document:
        add(total, counts)
    return total


def intervals(per_document, figures, times):
    """{name: (low, high)}: the 95 % interval of each figure. figures(totals) -> {name: number}; documents are resampled."""
    chance, found = random.Random(1), {}
    for _ in range(times):
        for name, figure in figures(totals(chance.choices(per_document, k=len(per_document)))).items():
            found.setdefault(name, []).append(figure)
    return {name: (sorted(values)[int(0.025 * len(values))], sorted(values)[int(0.975 * len(values)) - 1]) for name, values in found.items()}
