# Sets the kernels to zero.
# Loses: test_start_as_identity
# Told: A kernel was changed
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    for layer in (block.early, block.late):
        layer.kernel.assign(tf.zeros_like(layer.kernel))
    for norm in (block.early_norm, block.late_norm):
        norm.beta.assign(tf.zeros_like(norm.beta))
    return block
