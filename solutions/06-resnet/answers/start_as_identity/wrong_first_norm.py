# Silences the first batch normalisation, not the last.
# Loses: test_start_as_identity
# Told: the first batch normalisation is changed
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    for weight in (block.early_norm.gamma, block.early_norm.beta):
        weight.assign(tf.zeros_like(weight))
    return block
