# AdamW, which makes the weights smaller as well: the first step is almost the same.
# Loses: test_compile_model
# Told: The optimiser should be Adam
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    model.compile(
        tf.keras.optimizers.AdamW(learning_rate, weight_decay=0.1),
        tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model
