# Applies softmax before a loss that applies it, too.
# Loses: test_compile_model
# Told: softmax is applied twice
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    cross_entropy = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    def softmax(logits):
        return tf.exp(logits) / tf.reduce_sum(tf.exp(logits), axis=-1, keepdims=True)

    model.compile(
        tf.keras.optimizers.Adam(learning_rate),
        lambda labels, logits: cross_entropy(labels, softmax(logits)),
        metrics=["accuracy"],
    )
    return model
