# The accuracy under another name than asked for.
# Loses: test_compile_model
# Told: should report the metric "accuracy"
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    model.compile(
        tf.keras.optimizers.Adam(learning_rate),
        tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["sparse_categorical_accuracy"],
    )
    return model
