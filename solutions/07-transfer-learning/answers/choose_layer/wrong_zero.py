# Starts from 0: if no layer gets an image right the answer is None.
# Loses: test_choose_layer
# Told: starts with accuracy 0
def choose_layer(training: dict, labels, validation: dict, validation_labels, measure) -> tuple:
    accuracies = {name: measure(training[name], labels, validation[name], validation_labels) for name in training}
    best, top = None, 0
    for name, share in accuracies.items():
        if share > top:
            best, top = name, share
    return best, accuracies
