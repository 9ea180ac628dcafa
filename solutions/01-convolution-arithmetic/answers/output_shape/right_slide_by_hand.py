# Slides the kernel in a while loop and counts the places, nested functions named count and expected.
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    def expected(n, f, p, s, d):
        length = n + p + p
        last_offset = (f - 1) * d          # the last number the kernel reads, seen from its start
        start, count = 0, 0
        while start + last_offset <= length - 1:
            count += 1
            start += s
        if count == 0:
            raise ValueError("kernel is too large")
        return count

    rows, cols = zip(pair(size), pair(kernel), pair(padding), pair(stride), pair(dilation))
    return (expected(*rows), expected(*cols))
