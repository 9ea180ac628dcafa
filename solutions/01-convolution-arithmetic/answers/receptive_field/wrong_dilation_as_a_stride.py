# Multiplies the dilation into the stride.
# Loses: test_receptive_field
# Told: dilation is counted as a stride
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * jump
        jump *= stride * dilation
    return field, jump
