# Goes backwards: how many cells of the layer before does a run of cells read?
def receptive_field(layers):
    cells, jump = 1, 1
    for kernel, stride, dilation in reversed(layers):
        cells = (cells - 1) * stride + dilation * (kernel - 1) + 1
        jump *= stride
    return cells, jump
