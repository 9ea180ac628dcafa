# Reduce and a walrus.
from functools import reduce

def choose_layer(training: dict, labels, validation: dict, validation_labels, measure) -> tuple:
    shares = {}
    def better(first, second):
        return second if shares[second] > shares[first] else first
    for name in training:
        if (share := measure(training[name], labels, validation[name], validation_labels)) is not None:
            shares[name] = share
    return reduce(better, shares), shares
