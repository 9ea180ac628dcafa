# Reads the notebook's list of a later cell, which exists only in the student's session.
# Loses: test_receptive_field
# Told: only in your session
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in vgg16[: len(layers)]:
        field += dilation * (kernel - 1) * jump
        jump *= stride
    return field, jump
