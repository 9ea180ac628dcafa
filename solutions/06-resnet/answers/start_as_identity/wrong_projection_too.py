# Silences every last normalisation, that of the shortcut as well.
# Loses: test_start_as_identity
# Told: the shortcut is 0 as well
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    norms = [block.late_norm] + ([block.projection_norm] if block.way == "projection" else [])
    for norm in norms:
        norm.gamma.assign(tf.zeros_like(norm.gamma))
        norm.beta.assign(tf.zeros_like(norm.beta))
    return block
