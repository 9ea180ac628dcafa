# right: objects for optimizer and loss
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    """Give a classifier its optimiser, loss and metric."""
    model.compile(
        optimizer=tf.keras.optimizers.Adam(learning_rate),
        loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model
