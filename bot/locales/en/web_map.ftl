web-map = Safety map
web-map-lead = Out of every 1,000 messages read, this many had a flag that was upheld, by channel and time of the week. The map covers { $weeks } whole weeks, { $period }, in Swedish time.
web-map-empty = Nothing was read in these weeks. The map fills up as time goes by, a whole week at a time.
web-map-scale = Upheld out of 1,000 read
web-map-below = below { $n }
web-map-above = { $n } or more
web-map-few = too few to show
web-map-caption = Upheld out of 1,000 messages read. Each cell is { $step } hours and begins at the hour above it; choose a cell to see the cases behind it.
web-map-caption-hours = Upheld out of 1,000 messages read, hour by hour. Choose a cell to see the cases behind it.
web-map-channel = Channel
web-map-day = Day
web-map-all = All channels
web-map-hours = The channel hour by hour
web-map-rest = Other channels
web-map-trend = The last weeks
web-map-trend-caption = Upheld out of 1,000 messages read, week by week
web-map-total = All weeks
web-map-rule = Why is there a dash in some cells?
web-map-rule-few = A cell with fewer than { $few } upheld or fewer than { $little } messages read is not shown: numbers that small say little about the place, and can point at somebody. None upheld of many read is shown, since it points at nobody.
web-map-rule-more = Where there is only one such cell in a row, or where the hidden cells together are still too few, one more cell is hidden. So a hidden cell cannot be worked out as the sum less the rest.
web-map-rule-sums = The { $own } channels in which most is written have a row each, and the others share one. Threads count as their channel. Sums across channels are not shown.
web-map-cases = The cases behind the cell
web-map-when = { $day } { $begin }–{ $end }
web-map-cases-count = { $n ->
    [one] One upheld case in these weeks.
   *[other] { $n } upheld cases in these weeks.
}
web-map-cases-most = No more are shown here.
web-map-cases-hidden = There are too few cases for them to be shown together here. You find them in the queue, among the decided ones.
web-map-cases-none = No case is upheld at the moment.
web-map-case = Flag { $number }
web-trend = Trend
