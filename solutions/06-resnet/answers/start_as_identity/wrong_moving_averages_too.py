# Sets the moving averages to zero as well.
# Loses: test_start_as_identity
# Told: moving averages should stay as they are
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    block.late_norm.set_weights([np.zeros_like(weight) for weight in block.late_norm.get_weights()])
    return block
