# Sets γ to zero, but forgets β, which then is all that F returns.
# Loses: test_start_as_identity
# Told: γ is 0, but β is not
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    block.late_norm.gamma.assign(tf.zeros_like(block.late_norm.gamma))
    return block
