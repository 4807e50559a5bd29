# När moderatorer får veta något, och hur de har det. Svenska är källspråket.
announce-threats = { $flags ->
    [one] **En ny flagga som brådskar:** ett hot, eller rapporterat av en betrodd medlem. Se den med `/kö`.
   *[other] **{ $flags } nya flaggor som brådskar:** hot, eller rapporterat av betrodda medlemmar. Se dem en i taget med `/kö`.
}
announce-oldest = Den äldsta flaggades { $when }.
announce-on-call = { $who }: något här kan vara ett hot eller brådskar av annat skäl, och någon behöver titta på det nu.
card-masked = Skällsord är maskerade; `/ärende` med `omaskerad` visar texten som den skrevs.
case-unmasked-name = omaskerad
case-unmasked-description = Visa texten som den skrevs, utan maskering av skällsord
pause-name = paus
pause-description = Din egen paus: se vad du har läst, ta en paus, sätt en gräns. Bara du ser det.
pause-hours-name = timmar
pause-hours-description = Hur många timmar du vill ha paus, en halv till 72
pause-limit-name = gräns
pause-limit-description = Efter hur många flaggor om dagen boten ska föreslå en paus; 0 föreslår ingen
pause-today = I dag har du { $cases ->
    [0] inte läst någon flagga.
    [one] läst en flagga{ $severe ->
        [0] .
       *[other] , och den var svår.
    }
   *[other] läst { $cases } flaggor, { $severe ->
        [0] ingen av dem svår.
        [one] en av dem svår.
       *[other] { $severe } av dem svåra.
    }
}
pause-week = De senaste sju dygnen: { $cases ->
    [0] inga flaggor.
    [one] en flagga{ $severe ->
        [0] .
       *[other] , och den var svår.
    }
   *[other] { $cases } flaggor, { $severe ->
        [0] ingen av dem svår.
        [one] en av dem svår.
       *[other] { $severe } av dem svåra.
    }
}
pause-bound = { $limit ->
    [0] Du har ingen gräns; sätt en med `/paus gräns`.
    [one] Efter en flagga om dagen föreslår boten en paus.
   *[other] Efter { $limit } flaggor om dagen föreslår boten en paus.
}
pause-off = Du har ingen paus just nu.
pause-on = Du har paus till { $when }. Kön finns kvar när du kommer tillbaka.
pause-ended = Pausen är slut. Välkommen tillbaka!
pause-alone = Bara du ser det här.
pause-one-hour = Pausa en timme
pause-morning = Pausa till i morgon kl. 7
pause-end = Avsluta pausen
pause-nudge = Du har läst { $cases ->
    [one] en flagga i dag
   *[other] { $cases } flaggor i dag
}{ $severe ->
    [0] .
    [one] , en av dem svår.
   *[other] , { $severe } av dem svåra.
} En paus gör gott; `/paus` lämnar kön till någon annan.
check-desk-unknown = Moderatorernas kanaler: { $channel } finns inte där boten är; rätta [desk]
check-on-call = Jourroll vid hot: @{ $role }, i #{ $channel }
check-on-call-silent = Jourroll vid hot: @{ $role } går inte att nämna; gör rollen nämnbar, eller ge boten ”Nämn @everyone, @here och alla roller” i #{ $channel }
check-on-call-unknown = Jourroll vid hot: { $role } finns inte där hoten hamnar; rätta [desk] ping_role
check-on-call-nowhere = Jourroll vid hot: det finns ingen kanal att nämna den i; ställ in [desk] threats_channel eller [discord] moderators_channel
