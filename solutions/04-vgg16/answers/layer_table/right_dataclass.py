# right: a class keeps the running state
from dataclasses import dataclass, field


@dataclass
class Network:
    shape: tuple
    layers: list = field(default_factory=list)

    def convolution(self, name, filters, size):
        height, width, channels = self.shape
        self.shape = (height, width, filters)
        weights = channels * filters * size**2
        self.layers.append((name, self.shape, weights + filters, weights * height * width))

    def pooling(self, name):
        height, width, channels = self.shape
        self.shape = ((height - 2) // 2 + 1, (width - 2) // 2 + 1, channels)
        self.layers.append((name, self.shape, 0, 0))

    def full(self, name, units):
        count = math.prod(self.shape) * units
        self.shape = (units,)
        self.layers.append((name, self.shape, count + units, count))


def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    network = Network(tuple(input_shape))
    for i, (filters, kernel_sizes) in enumerate(blocks):
        for j, size in enumerate(kernel_sizes):
            network.convolution(f"conv{i + 1}_{j + 1}", filters, size)
        network.pooling(f"pool{i + 1}")
    for i, units in enumerate(dense):
        network.full(f"fc{i + 1}", units)
    return network.layers
