# A dataclass that remembers.
from dataclasses import dataclass, field

@dataclass
class Laboratory:
    measure: object
    seeds: list
    notebook: dict = field(default_factory=dict)

    def run(self, chosen: tuple) -> list:
        if chosen not in self.notebook:
            self.notebook[chosen] = [self.measure(chosen, seed) for seed in self.seeds]
        return self.notebook[chosen]

    def compare(self, more: tuple, fewer: tuple) -> tuple:
        differences = np.subtract(self.run(more), self.run(fewer))
        return differences.mean().item(), differences.std(ddof=1).item()

def ablation(measure, repairs: list, seeds: list) -> dict:
    lab, result = Laboratory(measure, seeds), {}
    for place, repair in enumerate(repairs):
        result[repair] = {}
        result[repair]["alone"] = lab.compare((repair,), ())
        result[repair]["last"] = lab.compare(tuple(repairs), tuple(repairs[:place]) + tuple(repairs[place + 1 :]))
    return result
