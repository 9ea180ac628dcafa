# right: first a flat plan of layers, then one pass with match
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    todo = []
    for b, (filters, sizes) in enumerate(blocks, 1):
        todo += [("conv", f"{b}_{n}", filters, k) for n, k in enumerate(sizes, 1)] + [("pool", f"{b}", 0, 0)]
    todo += [("fc", f"{n}", units, 0) for n, units in enumerate(dense, 1)]
    state, result = list(input_shape), []
    for kind, number, units, k in todo:
        weights = places = 0
        match kind:
            case "conv":
                weights, places = k * k * state[2] * units, state[0] * state[1]
                state[2] = units
            case "pool":
                state[0], state[1] = state[0] >> 1, state[1] >> 1
            case "fc":
                weights, places = math.prod(state) * units, 1
                state = [units]
        result.append((kind + number, tuple(state), weights + (units if weights else 0), weights * places))
    return result
