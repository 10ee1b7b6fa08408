# ruff: noqa: E501 (SQL and long expressions are read as they are written)
"""The three definitions written by hand for DuckDB in SQL and for polars, opponents of the compiled form.

They do what a programmer would do for these three alone, with codes 0 (no), 1 (unknown), 2 (yes) and windows over the
patient; like the one in numpy they know no readings, no bounds such as `<2`, no missing area, no doubled rows.
"""

from __future__ import annotations

from typing import Any

SQL = """
with s as (
  select s.*, date_diff('day', session_date, imaging_date) as waited,
    p.baseline_tumor_count, p.baseline_afp, p.baseline_vascular_invasion, p.baseline_extrahepatic_spread,
    row_number() over w as n, lag(agent) over w as agent_before,
    coalesce(lag(tumor_count) over w, case when row_number() over w = 1 then p.baseline_tumor_count end) as count_before,
    coalesce(lag(afp) over w, case when row_number() over w = 1 then p.baseline_afp end) as afp_before
  from sessions s join people p using (patient_id)
  window w as (partition by patient_id order by session_date, session_no)
), told as (
  select *, waited between 28 and 92 as in_time,
    case when viable_percent is null then 1 when viable_percent > 50 then 2 else 0 end as insufficient,
    case when tumor_count is null or count_before is null then 1 when tumor_count > count_before then 2 else 0 end as more,
    case when afp is null or afp_before is null then 1 when afp > afp_before then 2 else 0 end as rises,
    case when target_response is null then 1 when target_response in ('SD', 'PD') then 2 else 0 end as no_response,
    greatest(
      case when n = 1 then 0 when agent is null or agent_before is null then 1 when agent <> agent_before then 2 else 0 end,
      case when feeding_artery_reanalyzed is null then 1 when feeding_artery_reanalyzed = 1 then 2 else 0 end) as proviso,
    least(
      case when vascular_invasion is null then 1 when vascular_invasion = 1 then 2 else 0 end,
      case when baseline_vascular_invasion is null then 1 when baseline_vascular_invasion = 1 then 0 else 2 end) as invasion,
    least(
      case when extrahepatic_spread is null then 1 when extrahepatic_spread = 1 then 2 else 0 end,
      case when baseline_extrahepatic_spread is null then 1 when baseline_extrahepatic_spread = 1 then 0 else 2 end) as spread
  from s
), seen as (
  select *, case when in_time then insufficient else 1 end as insufficient_seen,
    case when in_time then more else 1 end as more_seen
  from told
), runs as (
  select *,
    least(insufficient_seen, coalesce(lag(insufficient_seen) over w, 0), proviso) as c1,
    least(more_seen, coalesce(lag(more_seen) over w, 0), proviso) as c2,
    least(rises, coalesce(lag(rises) over w, 0)) as c3,
    least(insufficient, coalesce(lag(insufficient) over w, 0), coalesce(lag(insufficient, 2) over w, 0)) as z1,
    case when no_response = 2 and session_date - 183 <=
      lag(session_date, 2) over (partition by patient_id, area, no_response = 2 order by session_date, session_no)
      then 2 else 0 end as i_sure,
    case when no_response >= 1 and session_date - 183 <=
      lag(session_date, 2) over (partition by patient_id, area, no_response >= 1 order by session_date, session_no)
      then 1 else 0 end as i_possible
  from seen
  window w as (partition by patient_id order by session_date, session_no)
), met as (
  select patient_id,
    min(case when greatest(c1, c2, c3, invasion, spread) = 2 then n end) as jsh, max(greatest(c1, c2, c3, invasion, spread)) as jsh_open,
    min(case when i_sure = 2 then n end) as intl, max(greatest(i_sure, i_possible)) as intl_open,
    min(case when z1 = 2 then n end) as zhang, max(z1) as zhang_open
  from runs group by patient_id
), long as (
  select patient_id, 'jsh-lcsgj-2014' as definition, jsh as n, jsh_open as open from met
  union all select patient_id, 'intl-panel-2014', intl, intl_open from met
  union all select patient_id, 'zhang-2022', zhang, zhang_open from met
)
select p.patient_id, d.definition,
  case when l.n is not null then 'met' when l.open >= 1 then 'unknown' else 'not_met' end as verdict,
  case when l.n is null then null when d.definition = 'intl-panel-2014' then 'no_response_3_within_183'
    when d.definition = 'zhang-2022' then 'insufficient_response_3'
    when c1 = 2 then 'insufficient_response' when c2 = 2 then 'tumor_number_increase' when c3 = 2 then 'marker_rise'
    when invasion = 2 then 'vascular_invasion' else 'extrahepatic_spread' end as criterion,
  case when l.n is not null then r.session_no end as session_no,
  case when l.n is not null then coalesce(r.imaging_date, r.session_date) end as date
from people p
cross join (values ('jsh-lcsgj-2014'), ('intl-panel-2014'), ('zhang-2022')) d(definition)
left join long l on l.patient_id = p.patient_id and l.definition = d.definition
left join runs r on r.patient_id = l.patient_id and r.n = l.n
"""


