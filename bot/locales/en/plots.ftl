# Pictures of how thresholds do.
plot-percent = { $value }%
plot-all-channels = all channels
plot-channels = { $first } and { $more } more
plot-unnamed = a channel
plot-about = { $where } · { $period }
plot-about-cases = { $where } · { $period } · { $cases ->
    [one] one decided case
   *[other] { $cases } decided cases
}
plot-threshold = threshold
plot-score = the model's score
plot-hour = time of day in Sweden
plot-per-day = a day
plot-today = today { $value }
plot-proposed = proposed { $value }
plot-capacity = you can handle { $count }
plot-precision-title = Precision: { $label }
plot-both-title = Precision and recall: { $label }
plot-precision = precision
plot-recall = recall
plot-flags-title = Flags a day: { $label }
plot-flagged = flagged
plot-counted = let through
plot-reliability-title = Reliability of scores: { $label }
plot-upheld = upheld
plot-ideal = as scores promise
plot-workload-title = When on the day it comes in
plot-few = { $cases ->
    [one] Only one decided case: do not rely on it.
   *[other] Only { $cases } decided cases: the figures are uncertain.
}
plot-bands = The bands show the uncertainty (95%).
plot-recall-unknown = Band: 95% interval. What is missed is unknown without an audit sample.
plot-recall-unknown-alt = how much is missed is unknown without an audit sample
plot-counted-note = Messages let through are counted, and read by no human.
plot-reliability-note = Each point is { $each } cases on average; bars show the uncertainty (95%).
plot-day = { $count } a day to read.
plot-day-minutes = { $count } a day to read, about { $minutes } minutes.
plot-at = at the threshold { $threshold }, { $figures }
plot-at-today = at today's threshold { $threshold }, { $figures }
plot-at-proposed = at the proposed { $threshold }, { $figures }
plot-told-precision = { $share } of what is flagged is upheld (with 95% confidence { $between }, { $cases ->
    [one] one decided case
   *[other] { $cases } decided cases
})
plot-told-recall = { $share } of what should be flagged is caught (with 95% confidence { $between })
plot-told-precision-few = perhaps { $between } of what is flagged is upheld (only { $cases ->
    [one] one decided case
   *[other] { $cases } decided cases
})
plot-told-recall-few = perhaps { $between } of what should be flagged is caught (only { $cases ->
    [one] one decided case
   *[other] { $cases } decided cases
})
plot-told-unknown = the precision is unknown
plot-told-flags = there are { $count } a day
plot-capacity-alt = moderators can handle { $count } a day
plot-told-reliability = of what scored about { $score }, { $share } was upheld ({ $between }, { $cases ->
    [one] one case
   *[other] { $cases } cases
})
plot-busiest = { $share } comes { $first }–{ $last }
plot-told-nothing = nothing had to be read
plot-never-asked = Moderators do not decide whether something is { $label }, so how often the model is right cannot be said.
plot-none-decided = No case that shows how often the model is right about { $label } is decided in { $where } in this period. Decide some flags first, or choose more days.
plot-nothing-read = No messages were read in { $where } in this period. Choose more days or another channel.
