# Takes the first layer apart, so the empty list is an IndexError.
# Loses: test_receptive_field
# Told: An empty list has no first layer; its output is the input
def receptive_field(layers):
    f, s, d = layers[0]
    field, stride = d * (f - 1) + 1, s
    for f, s, d in layers[1:]:
        field += d * (f - 1) * stride
        stride *= s
    return field, stride
