# Returns (stride, field).
# Loses: test_receptive_field
# Told: field and stride are swapped
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * jump
        jump *= stride
    return jump, field
