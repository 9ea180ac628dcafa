# Sorts downwards; Python's sort keeps the order of equal ones.
def choose_layer(training, labels, validation, validation_labels, measure):
    table = {}
    for name, features in training.items():
        table[name] = float(measure(features, labels, validation[name], validation_labels))
    ranking = sorted(table, key=lambda name: -table[name])
    return ranking[0], table
