# Adds no zeros at all, which is the padding `valid`.
# Loses: test_same_padding
# Told: no zeros are added
def same_padding(size, kernel, stride=1):
    return 0, 0
