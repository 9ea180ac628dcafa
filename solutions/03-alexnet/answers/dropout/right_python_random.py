# The random module of Python, value by value, on a flat copy.
import random


def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    result = np.array(values)
    if training:
        flat = result.reshape(-1)
        for place in range(flat.size):
            flat[place] = 0.0 if random.random() < rate else flat[place] / (1 - rate)
    return result
