# Computes both dimensions at once with NumPy arrays and returns an array of integers.
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    size, kernel, padding, stride, dilation = (
        np.array(pair(value)) for value in (size, kernel, padding, stride, dilation)
    )
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    if np.any(room < 0):
        raise ValueError("no place for the kernel")
    return np.floor(room / stride).astype(int) + 1
