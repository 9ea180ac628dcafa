# right: shuffle is left out (only a warning may come), unpacked in order
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    import warnings

    model.compile(optimizer=optimizer, loss=loss_function, metrics=["sparse_categorical_accuracy"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        h = model.fit(training, epochs=epochs, verbose=0, validation_data=testing).history
    return dict(
        loss=h["loss"], accuracy=h["sparse_categorical_accuracy"],
        test_loss=h["val_loss"], test_accuracy=h["val_sparse_categorical_accuracy"],
    )
