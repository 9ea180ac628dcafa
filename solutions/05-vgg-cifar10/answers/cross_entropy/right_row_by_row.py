# Loops and the math module.
import math

def cross_entropy(targets, logits):
    total = 0.0
    for target, row in zip(targets, logits.tolist()):
        top = max(row)
        log_sum = math.log(math.fsum(math.exp(z - top) for z in row))
        log_p = [(z - top) - log_sum for z in row]
        if np.ndim(target) == 0:
            total -= log_p[int(target)]
        else:
            total -= sum(float(y) * lp for y, lp in zip(target, log_p))
    return total / len(logits)
