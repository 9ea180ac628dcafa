# Functools.reduce.
from functools import reduce


def receptive_field(layers):
    def add(state, layer):
        return state[0] + layer[2] * (layer[0] - 1) * state[1], state[1] * layer[1]

    return reduce(add, layers, (1, 1))
