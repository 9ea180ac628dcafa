# Its own loss function, from the TensorFlow operation.
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    def cross_entropy(labels, logits):
        labels = tf.cast(tf.reshape(labels, [-1]), tf.int32)
        return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)

    model.compile(tf.keras.optimizers.Adam(learning_rate), cross_entropy, metrics=['accuracy'])
    return model
