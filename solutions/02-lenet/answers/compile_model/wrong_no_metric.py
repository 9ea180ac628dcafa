# Forgets the metric.
# Loses: test_compile_model
# Told: should report the metric "accuracy"
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    model.compile(tf.keras.optimizers.Adam(learning_rate=learning_rate), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model
