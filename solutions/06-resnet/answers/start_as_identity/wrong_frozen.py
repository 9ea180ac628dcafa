# Freezes the normalisation that it has silenced.
# Loses: test_start_as_identity
# Told: γ and β are frozen
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    block.late_norm.gamma.assign(tf.zeros_like(block.late_norm.gamma))
    block.late_norm.beta.assign(tf.zeros_like(block.late_norm.beta))
    block.late_norm.trainable = False
    return block
