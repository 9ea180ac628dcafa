# Returns from inside the loop, after the first layer.
# Loses: test_receptive_field
# Told: only one layer is counted
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * jump
        jump *= stride
        return field, jump
    return field, jump
