# A generator in a cell of its own yields the windows; type hints, a dictionary of functions, float32 results.
from collections.abc import Iterator


def windows_of(numbers: np.ndarray, size, stride) -> Iterator[tuple[int, int, np.ndarray]]:
    (high, wide), (down, right) = pair(size), pair(stride)
    for row, top in enumerate(range(0, numbers.shape[0] - high + 1, down)):
        for column, left in enumerate(range(0, numbers.shape[1] - wide + 1, right)):
            yield row, column, numbers[top : top + high, left : left + wide]

# %%
def pool2d(feature_map: np.ndarray, size=2, stride=2, kind: str = "max") -> np.ndarray:
    reduce = {"max": lambda w: w.max(axis=(0, 1)), "average": lambda w: w.astype("float64").mean(axis=(0, 1))}
    pooled = {(row, column): reduce[kind](w) for row, column, w in windows_of(feature_map, size, stride)}
    rows, columns = max(pooled)
    print("pooled to", rows + 1, "by", columns + 1)
    return np.array([[pooled[i, j] for j in range(columns + 1)] for i in range(rows + 1)], dtype="float32")
