"""The bank of attacks: answers that are wrong, and want points.

Each stands in the answer cell of `attacked.assignment()`. COURSE in an attack is the course's folder.
tools/attack_table.py grades all of them with stock nbgrader, too.
"""

from workbench.attacks import baseline, machinery, reading, values

ATTACKS = machinery.ATTACKS | baseline.ATTACKS | values.ATTACKS | reading.ATTACKS
