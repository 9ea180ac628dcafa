# Takes the four arrays of the last normalisation out, and puts them back with two of them zero.
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    gamma, beta, mean, variance = block.late_norm.get_weights()
    block.late_norm.set_weights([0 * gamma, 0 * beta, mean, variance])
    return block
