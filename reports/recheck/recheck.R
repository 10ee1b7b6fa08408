# Finds the numbers of a report again, from answers_tidy.csv, in base R and by other code than the report was made with.
#
#   Rscript recheck.R
#
# Reads numbers.csv and answers_tidy.csv beside this file. Shares, endorsements, Wilson, Clopper-Pearson, Goodman and
# Bonferroni limits, medians, quartiles, means, measures of consensus on a scale, differences between criteria with
# their tests, content validity, and verdicts of rules on shares are computed anew; what needs hospitals, random draws or definitions is counted and left. Differences are listed, and then
# the exit code is 1.

here <- dirname(c(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)), "./recheck.R")[1])
TOLERANCE <- 1e-9
LEVEL <- 0.95

read <- function(name) {
  path <- file(file.path(here, name), "rb")
  lines <- readLines(path, warn = FALSE)
  close(path)
  lines[1] <- sub("^\xef\xbb\xbf", "", lines[1], useBytes = TRUE)
  # bytes stay bytes, so that any language is read the same in any locale
  text <- textConnection(lines, encoding = "bytes")
  table <- read.csv(text, colClasses = "character", check.names = FALSE, na.strings = character(0))
  close(text)
  table
}
number <- function(text) suppressWarnings(as.numeric(text))

numbers <- read("numbers.csv")
answers <- read("answers_tidy.csv")
answers$chosen <- number(answers$chosen)
answers$score <- number(answers$score)
answers$endorsement <- number(answers$endorsement)
by_question <- split(answers, answers$question)

NOT_ASKED <- c("not_shown", "recused", "withdrawn")
ANSWERED <- c("answered", "imputed", "dont_know", "refused", "not_applicable")
COUNTED <- c("answered", "imputed")

# ---- limits, straight from the textbooks

wilson <- function(k, n, level = LEVEL) {
  as.numeric(suppressWarnings(prop.test(k, n, conf.level = level, correct = FALSE))$conf.int)
}
clopper_pearson <- function(k, n, level = LEVEL) as.numeric(binom.test(k, n, conf.level = level)$conf.int)
one_sided <- function(k, n, level = LEVEL) {
  if (k == 0) c(0, 1 - (1 - level)^(1 / n)) else c((1 - level)^(1 / n), 1)
}
half_votes <- function(x, level = LEVEL) {
  reach <- qnorm((1 + level) / 2) * sd(x) / sqrt(length(x))
  pmin(pmax(mean(x) + c(-reach, reach), 0), 1)
}
mean_limits <- function(x, level = LEVEL) {
  if (length(x) < 2 || sd(x) == 0) return(c(NA, NA))
  as.numeric(t.test(x, conf.level = level)$conf.int)
}
limits_of <- function(method, k, n) {
  options <- number(sub(".* over ", "", method))
  switch(sub(" over .*", "", method),
    "wilson" = wilson(k, n),
    "exact one-sided" = one_sided(k, n),
    "clopper-pearson" = clopper_pearson(k, n),
    "goodman" = , "wilson, bonferroni" = wilson(k, n, 1 - (1 - LEVEL) / options),
    NULL
  )
}

# ---- answers: who belongs to a base, how often an option was chosen

in_group <- function(rows, group) {
  if (is.null(group)) return(rows)
  cut <- regexpr("=", group, fixed = TRUE)
  by <- by_question[[substr(group, 1, cut - 1)]]
  if (is.null(by)) return(NULL)
  inside <- by$person[by$option == substring(group, cut + 1) & by$chosen %in% 1]
  rows[rows$person %in% inside, ]
}
people <- function(rows, base) {
  asked <- !(rows$kind %in% NOT_ASKED)
  unique(rows$person[switch(base, asked = asked, answered = rows$kind %in% ANSWERED, committed = rows$committed == "1")])
}
chosen <- function(rows, option, base) {
  sum(rows$option == option & rows$chosen %in% 1 & rows$person %in% people(rows, base))
}
scores <- function(rows) rows$score[rows$kind %in% COUNTED & !is.na(rows$score) & !(rows$chosen %in% 0)]
support <- function(rows, coding) {
  base <- rows[rows$kind %in% ANSWERED, ]
  worth <- base$endorsement
  opted_out <- is.na(worth)
  if (coding == "drop") worth <- worth[!opted_out & worth != 0.5]
  if (coding == "as_no") worth[!opted_out & worth == 0.5] <- 0
  if (coding == "as_yes") worth[!opted_out & worth == 0.5] <- 1
  if (coding != "drop") worth[opted_out] <- 0
  list(yes = worth, against = if (coding == "drop") 1 - worth else (1 - worth) * !opted_out)
}

