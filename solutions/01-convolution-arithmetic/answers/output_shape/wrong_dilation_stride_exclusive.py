# Refuses stride and dilation together, as Keras does.
# Loses: test_output_shape
# Told: But the kernel fits there
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    size, kernel, padding, stride, dilation = map(pair, (size, kernel, padding, stride, dilation))
    if max(stride) > 1 and max(dilation) > 1:
        raise ValueError("strides > 1 not supported in conjunction with dilation > 1")
    out = []
    for n, f, p, s, d in zip(size, kernel, padding, stride, dilation):
        room = n + 2 * p - d * (f - 1) - 1
        if room < 0:
            raise ValueError("kernel too large")
        out.append(room // s + 1)
    return tuple(out)
