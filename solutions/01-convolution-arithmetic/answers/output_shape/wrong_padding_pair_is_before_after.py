# Takes the padding pair as (before, after) of both dimensions.
# Loses: test_output_shape
# Told: expected (6, 11), got (5, 13)
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    before, after = pair(padding)
    out = []
    for n, f, s, d in zip(pair(size), pair(kernel), pair(stride), pair(dilation)):
        room = n + before + after - d * (f - 1) - 1
        if room < 0:
            raise ValueError("kernel too large")
        out.append(room // s + 1)
    return tuple(out)
