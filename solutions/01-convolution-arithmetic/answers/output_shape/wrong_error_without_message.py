# ValueError without a message.
# Loses: test_output_shape
# Told: It should say what does not fit: raise ValueError("…")
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    out = []
    for n, f, p, s, d in zip(pair(size), pair(kernel), pair(padding), pair(stride), pair(dilation)):
        room = n + 2 * p - d * (f - 1) - 1
        if room < 0:
            raise ValueError
        out.append(room // s + 1)
    return tuple(out)
