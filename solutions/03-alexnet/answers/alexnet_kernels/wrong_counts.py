# Returns the numbers of weights instead of the shapes.
# Loses: test_alexnet_kernels
# Told: not for the number of weights in them
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    return [34848, 614400 // groups, 884736, 1327104 // groups, 884736 // groups, 37748736, 16777216, 4096 * classes]
