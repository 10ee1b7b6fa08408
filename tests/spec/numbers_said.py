"""What the commands say in JSON, as pairs of an id of numbers.csv and what that row must be."""

import re


def agreed_in(json_said):
    for e in json_said["estimates"]:
        yield e["id"], {key: e[key] for key in ("value", "low", "high", "n", "method")}
        if e["measure"] == "share" and e["base"] == "answered":
            yield f"answered/{e['question']}", {"count": e["n"]}
    for e in json_said["sides"]:
        if e["towards"] == "criterion":
            yield f"equivocal/{e['question']}", {"value": e["equivocal"]}
    yield from _beside(json_said)
    if json_said["response"] is not None:
        yield "response", {"count": json_said["response"]["answered"], "n": json_said["response"]["invited"]}
    yield from ((f"criteria/{name}", {"value": number}) for name, number in json_said["standing"].items())
    rule = json_said["rule"]
    yield "rule/threshold", {"method": rule["text"], "value": rule["threshold"]}
    for v in json_said["verdicts"]:
        if v["n"]:
            told = {"value": v["against"] / v["n"], "count": v["against"], "n": v["n"]}
            yield f"against/{v['question']}/{v['equivocal'] or 'as-voted'}", told
        for flip in v["votes_to_flip"]:
            name = f"flip/{v['question']}/{v['equivocal'] or 'as-voted'}/{flip['from']}/{flip['to']}"
            yield name, {"value": flip["votes"]}


def _beside(json_said):
    """What stands beside the shares: hospitals, who is equivocal, who did not answer."""
    yield "hospitals", {"value": json_said["sampling"]["clusters"]}
    for e in json_said["estimates"]:
        if (e["under"] or "").startswith("icc "):
            rho = e["under"].removeprefix("icc ")
            yield f"correlation/{rho}", {"value": float(rho)}
    for one in json_said["leaning"]:
        yield f"equivocal/{one['question']}", {"value": one["equivocal"]}
    for bound in json_said["nonresponse"]["bounds"]:
        yield f"full/{bound['question']}", {"count": bound["count"], "n": bound["n"]}
        for at in bound["at_response_rate"]:
            yield f"assumed-rate/{at['rate']:g}", {"value": at["rate"]}


def proposed(json_said):
    for proposal in json_said["proposals"]:
        definition = proposal["definition"]
        if counted := re.search(r"\(([\d.]+) of (\d+)\)", proposal["reason"] or ""):
            yield f"reason/{proposal['kind']}", {"count": float(counted[1]), "n": int(counted[2])}
        if definition is None:
            continue
        points = definition.get("points") or {}
        if points:
            yield f"points/{definition['id']}/cut-off", {"value": points["failure_at"]}
        for term in points.get("terms") or definition.get("any") or ():
            if points:
                yield f"points/{definition['id']}/{term['id']}", {"value": term["points"]}
            votes = term["from"]
            yield f"votes/{definition['id']}/{term['id']}", {"count": votes["count"], "n": votes["base"]}
    for one in json_said["left_out"]:
        name = f"left-out/{one['question']}/{one['option'] or one['criterion']}"
        yield name, {"count": one["count"], "n": one["base"]}
        yield f"left-out/{one['question']}/base", {"value": one["base"]}
    for row in json_said["sensitivity"]:
        name = f"sensitivity/{row['equivocal'] or 'as-voted'}"
        how = "kept" if row["cut_off_is"] == "kept" else "anew"
        yield f"{name}/cut-off-{how}", {"value": row["cut_off"]}
        yield f"{name}/lighter-sum-{how}", {"value": row["lighter_sum"]}
        for term, points in row["points"].items():
            yield f"{name}/{term}", {"value": points}
        for terms in row["sufficient"]:
            yield f"{name}/{'+'.join(terms)}", {"value": sum(row["points"][term] for term in terms)}


def placed(part, name):
    """Yield each number of propose --json under its place in it: keys and places in lists from 1."""
    pairs = part.items() if isinstance(part, dict) else enumerate(part, start=1) if isinstance(part, list) else ()
    for key, value in pairs:
        yield from placed(value, f"{name}/{key}")
    if isinstance(part, (int, float)) and not isinstance(part, bool):
        yield name, {"value": part}


def counted(rows, n, how=""):
    """Yield patients by definition and verdict from `counts`, or from those without windows."""
    for row in rows:
        for verdict in ("met", "unknown", "not_met"):
            yield f"patients/{row['definition']}/{how}{verdict}", {"count": row[verdict], "n": n}


