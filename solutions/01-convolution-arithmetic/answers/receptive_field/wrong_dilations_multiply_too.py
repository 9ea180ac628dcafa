# Dilations multiply from layer to layer, as strides do.
# Loses: test_receptive_field
# Told: a dilation belongs to its own layer
def receptive_field(layers):
    field, stride, dilation = 1, 1, 1
    for f, s, d in layers:
        dilation *= d
        field += dilation * (f - 1) * stride
        stride *= s
    return field, stride
