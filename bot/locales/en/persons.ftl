# A person's rights: what the terminal tells an officer, and /mydata in Discord.
person-exported = The data are in { $folder }: { $cases ->
    [one] { $cases } case
   *[other] { $cases } cases
}, { $reports ->
    [one] { $reports } report
   *[other] { $reports } reports
}, { $appeals ->
    [one] { $appeals } appeal
   *[other] { $appeals } appeals
}. Give the folder to whoever asked, and delete it then.
person-nothing = Nothing is held of that person. A note that says so is in { $folder }.
person-erased = Erased: { $cases ->
    [one] { $cases } case
   *[other] { $cases } cases
} and { $reports ->
    [one] { $reports } report that the person had made
   *[other] { $reports } reports that the person had made
}.
stays-hold = Stays, because it is kept for legal claims (article 17.3 e): case { $cases }.
stays-review = Stays, because it is not decided (article 17.3 b and e): case { $cases }. Decide it, and erase then.
stays-archive = Stays, because it has to be archived (article 17.3 b and d): case { $cases }.
person-reports-stay = Stays, because the case is held: { $count ->
    [one] { $count } report that the person had made
   *[other] { $count } reports that the person had made
}.
person-service-stays = Stays: what the person has done in office as a moderator.
person-letter = The letter to whoever asked is in { $file }.
person-restricted = Restricted: case { $cases }. Its text is shown to nobody until that is lifted.
person-restricted-open = Nobody can decide case { $cases } while the restriction lasts.
person-restricted-before = Everything that is held is restricted already; nothing changed.
person-lifted = The restriction is lifted: case { $cases }.
person-not-restricted = Nothing is restricted; nothing changed.
mydata-name = mydata
mydata-description = Everything that the bot holds of you, in a file for you alone
mydata-summary = This is everything that is held of you: { $cases ->
    [one] { $cases } case
   *[other] { $cases } cases
}, { $reports ->
    [one] { $reports } report that you made
   *[other] { $reports } reports that you made
} and { $appeals ->
    [one] { $appeals } appeal
   *[other] { $appeals } appeals
}. Open the file in a browser (it is in Swedish): it also says how long it is kept, who can see it, and how to have it corrected or erased.
mydata-nothing = Nothing is held of you. Messages that are not flagged are not stored.
mydata-wait = You have had your data a short while ago; try again in { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}.
mydata-large = That is too much for a file in Discord; ask the municipality for your data, and you get them in another way.
mydata-mistake = Something went wrong, and you got no data; try again in a while.
