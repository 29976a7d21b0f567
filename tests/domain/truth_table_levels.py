"""Levels at a date: with a point a year, beyond the contract, on the straight line, and by a decrease."""

from .judging import Given

STUDENTS = Given(
    "« 16 450 soit +21 % »", "étudiants 0 up", "at_least value 16450", known="2022=13606",
    points="2023=13800 2024=14460 2025=15120 2026=15780", rows="""
    2022 13606   not_due  before-start     none  none
    2023 14000   on_track trajectory-point 200   0.0145  13800 19.4  # tolerated: 10 % of 13800 - 13606 = 194
    2023 13800   on_track trajectory-point 0     0.0000  13800 19.4
    2023 13799   watch    trajectory-point -1    -0.0001 13800 19.4  # 1/13800 = 0.00007
    2023 13781   watch    trajectory-point -19   -0.0014 13800 19.4
    2023 13780.6 watch    trajectory-point -19.4 -0.0014 13800 19.4  # the edge
    2023 13780   behind   trajectory-point -20   -0.0014 13800 19.4
    2024 14500   on_track trajectory-point 40    0.0028  14460 85.4
    2024 14460   on_track trajectory-point 0     0.0000  14460 85.4
    2024 14375   watch    trajectory-point -85   -0.0059 14460 85.4  # 10 % of 854
    2024 14374.6 watch    trajectory-point -85.4 -0.0059 14460 85.4  # the edge
    2024 14374   behind   trajectory-point -86   -0.0059 14460 85.4
    2024 14300   behind   trajectory-point -160  -0.0111 14460 85.4  # public peers: « moderate », 24 %
    2024@2024-10-15 14300 behind trajectory-point -160 -0.0111 14460 85.4  # stated before the year is over
    2027@2026-11-22 17000 not_due year-open none none  # the year has not begun: an announcement reaches nothing
    2025 15120   on_track trajectory-point 0     0.0000  15120 151.4
    2025 14969   watch    trajectory-point -151  -0.0100 15120 151.4 # 151/15120 = 0.00999
    2025 14968   behind   trajectory-point -152  -0.0101 15120 151.4
    2026 15780   on_track trajectory-point 0     0.0000  15780 217.4
    2026 15562.6 watch    trajectory-point -217.4 -0.0138 15780 217.4
    2026 15562   behind   trajectory-point -218  -0.0138 15780 217.4
    2027 16451   met      objective        1     0.0001  16450
    2027 16450   met      objective        0     0.0000  16450
    2027 16449   missed   objective        -1    -0.0001 16450  # whatever is tolerated
    2027 13606   missed   objective        -2844 -0.1729 16450
    2028 2027=16450 met   objective        0     0.0000  16450
    2028 2027=16400,2028=17000 missed objective -50 -0.0030 16450  # what was said in 2027
    2037 2027=16500 met   objective        50    0.0030  16450
    """,
)  # fmt: skip

