# Measures from the middle outwards, f // 2 on each side, so an even kernel with a dilation sees too much.
# Loses: test_receptive_field
# Told: expected (64, 12), got (97, 12)
def receptive_field(layers):
    field, stride = 1, 1
    for f, s, d in layers:
        field += (2 * (f // 2) * d if d > 1 else f - 1) * stride
        stride *= s
    return field, stride
