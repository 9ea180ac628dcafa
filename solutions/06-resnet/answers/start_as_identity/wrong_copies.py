# Sets copies of the weights to zero, not the weights.
# Loses: test_start_as_identity
# Told: F computes the same as before
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    gamma, beta, _, _ = block.late_norm.get_weights()
    gamma[:] = 0
    beta[:] = 0
    return block
