"""Growths in percent and in points: with a printed level, from zero, a mean or an adjusted value, across breaks."""

from .judging import Given

GROWTHS = (
    Given(
        "« 9,3 M€ soit +50 % en euros courants »", "M€ 1 up", "at_least growth 50", level="9.3", known="2022=6.2",
        basis="current-euros", rows="""
        2022 6.2     not_due  before-start     none   none
        2023 6.82    on_track straight-line    0      0.0000  6.82 0.062  # 6.2 + 3.1 x 1/5
        2023 6.8     watch    straight-line    -0.02  -0.0029 6.82 0.062
        2023 6.758   watch    straight-line    -0.062 -0.0091 6.82 0.062
        2023 6.757   behind   straight-line    -0.063 -0.0092 6.82 0.062
        2024 7.5     on_track straight-line    0.06   0.0081  7.44 0.124
        2024 7.316   watch    straight-line    -0.124 -0.0167 7.44 0.124
        2024 7.3     behind   straight-line    -0.14  -0.0188 7.44 0.124
        2025 8.0     watch    straight-line    -0.06  -0.0074 8.06 0.186
        2026 8.4     behind   straight-line    -0.28  -0.0323 8.68 0.248
        2027 9.4     met      objective        0.1    0.0108  9.3
        2027 9.3     met      objective        0      0.0000  9.3
        2027 9.29    missed   objective        -0.01  -0.0011 9.3
        2028 2027=9.3,2028=1 met objective     0      0.0000  9.3
        """,
    ),
    Given(
        "+35 %, 12,4 M€ imprimés (12,42 calculés)", "M€ 1 up", "at_least growth 35", level="12.4", known="2022=9.2",
        rows="""
        2024 10.48   on_track straight-line    0      0.0000  10.48 0.128  # 9.2 + 3.2 x 2/5: to what is printed
        2027 12.4    met      objective        0      0.0000  12.4
        2027 12.39   missed   objective        -0.01  -0.0008 12.4
        """,
    ),
    Given(
        "9,3 M€ soit +50 %, référence inconnue", "M€ 1 up", "at_least growth 50", level="9.3", rows="""
        2024 7.5     not_evaluable no-baseline none   none
        2027 9.3     met      objective   0      0.0000  # the level is printed: nothing more is needed to compare
        """,
    ),
    Given(
        "actions PME « + 10 % »", "actions 0 up", "at_least growth 10", known="2022=5255", rows="""
        2024 5466    on_track straight-line    0.8    0.0001  5465.2 21.02  # 5255 + 525.5 x 2/5 = 5255 + 210.2
        2024 5445    watch    straight-line    -20.2  -0.0037 5465.2 21.02
        2024 5444    behind   straight-line    -21.2  -0.0039 5465.2 21.02
        2027 5781    met      objective        0.5    0.0001  5780.5
        2027 5780.5  met      objective        0      0.0000  5780.5
        2027 5780    missed   objective        -0.5   -0.0001 5780.5
        2026 -       not_reported no-value     none   none
        """,
    ),
    Given(
        "+50 % de zéro", "M€ 1 up", "at_least growth 50", known="2022=0", rows="""
        2024 0.1     not_evaluable no-baseline none   none  # nothing grows from zero
        2027 0.1     not_evaluable no-baseline none   none
        """,
    ),
    Given(
        "+50 % de zéro, 0,3 M€ imprimés", "M€ 1 up", "at_least growth 50", level="0.3", known="2022=0", due=2026,
        rows="""
        2024 0.15    on_track straight-line    0      0.0000  0.15 0.015
        2024 0.134   behind   straight-line    -0.016 -0.1067 0.15 0.015
        2026 0.3     met      objective        0      0.0000  0.3
        """,
    ),
    Given(
        "« +7 pts »", "% 1 up", "at_least points 7", known="2022=6.7", rows="""
        2023 8.1     on_track straight-line    0      none    8.1  0.14   # 6.7 + 7 x 1/5
        2024 9.3     watch    straight-line    -0.2   none    9.5  0.28
        2024 9.22    watch    straight-line    -0.28  none    9.5  0.28
        2024 9.2     behind   straight-line    -0.3   none    9.5  0.28
        2027 13.7    met      objective        0      none    13.7
        2027 13.6    missed   objective        -0.1   none    13.7
        """,
    ),
    Given(
        "+7 pts depuis zéro", "% 1 up", "at_least points 7", known="2022=0", rows="""
        2024 2.8     on_track straight-line    0      none    2.8  0.28
        2027 6.9     missed   objective        -0.1   none    7
        """,
    ),
    Given(
        "+7 pts, référence tue", "% 1 up", "at_least points 7", known="2022=confidential", rows="""
        2024 9       not_evaluable no-baseline none   none
        2027 14      not_evaluable no-baseline none   none
        """,
    ),
    Given(
        "plus de +10 %", "actions 0 up", "more_than growth 10", known="2022=100", rows="""
        2024 105     on_track straight-line    1      0.0096  104 0.4
        2024 104     watch    straight-line    0      0.0000  104 0.4  # strict: short by nothing
        2024 103.6   watch    straight-line    -0.4   -0.0038 104 0.4
        2024 103.5   behind   straight-line    -0.5   -0.0048 104 0.4
        2027 110     missed   objective        0      0.0000  110
        2027 111     met      objective        1      0.0091  110
        """,
    ),
    Given(
        "moins de −20 %", "kWh 0 down", "less_than growth -20", known="2022=100", rows="""
        2024 91      on_track straight-line    1      0.0109  92 0.8   # 100 - 20 x 2/5
        2024 92      watch    straight-line    0      0.0000  92 0.8
        2024 92.8    watch    straight-line    -0.8   -0.0087 92 0.8
        2024 93      behind   straight-line    -1     -0.0109 92 0.8
        2027 80      missed   objective        0      0.0000  80
        2027 79      met      objective        1      0.0125  80
        """,
    ),
    Given(
        "« 0 % » de croissance", "actions 1 up", "at_least growth 0", known="2022=100", rows="""
        2024 100     on_track every-year       0      0.0000  100 0
        2024 99.99   behind   every-year       -0.01  -0.0001 100 0  # a growth of nothing is not « stable »
        2027 100     met      objective        0      0.0000  100
        """,
    ),
    Given(
        "au moins −10 %", "actions 0 up", "at_least growth -10", known="2022=100", rows="""
        2024 95      on_track every-year       5      0.0556  90 0
        2024 89      behind   every-year       -1     -0.0111 90 0
        2027 90      met      objective        0      0.0000  90
        """,
    ),
    Given(
        "au moins −0,7 pt", "% 1 up", "at_least points -0.7", known="2022=40.7", tolerance="0.2", rows="""
        2024 40      on_track every-year       0      none    40.0 0.2
        2024 39.8    watch    every-year       -0.2   none    40.0 0.2
        2024 39.7    behind   every-year       -0.3   none    40.0 0.2
        2027 39.9    missed   objective        -0.1   none    40.0
        """,
    ),
    Given(
        "+10 % de la moyenne 2020-2022", "M€ 1 up", "at_least growth 10", known="2020=10 2021=11 2022=12",
        baseline="2020 2021 2022", rows="""
        2024 11.44   on_track straight-line    0      0.0000  11.44 0.044  # 11 + 1.1 x 2/5, from 2022
        2024 11.396  watch    straight-line    -0.044 -0.0038 11.44 0.044
        2024 11.395  behind   straight-line    -0.045 -0.0039 11.44 0.044
        2027 12.1    met      objective        0      0.0000  12.1
        2027 12      missed   objective        -0.1   -0.0083 12.1
        """,
    ),
    Given(
        "+10 % d’une moyenne sans 2021", "M€ 1 up", "at_least growth 10", known="2020=10 2022=12",
        baseline="2020 2021 2022", rows="""
        2024 11.44   not_evaluable no-baseline none   none
        2027 13      not_evaluable no-baseline none   none
        """,
    ),
    Given(
        "+20 % d’une référence ajustée à 100", "M€ 0 up", "at_least growth 20", known="2022=80", baseline="2022 = 100",
        rows="""
        2024 108     on_track straight-line    0      0.0000  108 0.8
        2024 107     behind   straight-line    -1     -0.0093 108 0.8
        2027 120     met      objective        0      0.0000  120
        2027 119     missed   objective        -1     -0.0083 120
        """,
    ),
    Given(
        "+10 %, autre méthode dès 2024", "actions 0 up", "at_least growth 10", known="2022=100", breaks="2024", rows="""
        2023 102     on_track straight-line    0      0.0000  102 0.2
        2024 104     not_evaluable method-break none  none
        2027 200     not_evaluable method-break none  none
        """,
    ),
    Given(
        "+10 %, autre méthode dès 2022", "actions 0 up", "at_least growth 10", known="2022=100", breaks="2022 2028",
        rows="""
        2024 104     on_track straight-line    0      0.0000  104 0.4  # the baseline is of the new method already
        2029 2027=110 met     objective        0      0.0000  110      # judged in 2027, before the other change
        """,
    ),
    Given(
        "9,3 M€ soit +50 %, autre méthode dès 2025", "M€ 1 up", "at_least growth 50", level="9.3", known="2022=6.2",
        breaks="2025", rows="""
        2024 7.44    on_track straight-line    0      0.0000  7.44 0.124
        2027 9.3     not_evaluable method-break none  none  # a printed level beside a growth depends on the baseline
        """,
    ),
    Given(
        "1 200 en 2027, autre méthode dès 2024", "élèves 0 up", "at_least value 1200", known="2022=1000", breaks="2024",
        points="2025=1100", rows="""
        2024 1070    not_evaluable method-break none  none            # the line would start at the baseline
        2025 1100    on_track trajectory-point 0      0.0000  1100 0  # no way across a break
        2025 1099    behind   trajectory-point -1     -0.0009 1100 0
        2026 1150    on_track straight-line    0      0.0000  1150 0  # from point to level
        2026 1149    behind   straight-line    -1     -0.0009 1150 0
        2027 1200    met      objective        0      0.0000  1200
        """,
    ),
)  # fmt: skip
