# Sums over all layers at once: each adds its reach times the product of the strides before it.
def receptive_field(layers):
    table = np.array(layers, dtype=int).reshape(-1, 3)
    strides = np.cumprod(np.concatenate([[1], table[:, 1]]))
    return 1 + np.sum(table[:, 2] * (table[:, 0] - 1) * strides[:-1]), strides[-1]
