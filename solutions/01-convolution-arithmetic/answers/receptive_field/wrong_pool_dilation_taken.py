# A layer whose stride equals its kernel is taken for a pool that adds its whole window when it is the first.
# Loses: test_receptive_field
# Told: expected (6, 2), got (7, 2)
def receptive_field(layers):
    field, stride = 1, 1
    for place, (f, s, d) in enumerate(layers):
        field += (f if place == 0 and f == s and f > 1 else d * (f - 1)) * stride
        stride *= s
    return field, stride
