# Whole arrays with broadcasting; the error is tested on the result, floor division makes it < 1.
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    n, f, p, s, d = (np.broadcast_to(np.asarray(value, dtype=np.int64), (2,)) for value in (size, kernel, padding, stride, dilation))
    out = np.floor_divide(n + 2 * p - d * (f - 1) - 1, s) + 1
    if (out < 1).any():
        raise ValueError(f"no place for the kernel: {out}")
    height, width = out.tolist()
    return height, width
