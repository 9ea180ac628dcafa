# Follows the first and the last pixel of output 0 and of output 1 down to the input.
def receptive_field(layers):
    ends = [(0, 0), (1, 1)]
    for f, s, d in layers[::-1]:
        ends = [(first * s, last * s + d * (f - 1)) for first, last in ends]
    (first, last), (second, _) = ends
    return last - first + 1, second - first
