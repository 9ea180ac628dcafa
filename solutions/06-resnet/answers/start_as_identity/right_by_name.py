# Finds the weights by their names inside the last normalisation.
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    for variable in block.late_norm.weights:
        if variable.name in ("gamma", "beta"):
            variable.assign([0.0] * variable.shape[0])
    return block
