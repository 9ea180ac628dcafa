# A dataclass with __add__, sum with a start value.
from dataclasses import dataclass


@dataclass
class Cost:
    parameters: int = 0
    multiplications: int = 0

    def __add__(self, other):
        return Cost(self.parameters + other.parameters, self.multiplications + other.multiplications)


def stack_cost(kernels, channels, height, width, bias=True):
    layers = (
        Cost(f**2 * channels**2 + (channels if bias else 0), height * width * channels * f**2 * channels) for f in kernels
    )
    total = sum(layers, start=Cost())
    return total.parameters, total.multiplications
