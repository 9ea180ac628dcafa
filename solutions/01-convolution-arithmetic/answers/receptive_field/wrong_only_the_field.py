# Returns the field alone.
# Loses: test_receptive_field
# Told: should be a tuple of 2
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * jump
        jump *= stride
    return field
