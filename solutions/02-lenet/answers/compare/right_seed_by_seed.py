# Goes through the seeds outside and the variants inside.
def compare(measure, variants: list, seeds: list) -> dict:
    runs = {variant: [] for variant in variants}
    for seed in seeds:
        for variant in variants:
            runs[variant].append(measure(variant[0], variant[1], seed))
    return {variant: (np.mean(values), np.var(values, ddof=1) ** 0.5) for variant, values in runs.items()}
