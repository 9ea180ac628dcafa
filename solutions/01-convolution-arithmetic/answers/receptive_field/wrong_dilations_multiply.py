# Passes the visible checks: takes a layer's dilation over to the layers after it.
# Loses: test_receptive_field
# Told: does not widen the layers after it
def receptive_field(layers):
    field, jump, spread = 1, 1, 1
    for kernel, stride, dilation in layers:
        spread *= dilation
        field += spread * (kernel - 1) * jump
        jump *= stride
    return field, jump
