# A small class in an added cell remembers; Python floats, type hints and a print.
from dataclasses import dataclass, field


@dataclass
class Memory:
    measure: object
    numbers: dict = field(default_factory=dict)

    def __call__(self, chosen: tuple, seed: int) -> float:
        key = chosen, seed
        if key not in self.numbers:
            self.numbers[key] = float(self.measure(chosen, seed=seed))
            print(key, self.numbers[key])
        return self.numbers[key]


# %%
def ablation(measure, repairs: list[str], seeds: list[int]) -> dict[str, dict[str, list[float]]]:
    remembered, everything = Memory(measure), tuple(repairs)
    table = {}
    for repair in everything:
        others = tuple(filter(lambda name: name != repair, everything))
        row = {}
        for key, with_it, without in (("alone", (repair,), ()), ("last", everything, others)):
            gains = [remembered(with_it, seed) - remembered(without, seed) for seed in seeds]
            middle = math.fsum(gains) / len(gains)
            row[key] = [middle, math.dist(gains, [middle] * len(gains)) / math.sqrt(len(gains) - 1)]
        table[repair] = row
    return table
