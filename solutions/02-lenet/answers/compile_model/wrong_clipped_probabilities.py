# wrong: softmax first and then the form for probabilities, which Keras clips at 1e-7: losses above 16 are cut; breaks "the mean cross-entropy of the logits"
# Loses: test_compile_model
# Told: Softmax followed by a logarithm overflows or is cut off
def compile_model(model, learning_rate):
    def loss(labels, logits):
        return tf.keras.losses.sparse_categorical_crossentropy(labels, tf.identity(tf.clip_by_value(tf.nn.softmax(logits), 1e-7, 1)))

    model.compile(tf.keras.optimizers.Adam(learning_rate), loss, metrics=["accuracy"])
    return model
