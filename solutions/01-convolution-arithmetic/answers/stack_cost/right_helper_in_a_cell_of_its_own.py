# A helper in a cell of its own costs one layer; type hints, other names, lines that print, a list for the answer.
def cost_of_one(f: int, c: int, places: int, b: bool) -> np.ndarray:
    weights = f * f * c * c
    return np.array([weights + c * int(b), weights * places], dtype="int64")

# %%
def stack_cost(sizes: list, c: int, h: int, w: int, with_bias: bool = True) -> list:
    total = np.zeros(2, dtype="int64")
    for f in sizes:
        total += cost_of_one(f, c, h * w, with_bias)
        print("so far", total)
    return list(total)
