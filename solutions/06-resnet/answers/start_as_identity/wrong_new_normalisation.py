# Puts a fresh normalisation in place of the last one.
# Loses: test_start_as_identity
# Told: already built
def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    block.late_norm = tf.keras.layers.BatchNormalization(momentum=0.9, gamma_initializer="zeros")
    return block
