# Mean and deviation updated with each run, after Welford, in an added cell; type hints and prints.
# %%
class Running:
    """Mean and sample standard deviation of numbers that come one after the other."""

    def __init__(self):
        self.number, self.mean, self.squares = 0, 0.0, 0.0

    def add(self, value: float) -> None:
        self.number += 1
        step = value - self.mean
        self.mean += step / self.number
        self.squares += step * (value - self.mean)


# %%
def learning_curves(measure, methods: list, counts: list, seeds: list) -> dict[str, np.ndarray]:
    result = {one: np.empty([len(counts), 2], "float32") for one in methods}
    for one in methods:
        for row in range(len(counts)):
            running = Running()
            for seed in seeds:
                running.add(measure(one, counts[row], seed))
            result[one][row] = running.mean, (running.squares / (running.number - 1)) ** 0.5
        print(one, result[one].tolist())
    return result
