# Klockan: när kommunen fick veta, och hur länge ett fall får vänta. Svenska är källspråket.
card-late = ⏱ Tidsgränsen har gått ut.
clock-told = ⏱ Tidsgränsen för **flagga { $flag }** har gått ut, och den är inte avgjord. Se den med `/ärende nummer:{ $flag }`.
clock-told-undone = ⏱ Tidsgränsen för **flagga { $flag }** har gått ut. Den är avgjord, men det som beslutades är inte genomfört än. Se den med `/ärende nummer:{ $flag }`.
