"""« Stable ou croissant », within half a unit of what is printed, and « croissant », strictly."""

from .judging import Given

STABLE = (
    Given(
        "publications par ETP « stable ou croissante »", "publications/ETP 1 up", "at_least baseline", known="2022=4.4",
        rows="""
        2022 4.4     not_due  before-start none   none
        2023 4.5     on_track every-year   0.1    0.0227  4.4 0
        2023 4.4     on_track every-year   0      0.0000  4.4 0
        2023 4.39    on_track every-year   -0.01  -0.0023 4.4 0  # public peers: a division by zero
        2024 4.35    on_track every-year   -0.05  -0.0114 4.4 0  # half a unit
        2024 4.349   behind   every-year   -0.051 -0.0116 4.4 0
        2027 4.35    met      objective    -0.05  -0.0114 4.4
        2027 4.34    missed   objective    -0.06  -0.0136 4.4
        2028 2027=4.4 met     objective    0      0.0000  4.4
        """,
    ),
    Given(
        "entreprises créées, stable, tolérance 2 % (1,62)", "entreprises 0 up", "at_least baseline", known="2022=81",
        tolerance="1.62", rows="""
        2024 81      on_track every-year   0      0.0000  81 1.62
        2024 80.5    on_track every-year   -0.5   -0.0062 81 1.62
        2024 80      watch    every-year   -1     -0.0123 81 1.62  # public peers: a division by zero; 0
        2024 79.38   watch    every-year   -1.62  -0.0200 81 1.62
        2024 79      behind   every-year   -2     -0.0247 81 1.62
        2027 80.5    met      objective    -0.5   -0.0062 81
        2027 80      missed   objective    -1     -0.0123 81
        """,
    ),
    Given(
        "entreprises créées, stable", "entreprises 0 up", "at_least baseline", known="2022=81", rows="""
        2024 82      on_track every-year   1      0.0123  81 0
        2024 80.4    behind   every-year   -0.6   -0.0074 81 0
        2024 80      behind   every-year   -1     -0.0123 81 0
        """,
    ),
    Given(
        "stable, deux décimales", "publications/ETP 2 up", "at_least baseline", known="2022=4.40", rows="""
        2024 4.395   on_track every-year   -0.005 -0.0011 4.4 0
        2024 4.394   behind   every-year   -0.006 -0.0014 4.4 0
        """,
    ),
    Given(
        "stable, tolérance de 0,1", "publications/ETP 1 up", "at_least baseline", known="2022=4.4", tolerance="0.1",
        rows="""
        2024 4.35    on_track every-year   -0.05  -0.0114 4.4 0.1
        2024 4.3     watch    every-year   -0.1   -0.0227 4.4 0.1
        2024 4.29    behind   every-year   -0.11  -0.0250 4.4 0.1
        """,
    ),
    Given(
        "stable, tolérance de 0,02, moins que la demi-unité", "publications/ETP 1 up", "at_least baseline",
        known="2022=4.4", tolerance="0.02", rows="""
        2024 4.36    on_track every-year   -0.04  -0.0091 4.4 0.02
        2024 4.34    behind   every-year   -0.06  -0.0136 4.4 0.02
        """,
    ),
    Given(
        "coût stable", "k€/élève 1 down", "at_most baseline", known="2022=12.0", rows="""
        2024 11.9    on_track every-year   0.1    0.0083  12 0
        2024 12.05   on_track every-year   -0.05  -0.0042 12 0
        2024 12.06   behind   every-year   -0.06  -0.0050 12 0
        2027 12.05   met      objective    -0.05  -0.0042 12
        2027 12.1    missed   objective    -0.1   -0.0083 12
        """,
    ),
    Given(
        "pérennité « Stable »", "% 0 up", "at_least baseline", known="2022=84", rows="""
        2024 83.5    on_track every-year   -0.5   none    84 0
        2024 83.4    behind   every-year   -0.6   none    84 0
        2027 88      met      objective    4      none    84
        """,
    ),
    Given(
        "stable depuis zéro", "entreprises 0 up", "at_least baseline", known="2022=0", rows="""
        2024 0       on_track every-year   0      none    0 0  # nothing is relative to zero
        2024 1       on_track every-year   1      none    0 0
        """,
    ),
    Given(
        "stable, référence inconnue", "entreprises 0 up", "at_least baseline", rows="""
        2024 81      not_evaluable no-baseline none none
        2027 81      not_evaluable no-baseline none none
        """,
    ),
    Given(
        "stable, sans référence", "entreprises 0 up", "at_least baseline", known="2022=81", baseline="none", rows="""
        2024 81      not_evaluable no-baseline none none
        """,
    ),
    Given(
        "stable, moyenne 2020-2022", "publications/ETP 1 up", "at_least baseline", known="2020=10 2021=10 2022=11",
        baseline="2020 2021 2022", rows="""
        2024 10.3    on_track every-year   ~-0.0333 -0.0032 ~10.3333 0  # 0.0333/10.3333 = 0.003226
        2024 10.2    behind   every-year   ~-0.1333 -0.0129 ~10.3333 0  # 0.1333/10.3333 = 0.012903
        """,
    ),
    Given(
        "stable, référence ajustée à 80", "entreprises 0 up", "at_least baseline", known="2022=81",
        baseline="2022 = 80", rows="""
        2024 79.5    on_track every-year   -0.5   -0.0063 80 0  # 0.00625, half away from zero
        2024 79      behind   every-year   -1     -0.0125 80 0
        """,
    ),
    Given(
        "stable, autre méthode dès 2025", "entreprises 0 up", "at_least baseline", known="2022=81", breaks="2025",
        rows="""
        2024 81      on_track every-year   0      0.0000  81 0
        2025 81      not_evaluable method-break none none
        2027 81      not_evaluable method-break none none
        """,
    ),
    Given(
        "stable en € constants", "M€ 1 up", "at_least baseline", known="2022=10", basis="constant-euros-2022",
        index="2022=100 2024=110", rows="""
        2024 11      on_track every-year   0      0.0000  10 0
        2024 10.945  on_track every-year   -0.05  -0.0050 10 0  # 9.95 x 1.1
        2024 10.934  behind   every-year   -0.06  -0.0060 10 0  # 9.94 x 1.1
        """,
    ),
    Given(
        "publications ODD « croissante »", "publications 0 up", "more_than baseline", known="2022=542", rows="""
        2024 543     on_track every-year   1      0.0018  542 0
        2024 542     watch    every-year   0      0.0000  542 0  # equal is not growing
        2024 541.6   behind   every-year   -0.4   -0.0007 542 0  # no half unit
        2024 541     behind   every-year   -1     -0.0018 542 0
        2027 543     met      objective    1      0.0018  542
        2027 542     missed   objective    0      0.0000  542
        2028 2027=542,2028=600 missed objective 0 0.0000  542
        """,
    ),
    Given(
        "énergie décroissante", "kWh/m² 0 down", "less_than baseline", known="2022=145", rows="""
        2024 144.9   on_track every-year   0.1    0.0007  145 0
        2024 145     watch    every-year   0      0.0000  145 0
        2024 145.1   behind   every-year   -0.1   -0.0007 145 0
        2027 145     missed   objective    0      0.0000  145
        """,
    ),
)  # fmt: skip
