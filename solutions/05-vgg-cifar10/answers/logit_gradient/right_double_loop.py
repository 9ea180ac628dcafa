# A loop over images and classes.
import math

def logit_gradient(labels, logits):
    count, classes = logits.shape
    result = np.zeros((count, classes))
    for i in range(count):
        top = max(logits[i])
        exps = [math.exp(float(z) - float(top)) for z in logits[i]]
        for k in range(classes):
            right = 1 if k == labels[i] else 0
            result[i, k] = (exps[k] / sum(exps) - right) / count
    return result
