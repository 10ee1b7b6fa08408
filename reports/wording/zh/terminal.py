"""What tables on a terminal say, in Chinese: headings and coded words by a list, sentences one by one."""

from __future__ import annotations

from reports.wording.zh import camps as _camps
from reports.wording.zh import cohort as _cohort
from reports.wording.zh import proposal as _proposal
from reports.wording.zh import survey as _survey

TO = "至"
AND = "、"
_WORDS = {
    # words of codes, as a report has them
    **_survey.BASES,
    **_survey.OUTCOMES,
    **_camps.NAMES,
    **(_camps.METHODS | _camps.BLOCK_TESTS),
    **_camps.MODELS,
    **_proposal.KINDS,
    **_cohort.VERDICTS,
    # headings of tables, and titles above them
    "question": "问题",
    "questions": "问题",
    "option": "选项",
    "of those": "分母",
    "share": "比例",
    "95% interval": "95%区间",
    "by the design": "按抽样设计",
    "band over hospitals": "按医院聚集的范围",
    "median": "中位数",
    "quartiles": "四分位数",
    "mean": "均值",
    "consensus": "一致度",
    "group": "组",
    "shrunken": "收缩后比例",
    "criterion": "标准",
    "equivocal": "态度不明确",
    "support": "支持",
    "outcome": "判定",
    "votes that would change it": "改变判定所需的票数",
    "Tests of agreement": "一致性检验",
    "next below": "次之的标准",
    "difference": "差值",
    "Which criteria are supported more than others": "哪些标准得到更多支持",
    "item": "条目",
    "relevant": "认为相关",
    "modified kappa": "修正 kappa",
    "CVR needed": "CVR 临界值",
    "Aiken's V": "Aiken V 系数",
    "Content validity of rated items": "评分条目的内容效度",
    "coefficient": "系数",
    "estimate": "估计值",
    "to yes: accepted": "倾向赞成即被接受",
    "to no: rejected": "倾向反对即被否定",
    "by": "分组依据",
    "test": "检验",
    "p": "p",
    "model": "模型",
    "against": "参照组",
    "odds": "优势比",
    "yes": "赞成",
    "what it could be": "可能的范围",
    "response rate that secures it": "使结论成立的应答率",
    "votes": "票数",
    "why": "原因",
    "as it is": "现状",
    "what if": "改变后",
    "patients": "患者数",
    "patient": "患者",
    "definition": "定义",
    "readings": "理解方式",
    "reading": "理解方式",
    "values": "取值",
    "score": "评分",
    "class": "分级",
    "missing": "缺少的列",
    "as it stands": "现行比例",
    "lowest": "最低",
    "highest": "最高",
    "same by all": "判定始终相同",
    "an empty cell is": "空白视为",
    "Numbers": "数值题",
    "Agreement beyond chance": "扣除偶然后的一致性",
    "Equivocal answers": "态度不明确的回答",
    "Do groups differ?": "各组是否不同",
    "Odds of support": "支持的优势比",
    "Votes that became no term": "未能成为条目的投票",
    "What the next round should ask": "下一轮应当询问",
    "Patients met by both definitions; on the diagonal, by the one": "同时符合两个定义的患者数；对角线为符合该定义者",
    "By all readings that the texts leave open; rates are met of all patients, unknown ones included": (
        "按原文未定的全部理解方式；比例为符合者占全部患者（含无法判定者）"
    ),
    "Patients whose verdict a reading can change": "判定因理解方式而改变的患者",
    "What an empty cell is taken for: the three results side by side": "空白单元格的三种处理及其结果",
    "Most pairs agree here, yet kappa is far below AC1 or can't be had: the more answers lean one way, the more it puts down to chance. Read AC1 beside it.": "多数两两回答一致，kappa却远低于AC1或无法计算：回答越偏向同一边，归于偶然的一致就越多。请同时看AC1。",
    "Where nobody or everybody gave an answer, its one limit is one-sided.": "无人或全部作答者给出某一回答时，其唯一的界限为单侧界限。",
    # further coded words
    "how many were invited is not known": "受邀人数未知",
    "committed": "明确表态者",
    "as_no": "计为反对",
    "half": "计为半票",
    "as_yes": "计为支持",
    "drop": "不计入",
    "middle": "计为中间值",
    "never": "不会",
    "apart": "相距甚远",
    "criteria": "标准",
    "ratings": "评分",
    "vignettes": "病例情景",
    "not met": "不符合",
    "open": "未定",
    "none": "无",
    "thresholded": "按规则",
    "weighted": "按票数赋分",
    "numbers": "按次数",
    "atlas": "与陈述吻合最多",
    "school": "一种观点",
    "all of:": "全部满足：",
    "SYNTHETIC answers": "SYNTHETIC（合成）答卷",
    "SYNTHETIC patients": "SYNTHETIC（合成）患者",
}


def word(text: str) -> str:
    """Return a heading, a coded word or a short sentence of a table."""
    return _WORDS.get(text, text)


def apart(first: str, second: str) -> str:
    """Return a text with a remark behind it."""
    return f"{first}（{second}）"


def listed(parts: list[str]) -> str:
    """Return several things in one line."""
    return "；".join(parts)