# ---- agreement on a scale, from the counts of its points

middle_counts <- function(rows) {
  worth <- rows$endorsement[rows$kind %in% ANSWERED & !is.na(rows$endorsement)]
  as.numeric(table(factor(worth, levels = c(0, 0.5, 1))))
}
on_scale <- function(measure, f) {
  p <- f / sum(f)
  k <- length(f)
  x <- seq_len(k)
  cumulated <- cumsum(p)[-k]
  switch(measure,
    consensus = 1 + sum((p * log2(1 - abs(x - sum(p * x)) / (k - 1)))[p > 0]),
    leik = sum(pmin(cumulated, 1 - cumulated)) / ((k - 1) / 2),
    entropy = -sum((p * log2(p))[p > 0]) / log2(k),
    rwg = 1 - var(rep(x, f)) / ((k^2 - 1) / 12),
    NULL
  )
}

# ---- the same people on two criteria (full support is a yes), and ratings of relevance

pairs <- numbers$id[grepl("^difference/[^/]+/against=[^/]+$", numbers$id)]
firsts <- sub("^difference/(.*)/against=.*$", "\\1", pairs)
seconds <- sub("^.*/against=", "", pairs)
votes_on <- function(question) {
  rows <- by_question[[question]]
  rows <- rows[rows$kind %in% ANSWERED, ]
  setNames(rows$endorsement %in% 1, rows$person)
}
votes <- sapply(unique(c(firsts, seconds)), votes_on, simplify = FALSE)
whole <- if (length(votes)) Reduce(intersect, lapply(votes, names))
sided <- function(question) factor(votes[[question]][whole], levels = c(TRUE, FALSE))
crossed <- function(first, second) table(sided(first), sided(second))
mid_p <- function(first, second) {
  t <- crossed(first, second)
  n <- t[1, 2] + t[2, 1]
  k <- min(t[1, 2], t[2, 1])
  if (n == 0) 1 else min(1, 2 * pbinom(k, n, 0.5) - dbinom(k, n, 0.5))
}
newcombe <- function(first, second) {
  t <- crossed(first, second)
  n <- sum(t)
  p <- c(sum(t[1, ]), sum(t[, 1])) / n
  reach <- abs(sapply(p * n, wilson, n = n) - rep(p, each = 2))
  spread <- sqrt(prod(as.numeric(rowSums(t)), as.numeric(colSums(t))))
  product <- t[1, 1] * t[2, 2] - t[1, 2] * t[2, 1]
  if (product > 0) product <- max(product - n / 2, 0)
  phi <- if (spread > 0) product / spread else 0
  root <- function(a, b) sqrt(max(a^2 - 2 * phi * a * b + b^2, 0))
  p[1] - p[2] + c(0, -root(reach[1, 1], reach[2, 2]), root(reach[1, 2], reach[2, 1]))
}
holm <- if (length(pairs)) p.adjust(mapply(mid_p, firsts, seconds), "holm")
found_pair <- function(row, parts) {
  at <- which(firsts == parts[2] & seconds == sub("^against=", "", parts[3]))
  if (row$method == "newcombe paired") {
    c(setNames(newcombe(firsts[at], seconds[at]), c("value", "low", "high")), n = length(whole))
  } else if (row$method == "mcnemar, mid-p") {
    c(value = if (grepl("holm", parts[1])) holm[[at]] else mid_p(firsts[at], seconds[at]), n = length(whole))
  }
}
relevant_from <- unique(number(numbers$value[grepl("^relevant from/", numbers$id)]))
found_relevant <- function(row, parts) {
  x <- scores(by_question[[parts[2]]])
  n <- length(x)
  if (length(relevant_from) != 1 || n == 0) return(NULL)
  k <- sum(x >= relevant_from)
  switch(parts[1],
    "i-cvi" = shown(row, k, n),
    "modified kappa" = c(value = (k / n - dbinom(k, n, 0.5)) / (1 - dbinom(k, n, 0.5)), n = n, count = k),
    "cvr" = c(value = 2 * k / n - 1, n = n, count = k),
    "cvr needed" = if (qbinom(0.95, n, 0.5) < n) c(value = 2 * (qbinom(0.95, n, 0.5) + 1) / n - 1, n = n)
  )
}

