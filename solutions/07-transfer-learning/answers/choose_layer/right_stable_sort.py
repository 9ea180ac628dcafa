# Sorts the layers by their accuracy, stably, the highest first.
def choose_layer(training: dict, labels, validation: dict, validation_labels, measure) -> tuple:
    if set(training) != set(validation):
        raise KeyError("the two dicts have different names")
    measured = {}
    for name in training.keys():
        measured[name] = measure(training[name], labels, validation[name], validation_labels)
    order = sorted(measured.items(), key=lambda pair: -pair[1])
    return order[0][0], measured
