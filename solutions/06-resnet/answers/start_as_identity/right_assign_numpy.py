# Assigns NumPy zeros of the right shape.
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    last = block.late_norm
    last.gamma.assign(np.zeros(last.gamma.shape))
    last.beta.assign(np.zeros(last.beta.shape, dtype="float32"))
    return block
