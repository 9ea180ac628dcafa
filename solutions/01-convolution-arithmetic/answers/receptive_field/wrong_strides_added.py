# Adds the strides up instead of multiplying them.
# Loses: test_receptive_field
# Told: the strides are added
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * jump
        jump += stride - 1
    return field, jump
