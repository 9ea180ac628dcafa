# Calls a function that exists only in the student's session.
# Loses: test_pool2d
# Told: only in your session
def pool2d(feature_map, size=2, stride=2, kind="max"):
    return np.stack([pool_one_channel(channel, size, stride, kind) for channel in feature_map.T], axis=-1)
