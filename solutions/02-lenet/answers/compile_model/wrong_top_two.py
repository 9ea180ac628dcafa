# Counts an image as right if its class is among the first two: the visible example does not show it.
# Loses: test_compile_model
# Told: whose largest logit is that of the true class
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    model.compile(
        tf.keras.optimizers.Adam(learning_rate),
        tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=[tf.keras.metrics.SparseTopKCategoricalAccuracy(k=2, name="accuracy")],
    )
    return model