def by_sql(connection: Any) -> Any:
    """Return the score table of the tables `people` and `sessions` by hand-written SQL, as a pandas frame."""
    return connection.sql(SQL).df()


def by_polars(people: Any, sessions: Any) -> Any:
    """Return the score table by hand-written expressions of lazy polars, collected."""
    import polars as pl

    def code(gap: Any, test: Any) -> Any:
        return pl.when(gap).then(1).when(test).then(2).otherwise(0).cast(pl.Int8)

    def before(name: str, steps: int = 1) -> Any:
        return pl.col(name).shift(steps).over("patient_id")

    def flag(name: str) -> Any:
        return code(pl.col(name).is_null(), pl.col(name) == 1)

    c = pl.col
    s = sessions.lazy().join(people.lazy(), on="patient_id").sort("patient_id", "session_date", "session_no")
    s = s.with_columns(n=pl.int_range(pl.len()).over("patient_id") + 1)
    for name in ("tumor_count", "afp"):
        start = pl.when(c("n") == 1).then(c(f"baseline_{name}")).otherwise(before(name))
        s = s.with_columns(start.alias(f"{name}_before"))
    waited = (c("imaging_date") - c("session_date")).dt.total_days()
    changed = (
        pl.when(c("n") == 1)
        .then(0)
        .otherwise(code(c("agent").is_null() | before("agent").is_null(), c("agent") != before("agent")))
    )
    s = s.with_columns(
        in_time=waited.is_between(28, 92).fill_null(False),
        insufficient=code(c("viable_percent").is_null(), c("viable_percent") > 50),
        more=code(
            c("tumor_count").is_null() | c("tumor_count_before").is_null(), c("tumor_count") > c("tumor_count_before")
        ),
        rises=code(c("afp").is_null() | c("afp_before").is_null(), c("afp") > c("afp_before")),
        no_response=code(c("target_response").is_null(), c("target_response").is_in(["SD", "PD"])),
        proviso=pl.max_horizontal(changed, flag("feeding_artery_reanalyzed")),
        c4=pl.min_horizontal(flag("vascular_invasion"), 2 - flag("baseline_vascular_invasion")),
        c5=pl.min_horizontal(flag("extrahepatic_spread"), 2 - flag("baseline_extrahepatic_spread")),
    )
    s = s.with_columns(
        seen=pl.when(c("in_time")).then(c("insufficient")).otherwise(1),
        more=pl.when(c("in_time")).then(c("more")).otherwise(1),
    )

    def run(name: str, times: int) -> Any:
        return [c(name), *(before(name, step).fill_null(0) for step in range(1, times))]

    def near(least: int) -> Any:
        earlier = c("session_date").shift(2).over("patient_id", "area", c("no_response") >= least)
        return (c("no_response") >= least) & (c("session_date") - pl.duration(days=183) <= earlier).fill_null(False)

    s = s.with_columns(
        c1=pl.min_horizontal(*run("seen", 2), c("proviso")),
        c2=pl.min_horizontal(*run("more", 2), c("proviso")),
        c3=pl.min_horizontal(*run("rises", 2)),
        zhang=pl.min_horizontal(*run("insufficient", 3)),
        intl=pl.when(near(2)).then(2).when(near(1)).then(1).otherwise(0),
    )
    names = {f"c{at}": word for at, word in enumerate(JSH, start=1)}
    s = s.with_columns(jsh=pl.max_horizontal(*map(c, names)), date=pl.coalesce("imaging_date", "session_date"))
    criterion = pl.lit(JSH[-1])
    for name, word in reversed(list(names.items())[:-1]):
        criterion = pl.when(c(name) == 2).then(pl.lit(word)).otherwise(criterion)
    parts = []
    for which, (column, definition, says) in enumerate(
        (
            ("jsh", "jsh-lcsgj-2014", criterion),
            ("intl", "intl-panel-2014", pl.lit("no_response_3_within_183")),
            ("zhang", "zhang-2022", pl.lit("insufficient_response_3")),
        )
    ):
        first = c(column) == 2
        parts.append(
            s.group_by("patient_id")
            .agg(
                open=c(column).max().cast(pl.Int8),
                criterion=says.filter(first).first(),
                session_no=c("session_no").filter(first).first(),
                date=c("date").filter(first).first(),
            )
            .with_columns(definition=pl.lit(definition), which=pl.lit(which))
        )
    verdict = pl.when(c("open") == 2).then(pl.lit("met")).when(c("open") == 1).then(pl.lit("unknown"))
    table = pl.concat(parts).with_columns(verdict=verdict.otherwise(pl.lit("not_met")))
    order = people.lazy().select("patient_id").with_row_index("at")
    return table.join(order, on="patient_id").sort("at", "which").collect()


JSH = ("insufficient_response", "tumor_number_increase", "marker_rise", "vascular_invasion", "extrahepatic_spread")