def flip(votes: str, start: str, end: str, becomes: str) -> str:
    """Return how many votes from one answer to another make another outcome."""
    return f"{votes}票由 {start} 改为 {end}：{becomes}"


def by(name: str) -> str:
    """Return the title of shares within groups."""
    return f"按 {name} 分组"


def rule(sentence: str) -> str:
    """Return the rule as the line above the verdicts."""
    return f"规则：{sentence}"


def of_invited(limits: str, invited: str) -> str:
    """Return bounds over all who were invited."""
    return f"{limits}（占全部{invited}名受邀者）"


def at_rate(limits: str, rate: str) -> str:
    """Return bounds at an assumed response rate."""
    return f"{limits}（应答率{rate}）"


def camps(name: str) -> str:
    """Return the title of the camps; `name` is empty where they were found in the answers."""
    return f"各阵营（{'按 ' + name if name else '由回答得出'}）的完全支持比例"


def unanswered(reason: str) -> str:
    """Return the title of what those who did not answer could change; `reason` where the rate is not known."""
    return f"未作答者可能改变什么（{reason}：按假定的应答率计算）" if reason else "未作答者可能改变什么"


def headed(number: int, kind: str, title: str) -> str:
    """Return the heading of a proposal."""
    return f"{number} {kind}：{title}"


def behind(question: str, option: str, votes: str, kind: str) -> str:
    """Return the votes behind a term."""
    return f"{question} {option}：{votes}，{kind}"


def with_points(points: str, says: str) -> str:
    """Return a term with its points."""
    return f"{points}分：{says}"


def at_least(number: str) -> str:
    """Return how many terms must be met."""
    return f"至少满足{number}条："


def met_from(points: str) -> str:
    """Return from how many points on a definition is met."""
    return f"达到{points}分即符合"


def fewest(terms: list[str], cut_off: str) -> str:
    """Return the fewest points that judge alike."""
    return f"判定相同的最少整数分：{'，'.join(terms)}；达到{cut_off}即符合"


def won(share: str, draws: str) -> str:
    """Return in how many resampled surveys a proposal came out."""
    return f"重新抽样的{draws}份调查中有{share}得出该定义"


def space(definitions: str, criteria: str, front: str, proved: bool) -> str:
    """Return what was searched and how many definitions are beaten by no other."""
    looked = (
        f"{criteria}条标准可用分值表示的全部{definitions}个定义"
        if proved
        else f"搜索到的{definitions}个定义（{criteria}条标准）"
    )
    return f"{looked}中，有{front}个不逊于其他任何定义。"


def consistent(share: str, people: str) -> str:
    """Return how many people judge as some definition does."""
    return f"{people}人中，{share}对病例情景的判断与某个定义一致。"


def schools(number: int, reason: str) -> str:
    """Return how many schools of thought there are, or why there are none."""
    return f"有{number}种观点。" if number else f"未发现不同观点的群体：{reason}。"


def ask(why: str, share: str, votes: str, tips: str) -> str:
    """Return why the next round should ask for something."""
    told = {
        "close": f"重新抽样会改变结论：在{share}的调查中成为条目",
        "never_asked": f"从未直接询问：{share}只是上限或间接指标",
        "equivocal": f"{votes}个态度不明确的回答如何计票决定结果",
        "number": f"仅{share}的人会接受所取的数值",
        "case": f"各定义对该情形判定不一：其中{share}判为符合",
        "no_finding": "有人投票，但治疗过程的记录无法显示",
    }[why]
    return f"{told}；其中{tips}计为赞成时即达多数" if tips else told


def as_it_is(terms: str) -> str:
    """Return the first proposal as it is."""
    return f"现状：{terms}"


def what_if(settings: str, terms: str) -> str:
    """Return the first proposal under another setting."""
    return f"若 {settings}：{terms}"


def none(reason: str) -> str:
    """Return that no definition follows."""
    return f"无。{reason}"


def cut(terms: str, points: str) -> str:
    """Return terms with their cut-off."""
    return f"{terms}；达到{points}分即符合"


def moved(number: str, patients: str) -> str:
    """Return how many patients are judged otherwise; `patients` as *60 patients*."""
    return f"{patients}中有{number}例判定不同。"


def patients(number: int, shown: str) -> str:
    """Return a number of patients."""
    return f"{shown}例患者"


def cohort(patients: int, sessions: int) -> str:
    """Return how many patients and sessions there are."""
    return f"{patients}例患者，{sessions}次治疗"


def column(text: str) -> str:
    """Return what is missing: a column, several of them, or one with a remark."""
    return text.replace(" or ", " 或 ").replace("(a bound leaves it open)", "（仅知界限）")


def more(number: str) -> str:
    """Return that a list goes on."""
    return f"……另有{number}例（--json 列出全部）"


def causes(most: str) -> str:
    """Return the title of the causes of unknown verdicts."""
    return f"无法判定的常见原因（每个定义至多{most}项）"


def rate_by(highest: bool) -> str:
    """Return the title of the readings that give the lowest or the highest rate."""
    return f"使比例{'最高' if highest else '最低'}的理解方式"


def part_of(part: str, whole: str) -> str:
    """Return a part of a number."""
    return f"{part}/{whole}"
