# A helper in a cell of its own, type hints, other names, lines that print; counts a filter, then a dense unit.
def weights_and_bias(numbers_read: int) -> int:
    return numbers_read + 1

# %%
def layer_parameters(h: int, w: int, c: int, f: int, k=3) -> tuple[int, int]:
    k_h, k_w = (k, k) if isinstance(k, int) else k
    a_filter, a_unit = weights_and_bias(k_h * k_w * c), weights_and_bias(h * w * c)
    print("one filter:", a_filter, "one unit:", a_unit)
    return a_filter * f, a_unit * h * w * f
