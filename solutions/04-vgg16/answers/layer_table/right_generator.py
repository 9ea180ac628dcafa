# right: a generator of rows, list() at the end
from math import prod


def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    def rows():
        shape = tuple(input_shape)
        for number, (filters, sizes) in enumerate(blocks, 1):
            for place, k in enumerate(sizes, 1):
                count = k**2 * shape[-1] * filters
                shape = (*shape[:2], filters)
                yield f"conv{number}_{place}", shape, count + filters, prod(shape[:2]) * count
            shape = (*(side // 2 for side in shape[:2]), shape[2])
            yield f"pool{number}", shape, 0, 0
        for number, units in enumerate(dense, 1):
            count = prod(shape) * units
            shape = (units,)
            yield f"fc{number}", shape, count + units, count

    return list(rows())
