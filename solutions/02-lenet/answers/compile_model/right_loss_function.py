# right: a loss function of its own, one cross-entropy an image, Keras takes the mean
def compile_model(model, learning_rate):
    def loss(labels, logits):
        return tf.keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)

    model.compile(tf.keras.optimizers.Adam(learning_rate=learning_rate), loss, metrics=["accuracy"])
    return model
