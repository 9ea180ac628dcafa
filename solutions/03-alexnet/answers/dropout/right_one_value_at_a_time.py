# Python's own dice for one value after the other; helper in an added cell, double precision.
import random

def throw(value: float, rate: float) -> float:
    return 0.0 if random.random() < rate else value / (1 - rate)
# %%
def dropout(values, rate, training) -> np.ndarray:
    if not bool(training):
        return values
    print(f"dropping {rate:.0%} of {values.size} values")
    return np.array([throw(float(value), rate) for value in values.flat]).reshape(values.shape)
