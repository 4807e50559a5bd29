# Klockan: när kommunen fick veta, och hur länge ett fall får vänta. Svenska är källspråket.
card-late = ⏱ Tidsgränsen har gått ut.
clock-told = ⏱ Tidsgränsen för **flagga { $flag }** har gått ut, och den är inte avgjord. Se den med `/ärende nummer:{ $flag }`.
clock-told-undone = ⏱ Tidsgränsen för **flagga { $flag }** har gått ut. Den är avgjord, men det som beslutades är inte genomfört än. Se den med `/ärende nummer:{ $flag }`.
clock-regime-supervision = Klockan går från uppsikt (BBS-lagen, lag 1998:112, 4 §): tiden räknas från det att ett fall flaggades.
clock-regime-knowledge = Klockan går från kännedom (BBS-lagen, lag 1998:112, 4 a § och 5 §): tiden räknas från det att någon i moderatorsgruppen först såg fallet.
clock-kind-reported = rapporterat
clock-kind-other = övrigt
clock-late = { $late ->
    [0] Inget öppet fall har passerat sin tidsgräns.
    [one] Ett öppet fall har passerat sin tidsgräns.
   *[other] { $late } öppna fall har passerat sin tidsgräns.
}
clock-next = Nästa tidsgräns går ut om { $time }.
clock-left = { $time } kvar
clock-over = { $time } över tiden
clock-hours = { $hours } tim
clock-running-none = Ingen klocka går just nu.
clock-undone = avgjort, inte genomfört
clock-open = öppet
clock-column-case = Fall
clock-column-kind = Kategori
clock-column-begin = Klockan började
clock-column-left = Tid
clock-column-state = Läge
clock-month = { $month }: fall som avgjordes, och hur snabbt
clock-month-none = { $month }: inget fall avgjordes, och inget är öppet.
clock-all = Alla
clock-column-limit = Tidsgräns
clock-column-decided = Avgjorda
clock-column-within = I tid
clock-column-overdue = För sent
clock-column-open = Öppna
clock-column-seen = Till första blicken
clock-column-to-decided = Till beslut
clock-column-acted = Till åtgärd
clock-took = { $median }, nio av tio { $ninety }
