# A helper in a cell of its own traces which pixels two neighbours read; type hints, a NumPy array for the answer.
def pixels_read(cells: set[int], layer: tuple[int, int, int]) -> set[int]:
    f, s, d = layer
    return {s * cell + d * step for cell in cells for step in range(f)}

# %%
def receptive_field(stack: list) -> np.ndarray:
    left, right = {0}, {1}
    for layer in reversed(stack):
        left, right = pixels_read(left, layer), pixels_read(right, layer)
    print("pixels:", len(left))
    return np.array([max(left) + 1, min(right) - min(left)])
