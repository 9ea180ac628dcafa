# A generator with divmod and a check of the argument.
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    def share(channels):
        each, rest = divmod(channels, groups)
        if rest:
            raise ValueError(f"{groups} groups do not divide {channels} channels")
        return each

    def network():
        yield 11, 11, 3, 96
        yield 5, 5, share(96), 256
        yield 3, 3, 256, 384
        yield from ((3, 3, share(384), kernels) for kernels in (384, 256))
        yield from ((6**2 * 256, 2**12), (2**12, 2**12), (2**12, classes))

    return list(network())
