# The data-protection papers. Swedish is the source.
papers-written = { $file }: { $count ->
    [0] nothing is left to fill in
    [one] one place is marked FYLL I
   *[other] { $count } places are marked FYLL I
}
