"""What holds every year as it is: floors, ceilings, benchmarks."""

from .judging import Given

_CGE = "2023=93.0 2024=95.4 2025=94.4 2027=95.0"

FLOORS = (
    Given(
        "IMT Atlantique « supérieure ou égale à 4,6 »", "publications/ETP 1 up", "at_least value 4.6", baseline="none",
        rows="""
        2022 4.6       not_due  before-start none  none
        2023 4.8       on_track every-year   0.2   0.0435  4.6 0  # 0.2/4.6 = 0.04348
        2024 4.4       behind   every-year   -0.2  -0.0435 4.6 0  # no baseline, no tolerance: nothing is tolerated
        2025 4.6       on_track every-year   0     0.0000  4.6 0
        2025 4.59      behind   every-year   -0.01 -0.0022 4.6 0  # a floor is no « stable »: no half unit
        2027 4.6       met      objective    0     0.0000  4.6
        2027 4.59      missed   objective    -0.01 -0.0022 4.6
        2028 2027=4.8  met      objective    0.2   0.0435  4.6
        """,
    ),
    Given(
        "supérieure ou égale à 4,6, tolérance 0,2", "publications/ETP 1 up", "at_least value 4.6", baseline="none",
        tolerance="0.2", rows="""
        2024 4.4       watch    every-year   -0.2  -0.0435 4.6 0.2
        2024 4.39      behind   every-year   -0.21 -0.0457 4.6 0.2
        2027 4.5       missed   objective    -0.1  -0.0217 4.6
        """,
    ),
    Given(
        "Télécom SudParis « > 45 »", "publications 0 up", "more_than value 45", baseline="none", rows="""
        2024 46        on_track every-year   1     0.0222  45 0
        2024 45        watch    every-year   0     0.0000  45 0  # short by nothing
        2024 44        behind   every-year   -1    -0.0222 45 0
        2027 46        met      objective    1     0.0222  45
        2027 45        missed   objective    0     0.0000  45
        """,
    ),
    Given(
        "exécution budgétaire « > 97 % »", "% 1 up", "more_than value 97", known="2022=98.5", rows="""
        2023 97.1      on_track every-year   0.1   none    97 0  # 98.5 in 2022: a floor already held
        2023 97        watch    every-year   0     none    97 0
        2023 96.9      behind   every-year   -0.1  none    97 0
        2027 97.1      met      objective    0.1   none    97
        2027 97        missed   objective    0     none    97
        """,
    ),
    Given(
        "ratio de ressources propres « 40 % » (40,7 %)", "% 1 up", "at_least value 40", known="2022=40.7",
        tolerance="0.2", rows="""
        2024 40.7      on_track every-year   0.7   none    40 0.2
        2024 40        on_track every-year   0     none    40 0.2
        2024 39.9      watch    every-year   -0.1  none    40 0.2  # public peers: « deterioration »
        2024 39.8      watch    every-year   -0.2  none    40 0.2
        2024 39.7      behind   every-year   -0.3  none    40 0.2
        2027 40        met      objective    0     none    40
        2027 39.9      missed   objective    -0.1  none    40
        """,
    ),
    Given(
        "40 %, 40 % en 2022", "% 1 up", "at_least value 40", known="2022=40", rows="""
        2024 40        on_track every-year   0     none    40 0    # satisfied exactly is satisfied already
        2024 39.9      behind   every-year   -0.1  none    40 0
        """,
    ),
    Given(
        "40 %, référence inconnue", "% 1 up", "at_least value 40", rows="""
        2024 41        not_evaluable no-baseline none none        # a floor, or a way up? only the baseline tells
        2027 41        met      objective    1     none    40
        2027 39        missed   objective    -1    none    40
        """,
    ),
    Given(
        "40 % (40,7 %), autre méthode dès 2024", "% 1 up", "at_least value 40", known="2022=40.7", breaks="2024",
        rows="""
        2025 40        on_track every-year   0     none    40 0
        2025 39.9      behind   every-year   -0.1  none    40 0
        2027 40        met      objective    0     none    40
        """,
    ),
    Given(
        "40 % (40,7 %), point de 41 en 2025", "% 1 up", "at_least value 40", known="2022=40.7", points="2025=41",
        rows="""
        2024 40.9      on_track straight-line 0    none    40.9 0.02  # a path, no floor: 40.7 + 0.3 x 2/3
        2024 40.88     watch    straight-line -0.02 none   40.9 0.02
        2025 41        on_track trajectory-point 0 none    41 0.03
        2026 40.4      behind   straight-line -0.1 none    40.5 0     # down to 40: no way in the wanted direction
        """,
    ),
    Given(
        "au plus 130 kWh/m² (120)", "kWh/m² 0 down", "at_most value 130", known="2022=120", rows="""
        2024 129       on_track every-year   1     0.0077  130 0
        2024 130       on_track every-year   0     0.0000  130 0
        2024 131       behind   every-year   -1    -0.0077 130 0
        2027 131       missed   objective    -1    -0.0077 130
        """,
    ),
    Given(
        "moins de 10 accidents", "accidents 0 down", "less_than value 10", baseline="none", tolerance="2", rows="""
        2024 9         on_track every-year   1     0.1000  10 2
        2024 10        watch    every-year   0     0.0000  10 2
        2024 12        watch    every-year   -2    -0.2000 10 2
        2024 13        behind   every-year   -3    -0.3000 10 2
        2027 10        missed   objective    0     0.0000  10
        2027 0         met      objective    10    1.0000  10
        """,
    ),
    Given(
        "un plancher de trente chiffres", "M€ 1 up", "at_least value 99999999999999999999.9999999999", baseline="none",
        tolerance="99999999999999999999.9999999999", rows="""
        2024 0         watch    every-year   -99999999999999999999.9999999999 -1.0000  # short by what is tolerated
        2024 -0.0000000001 behind every-year -100000000000000000000 -1.0000
        """,
    ),
    Given(
        "plus de 150, tolérance négative", "élèves 0 up", "more_than value 150", baseline="none", tolerance="-1",
        rows="""
        2024 150       watch    every-year   0     0.0000  150 0  # never less than nothing is tolerated
        """,
    ),
    Given(
        "aucun accident", "accidents 0 down", "at_most value 0", baseline="none", rows="""
        2024 0         on_track every-year   0     none    0 0
        2024 1         behind   every-year   -1    none    0 0
        2027 0         met      objective    0     none    0
        2027 1         missed   objective    -1    none    0
        """,
    ),
    Given(
        "insertion « > moyenne CGE »", "% 1 up", "more_than benchmark", known="2022=94.4", benchmark=_CGE, rows="""
        2022 94.4      not_due  before-start none  none
        2023 93.1      on_track every-year   0.1   none    93.0 0    # the mean has fallen below the baseline: no way
        2023 93        watch    every-year   0     none    93.0 0
        2023 92.9      behind   every-year   -0.1  none    93.0 0
        2024 95.5      on_track every-year   0.1   none    95.4 0.1  # 10 % of 95.4 - 94.4
        2024 95.4      watch    every-year   0     none    95.4 0.1
        2024 95.3      watch    every-year   -0.1  none    95.4 0.1
        2024 95.29     behind   every-year   -0.11 none    95.4 0.1
        2025 94.5      on_track every-year   0.1   none    94.4 0
        2026 96        not_evaluable no-benchmark none none
        2026 -         not_reported no-value none  none
        2027 95.1      met      objective    0.1   none    95.0
        2027 95        missed   objective    0     none    95.0
        2027 94.9      missed   objective    -0.1  none    95.0
        2028 2027=95.1,2028=90 met objective 0.1   none    95.0
        """,
    ),
    Given(
        "au moins la moyenne CGE", "% 1 up", "at_least benchmark", baseline="none", benchmark=_CGE, due=2026,
        breaks="2024", rows="""
        2024 95.4      on_track every-year   0     none    95.4 0    # a benchmark compares across a break
        2024 95.3      behind   every-year   -0.1  none    95.4 0
        2026 95.4      not_evaluable no-benchmark none none
        2027 2026=95.4 not_evaluable no-benchmark none none          # the benchmark of 2027 does not serve
        """,
    ),
    Given(
        "> moyenne CGE, autre méthode dès 2024", "% 1 up", "more_than benchmark", known="2022=94.4", benchmark=_CGE,
        breaks="2024", rows="""
        2024 95.5      on_track every-year   0.1   none    95.4 0
        2024 95.3      behind   every-year   -0.1  none    95.4 0    # no way across a break
        """,
    ),
    Given(
        "coût < moyenne", "k€/élève 1 down", "less_than benchmark", known="2022=12.0", benchmark="2024=11 2027=11",
        rows="""
        2024 10.9      on_track every-year   0.1   0.0091  11 0.1    # 10 % of 12 - 11
        2024 11        watch    every-year   0     0.0000  11 0.1
        2024 11.1      watch    every-year   -0.1  -0.0091 11 0.1
        2024 11.2      behind   every-year   -0.2  -0.0182 11 0.1
        2027 11        missed   objective    0     0.0000  11
        """,
    ),
    Given(
        "coût ≤ moyenne, sans référence", "k€/élève 1 down", "at_most benchmark", known="2022=late",
        benchmark="2024=11 2027=11", rows="""
        2024 11        on_track every-year   0     0.0000  11 0
        2024 11.1      behind   every-year   -0.1  -0.0091 11 0
        2027 11        met      objective    0     0.0000  11
        """,
    ),
)  # fmt: skip
