# Derived from the table STAGES of the notebook.
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    expected, inputs, number = [], 3, 0
    for name, window, _, _, channels in STAGES:
        if not name.startswith("convolution"):
            continue
        number += 1
        expected.append((window, window, inputs // groups if number in {2, 4, 5} else inputs, channels))
        inputs = channels
    units = [6 * 6 * inputs, 4096, 4096, classes]
    return expected + list(zip(units[:-1], units[1:]))
