# Silences both batch normalisations of F, so no kernel ever learns.
# Loses: test_start_as_identity
# Told: two batch normalisations are changed
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    for norm in (block.early_norm, block.late_norm):
        norm.gamma.assign(tf.zeros_like(norm.gamma))
        norm.beta.assign(tf.zeros_like(norm.beta))
    return block
