# Takes the layers out of the list that it was given.
# Loses: test_receptive_field
# Told: changed the list
def receptive_field(layers):
    field, jump = 1, 1
    while layers:
        kernel, stride, dilation = layers.pop(0)
        field += dilation * (kernel - 1) * jump
        jump *= stride
    return field, jump
