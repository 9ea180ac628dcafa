# NumPy's argmax.
def choose_layer(training, labels, validation, validation_labels, measure):
    layers = list(training)
    expected = [measure(training[layer], labels, validation[layer], validation_labels) for layer in layers]
    for layer, share in zip(layers, expected):
        print(f"{layer}: {share:.1%}")
    return layers[int(np.argmax(expected))], dict(zip(layers, expected))
