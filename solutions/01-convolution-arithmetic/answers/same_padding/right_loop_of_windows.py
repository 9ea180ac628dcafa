# Walks over the windows' starts and remembers how far beyond the end the last one reaches; hands out zeros one by one, the first one after.
def same_padding(size, kernel, stride=1):
    last = 0
    for start in range(0, size, stride):
        last = start
    count = last + kernel - size
    sides = [0, 0]
    turn = 1
    while count > 0:
        sides[turn] += 1
        turn = 1 - turn
        count -= 1
    return tuple(sides)
