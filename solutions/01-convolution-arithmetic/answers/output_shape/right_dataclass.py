# A frozen dataclass for one dimension, and an exception class of its own that is a ValueError.
from dataclasses import dataclass


class KernelTooLarge(ValueError):
    """The kernel has no place in the padded input."""


@dataclass(frozen=True)
class Dimension:
    size: int
    kernel: int
    padding: int
    stride: int
    dilation: int

    @property
    def padded(self) -> int:
        return self.size + 2 * self.padding

    @property
    def reach(self) -> int:
        return self.dilation * (self.kernel - 1) + 1

    def outputs(self) -> int:
        if self.reach > self.padded:
            raise KernelTooLarge(f"{self.reach} > {self.padded}")
        quotient, _ = divmod(self.padded - self.reach, self.stride)
        return 1 + quotient


def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    arguments = [pair(a) for a in (size, kernel, padding, stride, dilation)]
    return Dimension(*(a[0] for a in arguments)).outputs(), Dimension(*(a[1] for a in arguments)).outputs()
