# (0, 1) for the empty list.
# Loses: test_receptive_field
# Told: expected (1, 1), got (0, 1)
def receptive_field(layers):
    if len(layers) == 0:
        return 0, 1
    field, stride = 1, 1
    for f, s, d in layers:
        field += d * (f - 1) * stride
        stride *= s
    return field, stride
