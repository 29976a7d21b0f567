"""Constant euros: prices of 2022 = 100, 2024 = 107, 2027 = 115 (the contract's own 15 %)."""

from .judging import Given

_PRICES = "2022=100 2024=107 2027=115"

MONEY = (
    Given(
        "« +5 % en € constants » (≈ 92 M€ courants)", "M€ 1 up", "at_least growth 5", known="2022=76.3", level="92",
        basis="constant-euros-2022", index=_PRICES, rows="""
        2022 76.3      not_due  before-start  none    none
        2023 80        not_evaluable no-index none    none           # no index of 2023
        2024 83.46     on_track straight-line 0.174   0.0022  77.826 0.1526  # 83.46/1.07 = 78; 76.3 + 3.815 x 2/5
        2024 83.27382  on_track straight-line 0       0.0000  77.826 0.1526  # 77.826 x 1.07
        2024 83.110538 watch    straight-line -0.1526 -0.0020 77.826 0.1526  # 77.6734 x 1.07
        2024 83.110431 behind   straight-line -0.1527 -0.0020 77.826 0.1526  # 77.6733 x 1.07
        2024 80.25     behind   straight-line -2.826  -0.0363 77.826 0.1526  # 75 x 1.07
        2026 -         not_reported no-value  none    none           # the value is asked before the index
        2026 85        not_evaluable no-index none    none
        2027 93.15     met      objective     0.885   0.0110  80.115 # 81 x 1.15
        2027 92.13225  met      objective     0       0.0000  80.115 # 80.115 x 1.15
        2027 92        missed   objective     -0.115  -0.0014 80.115 # 92/1.15 = 80: the printed level is rounded
        2027 86.25     missed   objective     -5.115  -0.0638 80.115 # 75 x 1.15
        2028 2027=92   missed   objective     -0.115  -0.0014 80.115
        """,
    ),
    Given(
        "« +5 % en € constants », sans indice", "M€ 1 up", "at_least growth 5", known="2022=76.3",
        basis="constant-euros-2022", rows="""
        2024 83        not_evaluable no-index none    none
        2027 92        not_evaluable no-index none    none
        """,
    ),
    Given(
        "« +5 % en € constants », sans l’indice de 2022", "M€ 1 up", "at_least growth 5", known="2022=76.3",
        basis="constant-euros-2022", index="2024=107 2027=115", rows="""
        2027 92        not_evaluable no-index none    none
        """,
    ),
    Given(
        "+5 % en euros de 2024, sans l’indice de 2022", "M€ 1 up", "at_least growth 5", known="2022=76.3",
        basis="constant-euros-2024", index="2024=107 2027=115", rows="""
        2027 92        not_evaluable no-index none    none
        """,
    ),
    Given(
        "« +5 % en € constants », indices nuls", "M€ 1 up", "at_least growth 5", known="2022=76.3",
        basis="constant-euros-2022", index="2022=100 2024=0 2027=-115", rows="""
        2024 83        not_evaluable no-index none    none
        2027 92        not_evaluable no-index none    none
        """,
    ),
    Given(
        "+10 % en euros de 2022, indice base 2015", "M€ 1 up", "at_least growth 10", known="2022=50", index_base=2015,
        basis="constant-euros-2022", index="2015=100 2022=110 2024=121 2027=132", rows="""
        2024 57.2      on_track straight-line 0       0.0000  52 0.2  # 57.2 x 110/121 = 52
        2024 56.98     watch    straight-line -0.2    -0.0038 52 0.2  # 56.98/1.1 = 51.8
        2027 66        met      objective     0       0.0000  55      # 66 x 110/132 = 55
        2027 65.4      missed   objective     -0.5    -0.0091 55      # 65.4/1.2 = 54.5
        """,
    ),
    Given(
        "+10 % en euros de 2015", "M€ 1 up", "at_least growth 10", known="2022=3", index_base=2015,
        basis="constant-euros-2015", index="2015=100 2022=103 2027=113.3", rows="""
        2027 3.63      met      objective     0       0.0000  ~3.2039 # 3 x 1.1 x 1.1, and prices x 1.1: exactly equal
        2027 3.62      missed   objective     ~-0.0088 -0.0028 ~3.2039 # 0.01/1.133; 0.01/3.63
        """,
    ),
    Given(
        "plus de +20 % en euros de 2015", "M€ 1 up", "more_than growth 20", known="2022=7", index_base=2015,
        basis="constant-euros-2015", index="2015=100 2022=107 2027=128.4", rows="""
        2027 10.08     missed   objective     0       0.0000  ~7.8505 # 7 x 1.2 x 1.2, and prices x 1.2: exactly equal
        2027 10.09     met      objective     ~0.0078 0.0010  ~7.8505 # 0.01/1.284; 0.01/10.08
        """,
    ),
    Given(
        "+5 % en euros de 2024, référence de 2022", "M€ 1 up", "at_least growth 5", known="2022=76.3",
        basis="constant-euros-2024", index=_PRICES, rows="""
        2024 83.27382  on_track straight-line 0       0.0000  83.27382 0.163282  # 81.641 + 4.08205 x 2/5
        2027 92        missed   objective     -0.12305 -0.0014 85.72305  # 92 x 107/115 = 85.6; 76.3 x 1.07 x 1.05
        """,
    ),
    Given(
        "80 M€ de 2022", "M€ 1 up", "at_least value 80", known="2022=70", basis="constant-euros-2022", index=_PRICES,
        rows="""
        2024 79.18     on_track straight-line 0       0.0000  74 0.4  # 74 x 1.07; 70 + 10 x 2/5
        2024 78.752    watch    straight-line -0.4    -0.0054 74 0.4  # 73.6 x 1.07
        2024 78.645    behind   straight-line -0.5    -0.0068 74 0.4  # 73.5 x 1.07
        2027 92        met      objective     0       0.0000  80
        2027 91.885    missed   objective     -0.1    -0.0013 80      # 79.9 x 1.15; 0.1/80 = 0.00125
        """,
    ),
    Given(
        "80 M€ de 2022, point de 75 en 2024", "M€ 1 up", "at_least value 80", known="2022=70", points="2024=75",
        basis="constant-euros-2022", index=_PRICES, rows="""
        2024 80.25     on_track trajectory-point 0    0.0000  75 0.5  # the point is in euros of 2022
        2024 80        watch    trajectory-point ~-0.2336 -0.0031 75 0.5  # 80/1.07 = 74.7664
        """,
    ),
    Given(
        "+10 % de 75 M€ de 2024, référence ajustée", "M€ 1 up", "at_least growth 10", known="2022=1",
        baseline="2022 = 75", basis="constant-euros-2024", index=_PRICES, rows="""
        2024 78        on_track straight-line 0       0.0000  78 0.3  # what is adjusted is in euros of 2024 already
        2027 92        met      objective     3.1     0.0376  82.5    # 92 x 107/115 = 85.6
        """,
    ),
    Given(
        "+10 % de la moyenne 2021-2022 en € constants", "M€ 1 up", "at_least growth 10", known="2021=8 2022=12",
        baseline="2021 2022", basis="constant-euros-2022", index="2021=80 2022=100 2027=125", rows="""
        2027 15.125    met      objective     0       0.0000  12.1    # (8/0.8 + 12)/2 = 11; 15.125/1.25 = 12.1
        2027 15        missed   objective     -0.1    -0.0083 12.1
        """,
    ),
    Given(
        "+10 % d’une moyenne, sans l’indice de 2021", "M€ 1 up", "at_least growth 10", known="2021=8 2022=12",
        baseline="2021 2022", basis="constant-euros-2022", index="2022=100 2027=125", rows="""
        2027 15        not_evaluable no-index none    none
        """,
    ),
    Given(
        "Europe « +35 % en € courants »", "M€ 1 up", "at_least growth 35", known="2022=9.2", basis="current-euros",
        index=_PRICES, rows="""
        2024 10.593    on_track straight-line 0.105   0.0100  10.488 0.1288  # 9.2 + 3.22 x 2/5
        2024 10.486    watch    straight-line -0.002  -0.0002 10.488 0.1288
        2025 11        watch    straight-line -0.132  -0.0119 11.132 0.1932  # no index needed: 9.2 + 3.22 x 3/5
        2027 12.696    met      objective     0.276   0.0222  12.42
        2027 12.65     met      objective     0.23    0.0185  12.42
        2027 12.42     met      objective     0       0.0000  12.42
        2027 12        missed   objective     -0.42   -0.0338 12.42
        """,
    ),
    Given(
        "Europe « [+20 % en € constants] »", "M€ 1 up", "at_least growth 20", known="2022=9.2",
        basis="constant-euros-2022", index=_PRICES, rows="""
        2024 10.593    watch    straight-line -0.036  -0.0036 9.936 0.0736  # 9.9 x 1.07; 9.2 + 1.84 x 2/5
        2024 10.486    behind   straight-line -0.136  -0.0137 9.936 0.0736  # 9.8 x 1.07
        2025 11        not_evaluable no-index none    none
        2027 12.696    met      objective     0       0.0000  11.04         # 11.04 x 1.15
        2027 12.65     missed   objective     -0.04   -0.0036 11.04         # 11 x 1.15: the bases disagree
        2027 12.42     missed   objective     -0.24   -0.0217 11.04         # 10.8 x 1.15
        """,
    ),
    Given(
        "50 M€ de 2022 en cinq ans", "M€ 1 up", "at_least value 50", known="2022=9", cumulative=True,
        basis="constant-euros-2022", index="2022=100 2023=104 2024=107", rows="""
        2024 2023=10.4,2024=10.7 on_track straight-line 0 0.0000 20 2        # 10 + 10
        2024 2023=10.4,2024=8.56 watch straight-line -2 -0.1000 20 2         # 10 + 8
        2024 2023=10.4,2024=8.453 behind straight-line -2.1 -0.1050 20 2     # 10 + 7.9
        2025 2023=10.4,2024=10.7,2025=11 not_evaluable no-index none none
        """,
    ),
)  # fmt: skip
