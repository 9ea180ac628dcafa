# right: val_ replaced by test_
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer, loss_function, metrics=[tf.keras.metrics.SparseCategoricalAccuracy(name="accuracy")])
    result = model.fit(training, validation_data=testing, epochs=epochs, shuffle=False, verbose=0)
    return {key.replace("val_", "test_"): list(values) for key, values in result.history.items()}
