# Adds up the kernels as if all strides were 1.
# Loses: test_receptive_field
# Told: each step of a kernel is longer
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1)
        jump *= stride
    return field, jump
