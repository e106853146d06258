<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>lqalbum</name>
        <message>
            <source>Finds the photos in your album that are not worth keeping, and shows why. It works offline, never deletes for good, and is free software under the Apache License 2.0.</source>
            <translation>Findet die Fotos im Album, die sich nicht aufzuheben lohnen, und zeigt, warum. Arbeitet ohne Netz, löscht nie endgültig und ist freie Software unter der Apache-Lizenz 2.0.</translation>
        </message>
        <message>
            <source>After T. Nanaumi, K. Kawamoto, H. Kera, “Low-Quality Image Detection by Hierarchical VAE”, ICCV workshops 2023, and R. Child, “Very Deep VAEs”, ICLR 2021.</source>
            <translation>Nach T. Nanaumi, K. Kawamoto, H. Kera, „Low-Quality Image Detection by Hierarchical VAE“, ICCV-Workshops 2023, und R. Child, „Very Deep VAEs“, ICLR 2021.</translation>
        </message>
        <message>
            <source>About LQ Album</source>
            <translation>Über LQ Album</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>see its package</source>
            <translation>siehe das Paket selbst</translation>
        </message>
        <message>
            <source>Recent folders</source>
            <translation>Zuletzt geöffnete Ordner</translation>
        </message>
        <message>
            <source>You have kept {count}.</source>
            <translation>Behalten: {count}.</translation>
        </message>
        <message>
            <source>Calibrated on {count}. At the strictness in use {share} are flagged by design, so what changes is which of the others are.</source>
            <translation>Kalibriert: {count}. Bei der jetzigen Strenge werden {share} mit Absicht markiert; es ändert sich, welche der anderen es sind.</translation>
        </message>
        <message>
            <source>All, mean</source>
            <translation>Alle, Mittel</translation>
        </message>
        <message>
            <source>“Normal” means my album</source>
            <translation>„Normal“ heißt mein Album</translation>
        </message>
        <message>
            <source>How far it is</source>
            <translation>Wie weit es ist</translation>
        </message>
        <message>
            <source>The model in use and the new one</source>
            <translation>Das benutzte Modell und das neue</translation>
        </message>
        <message>
            <source>At least {some} are needed to calibrate and {more} to fine-tune: press {keep} on good photos.</source>
            <translation>Zum Kalibrieren braucht es mindestens {some}, zum Nachtrainieren {more}: drücken Sie {keep} bei guten Fotos.</translation>
        </message>
        <message>
            <source>These are enough to calibrate; {more} are needed to fine-tune: press {keep} on good photos.</source>
            <translation>Zum Kalibrieren genügen sie; zum Nachtrainieren braucht es {more}: drücken Sie {keep} bei guten Fotos.</translation>
        </message>
        <message>
            <source>These are enough to calibrate and to fine-tune.</source>
            <translation>Sie genügen zum Kalibrieren und zum Nachtrainieren.</translation>
        </message>
        <message>
            <source>Calibrate</source>
            <translation>Kalibrieren</translation>
        </message>
        <message>
            <source>Fine-tune</source>
            <translation>Nachtrainieren</translation>
        </message>
        <message numerus="yes">
            <source>for {count} minutes</source>
            <translation>
                <numerusform>1 Minute lang</numerusform>
                <numerusform>{count} Minuten lang</numerusform>
            </translation>
        </message>
        <message>
            <source>How long to train</source>
            <translation>Wie lange trainiert wird</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Use the new model</source>
            <translation>Das neue Modell benutzen</translation>
        </message>
        <message>
            <source>Judge all photos by it from now on; decisions stay as they are</source>
            <translation>Ab jetzt alle Fotos damit beurteilen; Entscheidungen bleiben, wie sie sind</translation>
        </message>
        <message>
            <source>Back to the model ‘{name}’</source>
            <translation>Zurück zum Modell ‚{name}‘</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Beginnt…</translation>
        </message>
        <message>
            <source>Of so few one alone is {share} of 100: what the table says of kept photos is coarse.</source>
            <translation>Von so wenigen ist ein einziges schon {share} von 100: Was die Tabelle von den behaltenen sagt, ist grob.</translation>
        </message>
        <message>
            <source>Trained on {trained}, calibrated on {held} others, tested on {tested} that the new model has never seen. Areas (AUROC): 1 is never wrong, 0.5 is guessing; the ring is the model in use.</source>
            <translation>Trainiert: {trained}, kalibriert mit {held} anderen, geprüft: {tested}, die das neue Modell nie gesehen hat. Flächen (AUROC): 1 irrt nie, 0,5 ist geraten; der Ring ist das benutzte Modell.</translation>
        </message>
        <message>
            <source>The photos you keep can say what a good photo is. Calibrating leaves the network as it is and takes the percentiles from your kept photos: minutes. Fine-tuning trains the network on them, too: the longer, the more it knows your album. Both make a new model; the one in use stays.</source>
            <translation>Die Fotos, die Sie behalten, können sagen, was ein gutes Foto ist. Kalibrieren lässt das Netz, wie es ist, und nimmt die Perzentile von Ihren behaltenen Fotos: Minuten. Nachtrainieren trainiert das Netz auch mit ihnen: je länger, desto besser kennt es Ihr Album. Beides ergibt ein neues Modell; das benutzte bleibt.</translation>
        </message>
        <message>
            <source>Training: {bits} bits per dimension</source>
            <translation>Training: {bits} Bit je Dimension</translation>
        </message>
        <message>
            <source>Measured</source>
            <translation>Gemessen</translation>
        </message>
        <message>
            <source>In use</source>
            <translation>Benutzt</translation>
        </message>
        <message>
            <source>New</source>
            <translation>Neu</translation>
        </message>
        <message>
            <source>Reading photos…</source>
            <translation>Lese Fotos …</translation>
        </message>
        <message>
            <source>Kept photos flagged</source>
            <translation>Behaltene Fotos, markiert</translation>
        </message>
        <message>
            <source>Other photos flagged</source>
            <translation>Andere Fotos, markiert</translation>
        </message>
        <message>
            <source>Measuring kept photos…</source>
            <translation>Behaltene Fotos werden gemessen…</translation>
        </message>
        <message>
            <source>Comparing the two models…</source>
            <translation>Die beiden Modelle werden verglichen…</translation>
        </message>
        <message>
            <source>Self-test…</source>
            <translation>Selbsttest…</translation>
        </message>
        <message>
            <source>Duplicates and bursts…</source>
            <translation>Doppelte und Serien…</translation>
        </message>
        <message>
            <source>Self-test on my album…</source>
            <translation>Selbsttest mit meinem Album…</translation>
        </message>
        <message>
            <source>“Normal” means my album…</source>
            <translation>„Normal“ heißt mein Album…</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportieren…</translation>
        </message>
        <message>
            <source>{loupe} looks closer  ·  {help} all keys</source>
            <translation>{loupe} zeigt größer  ·  {help} alle Tasten</translation>
        </message>
        <message>
            <source>Left and right go on  ·  {loupe} goes back  ·  {help} all keys</source>
            <translation>Links und rechts weiter  ·  {loupe} zurück  ·  {help} alle Tasten</translation>
        </message>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation>{hours} h {minutes} min</translation>
        </message>
        <message numerus="yes">
            <source>Paused at {done} of {count} photos</source>
            <translation>
                <numerusform>Angehalten bei {done} von {count} Foto</numerusform>
                <numerusform>Angehalten bei {done} von {count} Fotos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{done} of {count} photos</source>
            <translation>
                <numerusform>{done} von {count} Foto</numerusform>
                <numerusform>{done} von {count} Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} min</translation>
        </message>
        <message>
            <source>Progress of the index</source>
            <translation>Fortschritt des Einlesens</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Let go of group, folder and search</source>
            <translation>Gruppe, Ordner und Suche aufheben</translation>
        </message>
        <message>
            <source>Keep  {key}</source>
            <translation>Behalten  {key}</translation>
        </message>
        <message>
            <source>Keep the photos chosen ({keys})</source>
            <translation>Gewählte Fotos behalten ({keys})</translation>
        </message>
        <message>
            <source>Delete  {key}</source>
            <translation>Löschen  {key}</translation>
        </message>
        <message>
            <source>Move the photos chosen to the trash ({keys})</source>
            <translation>Gewählte Fotos in den Papierkorb legen ({keys})</translation>
        </message>
        <message>
            <source>Undecided  {key}</source>
            <translation>Unentschieden  {key}</translation>
        </message>
        <message>
            <source>Take back what was decided on the photos chosen; those in the trash return ({keys})</source>
            <translation>Entscheidung über die gewählten Fotos zurücknehmen; die im Papierkorb kommen wieder ({keys})</translation>
        </message>
        <message>
            <source>{pace} a second</source>
            <translation>{pace} je Sekunde</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>noch {time}</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Duplicates and bursts</source>
            <translation>Doppelte und Serien</translation>
        </message>
        <message>
            <source>Comparing photos…</source>
            <translation>Fotos werden verglichen…</translation>
        </message>
        <message>
            <source>How many photos have been compared</source>
            <translation>Wie viele Fotos verglichen sind</translation>
        </message>
        <message>
            <source>Sets of photos</source>
            <translation>Gruppen von Fotos</translation>
        </message>
        <message>
            <source>Photos of the set; the chosen one is kept</source>
            <translation>Fotos der Gruppe; das gewählte wird behalten</translation>
        </message>
        <message>
            <source>{key}: keep the chosen photo and move the others to the trash, in one step</source>
            <translation>{key}: das gewählte Foto behalten und die anderen in den Papierkorb bewegen, in einem Schritt</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>{key}: take the last step back</source>
            <translation>{key}: den letzten Schritt zurücknehmen</translation>
        </message>
        <message>
            <source>The first ones appear here in a moment.</source>
            <translation>Die ersten erscheinen gleich hier.</translation>
        </message>
        <message>
            <source>There is only one photo here; comparing needs two.</source>
            <translation>Hier ist nur ein Foto; zum Vergleichen braucht es zwei.</translation>
        </message>
        <message>
            <source>Back to the grid ({keys})</source>
            <translation>Zurück zur Übersicht ({keys})</translation>
        </message>
        <message>
            <source>Keys act on the framed photo  ·  Tab changes sides  ·  arrows go on  ·  {full} 100 %</source>
            <translation>Tasten gelten dem Foto mit Rahmen  ·  Tab wechselt  ·  Pfeile gehen weiter  ·  {full} 100 %</translation>
        </message>
        <message>
            <source>No picture yet</source>
            <translation>Noch kein Bild</translation>
        </message>
        <message>
            <source>{name}, keys act on it</source>
            <translation>{name}, ihm gelten die Tasten</translation>
        </message>
        <message>
            <source>Something went wrong inside LQ Album. Your photos are as they were.</source>
            <translation>In LQ Album ist etwas schiefgegangen. Ihre Fotos sind, wie sie waren.</translation>
        </message>
        <message>
            <source>The log {file} has the details.</source>
            <translation>Einzelheiten stehen im Protokoll {file}.</translation>
        </message>
        <message>
            <source>photo</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>reconstruction</source>
            <translation>Rekonstruktion</translation>
        </message>
        <message>
            <source>not made yet</source>
            <translation>noch nicht gerechnet</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <source>The arrow keys go from photo to photo. No key deletes anything for good.</source>
            <translation>Die Pfeiltasten gehen von Foto zu Foto. Keine Taste löscht endgültig.</translation>
        </message>
        <message>
            <source>Move to the trash</source>
            <translation>In den Papierkorb legen</translation>
        </message>
        <message>
            <source>Choose a folder…</source>
            <translation>Ordner wählen …</translation>
        </message>
        <message>
            <source>Show all photos</source>
            <translation>Alle Fotos zeigen</translation>
        </message>
        <message>
            <source>Choose the folder with your photos, or drop it here. LQ Album looks at each photo, shows the doubtful ones beside what it expected to see, and lets you keep ({keep}) or delete ({delete}) them with one key. Nothing leaves this computer; deleted photos go to the trash and come back with {undo}.</source>
            <translation>Wählen Sie den Ordner mit Ihren Fotos, oder ziehen Sie ihn hierher. LQ Album sieht sich jedes Foto an und zeigt die zweifelhaften neben dem, was es erwartet hätte. Mit einer Taste behalten ({keep}) oder löschen ({delete}) Sie sie. Nichts verlässt diesen Rechner; Gelöschtes liegt im Papierkorb, und {undo} holt es zurück.</translation>
        </message>
        <message>
            <source>Looking for photos…</source>
            <translation>Suche Fotos …</translation>
        </message>
        <message>
            <source>No pictures in {folder}</source>
            <translation>Keine Bilder in {folder}</translation>
        </message>
        <message>
            <source>Which photos are not worth keeping?</source>
            <translation>Welche Fotos lohnen sich nicht?</translation>
        </message>
        <message>
            <source>Flagged photos that nobody decided on become “rejected” (rating -1), kept ones “accepted” (digiKam's label; stars stay yours to give). The photos are not touched, and a photo that has a sidecar is left alone.</source>
            <translation>Markierte Fotos, über die niemand entschieden hat, werden „abgelehnt“ (Bewertung -1), behaltene „angenommen“ (digiKams Markierung; Sterne vergeben Sie selbst). Die Fotos werden nicht angerührt, und ein Foto, das eine Begleitdatei hat, wird in Ruhe gelassen.</translation>
        </message>
        <message>
            <source>HTML: a page with pictures, to look at or to send</source>
            <translation>HTML: eine Seite mit Bildern, zum Ansehen oder Verschicken</translation>
        </message>
        <message>
            <source>CSV: a table for a spreadsheet</source>
            <translation>CSV: eine Tabelle für die Tabellenkalkulation</translation>
        </message>
        <message>
            <source>JSON: everything, for programs</source>
            <translation>JSON: alles, für Programme</translation>
        </message>
        <message>
            <source>JSON lines: a photo a line, for programs</source>
            <translation>JSON-Zeilen: ein Foto je Zeile, für Programme</translation>
        </message>
        <message>
            <source>Parquet: a table for data frames</source>
            <translation>Parquet: eine Tabelle für Data Frames</translation>
        </message>
        <message>
            <source>XMP sidecars beside the photos, for darktable, digiKam, Lightroom</source>
            <translation>XMP-Begleitdateien neben den Fotos, für darktable, digiKam, Lightroom</translation>
        </message>
        <message>
            <source>rejected</source>
            <translation>abgelehnt</translation>
        </message>
        <message>
            <source>accepted</source>
            <translation>angenommen</translation>
        </message>
        <message>
            <source>skipped: {name} is there already</source>
            <translation>übergangen: {name} ist schon da</translation>
        </message>
        <message>
            <source>{count} rejected</source>
            <translation>{count} abgelehnt</translation>
        </message>
        <message>
            <source>{count} accepted</source>
            <translation>{count} angenommen</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>File to write</source>
            <translation>Datei, die geschrieben wird</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen …</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>What will be written</source>
            <translation>Was geschrieben wird</translation>
        </message>
        <message>
            <source>At work</source>
            <translation>Bei der Arbeit</translation>
        </message>
        <message>
            <source>Write</source>
            <translation>Schreiben</translation>
        </message>
        <message>
            <source>Write to</source>
            <translation>Schreiben nach</translation>
        </message>
        <message>
            <source>Looking…</source>
            <translation>Sieht nach…</translation>
        </message>
        <message>
            <source>Writing…</source>
            <translation>Schreibt…</translation>
        </message>
        <message>
            <source>{count} skipped, since a sidecar is there already</source>
            <translation>{count} übergangen, da schon eine Begleitdatei da ist</translation>
        </message>
        <message>
            <source>{count} could not be written</source>
            <translation>{count} konnten nicht geschrieben werden</translation>
        </message>
        <message>
            <source>The file will hold {count}.</source>
            <translation>Die Datei wird enthalten: {count}.</translation>
        </message>
        <message>
            <source>… and {count} more</source>
            <translation>… und {count} mehr</translation>
        </message>
        <message>
            <source>Written: {name}, {count}.</source>
            <translation>Geschrieben: {name}, {count}.</translation>
        </message>
        <message>
            <source>To be written:</source>
            <translation>Wird geschrieben:</translation>
        </message>
        <message>
            <source>Written:</source>
            <translation>Geschrieben:</translation>
        </message>
        <message>
            <source>Photos before and after</source>
            <translation>Fotos davor und danach</translation>
        </message>
        <message>
            <source>Areas by corruption; the table has the same figures</source>
            <translation>Flächen nach Störung; die Tabelle hat dieselben Zahlen</translation>
        </message>
        <message>
            <source>Folders</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>All folders</source>
            <translation>Alle Ordner</translation>
        </message>
        <message>
            <source>Photos of all folders</source>
            <translation>Fotos aller Ordner</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>Entscheidung</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Jetzt</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Grund</translation>
        </message>
        <message>
            <source>Reconstruction</source>
            <translation>Rekonstruktion</translation>
        </message>
        <message numerus="yes">
            <source>{count} decisions chosen</source>
            <translation>
                <numerusform>{count} Entscheidung gewählt</numerusform>
                <numerusform>{count} Entscheidungen gewählt</numerusform>
            </translation>
        </message>
        <message>
            <source>Open the system's trash. LQ Album never empties it.</source>
            <translation>Papierkorb des Systems öffnen. LQ Album leert ihn nie.</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>The trash is the folder {folder}.</source>
            <translation>Der Papierkorb ist der Ordner {folder}.</translation>
        </message>
        <message>
            <source>Reading…</source>
            <translation>Lese …</translation>
        </message>
        <message>
            <source>Deletes only</source>
            <translation>Nur Gelöschtes</translation>
        </message>
        <message>
            <source>Decisions, newest first</source>
            <translation>Entscheidungen, neueste zuerst</translation>
        </message>
        <message>
            <source>Bring back</source>
            <translation>Zurückholen</translation>
        </message>
        <message>
            <source>Move the photos chosen from the trash to where they were</source>
            <translation>Gewählte Fotos aus dem Papierkorb an ihren Platz zurücklegen</translation>
        </message>
        <message>
            <source>Forget…</source>
            <translation>Vergessen …</translation>
        </message>
        <message>
            <source>Erase names and pictures of the deletes chosen from this library</source>
            <translation>Namen und Bilder der gewählten Löschungen aus dieser Bibliothek tilgen</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>Vergessen</translation>
        </message>
        <message>
            <source>Open the trash</source>
            <translation>Papierkorb öffnen</translation>
        </message>
        <message>
            <source>Nothing has been decided yet.</source>
            <translation>Noch wurde nichts entschieden.</translation>
        </message>
        <message>
            <source>{held} can be brought back from the trash</source>
            <translation>{held} im Papierkorb, zurückholbar</translation>
        </message>
        <message>
            <source>no picture kept</source>
            <translation>kein Bild aufbewahrt</translation>
        </message>
        <message>
            <source>no reconstruction</source>
            <translation>keine Rekonstruktion</translation>
        </message>
        <message numerus="yes">
            <source>{count} decisions</source>
            <translation>
                <numerusform>{count} Entscheidung</numerusform>
                <numerusform>{count} Entscheidungen</numerusform>
            </translation>
        </message>
        <message>
            <source>The index stopped</source>
            <translation>Das Einlesen wurde beendet</translation>
        </message>
        <message>
            <source>SCORES</source>
            <translation>WERTE</translation>
        </message>
        <message>
            <source>FILE</source>
            <translation>DATEI</translation>
        </message>
        <message>
            <source>AMONG GOOD PHOTOS</source>
            <translation>UNTER GUTEN FOTOS</translation>
        </message>
        <message>
            <source>No photo chosen</source>
            <translation>Kein Foto gewählt</translation>
        </message>
        <message>
            <source>CAMERA</source>
            <translation>KAMERA</translation>
        </message>
        <message>
            <source>My own keys</source>
            <translation>Eigene Tasten</translation>
        </message>
        <message>
            <source>Key for: {action}</source>
            <translation>Taste für: {action}</translation>
        </message>
        <message>
            <source>The usual keys again</source>
            <translation>Wieder die üblichen Tasten</translation>
        </message>
        <message>
            <source>Press the new key; {keys} is the usual one</source>
            <translation>Die neue Taste drücken; üblich ist {keys}</translation>
        </message>
        <message>
            <source>Preset of keys</source>
            <translation>Tastenbelegung</translation>
        </message>
        <message>
            <source>Keys as in</source>
            <translation>Tasten wie in</translation>
        </message>
        <message>
            <source>{key} would do two things: {actions}.</source>
            <translation>{key} täte zweierlei: {actions}.</translation>
        </message>
        <message>
            <source>Only for photos that can be read</source>
            <translation>Nur für lesbare Fotos</translation>
        </message>
        <message numerus="yes">
            <source>the {count} finest layers are imagined</source>
            <translation>
                <numerusform>die feinste Schicht ist erdacht</numerusform>
                <numerusform>die {count} feinsten Schichten sind erdacht</numerusform>
            </translation>
        </message>
        <message>
            <source>Depth {level} of {last}</source>
            <translation>Tiefe {level} von {last}</translation>
        </message>
        <message>
            <source>Heat map</source>
            <translation>Wärmebild</translation>
        </message>
        <message>
            <source>Working on it…</source>
            <translation>In Arbeit …</translation>
        </message>
        <message>
            <source>Wheel zooms all three  ·  {full} 100 %  ·  hold {flick} to flick  ·  {heat} heat map</source>
            <translation>Rad vergrößert alle drei  ·  {full} 100 %  ·  {flick} gedrückt tauscht  ·  {heat} Wärmebild</translation>
        </message>
        <message>
            <source>How much of the photo the reconstruction may use: to the left all of it, to the
right only its coarse structure. Where it breaks tells the scale of the damage. {finer} {coarser}</source>
            <translation>Wie viel die Rekonstruktion vom Foto benutzen darf: links alles, rechts nur seine
grobe Struktur. Wo sie zerbricht, liegt die Größe des Schadens. {finer} {coarser}</translation>
        </message>
        <message>
            <source>Depth of the reconstruction</source>
            <translation>Tiefe der Rekonstruktion</translation>
        </message>
        <message>
            <source>Depth</source>
            <translation>Tiefe</translation>
        </message>
        <message>
            <source>Depth {level} of {last}, as in the grid</source>
            <translation>Tiefe {level} von {last}, wie in der Übersicht</translation>
        </message>
        <message>
            <source>Fine</source>
            <translation>Fein</translation>
        </message>
        <message>
            <source>Coarse</source>
            <translation>Grob</translation>
        </message>
        <message>
            <source>reading the original…</source>
            <translation>lese das Original …</translation>
        </message>
        <message>
            <source>Heat map  ·  adds up to S_KL {s_kl}</source>
            <translation>Wärmebild  ·  ergibt in Summe S_KL {s_kl}</translation>
        </message>
        <message>
            <source>Heat map  ·  S_KL {s_kl}</source>
            <translation>Wärmebild  ·  S_KL {s_kl}</translation>
        </message>
        <message>
            <source>Repair the library</source>
            <translation>Bibliothek reparieren</translation>
        </message>
        <message>
            <source>The library in {folder} stays in use.</source>
            <translation>Die Bibliothek in {folder} bleibt in Gebrauch.</translation>
        </message>
        <message>
            <source>Folders of photos</source>
            <translation>Fotoordner</translation>
        </message>
        <message>
            <source>Add folder…</source>
            <translation>Ordner hinzufügen …</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>Aus der Liste nehmen</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <source>Show the folder in the file manager</source>
            <translation>Den Ordner in der Dateiverwaltung zeigen</translation>
        </message>
        <message>
            <source>Library folder</source>
            <translation>Bibliotheksordner</translation>
        </message>
        <message>
            <source>Choose another library folder</source>
            <translation>Anderen Bibliotheksordner wählen</translation>
        </message>
        <message>
            <source>Show the library folder</source>
            <translation>Den Bibliotheksordner zeigen</translation>
        </message>
        <message>
            <source>Choose a folder of photos</source>
            <translation>Ordner mit Fotos wählen</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>FOLDERS OF PHOTOS</source>
            <translation>FOTOORDNER</translation>
        </message>
        <message>
            <source>A folder that leaves the list is not looked at any more. Its photos and everything decided on them stay as they are.</source>
            <translation>Ein Ordner, der die Liste verlässt, wird nicht mehr angesehen. Seine Fotos und alles, was über sie entschieden wurde, bleiben, wie sie sind.</translation>
        </message>
        <message>
            <source>LIBRARY</source>
            <translation>BIBLIOTHEK</translation>
        </message>
        <message>
            <source>Holds scores, thumbnails and the record of your decisions, never photos. Another folder opens the window anew: with the library in it, or with a new one. The earlier one stays where it is.</source>
            <translation>Enthält Bewertungen, Vorschaubilder und das Protokoll Ihrer Entscheidungen, nie Fotos. Ein anderer Ordner öffnet das Fenster neu: mit der Bibliothek darin oder mit einer neuen. Die bisherige bleibt, wo sie ist.</translation>
        </message>
        <message>
            <source>Leave it on the list</source>
            <translation>Auf der Liste lassen</translation>
        </message>
        <message>
            <source>Back to the grid</source>
            <translation>Zurück zur Übersicht</translation>
        </message>
        <message>
            <source>Bars: scores of the good photos behind the model. Dashed line: flagged from here.
Triangle: this photo, {standing}.</source>
            <translation>Balken: Werte der guten Fotos hinter dem Modell. Gestrichelt: ab hier wird markiert.
Dreieck: dieses Foto, {standing}.</translation>
        </message>
        <message>
            <source>better</source>
            <translation>besser</translation>
        </message>
        <message>
            <source>worse</source>
            <translation>schlechter</translation>
        </message>
        <message>
            <source>{measured} measured. Mean area {mean}, between {low} and {high} with 95 % certainty.</source>
            <translation>{measured} gemessen. Mittlere Fläche {mean}, mit 95 % Sicherheit zwischen {low} und {high}.</translation>
        </message>
        <message>
            <source>Self-test on my album</source>
            <translation>Selbsttest mit meinem Album</translation>
        </message>
        <message>
            <source>Figures by corruption</source>
            <translation>Zahlen nach Störung</translation>
        </message>
        <message>
            <source>How many photos</source>
            <translation>Wie viele Fotos</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Beginnen</translation>
        </message>
        <message>
            <source>How far the self-test is</source>
            <translation>Wie weit der Selbsttest ist</translation>
        </message>
        <message>
            <source>Copies of your own photos are corrupted in 19 ways, in memory only, and the score has to tell them from the originals. An area (AUROC) of 1 is never wrong, 0.5 is guessing; FPR80 is the share of good photos flagged where 80 of 100 bad ones are.</source>
            <translation>Kopien Ihrer eigenen Fotos werden auf 19 Arten gestört, nur im Speicher, und der Wert muss sie von den Originalen unterscheiden. Eine Fläche (AUROC) von 1 irrt nie, 0,5 ist geraten; FPR80 ist der Anteil guter Fotos, die markiert werden, wo es 80 von 100 schlechten werden.</translation>
        </message>
        <message>
            <source>Take {count}</source>
            <translation>{count} nehmen</translation>
        </message>
        <message>
            <source>Corruption</source>
            <translation>Störung</translation>
        </message>
        <message>
            <source>{count} could not be measured.</source>
            <translation>{count} konnten nicht gemessen werden.</translation>
        </message>
        <message>
            <source>LQ Album opens no network connection: photos, scores and decisions stay on this computer. Originals are opened for reading only; the one thing that moves them is your decision, and it moves them to the system's trash.

The library folder holds thumbnails, reconstructions and the record of your decisions. “Forget” in the history erases chosen records. Removing the library folder removes all of it.</source>
            <translation>LQ Album öffnet keine Netzverbindung: Fotos, Werte und Entscheidungen bleiben auf diesem Rechner. Originale werden nur zum Lesen geöffnet; bewegt werden sie allein durch Ihre Entscheidung, und zwar in den Papierkorb des Systems.

Der Bibliotheksordner enthält Vorschaubilder, Rekonstruktionen und das Verzeichnis Ihrer Entscheidungen. „Vergessen“ im Verlauf tilgt gewählte Einträge. Wer den Bibliotheksordner entfernt, entfernt alles davon.</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Graphics card if there is one</source>
            <translation>Grafikkarte, falls vorhanden</translation>
        </message>
        <message>
            <source>Graphics card (CUDA)</source>
            <translation>Grafikkarte (CUDA)</translation>
        </message>
        <message>
            <source>CPU</source>
            <translation>Prozessor</translation>
        </message>
        <message>
            <source>Fewer keep the computer cool and quiet; more read faster.</source>
            <translation>Weniger halten den Rechner kühl und leise, mehr lesen schneller.</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>General</source>
            <translation>Allgemein</translation>
        </message>
        <message>
            <source>Judging</source>
            <translation>Bewertung</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>Datenschutz</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Farben</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>File…</source>
            <translation>Datei …</translation>
        </message>
        <message>
            <source>Flags {share}</source>
            <translation>Markiert {share}</translation>
        </message>
        <message>
            <source>Strictness</source>
            <translation>Strenge</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Rechnet auf</translation>
        </message>
        <message>
            <source>As suits this computer</source>
            <translation>Passend zu diesem Rechner</translation>
        </message>
        <message>
            <source>Decoding processes</source>
            <translation>Leseprozesse</translation>
        </message>
        <message>
            <source>Processes</source>
            <translation>Prozesse</translation>
        </message>
        <message>
            <source>Models (*.safetensors)</source>
            <translation>Modelle (*.safetensors)</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>Every photo that is not in the trash</source>
            <translation>Jedes Foto, das nicht im Papierkorb liegt</translation>
        </message>
        <message>
            <source>Flagged</source>
            <translation>Markiert</translation>
        </message>
        <message>
            <source>Probably not worth keeping, and not decided yet ({flagged})</source>
            <translation>Lohnt sich wohl nicht und ist noch nicht entschieden ({flagged})</translation>
        </message>
        <message>
            <source>Unsure</source>
            <translation>Unsicher</translation>
        </message>
        <message>
            <source>Near the limit: the detector itself is not sure. Not decided yet</source>
            <translation>Nahe der Grenze: das Programm ist selbst nicht sicher. Noch nicht entschieden</translation>
        </message>
        <message>
            <source>Undecided</source>
            <translation>Unentschieden</translation>
        </message>
        <message>
            <source>Neither kept nor deleted yet</source>
            <translation>Weder behalten noch gelöscht</translation>
        </message>
        <message>
            <source>Kept</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Photos you keep; they are not asked about again</source>
            <translation>Fotos, die Sie behalten; nach ihnen wird nicht mehr gefragt</translation>
        </message>
        <message>
            <source>Deleted</source>
            <translation>Gelöscht</translation>
        </message>
        <message>
            <source>In the system's trash; {undecided} or {keep} brings one back, {undo} the last</source>
            <translation>Im Papierkorb des Systems; {undecided} oder {keep} holt eines zurück, {undo} das letzte</translation>
        </message>
        <message>
            <source>Screens and scans</source>
            <translation>Bildschirm und Scans</translation>
        </message>
        <message>
            <source>Screenshots, drawings and scanned pages are never flagged</source>
            <translation>Bildschirmfotos, Zeichnungen und Scans werden nie markiert</translation>
        </message>
        <message>
            <source>Errors</source>
            <translation>Fehler</translation>
        </message>
        <message>
            <source>Files that could not be read, each with the reason; never flagged</source>
            <translation>Dateien, die nicht lesbar sind, mit dem Grund; nie markiert</translation>
        </message>
        <message>
            <source>Offline</source>
            <translation>Nicht da</translation>
        </message>
        <message>
            <source>On a drive that is not there, or gone from their folder</source>
            <translation>Auf einem Laufwerk, das nicht da ist, oder aus ihrem Ordner verschwunden</translation>
        </message>
        <message>
            <source>Add a folder of photos ({key})</source>
            <translation>Einen Ordner mit Fotos hinzufügen ({key})</translation>
        </message>
        <message>
            <source>PHOTOS</source>
            <translation>FOTOS</translation>
        </message>
        <message>
            <source>FOLDERS</source>
            <translation>ORDNER</translation>
        </message>
        <message>
            <source>Undo ({key})</source>
            <translation>Rückgängig ({key})</translation>
        </message>
        <message>
            <source>Percentiles measured on {photos} that are good.</source>
            <translation>Prozentränge gemessen an {photos}, die gut sind.</translation>
        </message>
        <message numerus="yes">
            <source>{count} deletes are forgotten.</source>
            <translation>
                <numerusform>{count} Löschung ist vergessen.</numerusform>
                <numerusform>{count} Löschungen sind vergessen.</numerusform>
            </translation>
        </message>
        <message>
            <source>Your file manager did not open the trash; look for it there.</source>
            <translation>Der Dateimanager hat den Papierkorb nicht geöffnet; bitte dort nachsehen.</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>Worst first</source>
            <translation>Schlechteste zuerst</translation>
        </message>
        <message>
            <source>Best first</source>
            <translation>Beste zuerst</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>Datum</translation>
        </message>
        <message>
            <source>Newest first</source>
            <translation>Neueste zuerst</translation>
        </message>
        <message>
            <source>Oldest first</source>
            <translation>Älteste zuerst</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Z first</source>
            <translation>Z zuerst</translation>
        </message>
        <message>
            <source>A first</source>
            <translation>A zuerst</translation>
        </message>
        <message>
            <source>File size</source>
            <translation>Dateigröße</translation>
        </message>
        <message>
            <source>Largest first</source>
            <translation>Größte zuerst</translation>
        </message>
        <message>
            <source>Smallest first</source>
            <translation>Kleinste zuerst</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>Menü</translation>
        </message>
        <message>
            <source>History, settings, keys and more ({key})</source>
            <translation>Verlauf, Einstellungen, Tasten und mehr ({key})</translation>
        </message>
        <message>
            <source>Search ({key})</source>
            <translation>Suche ({key})</translation>
        </message>
        <message>
            <source>Order: {words}</source>
            <translation>Reihenfolge: {words}</translation>
        </message>
        <message>
            <source>{words}; press to turn the order round</source>
            <translation>{words}; drücken kehrt die Reihenfolge um</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>Sortieren nach</translation>
        </message>
        <message>
            <source>Size of the photos</source>
            <translation>Größe der Fotos</translation>
        </message>
        <message>
            <source>Search by name or folder</source>
            <translation>Suche nach Name oder Ordner</translation>
        </message>
        <message>
            <source>Sort: {by}</source>
            <translation>Nach: {by}</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>How strict to be, in false alarms: to the right more photos are flagged, and more
good ones among them. Nothing is scored again. {calibration}</source>
            <translation>Wie streng, in Fehlalarmen: nach rechts werden mehr Fotos markiert, und mehr gute
sind darunter. Nichts wird neu bewertet. {calibration}</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal versuchen</translation>
        </message>
        <message>
            <source>Read these files anew, also those that have not changed since</source>
            <translation>Diese Dateien neu lesen, auch die seitdem unveränderten</translation>
        </message>
        <message>
            <source>Noise</source>
            <translation>Rauschen</translation>
        </message>
        <message>
            <source>Sharpness</source>
            <translation>Schärfe</translation>
        </message>
        <message>
            <source>Compression blocks</source>
            <translation>Kompressionsblöcke</translation>
        </message>
        <message>
            <source>Brightness</source>
            <translation>Helligkeit</translation>
        </message>
        <message>
            <source>Burnt-out areas</source>
            <translation>Ausgebrannte Flächen</translation>
        </message>
        <message>
            <source>Contrast</source>
            <translation>Kontrast</translation>
        </message>
        <message>
            <source>Blur</source>
            <translation>Unschärfe</translation>
        </message>
        <message>
            <source>Black point</source>
            <translation>Schwarzpunkt</translation>
        </message>
        <message>
            <source>Vividness of colours</source>
            <translation>Farbigkeit</translation>
        </message>
        <message>
            <source>Visible blocks</source>
            <translation>Sichtbare Blöcke</translation>
        </message>
        <message>
            <source>Broken lines</source>
            <translation>Unterbrochene Linien</translation>
        </message>
        <message>
            <source>Unusual light</source>
            <translation>Ungewöhnliches Licht</translation>
        </message>
        <message>
            <source>Unusual detail</source>
            <translation>Ungewöhnliche Details</translation>
        </message>
        <message>
            <source>Unusual texture</source>
            <translation>Ungewöhnliche Textur</translation>
        </message>
        <message>
            <source>Unusual structure</source>
            <translation>Ungewöhnliche Struktur</translation>
        </message>
        <message>
            <source>Unlike its reconstruction</source>
            <translation>Anders als rekonstruiert</translation>
        </message>
        <message>
            <source>above {share} %</source>
            <translation>über {share} %</translation>
        </message>
        <message>
            <source>Value {value}</source>
            <translation>Wert {value}</translation>
        </message>
        <message>
            <source>below {share} %</source>
            <translation>unter {share} %</translation>
        </message>
        <message>
            <source>Percentile</source>
            <translation>Prozentrang</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Lens</source>
            <translation>Objektiv</translation>
        </message>
        <message>
            <source>Exposure</source>
            <translation>Belichtung</translation>
        </message>
        <message>
            <source>Range</source>
            <translation>Spanne</translation>
        </message>
        <message>
            <source>{low} to {high} over samples</source>
            <translation>{low} bis {high} über Stichproben</translation>
        </message>
        <message>
            <source>{s_kl} nats per dimension</source>
            <translation>{s_kl} Nat je Dimension</translation>
        </message>
        <message>
            <source>percentile {share}; see the heat map</source>
            <translation>Prozentrang {share}; siehe Wärmebild</translation>
        </message>
        <message>
            <source>Split level</source>
            <translation>Trennstufe</translation>
        </message>
        <message>
            <source>Pixels</source>
            <translation>Pixel</translation>
        </message>
        <message>
            <source>Taken</source>
            <translation>Aufgenommen</translation>
        </message>
        <message>
            <source>You have kept {count} so far, too few to measure by; the {others} that are not flagged are taken as good instead.</source>
            <translation>Bisher behalten: {count}, zu wenig, um daran zu messen; stattdessen gelten als gut, da nicht markiert: {others}.</translation>
        </message>
        <message>
            <source>You have kept {count}; they are taken as good.</source>
            <translation>Behalten: {count}; sie gelten als gut.</translation>
        </message>
        <message>
            <source>Undecided again</source>
            <translation>Wieder unentschieden</translation>
        </message>
        <message>
            <source>Stands</source>
            <translation>Gilt</translation>
        </message>
        <message>
            <source>Undone</source>
            <translation>Rückgängig gemacht</translation>
        </message>
        <message>
            <source>No longer in the trash</source>
            <translation>Nicht mehr im Papierkorb</translation>
        </message>
        <message>
            <source>In the trash</source>
            <translation>Im Papierkorb</translation>
        </message>
        <message>
            <source>The names, thumbnails, reconstructions and reasons of these entries are erased from this library. Files are not touched, and this cannot be undone.</source>
            <translation>Namen, Vorschaubilder, Rekonstruktionen und Gründe dieser Einträge werden aus dieser Bibliothek getilgt. Dateien werden nicht angerührt, und es lässt sich nicht rückgängig machen.</translation>
        </message>
        <message numerus="yes">
            <source>{count} photos still in the system's trash: they stay there, but {key} and this list no longer bring them back.</source>
            <translation>
                <numerusform>{count} Foto liegt noch im Papierkorb des Systems: es bleibt dort, aber {key} und diese Liste holen es nicht mehr zurück.</numerusform>
                <numerusform>{count} Fotos liegen noch im Papierkorb des Systems: sie bleiben dort, aber {key} und diese Liste holen sie nicht mehr zurück.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Forget {count} deletes?</source>
            <translation>
                <numerusform>{count} Löschung vergessen?</numerusform>
                <numerusform>{count} Löschungen vergessen?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Forget {count} deletes</source>
            <translation>
                <numerusform>{count} Löschung vergessen</numerusform>
                <numerusform>{count} Löschungen vergessen</numerusform>
            </translation>
        </message>
        <message>
            <source>Keep the record</source>
            <translation>Eintrag behalten</translation>
        </message>
        <message>
            <source>No reason: it was not flagged or not scored</source>
            <translation>Kein Grund: nicht markiert oder nicht bewertet</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keines</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Entf</translation>
        </message>
        <message>
            <source>Escape</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Leertaste</translation>
        </message>
        <message>
            <source>Ctrl</source>
            <translation>Strg</translation>
        </message>
        <message>
            <source>Shift</source>
            <translation>Umschalt</translation>
        </message>
        <message>
            <source>Left arrow</source>
            <translation>Pfeil links</translation>
        </message>
        <message>
            <source>Right arrow</source>
            <translation>Pfeil rechts</translation>
        </message>
        <message>
            <source>Up arrow</source>
            <translation>Pfeil hoch</translation>
        </message>
        <message>
            <source>Down arrow</source>
            <translation>Pfeil runter</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>Pos1</translation>
        </message>
        <message>
            <source>End</source>
            <translation>Ende</translation>
        </message>
        <message>
            <source>Page up</source>
            <translation>Bild auf</translation>
        </message>
        <message>
            <source>Page down</source>
            <translation>Bild ab</translation>
        </message>
        <message>
            <source>Return</source>
            <translation>Eingabe</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>{key} moves between photos and fields; choose another key.</source>
            <translation>{key} führt zu anderen Fotos und Feldern; bitte eine andere Taste wählen.</translation>
        </message>
        <message>
            <source>0 to 5 stay free; choose another key.</source>
            <translation>0 bis 5 bleiben frei; bitte eine andere Taste wählen.</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Decide</source>
            <translation>Entscheiden</translation>
        </message>
        <message>
            <source>Undo, also decisions of earlier days</source>
            <translation>Rückgängig, auch Entscheidungen früherer Tage</translation>
        </message>
        <message>
            <source>Repeat what was undone</source>
            <translation>Rückgängiges wiederholen</translation>
        </message>
        <message>
            <source>In duplicates and bursts: keep one, delete the rest</source>
            <translation>Bei Doppelten und Serien: eines behalten, den Rest löschen</translation>
        </message>
        <message>
            <source>Select all photos shown</source>
            <translation>Alle gezeigten Fotos wählen</translation>
        </message>
        <message>
            <source>Back to the grid; select none</source>
            <translation>Zurück zur Übersicht; nichts wählen</translation>
        </message>
        <message>
            <source>Look closer: photo, reconstruction, heat map</source>
            <translation>Größer: Foto, Rekonstruktion, Wärmebild</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>Ansehen</translation>
        </message>
        <message>
            <source>Compare two photos; Tab changes sides</source>
            <translation>Zwei Fotos vergleichen; Tab wechselt die Seite</translation>
        </message>
        <message>
            <source>100 % at the pointer, from the original</source>
            <translation>100 % am Zeiger, aus dem Original</translation>
        </message>
        <message>
            <source>Hold for the reconstruction in place of the photo</source>
            <translation>Gedrückt halten: Rekonstruktion statt Foto</translation>
        </message>
        <message>
            <source>Show or hide the heat map</source>
            <translation>Wärmebild zeigen oder ausblenden</translation>
        </message>
        <message>
            <source>Reconstruction keeps finer detail</source>
            <translation>Rekonstruktion behält Feineres</translation>
        </message>
        <message>
            <source>Reconstruction keeps only coarse structure</source>
            <translation>Rekonstruktion behält nur Grobes</translation>
        </message>
        <message>
            <source>Flagged photos only, and back to all</source>
            <translation>Nur markierte Fotos, und zurück zu allen</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Finden</translation>
        </message>
        <message>
            <source>Why: reasons, numbers, camera data</source>
            <translation>Warum: Gründe, Zahlen, Kameradaten</translation>
        </message>
        <message>
            <source>Add a folder</source>
            <translation>Ordner hinzufügen</translation>
        </message>
        <message>
            <source>Album</source>
            <translation>Album</translation>
        </message>
        <message>
            <source>Look for new and changed photos</source>
            <translation>Nach neuen und geänderten Fotos sehen</translation>
        </message>
        <message>
            <source>History: what was decided, what can come back</source>
            <translation>Verlauf: was entschieden wurde, was zurückkann</translation>
        </message>
        <message>
            <source>Close the window</source>
            <translation>Fenster schließen</translation>
        </message>
        <message>
            <source>All keys</source>
            <translation>Alle Tasten</translation>
        </message>
        <message>
            <source> or </source>
            <translation> oder </translation>
        </message>
        <message>
            <source>Best: most pixels; then sharp, near its own reconstruction (little noise, few artefacts), and little burnt out.</source>
            <translation>Bestes: die meisten Pixel; dann scharf, nah an seiner eigenen Rekonstruktion (wenig Rauschen, wenig Artefakte) und wenig ausgebrannt.</translation>
        </message>
        <message>
            <source>Best: most pixels, then the best score.</source>
            <translation>Bestes: die meisten Pixel, dann die beste Bewertung.</translation>
        </message>
        <message>
            <source>Copies</source>
            <translation>Kopien</translation>
        </message>
        <message>
            <source>Burst</source>
            <translation>Serie</translation>
        </message>
        <message>
            <source>Burst and versions</source>
            <translation>Serie und Fassungen</translation>
        </message>
        <message>
            <source>Alike</source>
            <translation>Ähnlich</translation>
        </message>
        <message>
            <source>The same bytes in several files.</source>
            <translation>Dieselben Bytes in mehreren Dateien.</translation>
        </message>
        <message>
            <source>Taken within seconds of each other.</source>
            <translation>Innerhalb weniger Sekunden aufgenommen.</translation>
        </message>
        <message>
            <source>Taken within seconds of each other, and versions of one of these pictures.</source>
            <translation>Innerhalb weniger Sekunden aufgenommen, dazu Fassungen eines dieser Bilder.</translation>
        </message>
        <message>
            <source>Versions of one picture.</source>
            <translation>Fassungen eines Bildes.</translation>
        </message>
        <message>
            <source>less sharp than the best</source>
            <translation>unschärfer als das beste</translation>
        </message>
        <message>
            <source>more noise than the best</source>
            <translation>mehr Rauschen als das beste</translation>
        </message>
        <message>
            <source>more burnt out than the best</source>
            <translation>mehr ausgebrannt als das beste</translation>
        </message>
        <message>
            <source>{count} could go, {size}</source>
            <translation>{count} können weg, {size}</translation>
        </message>
        <message numerus="yes">
            <source>Keep {name}, move the {count} others to the trash</source>
            <translation>
                <numerusform>{name} behalten, das andere in den Papierkorb</numerusform>
                <numerusform>{name} behalten, die {count} anderen in den Papierkorb</numerusform>
            </translation>
        </message>
        <message>
            <source>No copies, no bursts, and no photos that look alike were found.</source>
            <translation>Es gibt keine Kopien, keine Serien und keine Fotos, die sich gleichen.</translation>
        </message>
        <message numerus="yes">
            <source>{count} sets</source>
            <translation>
                <numerusform>1 Gruppe</numerusform>
                <numerusform>{count} Gruppen</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing to delete here</source>
            <translation>Hier ist nichts zu löschen</translation>
        </message>
        <message>
            <source>Best</source>
            <translation>Bestes</translation>
        </message>
        <message>
            <source>worse than {share} of 100</source>
            <translation>schlechter als {share} von 100</translation>
        </message>
        <message>
            <source>in {folder}</source>
            <translation>in {folder}</translation>
        </message>
        <message>
            <source>Gaussian noise</source>
            <translation>Gaußsches Rauschen</translation>
        </message>
        <message>
            <source>Shot noise</source>
            <translation>Schrotrauschen</translation>
        </message>
        <message>
            <source>Impulse noise</source>
            <translation>Impulsrauschen</translation>
        </message>
        <message>
            <source>Defocus blur</source>
            <translation>Fokusunschärfe</translation>
        </message>
        <message>
            <source>Glass blur</source>
            <translation>Glasunschärfe</translation>
        </message>
        <message>
            <source>Motion blur</source>
            <translation>Bewegungsunschärfe</translation>
        </message>
        <message>
            <source>Zoom blur</source>
            <translation>Zoomunschärfe</translation>
        </message>
        <message>
            <source>Snow</source>
            <translation>Schnee</translation>
        </message>
        <message>
            <source>Frost</source>
            <translation>Frost</translation>
        </message>
        <message>
            <source>Fog</source>
            <translation>Nebel</translation>
        </message>
        <message>
            <source>Elastic transform</source>
            <translation>Elastische Verzerrung</translation>
        </message>
        <message>
            <source>Pixelation</source>
            <translation>Verpixelung</translation>
        </message>
        <message>
            <source>JPEG compression</source>
            <translation>JPEG-Kompression</translation>
        </message>
        <message>
            <source>Speckle noise</source>
            <translation>Speckle-Rauschen</translation>
        </message>
        <message>
            <source>Gaussian blur</source>
            <translation>Gaußsche Unschärfe</translation>
        </message>
        <message>
            <source>Spatter</source>
            <translation>Spritzer</translation>
        </message>
        <message>
            <source>Saturation</source>
            <translation>Sättigung</translation>
        </message>
        <message>
            <source>{flagged} of {total}</source>
            <translation>{flagged} von {total}</translation>
        </message>
        <message numerus="yes">
            <source>about {count} minutes left</source>
            <translation>
                <numerusform>noch etwa 1 Minute</numerusform>
                <numerusform>noch etwa {count} Minuten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about {count} seconds left</source>
            <translation>
                <numerusform>noch etwa 1 Sekunde</numerusform>
                <numerusform>noch etwa {count} Sekunden</numerusform>
            </translation>
        </message>
        <message>
            <source>What was scored after that is scored again by the next scan.</source>
            <translation>Was danach bewertet wurde, bewertet das nächste Einlesen noch einmal.</translation>
        </message>
        <message>
            <source>Decisions taken after that are not in it: a photo deleted since then is still in the system's trash, and the file manager brings it back.</source>
            <translation>Spätere Entscheidungen fehlen darin: Ein seitdem gelöschtes Foto liegt noch im Papierkorb des Systems, und der Dateimanager holt es zurück.</translation>
        </message>
        <message>
            <source>Thumbnails and reconstructions are made again as they are needed.</source>
            <translation>Vorschaubilder und Rekonstruktionen entstehen neu, wenn sie gebraucht werden.</translation>
        </message>
        <message>
            <source>There is no backup: it begins anew, and the next scan scores all photos again.</source>
            <translation>Es gibt keine Sicherung: Sie beginnt neu, und das nächste Einlesen bewertet alle Fotos noch einmal.</translation>
        </message>
        <message>
            <source>There is no backup: it begins anew without decisions. Deleted photos are still in the system's trash, and the file manager brings them back.</source>
            <translation>Es gibt keine Sicherung: Sie beginnt neu und ohne Entscheidungen. Gelöschte Fotos liegen noch im Papierkorb des Systems, und der Dateimanager holt sie zurück.</translation>
        </message>
        <message>
            <source>What cannot be used is kept beside it under another name; no photo is touched.</source>
            <translation>Was nicht benutzbar ist, bleibt unter anderem Namen daneben liegen; kein Foto wird angerührt.</translation>
        </message>
        <message>
            <source>A newer version of LQ Album reads it: to update is better than to repair.</source>
            <translation>Eine neuere Version von LQ Album kann sie lesen: Erneuern ist besser als Reparieren.</translation>
        </message>
        <message numerus="yes">
            <source>{count} photos</source>
            <translation>
                <numerusform>{count} Foto</numerusform>
                <numerusform>{count} Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>Its backup of {day} with {content} is sound: {place}</source>
            <translation>Ihre Sicherung vom {day} mit {content} ist heil: {place}</translation>
        </message>
        <message>
            <source>The library cannot be used as it is. Repair it?</source>
            <translation>Die Bibliothek ist so nicht benutzbar. Reparieren?</translation>
        </message>
        <message>
            <source>Leave it as it is</source>
            <translation>So lassen, wie sie ist</translation>
        </message>
        <message numerus="yes">
            <source>{count} files could not be read: {reasons}.</source>
            <translation>
                <numerusform>{count} Datei war nicht lesbar: {reasons}.</numerusform>
                <numerusform>{count} Dateien waren nicht lesbar: {reasons}.</numerusform>
            </translation>
        </message>
        <message>
            <source>Such files are never flagged and never counted as bad.</source>
            <translation>Solche Dateien werden nie markiert und zählen nie als schlecht.</translation>
        </message>
        <message>
            <source>There</source>
            <translation>Vorhanden</translation>
        </message>
        <message>
            <source>Not there: drive or folder is missing</source>
            <translation>Nicht da: Laufwerk oder Ordner fehlt</translation>
        </message>
        <message>
            <source>Will be added</source>
            <translation>Kommt hinzu</translation>
        </message>
        <message>
            <source>Leaves the list</source>
            <translation>Verlässt die Liste</translation>
        </message>
        <message>
            <source>{folder} is not watched any more ({photos}). The files and all decisions are as they were; add the folder again to see them.</source>
            <translation>{folder} wird nicht mehr beobachtet ({photos}). Dateien und Entscheidungen sind, wie sie waren; fügen Sie den Ordner wieder hinzu, um sie zu sehen.</translation>
        </message>
        <message>
            <source>Kept {names}.</source>
            <translation>Behalten: {names}.</translation>
        </message>
        <message>
            <source>Moved to the trash: {names}.</source>
            <translation>In den Papierkorb gelegt: {names}.</translation>
        </message>
        <message>
            <source>Undecided again: {names}.</source>
            <translation>Wieder unentschieden: {names}.</translation>
        </message>
        <message>
            <source>Kept and brought back from the trash: {names}.</source>
            <translation>Behalten und aus dem Papierkorb zurückgeholt: {names}.</translation>
        </message>
        <message>
            <source>Brought back from the trash: {names}.</source>
            <translation>Aus dem Papierkorb zurückgeholt: {names}.</translation>
        </message>
        <message>
            <source>damaged or cut short</source>
            <translation>beschädigt oder abgeschnitten</translation>
        </message>
        <message>
            <source>no picture</source>
            <translation>kein Bild</translation>
        </message>
        <message>
            <source>too large to decode safely</source>
            <translation>zu groß, um es sicher zu lesen</translation>
        </message>
        <message>
            <source>too small to judge</source>
            <translation>zu klein zum Bewerten</translation>
        </message>
        <message>
            <source>cannot be opened</source>
            <translation>lässt sich nicht öffnen</translation>
        </message>
        <message>
            <source>no longer there</source>
            <translation>nicht mehr da</translation>
        </message>
        <message>
            <source>takes too long to decode</source>
            <translation>braucht zu lange zum Lesen</translation>
        </message>
        <message>
            <source>makes its decoder crash</source>
            <translation>lässt das Lesen abstürzen</translation>
        </message>
        <message>
            <source>got no finite score</source>
            <translation>ergab keinen endlichen Wert</translation>
        </message>
        <message>
            <source>an empty file</source>
            <translation>eine leere Datei</translation>
        </message>
        <message>
            <source>no ordinary file</source>
            <translation>keine gewöhnliche Datei</translation>
        </message>
        <message>
            <source>a raw picture, which the extra [raw] reads</source>
            <translation>ein Rohbild, das die Erweiterung [raw] liest</translation>
        </message>
        <message>
            <source>no face from the front</source>
            <translation>kein Gesicht von vorn</translation>
        </message>
        <message>
            <source>too small for this model</source>
            <translation>zu klein für dieses Modell</translation>
        </message>
        <message>
            <source>strong noise</source>
            <translation>starkes Rauschen</translation>
        </message>
        <message>
            <source>blurred</source>
            <translation>unscharf</translation>
        </message>
        <message>
            <source>heavy compression</source>
            <translation>starke Kompression</translation>
        </message>
        <message>
            <source>visible blocks</source>
            <translation>sichtbare Blöcke</translation>
        </message>
        <message>
            <source>very dark</source>
            <translation>sehr dunkel</translation>
        </message>
        <message>
            <source>overexposed</source>
            <translation>überbelichtet</translation>
        </message>
        <message>
            <source>very bright</source>
            <translation>sehr hell</translation>
        </message>
        <message>
            <source>little contrast</source>
            <translation>wenig Kontrast</translation>
        </message>
        <message>
            <source>washed out</source>
            <translation>flau</translation>
        </message>
        <message>
            <source>faded colours</source>
            <translation>verblasste Farben</translation>
        </message>
        <message>
            <source>broken lines</source>
            <translation>unterbrochene Linien</translation>
        </message>
        <message>
            <source>unusual light</source>
            <translation>ungewöhnliches Licht</translation>
        </message>
        <message>
            <source>unusual detail</source>
            <translation>ungewöhnliche Details</translation>
        </message>
        <message>
            <source>unnatural texture</source>
            <translation>unnatürliche Textur</translation>
        </message>
        <message>
            <source>unusual structure</source>
            <translation>ungewöhnliche Struktur</translation>
        </message>
        <message>
            <source>unlike its reconstruction</source>
            <translation>anders als die Rekonstruktion</translation>
        </message>
        <message>
            <source>unusual in several small ways</source>
            <translation>in mehrerem leicht ungewöhnlich</translation>
        </message>
        <message numerus="yes">
            <source>{count} photos chosen</source>
            <translation>
                <numerusform>{count} Foto gewählt</numerusform>
                <numerusform>{count} Fotos gewählt</numerusform>
            </translation>
        </message>
        <message>
            <source>{names} and {name}</source>
            <translation>{names} und {name}</translation>
        </message>
        <message>
            <source>about {share} of 100 good photos</source>
            <translation>etwa {share} von 100 guten Fotos</translation>
        </message>
        <message>
            <source>worse than {share} of 100 good photos</source>
            <translation>schlechter als {share} von 100 guten Fotos</translation>
        </message>
        <message numerus="yes">
            <source>{count} photos left as they are.</source>
            <translation>
                <numerusform>{count} Foto blieb, wie es ist.</numerusform>
                <numerusform>{count} Fotos blieben, wie sie sind.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} photos, {size} in the trash</source>
            <translation>
                <numerusform>{count} Foto, {size} im Papierkorb</numerusform>
                <numerusform>{count} Fotos, {size} im Papierkorb</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Last look: {count} photos</source>
            <translation>
                <numerusform>Letzte Durchsicht: {count} Foto</numerusform>
                <numerusform>Letzte Durchsicht: {count} Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>Kept already: {photos}.</source>
            <translation>Schon behalten: {photos}.</translation>
        </message>
        <message>
            <source>Undecided already: {photos}.</source>
            <translation>Noch unentschieden: {photos}.</translation>
        </message>
        <message>
            <source>Measured on {count} good photos: {low} to {high} of 100 (95 % interval).</source>
            <translation>Gemessen an {count} guten Fotos: {low} bis {high} von 100 (95-%-Intervall).</translation>
        </message>
        <message>
            <source>Calibrated on them, the strictness in use would flag {low} to {high} of 100 good photos (95 % interval).</source>
            <translation>An ihnen kalibriert, würde die jetzige Strenge {low} bis {high} von 100 guten Fotos markieren (95-%-Intervall).</translation>
        </message>
        <message>
            <source>95 %: {low} to {high}, n = {count}</source>
            <translation>95 %: {low} bis {high}, n = {count}</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Nichts gefunden</translation>
        </message>
        <message>
            <source>No photo in this view has these words in its name or folder.</source>
            <translation>Kein Foto in dieser Ansicht hat diese Wörter im Namen oder Ordner.</translation>
        </message>
        <message numerus="yes">
            <source>{folders} are not there; the photos, scores and decisions are kept.</source>
            <translation>
                <numerusform>{folders} ist nicht da; Fotos, Werte und Entscheidungen bleiben erhalten.</numerusform>
                <numerusform>{folders} sind nicht da; Fotos, Werte und Entscheidungen bleiben erhalten.</numerusform>
            </translation>
        </message>
        <message>
            <source>Not scored yet</source>
            <translation>Noch nicht bewertet</translation>
        </message>
        <message>
            <source>Not readable</source>
            <translation>Nicht lesbar</translation>
        </message>
        <message>
            <source>Not in its folder</source>
            <translation>Nicht im Ordner</translation>
        </message>
        <message>
            <source>Screen</source>
            <translation>Bildschirm</translation>
        </message>
        <message>
            <source>Scan</source>
            <translation>Scan</translation>
        </message>
        <message>
            <source>bytes</source>
            <translation>Byte</translation>
        </message>
        <message>
            <source>{names} and {count} more</source>
            <translation>{names} und {count} weitere</translation>
        </message>
        <message>
            <source>about {share} of 100</source>
            <translation>etwa {share} von 100</translation>
        </message>
        <message>
            <source>worse than every good photo it was compared with</source>
            <translation>schlechter als jedes gute Foto im Vergleich</translation>
        </message>
        <message>
            <source>Undone.</source>
            <translation>Rückgängig gemacht.</translation>
        </message>
        <message>
            <source>Nothing was changed. {told}</source>
            <translation>Nichts wurde geändert. {told}</translation>
        </message>
        <message numerus="yes">
            <source>{count} photos left as they are ({done} done).</source>
            <translation>
                <numerusform>{count} Foto blieb, wie es ist ({done} erledigt).</numerusform>
                <numerusform>{count} Fotos blieben, wie sie sind ({done} erledigt).</numerusform>
            </translation>
        </message>
        <message>
            <source>Trash: {folders}</source>
            <translation>Papierkorb: {folders}</translation>
        </message>
        <message>
            <source>{count} hidden – show all</source>
            <translation>{count} verborgen – alle zeigen</translation>
        </message>
        <message>
            <source>{low}–{high}, n = {count}</source>
            <translation>{low}–{high}, n = {count}</translation>
        </message>
        <message>
            <source>No photos here</source>
            <translation>Hier sind keine Fotos</translation>
        </message>
        <message>
            <source>There are no pictures in this folder. Choose another one.</source>
            <translation>In diesem Ordner sind keine Bilder. Wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>Nothing left to review</source>
            <translation>Nichts mehr zu prüfen</translation>
        </message>
        <message>
            <source>No undecided photo is flagged. A higher strictness shows the next doubtful ones.</source>
            <translation>Kein unentschiedenes Foto ist markiert. Mehr Strenge zeigt die nächsten zweifelhaften.</translation>
        </message>
        <message>
            <source>Nothing unsure</source>
            <translation>Nichts unsicher</translation>
        </message>
        <message>
            <source>No undecided photo lies close to the limit.</source>
            <translation>Kein unentschiedenes Foto liegt nahe der Grenze.</translation>
        </message>
        <message>
            <source>All decided</source>
            <translation>Alles entschieden</translation>
        </message>
        <message>
            <source>Every photo here has been kept or deleted.</source>
            <translation>Jedes Foto hier wurde behalten oder gelöscht.</translation>
        </message>
        <message>
            <source>Nothing kept yet</source>
            <translation>Noch nichts behalten</translation>
        </message>
        <message>
            <source>Press {keep} on a photo to keep it.</source>
            <translation>{keep} behält ein Foto.</translation>
        </message>
        <message>
            <source>Nothing deleted</source>
            <translation>Nichts gelöscht</translation>
        </message>
        <message>
            <source>Press {delete} on a photo to move it to the trash.</source>
            <translation>{delete} legt ein Foto in den Papierkorb.</translation>
        </message>
        <message>
            <source>No screens or scans</source>
            <translation>Keine Bildschirmfotos oder Scans</translation>
        </message>
        <message>
            <source>No screenshots, drawings or scanned pages were found.</source>
            <translation>Keine Bildschirmfotos, Zeichnungen oder Scans gefunden.</translation>
        </message>
        <message>
            <source>No errors</source>
            <translation>Keine Fehler</translation>
        </message>
        <message>
            <source>Every file could be read.</source>
            <translation>Jede Datei war lesbar.</translation>
        </message>
        <message>
            <source>Nothing offline</source>
            <translation>Alles da</translation>
        </message>
        <message>
            <source>Every known photo is where it was.</source>
            <translation>Jedes bekannte Foto ist, wo es war.</translation>
        </message>
        <message>
            <source>Repeated.</source>
            <translation>Wiederholt.</translation>
        </message>
        <message numerus="yes">
            <source>{key} brings them back.</source>
            <translation>
                <numerusform>{key} holt es zurück.</numerusform>
                <numerusform>{key} holt sie zurück.</numerusform>
            </translation>
        </message>
        <message>
            <source>{key} undoes this.</source>
            <translation>{key} macht es rückgängig.</translation>
        </message>
        <message>
            <source>There is nothing to undo.</source>
            <translation>Es gibt nichts rückgängig zu machen.</translation>
        </message>
        <message>
            <source>Undone: {names}. {key} repeats it.</source>
            <translation>Rückgängig: {names}. {key} wiederholt es.</translation>
        </message>
        <message>
            <source>{photo} is kept.</source>
            <translation>{photo} bleibt.</translation>
        </message>
        <message numerus="yes">
            <source>Move {count} photos to the trash?</source>
            <translation>
                <numerusform>{count} Foto in den Papierkorb legen?</numerusform>
                <numerusform>{count} Fotos in den Papierkorb legen?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Move {count} photos to the trash</source>
            <translation>
                <numerusform>{count} Foto in den Papierkorb legen</numerusform>
                <numerusform>{count} Fotos in den Papierkorb legen</numerusform>
            </translation>
        </message>
        <message>
            <source>Leave them where they are</source>
            <translation>Lassen, wo sie sind</translation>
        </message>
        <message>
            <source>There is no trash for this folder, so nothing would be moved.</source>
            <translation>Für diesen Ordner gibt es keinen Papierkorb; es würde nichts bewegt.</translation>
        </message>
        <message numerus="yes">
            <source>{count} files that belong to them go along: {names}.</source>
            <translation>
                <numerusform>{count} zugehörige Datei kommt mit: {names}.</numerusform>
                <numerusform>{count} zugehörige Dateien kommen mit: {names}.</numerusform>
            </translation>
        </message>
        <message>
            <source>Not judged</source>
            <translation>Nicht beurteilt</translation>
        </message>
        <message>
            <source>{errors} not readable</source>
            <translation>{errors} nicht lesbar</translation>
        </message>
        <message>
            <source>No photo is chosen.</source>
            <translation>Kein Foto ist gewählt.</translation>
        </message>
        <message>
            <source>{photo} is offline; connect its drive to delete it.</source>
            <translation>{photo} ist nicht da; zum Löschen das Laufwerk anschließen.</translation>
        </message>
        <message>
            <source>Already in the trash; {undecided} or {keep} brings it back.</source>
            <translation>Schon im Papierkorb; {undecided} oder {keep} holt es zurück.</translation>
        </message>
        <message>
            <source>Every photo here is in the trash</source>
            <translation>Alle Fotos von hier sind im Papierkorb</translation>
        </message>
        <message numerus="yes">
            <source>{count} photos were moved there. {undo} takes the last step back, and the history ({history}) brings back what you choose.</source>
            <translation>
                <numerusform>{count} Foto wurde dorthin gelegt. {undo} nimmt den letzten Schritt zurück, und der Verlauf ({history}) holt zurück, was Sie auswählen.</numerusform>
                <numerusform>{count} Fotos wurden dorthin gelegt. {undo} nimmt den letzten Schritt zurück, und der Verlauf ({history}) holt zurück, was Sie auswählen.</numerusform>
            </translation>
        </message>
        <message>
            <source>There is nothing to repeat.</source>
            <translation>Es gibt nichts zu wiederholen.</translation>
        </message>
        <message>
            <source>Moved to the trash again: {names}.</source>
            <translation>Wieder in den Papierkorb gelegt: {names}.</translation>
        </message>
        <message>
            <source>{key} repeats the step.</source>
            <translation>{key} wiederholt den Schritt.</translation>
        </message>
        <message>
            <source>{size} in all: {names}. They go to the system's trash, which LQ Album never empties. {key} brings all of them back in one step.</source>
            <translation>Zusammen {size}: {names}. Sie kommen in den Papierkorb des Systems, den LQ Album nie leert. {key} holt alle in einem Schritt zurück.</translation>
        </message>
        <message>
            <source>The model holds no calibration for this version; run 'lqalbum calibrate'.</source>
            <translation>Das Modell enthält keine Kalibrierung für diese Version; rufen Sie „lqalbum calibrate“ auf.</translation>
        </message>
        <message>
            <source>The model was calibrated by another version; run 'lqalbum calibrate'.</source>
            <translation>Das Modell wurde von einer anderen Version kalibriert; rufen Sie „lqalbum calibrate“ auf.</translation>
        </message>
        <message>
            <source>At least {least} good photos are needed to calibrate; {count} found.</source>
            <translation>Zum Kalibrieren braucht es mindestens {least} gute Fotos; gefunden: {count}.</translation>
        </message>
        <message>
            <source>There is no device '{device}'; use 'auto', 'cuda' or 'cpu'.</source>
            <translation>Ein Gerät „{device}“ gibt es nicht; nehmen Sie „auto“, „cuda“ oder „cpu“.</translation>
        </message>
        <message>
            <source>No CUDA device is available here; use '--device cpu'.</source>
            <translation>Hier gibt es keine Grafikkarte mit CUDA; wählen Sie als Gerät die CPU.</translation>
        </message>
        <message>
            <source>There is no model file at {path}.</source>
            <translation>Es gibt keine Modelldatei {path}.</translation>
        </message>
        <message>
            <source>The model file {path} cannot be written: {why}.</source>
            <translation>Die Modelldatei {path} kann nicht geschrieben werden: {why}.</translation>
        </message>
        <message>
            <source>{path} is now another file, which LQ Album did not write; move it away and run this again.</source>
            <translation>{path} ist jetzt eine andere Datei, die nicht von LQ Album ist; schaffen Sie sie weg, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>{path} is not a readable model file; it may be truncated or of another kind.</source>
            <translation>{path} ist keine lesbare Modelldatei; vielleicht ist sie abgeschnitten oder von anderer Art.</translation>
        </message>
        <message>
            <source>{path} is not an LQ Album model of a version known here.</source>
            <translation>{path} ist kein Modell von LQ Album in einer Version, die hier bekannt ist.</translation>
        </message>
        <message>
            <source>{path} is not an LQ Album model: its header does not describe a network.</source>
            <translation>{path} ist kein Modell von LQ Album: Der Kopf der Datei beschreibt kein Netz.</translation>
        </message>
        <message>
            <source>The model file {path} is damaged: its checksum does not match.</source>
            <translation>Die Modelldatei {path} ist beschädigt: Die Prüfsumme stimmt nicht.</translation>
        </message>
        <message>
            <source>{path} does not hold the tensors that its own header promises.</source>
            <translation>{path} enthält nicht die Tensoren, die der Kopf der Datei verspricht.</translation>
        </message>
        <message>
            <source>{path} holds a tensor of the wrong shape or type: {key}.</source>
            <translation>{path} enthält einen Tensor von falscher Form oder Art: {key}.</translation>
        </message>
        <message>
            <source>{path} holds values that are not finite numbers: {key}.</source>
            <translation>{path} enthält Werte, die keine endlichen Zahlen sind: {key}.</translation>
        </message>
        <message>
            <source>The model to start from has another shape than the one to train.</source>
            <translation>Das Modell, von dem ausgegangen wird, hat eine andere Form als das zu trainierende.</translation>
        </message>
        <message>
            <source>The checkpoint {path} is of another network; remove it.</source>
            <translation>Der Zwischenstand {path} gehört zu einem anderen Netz; entfernen Sie ihn.</translation>
        </message>
        <message>
            <source>The checkpoint {path} cannot be written: {why}.</source>
            <translation>Der Zwischenstand {path} kann nicht geschrieben werden: {why}.</translation>
        </message>
        <message>
            <source>The checkpoint {path} cannot be read; remove it.</source>
            <translation>Der Zwischenstand {path} ist nicht lesbar; entfernen Sie ihn.</translation>
        </message>
        <message>
            <source>There is no file or folder {path}; check the name.</source>
            <translation>Es gibt keine Datei und keinen Ordner {path}; prüfen Sie den Namen.</translation>
        </message>
        <message>
            <source>{path} is neither a folder nor a regular file; name a photo.</source>
            <translation>{path} ist weder ein Ordner noch eine gewöhnliche Datei; nennen Sie ein Foto.</translation>
        </message>
        <message>
            <source>The folder {path} cannot be listed; check its permissions.</source>
            <translation>Der Inhalt des Ordners {path} lässt sich nicht lesen; prüfen Sie seine Zugriffsrechte.</translation>
        </message>
        <message>
            <source>There is not enough memory to score {path}; close other programs and scan again.</source>
            <translation>Der Speicher reicht nicht, um {path} zu bewerten; schließen Sie andere Programme, und lesen Sie den Ordner neu ein.</translation>
        </message>
        <message>
            <source>The model '{name}' is not part of this installation; name another or a model file.</source>
            <translation>Das Modell „{name}“ gehört nicht zu dieser Installation; nennen Sie ein anderes oder eine Modelldatei.</translation>
        </message>
        <message>
            <source>There is no model file at {path}; check the name.</source>
            <translation>Es gibt keine Modelldatei {path}; prüfen Sie den Namen.</translation>
        </message>
        <message>
            <source>The model file {path} cannot be read: {why}.</source>
            <translation>Die Modelldatei {path} kann nicht gelesen werden: {why}.</translation>
        </message>
        <message>
            <source>{path} is not an LQ Album model; name a file that 'lqalbum train' wrote.</source>
            <translation>{path} ist kein Modell von LQ Album; nennen Sie eine Datei, die „lqalbum train“ geschrieben hat.</translation>
        </message>
        <message>
            <source>{path} is not an LQ Album model; it says nothing about its network.</source>
            <translation>{path} ist kein Modell von LQ Album; die Datei sagt nichts über ihr Netz.</translation>
        </message>
        <message>
            <source>There is no model to make this picture; choose one in the settings.</source>
            <translation>Für dieses Bild fehlt ein Modell; wählen Sie in den Einstellungen eines aus.</translation>
        </message>
        <message>
            <source>{folder} is not a folder; name a folder of good photos.</source>
            <translation>{folder} ist kein Ordner; nennen Sie einen Ordner mit guten Fotos.</translation>
        </message>
        <message>
            <source>There is no picture in {folder}; name a folder of good photos.</source>
            <translation>In {folder} ist kein Bild; nennen Sie einen Ordner mit guten Fotos.</translation>
        </message>
        <message>
            <source>your kept photos</source>
            <translation>Ihre behaltenen Fotos</translation>
        </message>
        <message>
            <source>Every photo of {place} that can be read {lack}, or name another folder.</source>
            <translation>{place}: Jedes lesbare Foto {lack}, oder nennen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>shows no face from the front; judge it with '--model photo'</source>
            <translation>zeigt kein Gesicht von vorn; beurteilen Sie es mit dem Modell „photo“</translation>
        </message>
        <message>
            <source>is smaller than the {side} px this model looks at; judge it with another model</source>
            <translation>ist kleiner als die {side} px, auf die dieses Modell schaut; beurteilen Sie es mit einem anderen Modell</translation>
        </message>
        <message>
            <source>{folder} has {count} photos of at least {side} px to train on and {held_out} more to calibrate on; training needs at least {least} of each.</source>
            <translation>{folder} hat {count} Fotos mit mindestens {side} px zum Trainieren und {held_out} weitere zum Kalibrieren; das Training braucht von beiden mindestens {least}.</translation>
        </message>
        <message>
            <source>{folder} holds {count} photos with a face from the front that can be read; training needs at least {least} good ones.</source>
            <translation>Lesbare Fotos mit einem Gesicht von vorn in {folder}: {count}; zum Trainieren braucht es mindestens {least} gute.</translation>
        </message>
        <message>
            <source>A network '{preset}' cannot be trained on; start from photo or portrait.</source>
            <translation>Ein Netz „{preset}“ lässt sich nicht nachtrainieren; gehen Sie von „photo“ oder „portrait“ aus.</translation>
        </message>
        <message>
            <source>There is no checkpoint {path}; leave out --resume.</source>
            <translation>Es gibt keinen Zwischenstand {path}; lassen Sie --resume weg.</translation>
        </message>
        <message>
            <source>{path} is of an earlier run; go on from it with --resume, or move it away.</source>
            <translation>{path} ist von einem früheren Lauf; machen Sie mit --resume dort weiter, oder schaffen Sie die Datei weg.</translation>
        </message>
        <message>
            <source>There is no picture to measure; name a folder of photos.</source>
            <translation>Es gibt kein Bild zu messen; nennen Sie einen Ordner mit Fotos.</translation>
        </message>
        <message>
            <source>There is only one picture to measure; name a folder with more good photos.</source>
            <translation>Es gibt nur ein Bild zu messen; nennen Sie einen Ordner mit mehr guten Fotos.</translation>
        </message>
        <message>
            <source>None of the photos chosen can be measured; scan their folders again.</source>
            <translation>Keines der gewählten Fotos lässt sich messen; lesen Sie ihre Ordner neu ein.</translation>
        </message>
        <message>
            <source>No corruption is called '{name}'; choose all, none or from {names}.</source>
            <translation>Keine Störung heißt „{name}“; wählen Sie all, none oder aus {names}.</translation>
        </message>
        <message>
            <source>There is no severity '{text}'; choose 1 to 5, or a range such as 1-5.</source>
            <translation>Eine Stärke „{text}“ gibt es nicht; wählen Sie 1 bis 5 oder einen Bereich wie 1-5.</translation>
        </message>
        <message>
            <source>{output} is a folder; name a file to write to.</source>
            <translation>{output} ist ein Ordner; nennen Sie eine Datei, in die geschrieben werden soll.</translation>
        </message>
        <message>
            <source>There is no folder {folder} to write {name} to; make it first.</source>
            <translation>Den Ordner {folder} für {name} gibt es nicht; legen Sie ihn zuerst an.</translation>
        </message>
        <message>
            <source>{output} cannot be written: the folder {folder} is not writable.</source>
            <translation>{output} kann nicht geschrieben werden: Im Ordner {folder} darf nichts angelegt werden.</translation>
        </message>
        <message>
            <source>{output} exists and cannot be read: {why}.</source>
            <translation>{output} gibt es schon, und die Datei ist nicht lesbar: {why}.</translation>
        </message>
        <message>
            <source>{output} exists and was not written by this command; name another file, or delete that one first.</source>
            <translation>{output} gibt es schon, und die Datei ist nicht von LQ Album; nennen Sie eine andere, oder löschen Sie diese zuerst.</translation>
        </message>
        <message>
            <source>{output} could not be written: {why}.</source>
            <translation>{output} konnte nicht geschrieben werden: {why}.</translation>
        </message>
        <message>
            <source>Parquet is written by the package pyarrow, which is not installed; install it with pip install 'lqalbum[parquet]'.</source>
            <translation>Parquet schreibt das Paket pyarrow, das nicht installiert ist; installieren Sie es mit pip install 'lqalbum[parquet]'.</translation>
        </message>
        <message>
            <source>{path} is not there any more; scan its folder again.</source>
            <translation>{path} ist nicht mehr da; lesen Sie den Ordner neu ein.</translation>
        </message>
        <message>
            <source>Stopped; nothing was written.</source>
            <translation>Angehalten; es wurde nichts geschrieben.</translation>
        </message>
        <message>
            <source>Interrupted; nothing was written.</source>
            <translation>Abgebrochen; es wurde nichts geschrieben.</translation>
        </message>
        <message>
            <source>Interrupted while the photos were read; nothing was written.</source>
            <translation>Abgebrochen, während die Fotos gelesen wurden; es wurde nichts geschrieben.</translation>
        </message>
        <message>
            <source>Interrupted while calibrating; nothing was written.</source>
            <translation>Beim Kalibrieren abgebrochen; es wurde nichts geschrieben.</translation>
        </message>
        <message>
            <source>Interrupted while evaluating; no table was made.</source>
            <translation>Beim Messen abgebrochen; es entstand keine Tabelle.</translation>
        </message>
        <message>
            <source>Interrupted after {steps} steps, kept in {checkpoint}; the same command with --resume goes on.</source>
            <translation>Nach {steps} Schritten abgebrochen, aufgehoben in {checkpoint}; derselbe Befehl mit --resume macht weiter.</translation>
        </message>
        <message>
            <source>{path} was not read; try again.</source>
            <translation>{path} wurde nicht gelesen; versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>The work ended unexpectedly (code {code}), perhaps for want of memory; close other programs and try again.</source>
            <translation>Die Arbeit endete unerwartet (Code {code}), vielleicht aus Mangel an Arbeitsspeicher; schließen Sie andere Programme, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>{path} is not what it was when it was scanned, so no photo like it was deleted; scan its folder again.</source>
            <translation>{path} ist nicht mehr, was es beim Einlesen war, darum wurde keines der ähnlichen Fotos gelöscht; lesen Sie den Ordner neu ein.</translation>
        </message>
        <message>
            <source>{gone} Its record says that it is gone; undo goes on with the step before.</source>
            <translation>{gone} Sein Eintrag sagt nun, dass es fort ist; Rückgängig geht mit dem Schritt davor weiter.</translation>
        </message>
        <message>
            <source>{path} was not deleted, as a file that goes with it was not: {why}</source>
            <translation>{path} wurde nicht gelöscht, weil es eine zugehörige Datei auch nicht wurde: {why}</translation>
        </message>
        <message>
            <source>the system refused it ({why}); check the drive and its folder's permissions, and try again.</source>
            <translation>das System hat es verweigert ({why}); prüfen Sie das Laufwerk und die Rechte des Ordners, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>{path} stays where it is: {why}</source>
            <translation>{path} bleibt, wo es ist: {why}</translation>
        </message>
        <message>
            <source>{path} is in the trash, as far as is known: {why}</source>
            <translation>{path} liegt im Papierkorb, soweit bekannt: {why}</translation>
        </message>
        <message>
            <source>{path} was not deleted: another photo has taken its place; decide on that one.</source>
            <translation>{path} wurde nicht gelöscht: an seinem Platz ist ein anderes Foto; entscheiden Sie über dieses.</translation>
        </message>
        <message>
            <source>{path} is back from the trash, which is not noted yet: {why}</source>
            <translation>{path} ist aus dem Papierkorb zurück, was noch nicht vermerkt ist: {why}</translation>
        </message>
        <message>
            <source>{path} is back, but no longer in the trash: {names}.</source>
            <translation>{path} ist zurück, doch nicht mehr im Papierkorb: {names}.</translation>
        </message>
        <message>
            <source>{path} was not deleted: it is the very same file as {best}, by another name.</source>
            <translation>{path} wurde nicht gelöscht: es ist dieselbe Datei wie {best} unter anderem Namen.</translation>
        </message>
        <message>
            <source>{path} was left as it is: the command was interrupted before its turn.</source>
            <translation>{path} blieb, wie es ist: der Vorgang wurde vorher unterbrochen.</translation>
        </message>
        <message>
            <source>{path} was not deleted: its folder {root} is offline; plug the drive in and scan it again.</source>
            <translation>{path} wurde nicht gelöscht: sein Ordner {root} ist nicht erreichbar; schließen Sie das Laufwerk an, und lesen Sie ihn neu ein.</translation>
        </message>
        <message>
            <source>{path} is not there; check the name, or scan its folder again.</source>
            <translation>{path} ist nicht da; prüfen Sie den Namen, oder lesen Sie den Ordner neu ein.</translation>
        </message>
        <message>
            <source>{path} belongs to {photo} and goes where that goes; name the photo.</source>
            <translation>{path} gehört zu {photo} und geht mit; nennen Sie das Foto.</translation>
        </message>
        <message>
            <source>{path} is no photo by its ending, and none of the library; nothing else is moved.</source>
            <translation>{path} ist der Endung nach kein Foto und auch keines der Bibliothek; anderes wird nicht verschoben.</translation>
        </message>
        <message>
            <source>{path} is a library's own file, lies in a trash or belongs to the running system; nothing is decided on there.</source>
            <translation>{path} ist eine Datei einer Bibliothek, liegt in einem Papierkorb oder gehört zum laufenden System; dort wird nichts entschieden.</translation>
        </message>
        <message>
            <source>{path} is a link or no regular file; name the photo's own file.</source>
            <translation>{path} ist eine Verknüpfung oder keine gewöhnliche Datei; nennen Sie die Datei des Fotos selbst.</translation>
        </message>
        <message>
            <source>{path} was not deleted: other programs fill the trash at this moment; try again.</source>
            <translation>{path} wurde nicht gelöscht: andere Programme füllen gerade den Papierkorb; versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>{path} cannot be restored: every name for it is taken; clear the folder up.</source>
            <translation>{path} kann nicht zurückkommen: alle Namen dafür sind vergeben; räumen Sie den Ordner auf.</translation>
        </message>
        <message>
            <source>{gone} Still there: {places}.</source>
            <translation>{gone} Noch da: {places}.</translation>
        </message>
        <message>
            <source>{path} was not deleted: LQ Album knows of no trash on this system; delete it with the file manager.</source>
            <translation>{path} wurde nicht gelöscht: LQ Album kennt auf diesem System keinen Papierkorb; löschen Sie es mit dem Dateimanager.</translation>
        </message>
        <message>
            <source>{path} was not deleted: its drive {place} has no trash from which it could come back; if it is to go for good, delete it with the file manager.</source>
            <translation>{path} wurde nicht gelöscht: Sein Laufwerk {place} hat keinen Papierkorb, aus dem es zurückkommen könnte; soll es für immer weg, löschen Sie es mit dem Dateimanager.</translation>
        </message>
        <message>
            <source>{path} was not deleted: its drive {place} has no trash yet; delete any file there with the file manager once, and try again.</source>
            <translation>{path} wurde nicht gelöscht: Sein Laufwerk {place} hat noch keinen Papierkorb; löschen Sie dort einmal irgendeine Datei mit dem Dateimanager, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>{path} was not deleted: the system does not let LQ Album look into the trash {place}; allow it Full Disk Access under Privacy &amp; Security in the System Settings, and try again.</source>
            <translation>{path} wurde nicht gelöscht: Das System lässt LQ Album nicht in den Papierkorb {place} sehen; erlauben Sie ihm in den Systemeinstellungen unter „Datenschutz &amp; Sicherheit“ den Festplattenvollzugriff, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>{path} was not deleted: the trash of its drive cannot be used ({why}: {place}).</source>
            <translation>{path} wurde nicht gelöscht: der Papierkorb seines Laufwerks ist nicht benutzbar ({why}: {place}).</translation>
        </message>
        <message>
            <source>{path} was not deleted: {place} should be the trash of its drive and is a link or no folder; move that out of the way.</source>
            <translation>{path} wurde nicht gelöscht: {place} sollte der Papierkorb seines Laufwerks sein und ist eine Verknüpfung oder kein Ordner; schaffen Sie das aus dem Weg.</translation>
        </message>
        <message>
            <source>{path} was not deleted: the trash {place} of its drive belongs to another user; ask for a trash of your own there.</source>
            <translation>{path} wurde nicht gelöscht: Der Papierkorb {place} seines Laufwerks gehört jemand anderem; lassen Sie sich dort einen eigenen einrichten.</translation>
        </message>
        <message>
            <source>{path} was not deleted: the trash holds too many files of its name; empty it.</source>
            <translation>{path} wurde nicht gelöscht: im Papierkorb liegen zu viele Dateien seines Namens; leeren Sie ihn.</translation>
        </message>
        <message>
            <source>{path} was not deleted: it changed while it was moved.</source>
            <translation>{path} wurde nicht gelöscht: es hat sich beim Verschieben geändert.</translation>
        </message>
        <message>
            <source>{path} was not deleted: the system said that it moved it, and it is where it was; look at its drive.</source>
            <translation>{path} wurde nicht gelöscht: Das System meldete, es sei verschoben, und es liegt, wo es lag; sehen Sie nach dem Laufwerk.</translation>
        </message>
        <message>
            <source>{path} was not deleted: it changed since it was looked at; scan it again.</source>
            <translation>{path} wurde nicht gelöscht: es hat sich geändert, seit es angesehen wurde; lesen Sie es neu ein.</translation>
        </message>
        <message>
            <source>{path} is no longer in the trash; another program emptied it or took the file out.</source>
            <translation>{path} ist nicht mehr im Papierkorb; ein anderes Programm hat ihn geleert oder die Datei herausgenommen.</translation>
        </message>
        <message>
            <source>{path} was not deleted: while it was moved, another file took its name, so it is {place} now.</source>
            <translation>{path} wurde nicht gelöscht: Während es verschoben wurde, nahm eine andere Datei seinen Namen; es ist jetzt {place}.</translation>
        </message>
        <message>
            <source>Whether {path} went all the way is not settled yet: {why}; its record waits.</source>
            <translation>Ob {path} ganz angekommen ist, steht noch nicht fest: {why}; der Eintrag wartet.</translation>
        </message>
        <message>
            <source>where it was or where it went cannot be looked at now</source>
            <translation>wo es war oder wohin es kam, lässt sich jetzt nicht ansehen</translation>
        </message>
        <message>
            <source>{path} waits for its drive: an earlier move of it was cut short, and where it is cannot be looked at now; plug the drive in and try again.</source>
            <translation>{path} wartet auf sein Laufwerk: Ein früheres Verschieben brach ab, und wo es ist, lässt sich jetzt nicht ansehen; schließen Sie das Laufwerk an, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>{path} was changed in the trash and is not brought back as it was; what became of it is {place}.</source>
            <translation>{path} wurde im Papierkorb verändert und kommt nicht zurück, wie es war; was daraus wurde, ist {place}.</translation>
        </message>
        <message>
            <source>{path} cannot be restored: {place} in the trash cannot be read; check its drive and permissions, and try again.</source>
            <translation>{path} kann nicht zurückkommen: {place} im Papierkorb ist nicht lesbar; prüfen Sie Laufwerk und Rechte, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>{path} cannot be restored: its trash {place} is out of reach; plug its drive in and try again.</source>
            <translation>{path} kann nicht zurückkommen: sein Papierkorb {place} ist nicht erreichbar; schließen Sie das Laufwerk an, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>{path} is or lies in a system's trash, which is not scanned; take photos out of it first.</source>
            <translation>{path} ist ein Papierkorb oder liegt in einem; der wird nicht durchsucht. Holen Sie Fotos zuerst heraus.</translation>
        </message>
        <message>
            <source>{path} belongs to the running system and holds no photos; name a folder of photos.</source>
            <translation>{path} gehört zum laufenden System und enthält keine Fotos; nennen Sie einen Ordner mit Fotos.</translation>
        </message>
        <message>
            <source>{path} is one of a library's own files and no photo; name a photo or a folder.</source>
            <translation>{path} ist eine Datei der Bibliothek selbst und kein Foto; nennen Sie ein Foto oder einen Ordner.</translation>
        </message>
        <message>
            <source>There is no library in {folder}; scan a folder of photos first.</source>
            <translation>In {folder} ist keine Bibliothek; lesen Sie zuerst einen Ordner mit Fotos ein.</translation>
        </message>
        <message>
            <source>The library {folder} is open for reading only; close the other window or command that writes to it.</source>
            <translation>Die Bibliothek {folder} ist nur zum Lesen geöffnet; schließen Sie das andere Fenster oder den Befehl, der in sie schreibt.</translation>
        </message>
        <message>
            <source>The library folder {folder} cannot be made ({why}); choose another one with --library.</source>
            <translation>Der Bibliotheksordner {folder} kann nicht angelegt werden ({why}); wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>Another window or command writes to the library {folder}; close it, or wait until it is done.</source>
            <translation>Ein anderes Fenster oder ein Befehl schreibt in die Bibliothek {folder}; schließen Sie es, oder warten Sie, bis er fertig ist.</translation>
        </message>
        <message>
            <source>The library folder {folder} cannot be written to ({why}); choose another one with --library.</source>
            <translation>In den Bibliotheksordner {folder} kann nicht geschrieben werden ({why}); wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>The library {folder} is from an older version; open it for writing once, to bring it up to date.</source>
            <translation>Die Bibliothek {folder} stammt von einer älteren Version; öffnen Sie sie einmal zum Schreiben, um sie zu erneuern.</translation>
        </message>
        <message>
            <source>{path} was written by a newer version of LQ Album and was left as it is; update the program, or choose another folder with --library.</source>
            <translation>{path} wurde von einer neueren Version von LQ Album geschrieben und blieb, wie es ist; erneuern Sie das Programm, oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>{path} is not a sound {kind} database of LQ Album ({why}) and was left as it is; 'lqalbum doctor --repair' brings back its newest backup, if there is one.</source>
            <translation>{path} ist keine heile Datenbank „{kind}“ von LQ Album ({why}) und blieb, wie sie ist; „lqalbum doctor --repair“ holt ihre neueste Sicherung zurück, wenn es eine gibt.</translation>
        </message>
        <message>
            <source>{path} could not be repaired ({why}); make room, check the folder's permissions, and try again.</source>
            <translation>{path} konnte nicht repariert werden ({why}); schaffen Sie Platz, prüfen Sie die Rechte des Ordners, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>The disk of {path} is full; make room and try again.</source>
            <translation>Das Laufwerk von {path} ist voll; schaffen Sie Platz, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Another program keeps {path} locked; close it and try again.</source>
            <translation>Ein anderes Programm hält {path} gesperrt; schließen Sie es, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>{path} cannot be used ({why}); check the disk and the folder's permissions.</source>
            <translation>{path} ist nicht benutzbar ({why}); prüfen Sie das Laufwerk und die Rechte des Ordners.</translation>
        </message>
        <message>
            <source>{path} cannot be read ({why}); check its permissions and the disk.</source>
            <translation>{path} ist nicht lesbar ({why}); prüfen Sie die Rechte und das Laufwerk.</translation>
        </message>
        <message>
            <source>{path} is no cache of LQ Album and was left as it is; move it away, or choose another folder with --library.</source>
            <translation>{path} ist kein Zwischenspeicher von LQ Album und blieb, wie er ist; verschieben Sie die Datei, oder wählen Sie mit --library einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Decisions need a library that is kept; leave out --no-library.</source>
            <translation>Entscheidungen brauchen eine Bibliothek, die bleibt; lassen Sie --no-library weg.</translation>
        </message>
        <message>
            <source>{decision} is no decision; say keep, delete or undecided.</source>
            <translation>{decision} ist keine Entscheidung; sagen Sie keep, delete oder undecided.</translation>
        </message>
        <message>
            <source>it is not a database</source>
            <translation>es ist keine Datenbank</translation>
        </message>
        <message>
            <source>it was made by something else</source>
            <translation>ein anderes Programm hat sie angelegt</translation>
        </message>
        <message>
            <source>what stands in it is garbled</source>
            <translation>was in ihr steht, ist unleserlich</translation>
        </message>
        <message>
            <source>it is gone or empty, though it was there before</source>
            <translation>sie fehlt oder ist leer, obwohl es sie schon gab</translation>
        </message>
        <message>
            <source>No process can be started to read {path} ({why}); close other programs and try again.</source>
            <translation>Zum Lesen von {path} lässt sich kein Prozess starten ({why}); schließen Sie andere Programme, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>crashed</source>
            <translation>abgestürzt</translation>
        </message>
        <message>
            <source>timeout</source>
            <translation>zu lange gebraucht</translation>
        </message>
        <message>
            <source>{path} is damaged or cut short; copy it again from where it came.</source>
            <translation>{path} ist beschädigt oder abgeschnitten; kopieren Sie es noch einmal von seiner Quelle.</translation>
        </message>
        <message>
            <source>{path} holds no picture in a known format; check what it is.</source>
            <translation>{path} enthält kein Bild in einem bekannten Format; prüfen Sie, was es ist.</translation>
        </message>
        <message>
            <source>{path} is too large to decode safely; save a smaller copy to have it judged.</source>
            <translation>{path} ist zu groß, um sicher gelesen zu werden; speichern Sie eine kleinere Kopie, damit es beurteilt wird.</translation>
        </message>
        <message>
            <source>{path} is too small to judge.</source>
            <translation>{path} ist zu klein für ein Urteil.</translation>
        </message>
        <message>
            <source>{path} cannot be read; check its permissions and the drive, and scan its folder again.</source>
            <translation>{path} ist nicht lesbar; prüfen Sie die Rechte und das Laufwerk, und lesen Sie den Ordner neu ein.</translation>
        </message>
        <message>
            <source>{path} is not there any more; scan the folder again.</source>
            <translation>{path} ist nicht mehr da; lesen Sie den Ordner neu ein.</translation>
        </message>
        <message>
            <source>{path} takes too long to decode; save it anew with a photo program to have it judged.</source>
            <translation>{path} braucht zu lange zum Lesen; speichern Sie es mit einem Fotoprogramm neu, damit es beurteilt wird.</translation>
        </message>
        <message>
            <source>{path} makes its decoder crash; save it anew with a photo program to have it judged.</source>
            <translation>{path} bringt das Leseprogramm zum Absturz; speichern Sie es mit einem Fotoprogramm neu, damit es beurteilt wird.</translation>
        </message>
        <message>
            <source>{path} got no finite score; rescan it with another model, or report it.</source>
            <translation>{path} bekam keine endliche Bewertung; lesen Sie es mit einem anderen Modell ein, oder melden Sie es.</translation>
        </message>
        <message>
            <source>{path} holds no bytes; delete it or copy it again from where it came.</source>
            <translation>{path} ist leer; löschen Sie es, oder kopieren Sie es noch einmal von seiner Quelle.</translation>
        </message>
        <message>
            <source>{path} is a link, folder, pipe or device and not a photo's file; name the file itself.</source>
            <translation>{path} ist eine Verknüpfung, ein Ordner oder ein Gerät und keine Fotodatei; nennen Sie die Datei selbst.</translation>
        </message>
        <message>
            <source>{path} is a raw picture; pip install 'lqalbum[raw]' to have it read.</source>
            <translation>{path} ist ein Rohbild; mit „pip install 'lqalbum[raw]'“ wird es gelesen.</translation>
        </message>
        <message>
            <source>{path} shows no face from the front that is large enough.</source>
            <translation>{path} zeigt kein Gesicht von vorn, das groß genug ist.</translation>
        </message>
        <message>
            <source>{path} is too small for this model.</source>
            <translation>{path} ist zu klein für dieses Modell.</translation>
        </message>
        <message>
            <source>Finding faces needs OpenCV; install it with: pip install "lqalbum[roster]"</source>
            <translation>Gesichter zu finden braucht OpenCV; installieren Sie es mit: pip install "lqalbum[roster]"</translation>
        </message>
        <message>
            <source>Permission denied</source>
            <translation>keine Berechtigung</translation>
        </message>
        <message>
            <source>Device or resource busy</source>
            <translation>Gerät oder Datei in Benutzung</translation>
        </message>
        <message>
            <source>Disk quota exceeded</source>
            <translation>zugeteilter Speicherplatz erschöpft</translation>
        </message>
        <message>
            <source>File exists</source>
            <translation>Datei schon vorhanden</translation>
        </message>
        <message>
            <source>File too large</source>
            <translation>Datei zu groß</translation>
        </message>
        <message>
            <source>Invalid argument</source>
            <translation>ungültiger Wert</translation>
        </message>
        <message>
            <source>Input/output error</source>
            <translation>Eingabe-/Ausgabefehler</translation>
        </message>
        <message>
            <source>Is a directory</source>
            <translation>es ist ein Ordner</translation>
        </message>
        <message>
            <source>Too many levels of symbolic links</source>
            <translation>zu viele Verknüpfungen hintereinander</translation>
        </message>
        <message>
            <source>Too many open files</source>
            <translation>zu viele offene Dateien</translation>
        </message>
        <message>
            <source>File name too long</source>
            <translation>Dateiname zu lang</translation>
        </message>
        <message>
            <source>No such device</source>
            <translation>kein solches Gerät</translation>
        </message>
        <message>
            <source>No such file or directory</source>
            <translation>Datei oder Ordner nicht gefunden</translation>
        </message>
        <message>
            <source>Cannot allocate memory</source>
            <translation>nicht genug Arbeitsspeicher</translation>
        </message>
        <message>
            <source>No space left on device</source>
            <translation>kein Platz mehr auf dem Laufwerk</translation>
        </message>
        <message>
            <source>Transport endpoint is not connected</source>
            <translation>Verbindung zum Laufwerk getrennt</translation>
        </message>
        <message>
            <source>Not a directory</source>
            <translation>es ist kein Ordner</translation>
        </message>
        <message>
            <source>Operation not supported</source>
            <translation>Vorgang nicht unterstützt</translation>
        </message>
        <message>
            <source>No such device or address</source>
            <translation>kein solches Gerät</translation>
        </message>
        <message>
            <source>Operation not permitted</source>
            <translation>Vorgang nicht erlaubt</translation>
        </message>
        <message>
            <source>Read-only file system</source>
            <translation>Laufwerk nur lesbar</translation>
        </message>
        <message>
            <source>Stale file handle</source>
            <translation>Netzlaufwerk nicht mehr verbunden</translation>
        </message>
        <message>
            <source>Connection timed out</source>
            <translation>Zeit für die Verbindung abgelaufen</translation>
        </message>
        <message>
            <source>Text file busy</source>
            <translation>Programm in Benutzung</translation>
        </message>
        <message>
            <source>Invalid cross-device link</source>
            <translation>Verschieben auf ein anderes Laufwerk nicht möglich</translation>
        </message>
        <message>
            <source>The settings {path} cannot be read ({why}); make the file readable.</source>
            <translation>Die Einstellungen {path} sind nicht lesbar ({why}); machen Sie die Datei lesbar.</translation>
        </message>
        <message>
            <source>The settings {path} are of a newer LQ Album; update it or move the file away.</source>
            <translation>Die Einstellungen {path} sind von einem neueren LQ Album; erneuern Sie das Programm, oder schaffen Sie die Datei weg.</translation>
        </message>
        <message>
            <source>The settings {path} are damaged; they are kept as {kept}. The usual ones are in use; the usual library is {library}.</source>
            <translation>Die Einstellungen {path} sind beschädigt; sie liegen nun unter {kept}. Es gelten die üblichen; die übliche Bibliothek ist {library}.</translation>
        </message>
        <message>
            <source>The settings {path} cannot be written ({why}); the earlier ones are kept.</source>
            <translation>Die Einstellungen {path} können nicht geschrieben werden ({why}); die früheren bleiben.</translation>
        </message>
    </context>
</TS>
