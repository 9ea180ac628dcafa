# One array with a row for each combination.
def ablation(measure, repairs: list, seeds: list) -> dict:
    repairs = tuple(repairs)
    combos = [(), repairs]
    for r in repairs:
        combos += [combo for combo in ((r,), tuple(o for o in repairs if o is not r)) if combo not in combos]
    unique = list(dict.fromkeys(combos))
    grid = np.array([[measure(combo, seed) for seed in seeds] for combo in unique])
    row = {combo: grid[place] for place, combo in enumerate(unique)}
    out = {}
    for r in repairs:
        pairs = {"alone": row[(r,)] - row[()], "last": row[repairs] - row[tuple(o for o in repairs if o != r)]}
        out[r] = {name: np.array([gains.mean(), gains.std(ddof=1)]) for name, gains in pairs.items()}
    return out
