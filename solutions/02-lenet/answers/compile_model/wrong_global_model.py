# Compiles the network of the task before, which happens to be there.
# Loses: test_compile_model
# Told: is not compiled
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    network.compile(
        tf.keras.optimizers.Adam(learning_rate),
        tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model
