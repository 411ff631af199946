#!/usr/bin/env python3
"""How far the confidence can be believed: the reliability curve on PolNeAR's development part, as a table and as docs/reliability.svg.

usage: reliability.py [--sayso build/sayso] [--model models/attribution.safetensors] [--svg docs/reliability.svg]
example: /var/tmp/venv/bin/python bench/quality/reliability.py

The rows are training/calibrate.py's: the model's attributions that stand in no other; right is source, cue and content all exactly gold's. Ten bins of equal
size. “as shipped” is the confidence by the three numbers in the weights, “five-fold” by numbers fitted on four fifths of the articles for each fifth. When
the weights were calibrated on these articles, only five-fold tells how it is on others; the picture shows that one. Intervals (95 %) of the expected
calibration error by resampling articles. Needs numpy, as training does.
"""
import argparse
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve()
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent.parent / "training")]
import scoring


def error_interval(calibrate, np, confidence, y, names, times):
    """Of the expected calibration error. Resampled data have a larger error than all data, as each bin's noise adds: so this is on the careful side."""
    where, chance, found = {name: np.flatnonzero(np.array(names) == name) for name in set(names)}, np.random.default_rng(1), []
    order = sorted(where)
    for _ in range(times):
        rows = np.concatenate([where[order[k]] for k in chance.integers(len(order), size=len(order))])
        found.append(calibrate.curve(confidence[rows], y[rows])[1])
    return np.quantile(found, [0.025, 0.975])


def draw(bins, error, count):
    """The curve as SVG: the diagonal is a confidence that says what is so; a dot is a tenth of the attributions."""
    left, top, size = 44, 12, 240
    at = lambda share: (round(left + size * share[0], 1), round(top + size * (1 - share[1]), 1))
    points = [at((mean, share)) for mean, share, _ in bins]
    ticks = "".join(f'<path class="grid" d="M{at((t, 0))[0]} {top}v{size}M{left} {at((0, t))[1]}h{size}"/>'
                    f'<text x="{at((t, 0))[0]}" y="{top + size + 16}" text-anchor="middle">{t:g}</text>'
                    f'<text x="{left - 6}" y="{at((0, t))[1] + 4}" text-anchor="end">{t:g}</text>\n' for t in (0, 0.2, 0.4, 0.6, 0.8, 1))
    said = "; ".join(f"{mean:.2f}: {share:.2f}" for mean, share, _ in bins)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300" width="300" height="300" role="img" aria-labelledby="title desc">
<title id="title">Reliability of the confidence</title>
<desc id="desc">Share of attributions that are wholly right against the confidence that sayso gives, in ten bins of equal size ({count:,} attributions of PolNeAR's development part, five-fold; expected calibration error {error:.3f}). Says and is: {said}. The dashed diagonal is a confidence that is always right.</desc>
<style>
text {{ font: 11px sans-serif; fill: #555 }} .grid {{ stroke: #888; stroke-opacity: .25 }} .ideal {{ stroke: #888; stroke-dasharray: 4 3 }}
.curve {{ stroke: #1668b8; stroke-width: 2; fill: none }} .dot {{ fill: #1668b8 }}
@media (prefers-color-scheme: dark) {{ text {{ fill: #bbb }} .curve {{ stroke: #6cb2f5 }} .dot {{ fill: #6cb2f5 }} }}
</style>
{ticks}<path class="ideal" d="M{left} {top + size}L{left + size} {top}"/>
<polyline class="curve" points="{' '.join(f'{x},{y}' for x, y in points)}"/>
{''.join(f'<circle class="dot" cx="{x}" cy="{y}" r="3.5"/>' for x, y in points)}
<text x="{left + size / 2}" y="{top + size + 34}" text-anchor="middle">confidence</text>
<text transform="translate(12 {top + size / 2}) rotate(-90)" text-anchor="middle">share wholly right</text>
</svg>
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, default=scoring.ROOT.parent / "shared")
    parser.add_argument("--sayso", type=pathlib.Path, default=scoring.ROOT / "build" / "sayso")
    parser.add_argument("--model", type=pathlib.Path, default=scoring.ROOT / "models" / "attribution.safetensors")
    parser.add_argument("--svg", type=pathlib.Path, default=scoring.ROOT / "docs" / "reliability.svg")
    parser.add_argument("--boot", type=int, default=1000, help="how often articles are resampled")
    parser.add_argument("--note", help="a sentence to print with the figures")
    parser.add_argument("--rows", type=pathlib.Path, help="file to keep what the program answered in; read instead of asking when it is there")
    args = parser.parse_args()
    gold = args.shared / "data" / "polnear" / "dev.jsonl"
    scoring.load_gold(args.shared, "dev")
    scoring.load_scorer(args.shared)
    for path, sentence in ((args.sayso, "Build it (make) or name it with --sayso."), (args.model, "Name the weights with --model.")):
        if not path.is_file():
            scoring.stop(f"{path} is not there. {sentence}")
    try:
        import numpy as np
    except ImportError:
        scoring.leave_out("numpy is not installed for this Python. Run it with the one that trains (training/README.md).")
    import calibrate

    weights = args.model.read_bytes()
    if args.rows and args.rows.is_file():
        rows = json.loads(args.rows.read_text(encoding="utf-8"))
    else:
        rows = calibrate.collect(args.sayso, weights, calibrate.score.load(gold))
        if args.rows:
            args.rows.write_text(json.dumps([(name, cue, roles, bool(right)) for name, cue, roles, right in rows]), encoding="utf-8")
    names = [row[0] for row in rows]
    x, y = np.array([[1, cue, roles] for _, cue, roles, _ in rows]), np.array([float(row[3]) for row in rows])
    size = int.from_bytes(weights[:8], "little")
    shipped = json.loads(json.loads(weights[8:8 + size])["__metadata__"]["sayso"])["settings"]["attribution"]["calibration"]

    scoring.print_head(argparse.Namespace(kept=args.rows if args.rows and args.rows.is_file() else None, sayso=args.sayso, model=args.model, note=args.note))
    print(f"{len(y)} attributions, {100 * y.mean():.1f} % wholly right; calibration in the weights {shipped}, fitted here {[round(float(c), 4) for c in calibrate.fit(x, y)]}")
    confidences = {"as shipped": 1 / (1 + np.exp(-x @ np.array(shipped))), "five-fold": calibrate.five_fold(x, y, names)}
    for name, confidence in confidences.items():
        bins, error = calibrate.curve(confidence, y)
        low, high = error_interval(calibrate, np, confidence, y, names, args.boot)
        print(f"\n{name}: expected calibration error {error:.4f} ({low:.4f}–{high:.4f})")
        print("confidence" + "".join(f"{mean:7.3f}" for mean, _, _ in bins))
        print("right     " + "".join(f"{share:7.3f}" for _, share, _ in bins))
    args.svg.write_text(draw(*calibrate.curve(confidences["five-fold"], y), len(y)), encoding="utf-8")
    print(f"\n{args.svg} written")


if __name__ == "__main__":
    main()
