# Multiplies with the stride of the layer before only, and returns the last layer's.
# Loses: test_receptive_field
# Told: strides of all layers multiply
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * jump
        jump = stride
    return field, jump
