"""Readings that rest on how courses were recorded: in which row, on which scan, and of which lesions."""

from __future__ import annotations

from consensus.definitions.moments import BEFORE_SECOND_LABS, WITH_FIRST, WITH_SECOND
from consensus.definitions.reading import Reading, in_both, in_chinese

LABS = Reading(
    name=BEFORE_SECOND_LABS,
    label=in_chinese("第二次治疗前化验值的所在行"),
    values=(
        (
            WITH_SECOND,
            in_both(
                "laboratory values and Child-Pugh points before the second session stand in that session's row",
                "第二次治疗前的化验值和Child-Pugh评分记在第二次治疗的行中",
            ),
        ),
        (
            WITH_FIRST,
            in_both(
                "laboratory values and Child-Pugh points before the second session stand in the first one's row",
                "第二次治疗前的化验值和Child-Pugh评分记在首次治疗的行中",
            ),
        ),
    ),
)


IMAGING_CHOICE = Reading(
    name="imaging_choice",
    label=in_chinese("多次影像的取舍"),
    values=(
        ("last", in_both("the last of several scans of a session", "同一治疗的多次影像取最后一次")),
        ("worst", in_both("the worst of several scans of a session", "同一治疗的多次影像取最差一次")),
        ("nearest_6_weeks", in_both("the scan nearest to 6 weeks after the session", "取最接近治疗后6周的影像")),
    ),
)


LESION_SCOPE = Reading(
    name="lesion_scope",
    label=in_chinese("病灶的对应"),
    values=(
        ("same_lesion", in_both("one lesion followed through the course", "同一病灶贯穿全程")),
        ("any_lesion", in_both("some lesion at each session", "每次任一病灶")),
        ("largest", in_both("the largest lesion at each session", "每次最大病灶")),
        ("sum", in_both("the sum of the lesions", "病灶总和")),
        ("all", in_both("all lesions at each session", "每次全部病灶")),
    ),
)
VIABLE_DIMENSION = Reading(
    name="viable_dimension",
    label=in_chinese("存活比例的维度"),
    values=(
        ("1d", in_both("viable share by one diameter", "存活比例按单径计算")),
        ("2d", in_both("viable share by the product of two diameters", "存活比例按双径乘积计算")),
        ("3d", in_both("viable share by the volume that two diameters make", "存活比例按双径推算的体积计算")),
    ),
)


PD_BOUNDARY = Reading(
    name="pd_boundary",
    label=in_chinese("进展的界值"),
    values=(
        (
            "at_least",
            in_both(
                "by diameters progression from 20 percent over the smallest sum", "径线和较最小值增加20%及以上为进展"
            ),
        ),
        (
            "over",
            in_both(
                "by diameters progression above 20 percent over the smallest sum", "径线和较最小值增加超过20%为进展"
            ),
        ),
    ),
)


RESPONSE_BASELINE = Reading(
    name="response_baseline",
    label=in_chinese("应答的基线"),
    values=(
        ("viable", in_both("by diameters response against the viable sum at baseline", "应答与基线存活径线和比较")),
        ("whole", in_both("by diameters response against the whole sum at baseline", "应答与基线全部径线和比较")),
    ),
)


DIMENSION_CONVERSION = Reading(
    name="dimension_conversion",
    label=in_chinese("维度换算"),
    values=(
        ("isotropic", in_both("a lesion without a second diameter is taken as round", "缺少第二径线的病灶按圆形换算")),
        ("none", in_both("a lesion without a second diameter has no area and no volume", "缺少第二径线的病灶不换算")),
    ),
)


ASSESSMENTS, LESIONS = "assessments", "lesions"
OF_COURSES: tuple[tuple[Reading, str], ...] = (
    (IMAGING_CHOICE, ASSESSMENTS),
    (LESION_SCOPE, LESIONS),
    (VIABLE_DIMENSION, LESIONS),
    (DIMENSION_CONVERSION, LESIONS),
    (PD_BOUNDARY, LESIONS),
    (RESPONSE_BASELINE, LESIONS),
)