def by_all_readings(json_said):
    for row in json_said["ranges"]:
        name, n = f"readings/{row['definition']}", row["patients"]
        yield f"{name}/combinations", {"value": row["combinations"]}
        yield f"{name}/own", {"count": row["met"], "n": n, "value": row["rate"]}
        yield f"{name}/lowest", {"value": row["rate_low"], "n": n}
        yield f"{name}/highest", {"value": row["rate_high"], "n": n}
        yield f"{name}/stable", {"count": row["stable"], "n": n}
    for row in json_said["flips"]:
        yield f"flips/{row['definition']}/{row['reading']}", {"value": row["patients"]}


def scored(json_said):
    yield from counted(json_said["counts"], json_said["patients"])
    yield from counted(json_said["counts_without_windows"], json_said["patients"], "window-lifted/")
    for pair in json_said["reclassified"]:
        yield f"reclassified/{pair['met_by']}/{pair['not_met_by']}", {"value": pair["patients"]}
    for cause in json_said["causes"]:
        yield f"cause/{cause['definition']}/{cause['column']}", {"value": cause["patients"]}
    for column in json_said["worklist_columns"]:
        for what in ("cells", "verdicts"):
            yield f"worklist/{column['column']}/{what}", {"value": column[what]}
    for what, number in json_said["worklist_total"].items():
        yield f"worklist/{what}", {"value": number}
    yield "patients", {"value": json_said["patients"]}
    yield "sessions", {"value": json_said["sessions"]}
    yield "definitions", {"value": len(json_said["counts"])}


def people(json_said):
    """Yield what agree --json says of respondents and their answers as data."""
    told = json_said["questionnaire"]
    for name in ("questions", "criteria", "routed"):
        yield f"checklist/{name}", {"value": told[name]}
    yield "people/answered", {"value": json_said["answered"]}
    yield "methods/clusters", {"value": json_said["sampling"]["clusters"]}
    if json_said["respondents"] is None:
        return
    told = json_said["respondents"]
    yield from _flow(told["flow"])
    for one in told["characteristics"]:
        yield from _characteristic(one)
    for action, number in (told["corrections"] or {}).items():
        yield f"corrections/{action}", {"value": number}
        yield f"methods/corrections/{action}", {"value": number}
    for flag in told["flags"]:
        yield f"flags/{flag['kind']}", {"value": flag["count"]}
        if flag["kind"] == "speeding":
            yield "checklist/fast", {"value": flag["count"]}
    yield "checklist/asked", {"value": told["item_nonresponse"]["questions"]}
    yield "checklist/complete", {"value": told["item_nonresponse"]["complete"]}
    for one in told["missing"]:
        name = f"missing/{one['question']}"
        yield name, {"count": one["missing"], "n": one["asked"]}
        for what in ("asked", "answered"):
            yield f"{name}/{what}", {"value": one[what]}
        for kind in ("blank", "not_reached", "invalid", "lost", "unknown"):
            yield f"{name}/{kind}", {"value": one["kinds"].get(kind, 0)}
    yield from _limits(told["limits"])


def _flow(flow):
    yield "missing/finished", {"count": flow["finished"], "n": flow["read"]}
    for step in ("invited", "read", "not_eligible", "eligibility_unknown", "analyzed"):
        yield f"flow/{step}", {"value": flow[step]}
    yield "flow/corrected", {"value": flow["after_corrections"]}
    yield "checklist/invited", {"value": flow["invited"]}
    if flow["invited"] is not None:
        yield "flow/not_returned", {"value": flow["not_returned"]}
    for why in ("test entry", "repeat"):
        yield f"checklist/left-out/{why}", {"value": flow["excluded"].get(why, 0)}
    for why, number in flow["excluded"].items():
        yield f"flow/excluded: {why}", {"value": number}


def _characteristic(one):
    name, n = one["question"], one["answered"]
    yield f"table-1/{name}/missing", {"count": one["missing"], "n": one["asked"]}
    yield f"table-1/{name}/n", {"value": n}
    for option in one.get("options", ()):
        for kind in ("table-1", "people"):
            yield f"{kind}/{name}/{option['option']}", {"count": option["count"], "n": n}
    if "others" in one:
        yield f"people/{name}/all-others", {"count": one["others"], "n": n}
    for part in one.get("classes", ()):
        yield f"people/{name}/{part['low']:g}-{part['high']:g}", {"count": part["count"], "n": n}
    for what in ("least", "q1", "median", "q3", "most"):
        if what in one:
            yield f"table-1/{name}/{what}", {"value": one[what], "n": n}
    if "groups" in one:
        yield f"table-1/{name}/groups", {"value": one["groups"]}


