# Returns a named tuple, which is a tuple; Python ints, with argument checks.
from typing import NamedTuple


class Parameters(NamedTuple):
    convolution: int
    dense: int


def layer_parameters(height, width, channels, filters, kernel=3) -> Parameters:
    assert min(height, width, channels, filters) >= 1, "all sizes are at least 1"
    (kh, kw), pixels = pair(kernel), int(height) * int(width)
    return Parameters(
        convolution=filters * (1 + channels * kh * kw),
        dense=pixels * filters * (1 + pixels * channels),
    )
