# Sets β to zero, but forgets γ.
# Loses: test_start_as_identity
# Told: β is 0, but γ is not
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    block.late_norm.beta.assign(tf.zeros_like(block.late_norm.beta))
    return block
