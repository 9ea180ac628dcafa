# The dense form of the loss, with the labels turned into ones and zeros inside it.
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    def loss(labels, logits):
        one_hot = tf.one_hot(tf.cast(tf.reshape(labels, [-1]), tf.int32), tf.shape(logits)[-1])
        return tf.keras.losses.categorical_crossentropy(one_hot, logits, from_logits=True)

    model.compile(tf.keras.optimizers.Adam(learning_rate), loss, metrics=['accuracy'])
    return model
