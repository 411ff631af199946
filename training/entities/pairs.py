"""What is known of two mentions without the network, as numbers of rows in its tables; src/mentions/links.cpp is the same for use.

A mention here: its kind and type by number, its first and last unit, its head's unit, its line, and its words in lower case.
"""
import math

import numpy as np

ARTICLES = {"the", "a", "an"}
SMALL = {"of", "the", "and", "for", "in", "s"}  # words that an acronym may pass over
PRONOUN = 2


def apart_bucket(n):
    """Whole numbers from 1: exact below 5, then logarithmic. 0 … 9."""
    return n - 1 if n < 5 else min(9, 4 + int(math.log2(n / 5) * 1.2))


def units_bucket(n):
    """Whole numbers from 0: exact below 4, then logarithmic. 0 … 11."""
    return n if n < 4 else min(11, 4 + int(math.log2(n / 4)))


def plain(words):
    return words[1:] if len(words) > 1 and words[0] in ARTICLES else words


def words_table(mentions):
    """(M, M) by later and earlier: 0 other words, 1 the same head word, 2 all words of one in the other, 3 the same words, 4 an acronym.

    Pronouns: 3 the same word, else 0. Only the part below the diagonal is filled.
    """
    n = len(mentions)
    table = np.zeros((n, n), np.int8)
    number = {}
    code = lambda key: np.array([number.setdefault(k, len(number)) for k in key])
    pronoun = np.array([m["kind"] == PRONOUN for m in mentions], bool)
    heads, plains, wholes = code([m["head_word"] for m in mentions]), code([tuple(m["plain"]) for m in mentions]), code([tuple(m["words"]) for m in mentions])
    spoken = ~pronoun[:, None] & ~pronoun[None]
    table[(heads[:, None] == heads[None]) & spoken] = 1
    holders, by_letters = {}, {}
    for i, m in enumerate(mentions):
        if not pronoun[i]:
            for word in set(m["plain"]):
                holders.setdefault(word, []).append(i)
            for letters in set(acronyms_of(m["plain"])):
                by_letters.setdefault(letters, []).append(i)
    for i, m in enumerate(mentions):
        if pronoun[i]:
            continue
        if len(m["plain"]) == 1:
            for j in by_letters.get(m["plain"][0], ()):
                table[max(i, j), min(i, j)] = 4
        inside = set.intersection(*(set(holders[w]) for w in set(m["plain"])))  # those that hold all its words
        for j in inside:
            table[max(i, j), min(i, j)] = 2
    table[(plains[:, None] == plains[None]) & spoken] = 3
    table[(wholes[:, None] == wholes[None]) & ~spoken] = 3
    return table


def acronyms_of(words):
    """“udf” for “united dockers’ front”: the first letters of two words or more, with and without the small ones."""
    if len(words) < 2:
        return ()
    letters = ("".join(w[0] for w in words if w[0].isalpha()), "".join(w[0] for w in words if w[0].isalpha() and w not in SMALL))
    return [a for a in letters if len(a) >= 2]


def pair_tables(mentions, most_back):
    """(later, earlier, rows): the pairs at most `most_back` mentions apart, and (P, 6) rows by PAIR_TABLES' order: kinds, apart, units_apart, words, types, lines."""
    n = len(mentions)
    later, earlier = np.tril_indices(n, -1)
    near = later - earlier <= most_back
    later, earlier = later[near], earlier[near]
    column = lambda key: np.array([m[key] for m in mentions], np.int64)
    kind, of, head, line = column("kind"), column("type"), column("head"), column("line")
    apart = np.array([0] + [apart_bucket(i) for i in range(1, most_back + 1)])
    reach = np.maximum(0, head[later] - head[earlier])
    units = np.array([units_bucket(i) for i in range(int(reach.max(initial=0)) + 1)])
    rows = np.stack([3 * kind[later] + kind[earlier], apart[later - earlier], units[reach], words_table(mentions)[later, earlier],
                     (of[later] == of[earlier]).astype(np.int64), np.minimum(2, np.maximum(0, line[later] - line[earlier]))], 1)
    return later, earlier, rows
