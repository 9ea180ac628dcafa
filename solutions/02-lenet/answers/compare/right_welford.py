# Welford's running mean and sum of squares, in a dataclass.
from dataclasses import dataclass


@dataclass
class Running:
    count: int = 0
    mean: float = 0.0
    squares: float = 0.0

    def add(self, value):
        self.count += 1
        step = value - self.mean
        self.mean += step / self.count
        self.squares += step * (value - self.mean)

    def pair(self):
        return self.mean, (self.squares / (self.count - 1)) ** 0.5


def compare(measure, variants, seeds):
    table = {}
    for activation, pooling in variants:
        running = Running()
        for seed in seeds:
            running.add(measure(activation, pooling, seed))
        table[activation, pooling] = running.pair()
    return table
