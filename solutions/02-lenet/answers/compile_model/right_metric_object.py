# The metric as an object that carries the name asked for.
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    model.compile(
        tf.keras.optimizers.Adam(learning_rate=learning_rate),
        tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=[tf.keras.metrics.SparseCategoricalAccuracy(name='accuracy')],
    )
    return model
