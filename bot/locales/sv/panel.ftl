panel-name = panel
panel-description = Öppna granskningen i webbläsaren, eller logga ut överallt
panel-what-name = gör
panel-what-description = Lämna tomt för en länk, eller välj avsluta för att logga ut överallt
panel-end-name = avsluta
panel-link = Öppna granskningen: { $link }
    Länken är bara din. Den gäller en gång och i fem minuter; dela den inte med någon.
demo-next-panel = granska i webbläsaren: öppna länken som skrivs ut
panel-near = Länken fungerar bara på den dator där boten körs.
panel-closed = Panelen är inte igång just nu. Den som sköter boten ser i loggen varför.
panel-ended = { $count ->
    [0] Du var inte inloggad någonstans. Har du en länk som inte är använd gäller den inte längre.
    [one] Du är utloggad. Har du en länk som inte är använd gäller den inte längre.
   *[other] Du är utloggad på alla { $count } ställen. Har du en länk som inte är använd gäller den inte längre.
}
web-broken = Formuläret kom inte fram helt. Gå tillbaka och försök igen.
web-unsure = Discord svarar inte, så vi kan inte se om din roll fortfarande gäller. Försök igen om en stund.
web-there-already = Granskningen finns redan på { $address }, och länken leder dit.
check-panel = panelen finns på { $address } när boten är igång
check-panel-off = panelen är avstängd ([web] enabled = false)
check-panel-taken = porten { $place } används av ett annat program, så boten skulle starta utan panel: välj en annan i [web] port
check-panel-any = panelen får en ledig port när boten startar; loggen säger vilken
check-panel-open = panelen på { $place } nås från andra datorer utan https: sätt host till 127.0.0.1, eller en proxy med https framför och dess adress i [web] address
