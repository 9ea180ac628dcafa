# Returns nothing.
# Loses: test_start_as_identity
# Told: missing `return`
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    block.late_norm.gamma.assign(tf.zeros_like(block.late_norm.gamma))
    block.late_norm.beta.assign(tf.zeros_like(block.late_norm.beta))
