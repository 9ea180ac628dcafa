# Math.ceil and argument checks ("whole numbers, at least 1").
import math


def same_padding(size: int, kernel: int, stride: int = 1) -> tuple[int, int]:
    for name, value in (("size", size), ("kernel", kernel), ("stride", stride)):
        if value < 1:
            raise ValueError(f"{name} must be at least 1, not {value}")
    expected = math.ceil(size / stride)
    total = (expected - 1) * stride + kernel - size
    if total <= 0:
        return (0, 0)
    return (math.floor(total / 2), math.ceil(total / 2))
