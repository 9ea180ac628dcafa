"""The bank of attacks: wrong answers that try to get points.

Each is put into the answer cell of `attacked.assignment()`. COURSE in an attack stands for the course's folder.
tools/attack_table.py also grades all of them with stock nbgrader.
"""

from workbench.attacks import baseline, machinery, reading, values

ATTACKS = machinery.ATTACKS | baseline.ATTACKS | values.ATTACKS | reading.ATTACKS
