# Sets every weight of the block to zero.
# Loses: test_start_as_identity
# Told: kernels of zeros cannot learn
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    block.set_weights([np.zeros_like(weight) for weight in block.get_weights()])
    return block
