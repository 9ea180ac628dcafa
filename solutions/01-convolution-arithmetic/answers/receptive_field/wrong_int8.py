# NumPy int8 overflows from a field of 128 on.
# Loses: test_receptive_field
# Told: expected (131, 16), got (-125, 16)
def receptive_field(layers):
    with np.errstate(over="ignore"):
        field, stride = np.int8(1), np.int8(1)
        for f, s, d in layers:
            field = np.int8(field + np.int8(d) * np.int8(f - 1) * stride)
            stride = np.int8(stride * np.int8(s))
    return int(field), int(stride)
