# The steps of a dilated kernel forget the stride so far.
# Loses: test_receptive_field
# Told: expected (56, 6), got (16, 6)
def receptive_field(layers):
    field, stride = 1, 1
    for f, s, d in layers:
        field += (f - 1) * (stride if d == 1 else d)
        stride *= s
    return field, stride