# ---- one row of numbers.csv: what R finds for it, or NULL where it can't be had from single answers

found_share <- function(row, parts) {
  rest <- parts[-(1:4)]
  rest <- rest[!(rest %in% c("exact-one-sided", "clopper-pearson"))]
  if (any(rest %in% "design") || any(grepl("^(icc|round)-", rest))) return(NULL)
  rows <- in_group(by_question[[parts[2]]], if (length(rest)) paste(rest, collapse = "/"))
  if (is.null(rows)) return(NULL)
  base <- if (parts[1] == "share") parts[4] else row$base
  shown(row, chosen(rows, parts[3], base), length(people(rows, base)))
}
shown <- function(row, k, n) {
  limits <- limits_of(row$method, k, n)
  if (is.null(limits)) return(NULL)
  c(value = k / n, low = limits[1], high = limits[2], n = n, count = k)
}
found_endorsement <- function(row, parts) {
  if (length(parts) > 3 && !(parts[4] %in% "exact-one-sided")) return(NULL)
  worth <- support(by_question[[parts[2]]], parts[3])$yes
  n <- length(worth)
  limits <- switch(row$method, normal = half_votes(worth), limits_of(row$method, sum(worth), n))
  if (is.null(limits)) return(NULL)
  c(value = mean(worth), low = limits[1], high = limits[2], n = n, count = sum(worth))
}
found_number <- function(row, parts) {
  x <- scores(by_question[[parts[2]]])
  if (parts[1] == "mean") {
    limits <- mean_limits(x)
    return(c(value = mean(x), low = limits[1], high = limits[2], n = length(x)))
  }
  told <- regmatches(row$method, regexec("quantile type ([1-9])", row$method))[[1]]
  kind <- if (length(told)) as.integer(told[2]) else 7
  quarter <- function(share) as.numeric(quantile(x, share, type = kind))
  value <- switch(parts[1], median = median(x), q1 = quarter(0.25), q3 = quarter(0.75), iqr = quarter(0.75) - quarter(0.25))
  c(value = value, n = length(x))
}
found_rated <- function(row, parts) {
  ends <- number(strsplit(parts[3], "..", fixed = TRUE)[[1]])
  if (length(ends) != 2 || anyNA(ends)) return(NULL)
  x <- scores(by_question[[parts[2]]])
  k <- sum(x >= ends[1] & x <= ends[2])
  c(value = k / length(x), n = length(x), count = k)
}
found_on_scale <- function(row, parts) {
  f <- if ("middle" %in% parts) middle_counts(by_question[[parts[2]]])
  value <- if (!is.null(f)) on_scale(parts[1], f)
  if (!is.null(value)) c(value = value, n = sum(f))
}
found_verdict <- function(row, parts) {
  rule <- regmatches(row$method, regexec("^share\\(agree\\) (>=|>) ([0-9.]+)%$", row$method))[[1]]
  if (!length(rule)) return(NULL)
  threshold <- as.numeric(rule[3]) / 100
  votes <- support(by_question[[parts[2]]], parts[3])
  n <- length(votes$yes)
  passes <- function(share) if (rule[2] == ">=") share >= threshold - 1e-12 else share > threshold + 1e-12
  value <- switch(parts[1],
    margin = sum(votes$yes) / n - threshold,
    against = sum(votes$against) / n,
    # where both sides pass (half and half of a rule that half suffices for) there is no consensus
    verdict = passes(sum(votes$yes) / n) - passes(sum(votes$against) / n)
  )
  c(value = value, n = n)
}
found_against <- function(row, parts) {
  against <- support(by_question[[parts[2]]], parts[3])$against
  c(value = mean(against), n = length(against), count = sum(against))
}
found_any <- function(row, parts) {
  rows <- by_question[[parts[2]]]
  k <- length(unique(rows$person[rows$chosen %in% 1 & rows$kind %in% COUNTED]))
  shown(row, k, length(people(rows, "answered")))
}
found_by_count <- function(row) {
  k <- number(row$count)
  n <- number(row$n)
  if (is.na(k) || is.na(n) || n == 0 || k != round(k)) return(NULL)
  limits <- limits_of(row$method, k, n)
  if (is.null(limits)) return(NULL)
  c(value = k / n, low = limits[1], high = limits[2])
}
found <- function(row) {
  parts <- strsplit(row$id, "/", fixed = TRUE)[[1]]
  if (row$method == "cochran q") {
    together <- sapply(votes, function(one) as.numeric(one[whole]))
    return(c(value = friedman.test(together)$p.value, n = length(whole)))  # Friedman's test of 0 and 1 is Cochran's
  }
  if (length(parts) < 2 || is.null(by_question[[parts[2]]])) return(found_by_count(row))
  switch(parts[1],
    "share" = , "joint share" = , "exact share" = found_share(row, parts),
    "endorsement" = found_endorsement(row, parts),
    "median" = , "q1" = , "q3" = , "iqr" = , "mean" = found_number(row, parts),
    "consensus" = , "leik" = , "entropy" = , "rwg" = found_on_scale(row, parts),
    "rated" = found_rated(row, parts),
    "margin" = , "verdict" = found_verdict(row, parts),
    "against" = found_against(row, parts),
    "any option" = found_any(row, parts),
    "difference" = , "p value of a difference" = , "p value of a difference, holm" = found_pair(row, parts),
    "i-cvi" = , "modified kappa" = , "cvr" = , "cvr needed" = found_relevant(row, parts),
    NULL
  )
}