def _limits(limits):
    for one in limits["one_sided"]:
        yield f"limits/{one['question']}", {"count": one["count"], "n": one["n"]}
    for one in limits["blank"]:
        yield f"limits/blank/{one['question']}", {"count": one["missing"], "n": one["asked"]}
    yield "limits/careless", {"value": limits["careless"]}


def parted(json_said):
    """Yield what agree --json says of how answers part, of answers together, and of verdicts by other rules."""
    for one in json_said["sides"]:
        for side in ("against", "equivocal", "for", "rest", "opted_out"):
            for page in ("", "-1", "-2"):
                yield f"sides{page}/{one['question']}/{side}", {"count": one[side], "n": one["n"]}
    for at, block in enumerate(json_said["ratings"]):
        for level in block["levels"]:
            if level.lstrip("-").isdigit():
                yield f"scale/ratings-{at}/{level}", {"value": int(level)}
        for one in block["questions"]:
            for level, count in one["counts"].items():
                yield f"ratings-{at}/{one['question']}/{level}", {"count": count, "n": one["n"]}
    for one in json_said["together"]:
        name = f"together/{one['question']}"
        yield name, {"value": 1, "count": one["n"], "n": one["n"]}
        yield f"{name}/rarer", {"value": one["rarer"]["count"]}
        for found in one["combinations"]:
            yield f"{name}/{'+'.join(found['options'])}", {"count": found["count"], "n": one["n"]}
    for one in json_said["rule_multiverse"]:
        name = f"multiverse/{one['item']}"
        yield f"{name}/rules", {"value": one["rules"]}
        yield f"{name}/in-by-rule", {"value": one["in_by_rule"]}
        for outcome, number in one["outcomes"].items():
            yield f"{name}/{outcome}", {"value": number}


def implied(json_said):
    """Yield how many sessions tell the chosen proposal from other definitions."""
    for one in json_said["implied"]:
        yield f"implied/{one['met_by']}/{one['not_met_by']}", {"value": one["sessions"]}


def met(json_said):
    """Yield which definitions patients meet together, the course on which they differ, and what stays unknown."""
    told = json_said["met_together"]
    yield "met-by/rarer", {"value": told["rarer"]["count"]}
    for found in told["combinations"]:
        yield f"met-by/{'+'.join(found['definitions'])}", {"count": found["count"], "n": told["n"]}
    for one in json_said["divided"]["verdicts"]:
        yield f"course/{one['definition']}/session", {"value": one["session_no"]}
        yield f"course/{one['definition']}/days", {"value": one["days"]}
        yield f"course/{one['definition']}/days at most", {"value": one["days_at_most"]}
    for row in json_said["counts"]:
        yield f"limits/unknown/{row['definition']}", {"count": row["unknown"], "n": json_said["patients"]}


def earlier(json_said):
    """Yield what agree --json says of the studies set beside this one."""
    for study in json_said["earlier"]:
        name = study["study"]
        yield f"{name}/people/answered", {"value": study["answered"]}
        yield f"{name}/people/invited", {"value": study["invited"]}
        yield f"compared/{name}/answers", {"value": study["compared"]}
        yield f"compared/{name}/apart", {"value": study["differing"]}
        for one in study["answers"]:
            then = {"count": one["their_count"], "n": one["their_n"]}
            yield f"{name}/share/{one['their_question']}/{one['their_option']}/answered", then
            apart = {"value": one["difference"], "low": one["low"], "high": one["high"]}
            yield f"difference/{name}/{one['question']}/{one['option']}", apart


def experts(json_said):
    """Yield what agree --json says of the experts' authority."""
    told = json_said["experts"]
    yield "experts/survey/told", {"count": told["told"], "n": told["answered"]}
    for what, key in (("judgment", "judgment"), ("familiarity", "familiarity_mean"), ("authority", "authority")):
        yield f"experts/survey/{what}", {"value": told[key], "n": told["told"]}
    for what, counts in (("familiarity-levels", told["familiarity"]), *told["bases"].items()):
        for at, count in enumerate(counts, start=1):
            yield f"experts/survey/{what}/{at}", {"value": count}
