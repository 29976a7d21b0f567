"""Ranges, of growth and of level: below, at both ends, inside, beyond, in the three directions."""

from .judging import Given

PUBLICATIONS = Given(
    "publications « +8 à 10 % »", "publications 0 up", "within growth_range 8 10", known="2022=2044", rows="""
    2022 2044      not_due  before-start  none    none
    2024 2100      behind   straight-line -9.408  -0.0045 2109.408 6.5408  # 2044 + 163.52 x 2/5; 10 % of 65.408
    2024 2102.8671 behind   straight-line -6.5409 -0.0031 2109.408 6.5408
    2024 2102.8672 watch    straight-line -6.5408 -0.0031 2109.408 6.5408
    2024 2103      watch    straight-line -6.408  -0.0030 2109.408 6.5408
    2024 2109.408  on_track straight-line 0       0.0000  2109.408 6.5408
    2024 2110      on_track straight-line 0.592   0.0003  2109.408 6.5408  # inside
    2024 2125.76   on_track straight-line 16.352  0.0078  2109.408 6.5408  # the upper end: 2044 + 204.4 x 2/5
    2024 2200      on_track straight-line 90.592  0.0429  2109.408 6.5408  # beyond
    2027 2207      missed   objective     -0.52   -0.0002 2207.52
    2027 2207.52   met      objective     0       0.0000  2207.52
    2027 2230      met      objective     22.48   0.0102  2207.52
    2027 2248.4    met      objective     40.88   0.0185  2207.52
    2027 2300      met      objective     92.48   0.0419  2207.52
    2028 2027=2207 missed   objective     -0.52   -0.0002 2207.52
    2027 -         not_reported no-value  none    none
    """,
)  # fmt: skip

RANGES = (
    PUBLICATIONS,
    Given(
        "+8 à 10 %, référence inconnue", "publications 0 up", "within growth_range 8 10", rows="""
        2024 2110      not_evaluable no-baseline none none
        2027 2300      not_evaluable no-baseline none none
        """,
    ),
    Given(
        "+8 à 10 % de zéro", "publications 0 up", "within growth_range 8 10", known="2022=0", rows="""
        2027 2300      not_evaluable no-baseline none none
        """,
    ),
    Given(
        "+8 à 10 %, autre méthode dès 2024", "publications 0 up", "within growth_range 8 10", known="2022=2044",
        breaks="2024", rows="""
        2024 2110      not_evaluable method-break none none
        2027 2300      not_evaluable method-break none none
        """,
    ),
    Given(
        "+8 à 10 %, point de 2100 en 2024", "publications 0 up", "within growth_range 8 10", known="2022=2044",
        points="2024=2100", rows="""
        2024 2100      on_track trajectory-point 0    0.0000  2100 5.6
        2024 2094.4    watch    trajectory-point -5.6 -0.0027 2100 5.6
        2024 2094      behind   trajectory-point -6   -0.0029 2100 5.6
        """,
    ),
    Given(
        "coût « −10 à −8 % »", "k€/élève 1 down", "within growth_range -10 -8", known="2022=100", rows="""
        2024 96.8      on_track straight-line 0       0.0000  ? 0.32  # the upper end: 100 - 8 x 2/5
        2024 97.12     watch    straight-line -0.32   -0.0033 ? 0.32
        2024 97.13     behind   straight-line -0.33   -0.0034 ? 0.32
        2024 96        on_track straight-line 0.8     0.0083  ? 0.32  # the lower end
        2024 95        on_track straight-line 1.8     0.0186  ? 0.32  # beyond
        2027 93        missed   objective     -1      -0.0109
        2027 92        met      objective     0       0.0000
        2027 91        met      objective     1       0.0109
        2027 90        met      objective     2       0.0217
        2027 89        met      objective     3       0.0326
        """,
    ),
    Given(
        "de 150 à 180, à la hausse depuis 140", "élèves 0 up", "within value 150 180", known="2022=140", rows="""
        2024 143.5     behind   straight-line -0.5    -0.0035 144 0.4  # 140 + 10 x 2/5 to 140 + 40 x 2/5
        2024 143.6     watch    straight-line -0.4    -0.0028 144 0.4
        2024 144       on_track straight-line 0       0.0000  144 0.4
        2024 150       on_track straight-line 6       0.0417  144 0.4
        2024 156       on_track straight-line 12      0.0833  144 0.4
        2024 170       on_track straight-line 26      0.1806  144 0.4
        2027 149       missed   objective     -1      -0.0067 150
        2027 150       met      objective     0       0.0000  150
        2027 165       met      objective     15      0.1000  150
        2027 180       met      objective     30      0.2000  150
        2027 200       met      objective     50      0.3333  150
        """,
    ),
    Given(
        "de 150 à 180, à la baisse depuis 200", "kWh/m² 0 down", "within value 150 180", known="2022=200", rows="""
        2024 193       behind   straight-line -1      -0.0052 ? 0.8    # 200 - 20 x 2/5 = 192
        2024 192.8     watch    straight-line -0.8    -0.0042 ? 0.8
        2024 192       on_track straight-line 0       0.0000  ? 0.8
        2024 185       on_track straight-line 7       0.0365  ? 0.8
        2024 170       on_track straight-line 22      0.1146  ? 0.8    # beyond 200 - 50 x 2/5 = 180
        2027 181       missed   objective     -1      -0.0056
        2027 180       met      objective     0       0.0000
        2027 150       met      objective     30      0.1667
        2027 140       met      objective     40      0.2222
        """,
    ),
    Given(
        "de 150 à 180, sans sens, depuis 140", "élèves 0 none", "within value 150 180", known="2022=140", rows="""
        2024 143.5     behind   straight-line -0.5    -0.0035 ? 0.4
        2024 143.6     watch    straight-line -0.4    -0.0028 ? 0.4
        2024 144       on_track straight-line 0       0.0000
        2024 145       on_track straight-line 1       0.0069
        2024 155       on_track straight-line 1       ?                # to the nearest end, 156
        2024 156       on_track straight-line 0       0.0000
        2024 157       behind   straight-line -1      -0.0064 ? 0      # at most 156, and 140 is below: no way
        2027 149       missed   objective     -1      -0.0067
        2027 150       met      objective     0       0.0000
        2027 152       met      objective     2       0.0133
        2027 175       met      objective     5       ?                # to the nearest end, 180
        2027 180       met      objective     0       0.0000
        2027 181       missed   objective     -1      -0.0056
        """,
    ),
    Given(
        "de 150 à 180, sans sens, tolérance 1", "élèves 0 none", "within value 150 180", known="2022=140",
        tolerance="1", rows="""
        2024 143       watch    straight-line -1      -0.0069 ? 1
        2024 142.9     behind   straight-line -1.1    -0.0076 ? 1
        2024 157       watch    straight-line -1      -0.0064 ? 1
        2024 157.1     behind   straight-line -1.1    -0.0071 ? 1
        2027 149       missed   objective     -1      -0.0067
        2027 181       missed   objective     -1      -0.0056
        """,
    ),
)  # fmt: skip
