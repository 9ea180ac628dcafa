# NumPy integers and clip; returns NumPy whole numbers.
def same_padding(size, kernel, stride=1):
    starts = np.arange(size)[::stride]
    total = np.clip(starts[-1] + kernel - size, 0, None)
    return total // 2, (total + 1) // 2
