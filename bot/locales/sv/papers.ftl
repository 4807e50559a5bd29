# Dataskyddets handlingar. Svenska är källspråket.
papers-written = { $file }: { $count ->
    [0] inget återstår att fylla i
    [one] ett ställe är märkt FYLL I
   *[other] { $count } ställen är märkta FYLL I
}