LEVELS = (
    STUDENTS,
    Given(
        "« 11 600 soit +20 % »", "élèves 0 up", "at_least value 11600", known="2022=9653",
        points="2023=9970 2024=10430 2025=10825 2026=11230", rows="""
        2023 9938.3  watch    trajectory-point -31.7 -0.0032 9970  31.7  # 10 % of 317
        2023 9938    behind   trajectory-point -32   -0.0032 9970  31.7
        2025 11000   on_track trajectory-point 175   0.0162  10825 117.2 # 175/10825 = 0.01617
        2027 11600   met      objective        0     0.0000  11600
        2027 11599   missed   objective        -1    -0.0001 11600
        """,
    ),
    Given(
        "« 30 % en 2027, 35 % en 2030 »", "% 1 up", "at_least value 35", known="2022=22.7", due=2030, points="2027=30",
        rows="""
        2022 22.7    not_due  before-start     none   none
        2023 24.2    on_track straight-line    0.04   none  24.16 0.146  # 22.7 + 7.3 x 1/5
        2023 24.16   on_track straight-line    0      none  24.16 0.146
        2023 24.1    watch    straight-line    -0.06  none  24.16 0.146
        2023 24.014  watch    straight-line    -0.146 none  24.16 0.146  # the edge
        2023 24.013  behind   straight-line    -0.147 none  24.16 0.146
        2025 27.08   on_track straight-line    0      none  27.08 0.438  # 22.7 + 7.3 x 3/5
        2025 26.7    watch    straight-line    -0.38  none  27.08 0.438
        2025 26.6    behind   straight-line    -0.48  none  27.08 0.438
        2026 28      watch    straight-line    -0.54  none  28.54 0.584
        2026 27.9    behind   straight-line    -0.64  none  28.54 0.584
        2027 30      on_track trajectory-point 0      none  30    0.73
        2027 29.27   watch    trajectory-point -0.73  none  30    0.73
        2027 29.2    behind   trajectory-point -0.8   none  30    0.73
        2028 32      on_track straight-line    ~0.3333 none ~31.6667 ~0.8967  # 30 + 5 x 1/3; 10 % of 8.9667
        2028 31      watch    straight-line    ~-0.6667 none ~31.6667 ~0.8967
        2028 30.7    behind   straight-line    ~-0.9667 none ~31.6667 ~0.8967
        2029 34      on_track straight-line    ~0.6667 none ~33.3333 ~1.0633
        2030 36      met      objective        1      none  35
        2030 35      met      objective        0      none  35
        2030 34.9    missed   objective        -0.1   none  35
        2031 2030=35 met      objective        0      none  35
        """,
    ),
    Given(
        "« 35 % en 2030 », sans le point de 2027", "% 1 up", "at_least value 35", known="2022=22.7", due=2030, rows="""
        2025 27      watch    straight-line    -0.3125 none 27.3125 0.46125  # 22.7 + 12.3 x 3/8 = 22.7 + 4.6125
        2027 30      watch    straight-line    -0.3875 none 30.3875 0.76875  # 22.7 + 12.3 x 5/8 = 22.7 + 7.6875
        2029 33.5    on_track straight-line    0.0375 none  33.4625 1.07625  # 22.7 + 12.3 x 7/8 = 22.7 + 10.7625
        """,
    ),
    Given(
        "1 200 en 2027, sans trajectoire", "élèves 0 up", "at_least value 1200", known="2022=1000", rows="""
        2023 1040    on_track straight-line    0     0.0000  1040 4
        2023 1036    watch    straight-line    -4    -0.0038 1040 4
        2023 1035    behind   straight-line    -5    -0.0048 1040 4
        2024 1080    on_track straight-line    0     0.0000  1080 8
        2025 1108    watch    straight-line    -12   -0.0107 1120 12
        2025 1107    behind   straight-line    -13   -0.0116 1120 12
        2026 1160    on_track straight-line    0     0.0000  1160 16
        2027 1200    met      objective        0     0.0000  1200
        """,
    ),
    Given(
        "1 200 en 2027, tolérance 10", "élèves 0 up", "at_least value 1200", known="2022=1000", tolerance="10", rows="""
        2023 1030    watch    straight-line    -10   -0.0096 1040 10  # 10 against 10 % of 40
        2023 1029    behind   straight-line    -11   -0.0106 1040 10
        2026 1144    watch    straight-line    -16   -0.0138 1160 16  # 10 against 10 % of 160
        2026 1143    behind   straight-line    -17   -0.0147 1160 16
        2027 1195    missed   objective        -5    -0.0042 1200
        """,
    ),
    Given(
        "1 200 en 2027, un seul point", "élèves 0 up", "at_least value 1200", known="2022=1000", points="2025=1060",
        rows="""
        2023 1020    on_track straight-line    0     0.0000  1020 2   # 1000 + 60 x 1/3
        2024 1036    watch    straight-line    -4    -0.0038 1040 4
        2024 1035    behind   straight-line    -5    -0.0048 1040 4
        2025 1060    on_track trajectory-point 0     0.0000  1060 6
        2026 1117    watch    straight-line    -13   -0.0115 1130 13  # 1060 + 140 x 1/2; 10 % of 130
        2026 1116    behind   straight-line    -14   -0.0124 1130 13
        """,
    ),
    Given(
        "1 200 en 2027, un seul point, référence inconnue", "élèves 0 up", "at_least value 1200", points="2025=1060",
        rows="""
        2024 1040    not_evaluable no-baseline none  none
        2025 1060    on_track trajectory-point 0     0.0000  1060 0
        2025 1059    behind   trajectory-point -1    -0.0009 1060 0
        2026 1130    on_track straight-line    0     0.0000  1130 0   # between two nodes that are known
        2026 1129    behind   straight-line    -1    -0.0009 1130 0
        2027 1200    met      objective        0     0.0000  1200
        2027 1199    missed   objective        -1    -0.0008 1200
        """,
    ),
    Given(
        "120 puis 114 kWh/m² (145 en 2021)", "kWh/m² 0 down", "at_most value 114", known="2021=145", baseline="2021",
        points="2026=120", rows="""
        2022 140     not_due  before-start     none  none
        2023 134     on_track straight-line    1     0.0074  135 1    # 145 - 25 x 2/5; 10 % of 10
        2023 135     on_track straight-line    0     0.0000  135 1
        2023 136     watch    straight-line    -1    -0.0074 135 1
        2023 136.1   behind   straight-line    -1.1  -0.0081 135 1
        2024 130     on_track straight-line    0     0.0000  130 1.5  # public peers: « moderate »
        2024 131.5   watch    straight-line    -1.5  -0.0115 130 1.5
        2024 132     behind   straight-line    -2    -0.0154 130 1.5
        2025 127     watch    straight-line    -2    -0.0160 125 2
        2025 127.1   behind   straight-line    -2.1  -0.0168 125 2
        2026 118     on_track trajectory-point 2     0.0167  120 2.5
        2026 120     on_track trajectory-point 0     0.0000  120 2.5
        2026 122.5   watch    trajectory-point -2.5  -0.0208 120 2.5
        2026 123     behind   trajectory-point -3    -0.0250 120 2.5
        2027 113     met      objective        1     0.0088  114
        2027 114     met      objective        0     0.0000  114
        2027 114.1   missed   objective        -0.1  -0.0009 114
        2028 2027=114 met     objective        0     0.0000  114
        2028 2027=115,2028=110 missed objective -1   -0.0088 114
        """,
    ),
    Given(
        "résultat à l’équilibre, −5 M€ en 2022", "M€ 1 up", "at_least value 0", known="2022=-5", rows="""
        2024 -3      on_track straight-line    0     0.0000  -3 0.2   # -5 + 5 x 2/5
        2024 -3.2    watch    straight-line    -0.2  -0.0667 -3 0.2   # 0.2/3
        2024 -3.3    behind   straight-line    -0.3  -0.1000 -3 0.2
        2024 1       on_track straight-line    4     1.3333  -3 0.2
        2027 0       met      objective        0     none    0        # nothing is relative to zero
        2027 -0.1    missed   objective        -0.1  none    0
        """,
    ),
    Given(
        "de 0 à 0,3 M€ en 2026", "M€ 2 up", "at_least value 0.3", known="2022=0", due=2026, rows="""
        2024 0.15    on_track straight-line    0      0.0000  0.15 0.015  # public peers: « substantial »
        2024 0.135   watch    straight-line    -0.015 -0.1000 0.15 0.015
        2024 0.134   behind   straight-line    -0.016 -0.1067 0.15 0.015
        2025 0.2     behind   straight-line    -0.025 -0.1111 0.225 0.0225
        2026 0.3     met      objective        0      0.0000  0.3
        """,
    ),
    Given(
        "de 0 à 3 en trois ans", "actions 0 up", "at_least value 3", known="2022=0", due=2025, rows="""
        2023 1       on_track straight-line    0      0.0000  1 0.1  # a third of three is one, exactly
        2024 2       on_track straight-line    0      0.0000  2 0.2
        """,
    ),
    Given(
        "1 200 en trois ans", "élèves 0 up", "at_least value 1200", known="2022=1000", due=2025, rows="""
        2023 1067    on_track straight-line    ~0.3333 0.0003 ~1066.6667 ~6.6667  # 1000 + 200 x 1/3
        2023 1060    watch    straight-line    ~-6.6667 -0.0063 ~1066.6667 ~6.6667 # the edge: 6 2/3 of both
        2023 1059    behind   straight-line    ~-7.6667 -0.0072 ~1066.6667 ~6.6667
        2024 1120    watch    straight-line    ~-13.3333 -0.0118 ~1133.3333 ~13.3333 # the edge: 13 1/3 of both
        2024 1119    behind   straight-line    ~-14.3333 -0.0126 ~1133.3333 ~13.3333
        """,
    ),
    Given(
        "de 0 à 20 en trois ans", "actions 0 up", "at_least value 20", known="2022=0", due=2025, rows="""
        2023 6       watch    straight-line    ~-0.6667 -0.1000 ~6.6667 ~0.6667  # the edge
        2024 12      watch    straight-line    ~-1.3333 -0.1000 ~13.3333 ~1.3333
        """,
    ),
    Given(
        "150, référence de 2024", "élèves 0 up", "at_least value 150", known="2024=120", baseline="2024", rows="""
        2023 110     not_due  before-start     none   none         # the path has not begun
        2024 120     on_track straight-line    0      0.0000  120 0
        2025 129     watch    straight-line    -1     -0.0077 130 1  # 1/130
        """,
    ),
)  # fmt: skip
