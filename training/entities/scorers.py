"""Coreference scores: MUC (Vilain et al. 1995), B³ (Bagga and Baldwin 1998), CEAFe (Luo 2005), and their mean, the CoNLL average."""
import numpy as np
from scipy.optimize import linear_sum_assignment


def muc(key, response):
    where = {m: i for i, cluster in enumerate(response) for m in cluster}
    return sum(len(c) - len({where.get(m, ("alone", m)) for m in c}) for c in key), sum(len(c) - 1 for c in key)


def b_cubed(key, response):
    where = {m: set(c) for c in response for m in c}
    return sum(len(set(c) & where.get(m, set())) / len(c) for c in key for m in c), sum(map(len, key))


def ceaf_e(key, response):
    table = np.array([[2 * len(set(k) & set(r)) / (len(k) + len(r)) for r in response] for k in key]).reshape(len(key), len(response))
    rows, columns = linear_sum_assignment(-table)
    return table[rows, columns].sum()


def conll(documents, singletons):
    """documents: [(key, response)], clusters of spans -> {muc, b3, ceafe, conll}: F1 over all documents together."""
    sums = {"muc": [0, 0, 0, 0], "b3": [0, 0, 0, 0], "ceafe": [0, 0, 0, 0]}
    for key, response in documents:
        key, response = ([list(dict.fromkeys(c)) for c in side if singletons or len(set(c)) > 1] for side in (key, response))
        for name, measure in (("muc", muc), ("b3", b_cubed)):
            for at, (a, b) in ((0, (key, response)), (2, (response, key))):
                hit, of = measure(a, b)
                sums[name][at] += hit
                sums[name][at + 1] += of
        hit = ceaf_e(key, response)
        for i, n in enumerate((hit, len(key), hit, len(response))):
            sums["ceafe"][i] += n
    out = {}
    for name, (r, r_of, p, p_of) in sums.items():
        r, p = r / max(1, r_of), p / max(1, p_of)
        out[name] = 2 * p * r / max(1e-9, p + r)
    out["conll"] = sum(out.values()) / 3
    return out
