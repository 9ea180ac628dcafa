# Takes the layers out of the caller's list.
# Loses: test_receptive_field
# Told: Work on a copy: the caller still needs it
def receptive_field(layers):
    field, stride = 1, 1
    while layers:
        f, s, d = layers.pop(0)
        field += d * (f - 1) * stride
        stride *= s
    return field, stride
