# Passes the visible checks: starts from the first layer, so an empty stack raises IndexError.
# Loses: test_receptive_field
# Told: An empty list has no first layer
def receptive_field(layers):
    kernel, jump, dilation = layers[0]
    field = dilation * (kernel - 1) + 1
    for kernel, stride, dilation in layers[1:]:
        field += dilation * (kernel - 1) * jump
        jump *= stride
    return field, jump
