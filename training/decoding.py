"""From scores to labels: the best sequence in which an inside label follows its begin, and the spans it makes."""
import torch


def legal_moves(labels):
    """(start, move): 0 where a label may stand first or follow another, a large negative number where not (I- only after its B- or I-)."""
    start, move = torch.zeros(len(labels)), torch.zeros(len(labels), len(labels))
    for j, label in enumerate(labels):
        if label.startswith("I-"):
            start[j] = -1e4
            for i, before in enumerate(labels):
                if before[2:] != label[2:]:
                    move[i, j] = -1e4
    return start, move


def best_labels(scores, labels):
    """Viterbi over (B, N, K) log-probabilities -> B lists of N labels."""
    start, move = legal_moves(labels)
    best, back = scores[:, 0] + start, []
    for i in range(1, scores.shape[1]):
        value, origin = (best[:, :, None] + move).max(1)
        best = value + scores[:, i]
        back.append(origin)
    path = [best.argmax(1)]
    for origin in reversed(back):
        path.append(origin.gather(1, path[-1][:, None])[:, 0])
    return torch.stack(path[::-1], 1).tolist()


def runs_of(sequence, labels):
    """[(name, begin, end)] of the B-I-runs."""
    runs = []
    for i, label in enumerate(labels[k] for k in sequence):
        if label.startswith("B-"):
            runs.append([label[2:], i, i + 1])
        elif label.startswith("I-"):
            runs[-1][2] = i + 1
    return runs


def only_outside(scores, where):
    """Log-probabilities that leave only label 0 where `where` holds."""
    outside = torch.full((scores.shape[-1],), -1e4)
    outside[0] = 0
    return torch.where(where[..., None], outside, scores)