# ---- all of them

COMPARED <- c("value", "low", "high", "n", "count")
equal <- checked <- left <- 0
for (at in seq_len(nrow(numbers))) {
  row <- as.list(numbers[at, ])
  again <- found(row)
  if (is.null(again)) {
    left <- left + 1
    next
  }
  checked <- checked + 1
  parts <- intersect(COMPARED, names(again))
  written <- vapply(parts, function(part) number(row[[part]]), 0)
  # a limit that one side has and the other has not is a difference too, but for random draws, which R does not repeat
  asked <- !(is.na(written) & is.na(again[parts])) & !(is.na(again[parts]) & grepl("bootstrap", row$method))
  same <- !is.na(written) & !is.na(again[parts]) & abs(written - again[parts]) <= TOLERANCE * pmax(1, abs(written))
  if (all(same[asked])) {
    equal <- equal + 1
  } else {
    for (part in parts[asked & !same]) {
      cat(sprintf("%s: %s is %s in numbers.csv, R finds %.15g\n", row$id, part, row[[part]], again[[part]]))
    }
  }
}
cat(sprintf("%d of %d numbers equal\n", equal, checked))
beyond <- "further numbers need hospitals, random draws, other studies, regressions or definitions, and are not computed here."
if (left) cat(sprintf("%d %s\n", left, beyond))
quit(status = if (equal == checked) 0 else 1)
