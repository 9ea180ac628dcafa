# A helper in a cell of its own, type hints, other names and lines that print; a NumPy integer for each size.
def fits_how_often(length: int, window: int, step: int) -> np.int64:
    return np.int64((length - window) // step + 1)

# %%
def output_shape(n, f, p=0, s=1, d=1) -> tuple[np.int64, np.int64]:
    answer = ()
    for axis in (0, 1):
        length = pair(n)[axis] + 2 * pair(p)[axis]
        window = (pair(f)[axis] - 1) * pair(d)[axis] + 1
        print("axis", axis, "length", length, "window", window)
        if window > length:
            raise ValueError(f"{window} > {length}")
        answer += (fits_how_often(length, window, pair(s)[axis]),)
    return answer
