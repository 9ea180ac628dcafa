# Multiplies both by zero.
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    norm = block.late_norm
    for variable in norm.trainable_variables:
        variable.assign(variable * 0.0)
    return block
