# Takes the last two of the block's weights, which may belong to the projection.
# Loses: test_start_as_identity
# Told: Only the last batch normalisation of F
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    for weight in block.trainable_weights[-2:]:
        weight.assign(tf.zeros_like(weight))
    return block
