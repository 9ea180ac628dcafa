# A small dataclass for the layers.
from dataclasses import dataclass


@dataclass(frozen=True)
class Kernel:
    size: int
    inputs: int
    outputs: int
    split: bool = False

    def shape(self, groups):
        return self.size, self.size, self.inputs // (groups if self.split else 1), self.outputs


def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    layers = [Kernel(11, 3, 96), Kernel(5, 96, 256, True), Kernel(3, 256, 384), Kernel(3, 384, 384, True), Kernel(3, 384, 256, True)]
    return [layer.shape(groups) for layer in layers] + [(9_216, 4_096), (4_096, 4_096), (4_096, classes)]
