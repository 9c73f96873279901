<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>layerhold::gui::AboutDialog</name>
    <message>
        <source>About Layerhold</source>
        <translation>Über Layerhold</translation>
    </message>
    <message>
        <source>One content store for every container engine on a machine</source>
        <translation>Ein Inhaltsspeicher für alle Container-Engines einer Maschine</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Layerhold, its icons and its desktop files: Apache-2.0, the AppStream metadata: CC0-1.0.

Qt %1 (Core, Concurrent, D-Bus, Gui, Svg, Widgets): LGPL-3.0-only, linked dynamically.
gRPC: Apache-2.0. Protocol Buffers: BSD-3-Clause. Abseil: Apache-2.0.
SQLite: public domain. OpenSSL: Apache-2.0. libcurl: curl. libarchive: BSD-2-Clause.
RE2: BSD-3-Clause. libpsl: MIT. toml++: MIT. JSON for Modern C++: MIT.</source>
        <translation>Layerhold, seine Symbole und seine Desktop-Dateien: Apache-2.0, die AppStream-Metadaten: CC0-1.0.

Qt %1 (Core, Concurrent, D-Bus, Gui, Svg, Widgets): LGPL-3.0-only, dynamisch gelinkt.
gRPC: Apache-2.0. Protocol Buffers: BSD-3-Clause. Abseil: Apache-2.0.
SQLite: gemeinfrei. OpenSSL: Apache-2.0. libcurl: curl. libarchive: BSD-2-Clause.
RE2: BSD-3-Clause. libpsl: MIT. toml++: MIT. JSON for Modern C++: MIT.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::AccessPage</name>
    <message>
        <source>%1 (uid %2)</source>
        <translation>%1 (uid %2)</translation>
    </message>
    <message>
        <source>uid %1</source>
        <translation>uid %1</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
    <message>
        <source>Engines</source>
        <translation>Engines</translation>
    </message>
    <message>
        <source>Pins</source>
        <translation>Anheftungen</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Hier angemeldet</translation>
    </message>
    <message>
        <source>Who can see this?</source>
        <translation>Wer kann das sehen?</translation>
    </message>
    <message>
        <source>What is pinned is not known: %1</source>
        <translation>Es ist nicht bekannt, was angeheftet ist: %1</translation>
    </message>
    <message>
        <source>how things stand now</source>
        <translation>der jetzige Stand</translation>
    </message>
    <message>
        <source>a status</source>
        <translation>ein Status</translation>
    </message>
    <message>
        <source>The loading was stopped before anything came.</source>
        <translation>Das Laden wurde angehalten, bevor etwas kam.</translation>
    </message>
    <message>
        <source>%1 stays pinned: %2</source>
        <translation>%1 bleibt angeheftet: %2</translation>
    </message>
    <message>
        <source>This app runs as %1.</source>
        <translation>Diese App läuft als %1.</translation>
    </message>
    <message>
        <source>This app runs as %1. It talks to the daemon (process %2) of the cache %3.</source>
        <translation>Diese App läuft als %1. Sie spricht mit dem Daemon (Prozess %2) des Caches %3.</translation>
    </message>
    <message>
        <source>This app runs as %1. No daemon runs: the app itself has the cache %2 open.</source>
        <translation>Diese App läuft als %1. Es läuft kein Daemon: die App selbst hat den Cache %2 geöffnet.</translation>
    </message>
    <message>
        <source>The daemon lets root, its own user and the members of its api_group connect, and whoever may connect may do everything here. It does not tell who else is connected.</source>
        <translation>Der Daemon lässt root, seinen eigenen Benutzer und die Mitglieder seiner api_group verbinden, und wer sich verbinden darf, darf hier alles. Er sagt nicht, wer sonst verbunden ist.</translation>
    </message>
    <message>
        <source>What may be done is what this user may do with the files of the cache.</source>
        <translation>Erlaubt ist, was dieser Benutzer mit den Dateien des Caches tun darf.</translation>
    </message>
    <message>
        <source>No engine is served. Add one with: layerhold engine add</source>
        <translation>Es wird keine Engine bedient. Eine hinzufügen mit: layerhold engine add</translation>
    </message>
    <message>
        <source>How an engine shares decides what it gets that it did not bring itself.</source>
        <translation>Wie eine Engine teilt, entscheidet, was sie bekommt, ohne es selbst gebracht zu haben.</translation>
    </message>
    <message>
        <source>What is pinned is not known yet.</source>
        <translation>Es ist noch nicht bekannt, was angeheftet ist.</translation>
    </message>
    <message>
        <source>Nothing is pinned.</source>
        <translation>Nichts ist angeheftet.</translation>
    </message>
    <message>
        <source>No cleanup removes what is pinned.</source>
        <translation>Kein Aufräumen entfernt, was angeheftet ist.</translation>
    </message>
    <message>
        <source>No pin is selected.</source>
        <translation>Es ist keine Anheftung ausgewählt.</translation>
    </message>
    <message>
        <source>This is a snapshot of the cache %1 of %2. There is no service that anybody could talk to.</source>
        <translation>Dies ist ein Schnappschuss des Caches %1 von %2. Es gibt keinen Dienst, mit dem zu sprechen wäre.</translation>
    </message>
    <message>
        <source>Everybody who has the file can read all of it, and nobody can change the cache by it.</source>
        <translation>Wer die Datei hat, kann alles darin lesen; ändern lässt sich der Cache damit nicht.</translation>
    </message>
    <message>
        <source>Who can see an entry is not in a snapshot.</source>
        <translation>Wer einen Eintrag sehen kann, steht nicht in einem Schnappschuss.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::AccessQuestion</name>
    <message>
        <source>Who can see this?</source>
        <translation>Wer kann das sehen?</translation>
    </message>
    <message>
        <source>What each engine gets of it</source>
        <translation>Was jede Engine davon bekommt</translation>
    </message>
    <message>
        <source>Proofs that it may be read</source>
        <translation>Nachweise, dass es gelesen werden darf</translation>
    </message>
    <message>
        <source>Digest or name of what is to be seen</source>
        <translation>Digest oder Name dessen, was zu sehen ist</translation>
    </message>
    <message>
        <source>Digest, its first digits, or the name of an image</source>
        <translation>Digest, dessen erste Ziffern oder der Name eines Images</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Wird erfragt …</translation>
    </message>
    <message>
        <source>This service is too old to tell who can see a thing.</source>
        <translation>Dieser Dienst ist zu alt, um zu sagen, wer etwas sehen kann.</translation>
    </message>
    <message>
        <source>The service tells what each of its engines gets, and what registries proved to it.</source>
        <translation>Der Dienst sagt, was jede seiner Engines bekommt und was Registrys ihm nachgewiesen haben.</translation>
    </message>
    <message>
        <source>No registry proved to the service that somebody may read it.</source>
        <translation>Keine Registry hat dem Dienst nachgewiesen, dass jemand es lesen darf.</translation>
    </message>
    <message>
        <source>What registries proved. An identity is named by the first digits of a keyed hash; the service tells no credential.</source>
        <translation>Was Registrys nachgewiesen haben. Eine Identität heißt nach den ersten Ziffern eines Hashs mit Schlüssel; Zugangsdaten nennt der Dienst nicht.</translation>
    </message>
    <message>
        <source>Write a digest or a name.</source>
        <translation>Einen Digest oder einen Namen angeben.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::AccessTables</name>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Sharing</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Link to its own API</source>
        <translation>Verknüpfung mit ihrer eigenen API</translation>
    </message>
    <message>
        <source>Socket</source>
        <translation>Socket</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Digest</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Can read it</source>
        <translation>Kann es lesen</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identität</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>Repository</translation>
    </message>
    <message>
        <source>Shown by</source>
        <translation>Nachgewiesen durch</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>%1: not valid now</source>
        <translation>%1: jetzt nicht gültig</translation>
    </message>
    <message>
        <source>Everybody may read it: a registry gave it to somebody who showed no credential, and that still holds.</source>
        <translation>Alle dürfen es lesen: eine Registry gab es jemandem, der keine Zugangsdaten vorwies, und das gilt noch.</translation>
    </message>
    <message>
        <source>It is not known that everybody may read it: no valid proof without a credential is kept.</source>
        <translation>Es ist nicht bekannt, dass alle es lesen dürfen: es gibt keinen gültigen Nachweis ohne Zugangsdaten.</translation>
    </message>
    <message>
        <source>There is no engine.</source>
        <translation>Es gibt keine Engine.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 engines can read it.</source>
        <translation>
            <numerusform>%1 von %2 Engine kann es lesen.</numerusform>
            <numerusform>%1 von %2 Engines können es lesen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Known to be in: %1.</source>
        <translation>Bekannt in: %1.</translation>
    </message>
    <message>
        <source>Serving</source>
        <translation>Wird bedient</translation>
    </message>
    <message>
        <source>Not serving; no reason is told</source>
        <translation>Wird nicht bedient; kein Grund genannt</translation>
    </message>
    <message>
        <source>Not serving: %1</source>
        <translation>Wird nicht bedient: %1</translation>
    </message>
    <message>
        <source>Not linked</source>
        <translation>Nicht verknüpft</translation>
    </message>
    <message>
        <source>The cache does not ask the engine what its images are called.</source>
        <translation>Der Cache fragt die Engine nicht, wie ihre Images heißen.</translation>
    </message>
    <message>
        <source>Linked to %1</source>
        <translation>Verknüpft mit %1</translation>
    </message>
    <message>
        <source>Not connected to %1</source>
        <translation>Nicht verbunden mit %1</translation>
    </message>
    <message>
        <source>Not connected to %1: %2</source>
        <translation>Nicht verbunden mit %1: %2</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Actions</name>
    <message>
        <source>There is nothing on this page that it could be done with.</source>
        <translation>Auf dieser Seite gibt es nichts, womit das ginge.</translation>
    </message>
    <message>
        <source>Shift+Del is reserved, so that no reflex destroys anything.</source>
        <translation>Umschalt+Entf ist reserviert, damit kein Reflex etwas zerstört.</translation>
    </message>
    <message>
        <source>%1 is the key of “%2”.</source>
        <translation>%1 ist die Taste von „%2“.</translation>
    </message>
    <message>
        <source>&amp;Connections…</source>
        <translation>&amp;Verbindungen …</translation>
    </message>
    <message>
        <source>&amp;Reconnect</source>
        <translation>&amp;Neu verbinden</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Aktualisieren</translation>
    </message>
    <message>
        <source>&amp;Filter this page</source>
        <translation>Seite &amp;filtern</translation>
    </message>
    <message>
        <source>Filter (from a table)</source>
        <translation>Filtern (aus einer Tabelle)</translation>
    </message>
    <message>
        <source>&amp;Clear filter or selection</source>
        <translation>Filter oder Auswahl auf&amp;heben</translation>
    </message>
    <message>
        <source>&amp;Pause, follow or tick</source>
        <translation>Anhalten, f&amp;olgen oder ankreuzen</translation>
    </message>
    <message>
        <source>Table or c&amp;hart</source>
        <translation>&amp;Tabelle oder Diagramm</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>&amp;Vergrößern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Zoom to &amp;all</source>
        <translation>Alles &amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Details</translation>
    </message>
    <message>
        <source>Acti&amp;vity</source>
        <translation>Akt&amp;ivität</translation>
    </message>
    <message>
        <source>&amp;Next pane</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>Reset &amp;layout</source>
        <translation>&amp;Layout zurücksetzen</translation>
    </message>
    <message>
        <source>Command &amp;palette…</source>
        <translation>&amp;Befehlspalette …</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Vor</translation>
    </message>
    <message>
        <source>&amp;Up a level</source>
        <translation>&amp;Ebene höher</translation>
    </message>
    <message>
        <source>&amp;Preview cleanup…</source>
        <translation>&amp;Vorschau des Aufräumens …</translation>
    </message>
    <message>
        <source>&amp;Undo last run</source>
        <translation>Letzten Lauf &amp;rückgängig machen</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Keys and help</source>
        <translation>&amp;Tasten und Hilfe</translation>
    </message>
    <message>
        <source>&amp;About Layerhold</source>
        <translation>Ü&amp;ber Layerhold</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Why is this kept?</source>
        <translation>&amp;Warum wird das behalten?</translation>
    </message>
    <message>
        <source>&amp;Used by…</source>
        <translation>&amp;Benutzt von …</translation>
    </message>
    <message>
        <source>&amp;Compare with…</source>
        <translation>&amp;Vergleichen mit …</translation>
    </message>
    <message>
        <source>Tag &amp;history</source>
        <translation>Tag-Ver&amp;lauf</translation>
    </message>
    <message>
        <source>&amp;Filter by this</source>
        <translation>&amp;Nach diesem filtern</translation>
    </message>
    <message>
        <source>Filter o&amp;ut</source>
        <translation>Herausf&amp;iltern</translation>
    </message>
    <message>
        <source>Copy &amp;row</source>
        <translation>&amp;Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;digest</source>
        <translation>&amp;Digest kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;name</source>
        <translation>Na&amp;men kopieren</translation>
    </message>
    <message>
        <source>Copy pu&amp;ll command</source>
        <translation>&amp;Pull-Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;JSON</source>
        <translation>Als &amp;JSON kopieren</translation>
    </message>
    <message>
        <source>Copy as co&amp;mmand</source>
        <translation>Als Befe&amp;hl kopieren</translation>
    </message>
    <message>
        <source>&amp;Pin…</source>
        <translation>&amp;Anheften …</translation>
    </message>
    <message>
        <source>Unp&amp;in</source>
        <translation>Lö&amp;sen</translation>
    </message>
    <message>
        <source>Plan r&amp;emoval…</source>
        <translation>&amp;Entfernen planen …</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Entry</source>
        <translation>&amp;Eintrag</translation>
    </message>
    <message>
        <source>&amp;Cleanup</source>
        <translation>A&amp;ufräumen</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>E&amp;xtras</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Copy &amp;value</source>
        <translation>We&amp;rt kopieren</translation>
    </message>
    <message>
        <source>Open &amp;snapshot…</source>
        <translation>Schnappschuss ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>S&amp;ave snapshot…</source>
        <translation>Schnappschuss &amp;speichern …</translation>
    </message>
    <message>
        <source>&amp;Swap panes</source>
        <translation>&amp;Seiten tauschen</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::ActivityPanel</name>
    <message>
        <source>Nothing has been done in this session.</source>
        <translation>In dieser Sitzung wurde nichts ausgeführt.</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufgaben</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Attention</name>
    <message>
        <source>Check “%1”: %2</source>
        <translation>Prüfung „%1“: %2</translation>
    </message>
    <message>
        <source>%1 of %2 are free</source>
        <translation>%1 von %2 sind frei</translation>
    </message>
    <message>
        <source>The disk runs full: %1, less than %2. The service empties the trash and removes what nobody holds.</source>
        <translation>Der Datenträger läuft voll: %1, weniger als %2. Der Dienst leert den Papierkorb und entfernt, was niemand hält.</translation>
    </message>
    <message>
        <source>The disk is near its mark: %1; below %2 the service removes what nobody holds.</source>
        <translation>Der Datenträger ist nahe seiner Marke: %1; unter %2 entfernt der Dienst, was niemand hält.</translation>
    </message>
    <message>
        <source>Engine “%1”: %2</source>
        <translation>Engine „%1“: %2</translation>
    </message>
    <message>
        <source>%1 gives no more manifests for now: its limit of %2 is used up.</source>
        <translation>%1 gibt vorerst keine Manifeste mehr: die Grenze von %2 ist erreicht.</translation>
    </message>
    <message>
        <source>1 entry (%1) is in the trash</source>
        <translation>1 Eintrag (%1) ist im Papierkorb</translation>
    </message>
    <message numerus="yes">
        <source>%1 entries (%2) are in the trash</source>
        <translation>
            <numerusform>%1 Eintrag (%2) ist im Papierkorb</numerusform>
            <numerusform>%1 Einträge (%2) sind im Papierkorb</numerusform>
        </translation>
    </message>
    <message>
        <source>%1; the first have expired.</source>
        <translation>%1; die ersten sind abgelaufen.</translation>
    </message>
    <message>
        <source>%1; the first expire in %2.</source>
        <translation>%1; die ersten laufen in %2 ab.</translation>
    </message>
    <message numerus="yes">
        <source>A plan waits that would remove %2 entries (%3); it was made %1.</source>
        <translation>
            <numerusform>Ein Plan wartet, der %2 Eintrag entfernen würde (%3); er wurde %1 erstellt.</numerusform>
            <numerusform>Ein Plan wartet, der %2 Einträge entfernen würde (%3); er wurde %1 erstellt.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>Plans</source>
        <translation>Pläne</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Health checks</source>
        <translation>Zustandsprüfungen</translation>
    </message>
    <message>
        <source>Pull limits</source>
        <translation>Pull-Grenzen</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>Metriken</translation>
    </message>
    <message>
        <source>%1 said %3 that its limit of %2 is used up.</source>
        <translation>%1 hat %3 gemeldet, dass die Grenze von %2 erreicht ist.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::AttentionCard</name>
    <message>
        <source>To know</source>
        <translation>Zur Kenntnis</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Zu beachten</translation>
    </message>
    <message numerus="yes">
        <source>%1 more are on the page Events.</source>
        <translation>
            <numerusform>%1 weiteres steht auf der Seite Ereignisse.</numerusform>
            <numerusform>%1 weitere stehen auf der Seite Ereignisse.</numerusform>
        </translation>
    </message>
    <message>
        <source>Being asked…</source>
        <translation>Wird erfragt …</translation>
    </message>
    <message>
        <source>Not known: %1</source>
        <translation>Nicht bekannt: %1</translation>
    </message>
    <message>
        <source>Nothing needs attention.</source>
        <translation>Es ist nichts zu beachten.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open: %1</source>
        <translation>Öffnen: %1</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Breadcrumb</name>
    <message>
        <source>Level of the map</source>
        <translation>Ebene der Karte</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Card</name>
    <message>
        <source>Opens the page with all about it</source>
        <translation>Öffnet die Seite mit allem darüber</translation>
    </message>
    <message>
        <source>not reported by this service</source>
        <translation>von diesem Dienst nicht gemeldet</translation>
    </message>
    <message>
        <source>not known for this time</source>
        <translation>für diese Zeit nicht bekannt</translation>
    </message>
    <message>
        <source>Not told of fewer than %1 lookups and reads.</source>
        <translation>Bei weniger als %1 Nachfragen und Lesevorgängen nicht angegeben.</translation>
    </message>
    <message>
        <source>%1. Counting since %2.</source>
        <translation>%1. Gezählt seit %2.</translation>
    </message>
    <message>
        <source>Counting since %1.</source>
        <translation>Gezählt seit %1.</translation>
    </message>
    <message>
        <source>Recorded from %1 to %2.</source>
        <translation>Aufgezeichnet von %1 bis %2.</translation>
    </message>
    <message>
        <source>Being asked…</source>
        <translation>Wird erfragt …</translation>
    </message>
    <message>
        <source>The registry counts %1 and said so %2.</source>
        <translation>Die Registry zählt %1 und sagte das %2.</translation>
    </message>
    <message>
        <source>Its limit holds for %1.</source>
        <translation>Ihre Grenze gilt für %1.</translation>
    </message>
    <message>
        <source>Left at %1</source>
        <translation>Übrig bei %1</translation>
    </message>
    <message>
        <source>%1 of %2 manifests</source>
        <translation>%1 von %2 Manifesten</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::ChartBoard</name>
    <message>
        <source>%1: not reported by this service</source>
        <translation>%1: von diesem Dienst nicht gemeldet</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::CleanupPage</name>
    <message>
        <source>Cleanup</source>
        <translation>Aufräumen</translation>
    </message>
    <message>
        <source>1  Policy</source>
        <translation>1  Richtlinie</translation>
    </message>
    <message>
        <source>2  Plan</source>
        <translation>2  Plan</translation>
    </message>
    <message>
        <source>3  Run</source>
        <translation>3  Lauf</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>At most %1 entries can be chosen one by one.</source>
        <translation>Höchstens %1 Einträge lassen sich einzeln vormerken.</translation>
    </message>
    <message>
        <source>No entry of a plan is selected.</source>
        <translation>Es ist kein Eintrag eines Plans ausgewählt.</translation>
    </message>
    <message>
        <source>There is no plan.</source>
        <translation>Es gibt keinen Plan.</translation>
    </message>
    <message>
        <source>There is no plan: preview one first.</source>
        <translation>Es gibt keinen Plan: zuerst eine Vorschau anfordern.</translation>
    </message>
    <message>
        <source>Look at the plan first, and continue from there.</source>
        <translation>Zuerst den Plan ansehen und von dort weitergehen.</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>the list of the plan</source>
        <translation>die Liste des Plans</translation>
    </message>
    <message>
        <source>It was stopped. A plan is applied only when all of it was to be seen.</source>
        <translation>Es wurde angehalten. Ein Plan wird nur ausgeführt, wenn er ganz zu sehen war.</translation>
    </message>
    <message>
        <source>cleanup policies</source>
        <translation>Aufräumrichtlinien</translation>
    </message>
    <message>
        <source>cleanup plans</source>
        <translation>Aufräumpläne</translation>
    </message>
    <message>
        <source>This plan is by the saved policy: there is nothing to compare.</source>
        <translation>Dieser Plan folgt der gespeicherten Richtlinie: es gibt nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>The service applies plans as a whole. Up to %1 entries can be left out, or chosen, one by one: narrow the filters of the rules instead, or pin what is to stay.</source>
        <translation>Der Dienst führt Pläne als Ganzes aus. Bis zu %1 Einträge lassen sich einzeln auslassen oder auswählen: besser die Filter der Regeln enger fassen oder anheften, was bleiben soll.</translation>
    </message>
    <message numerus="yes">
        <source>The plan was made anew without what you had not ticked. %1 other entries are in it now, because its rules have limits or because they came in since: look at them, then continue.</source>
        <translation>
            <numerusform>Der Plan wurde ohne das, was nicht angekreuzt war, neu erstellt. Jetzt ist %1 anderer Eintrag darin, weil die Regeln Grenzen haben oder weil er seither hereinkam: erst ansehen, dann weiter.</numerusform>
            <numerusform>Der Plan wurde ohne das, was nicht angekreuzt war, neu erstellt. Jetzt sind %1 andere Einträge darin, weil die Regeln Grenzen haben oder weil sie seither hereinkamen: erst ansehen, dann weiter.</numerusform>
        </translation>
    </message>
    <message>
        <source>The plan was made anew with only what you had ticked.</source>
        <translation>Der Plan wurde nur mit dem, was angekreuzt war, neu erstellt.</translation>
    </message>
    <message numerus="yes">
        <source>The plan was made anew with only what you had ticked; %1 of it have changed and stay.</source>
        <translation>
            <numerusform>Der Plan wurde nur mit dem, was angekreuzt war, neu erstellt; %1 davon hat sich geändert und bleibt.</numerusform>
            <numerusform>Der Plan wurde nur mit dem, was angekreuzt war, neu erstellt; %1 davon haben sich geändert und bleiben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Clean up by plan %1</source>
        <translation>Aufräumen nach Plan %1</translation>
    </message>
    <message>
        <source>%1 removed or moved to trash (%2), %3 skipped, %4 failed.</source>
        <translation>%1 entfernt oder in den Papierkorb verschoben (%2), %3 übersprungen, %4 fehlgeschlagen.</translation>
    </message>
    <message>
        <source>The connection was lost. A plan is applied only when all of it was to be seen.</source>
        <translation>Die Verbindung ging verloren. Ein Plan wird nur angewendet, wenn er ganz zu sehen war.</translation>
    </message>
    <message>
        <source>The connection was lost before the plans were compared.</source>
        <translation>Die Verbindung ging verloren, bevor die Pläne verglichen waren.</translation>
    </message>
    <message>
        <source>The connection was lost before this was found out.</source>
        <translation>Die Verbindung ging verloren, bevor das festgestellt war.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Actions, pages, images, tags, digests…</source>
        <translation>Aktionen, Seiten, Images, Tags, Digests …</translation>
    </message>
    <message>
        <source>What to do or find</source>
        <translation>Was zu tun oder zu finden ist</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Enter does it, Esc closes.</source>
        <translation>Eingabe führt aus, Esc schließt.</translation>
    </message>
    <message>
        <source>Nothing has all of these words.</source>
        <translation>Nichts enthält alle diese Wörter.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::CompareView</name>
    <message>
        <source>in both</source>
        <translation>in beiden</translation>
    </message>
    <message>
        <source>only in A</source>
        <translation>nur in A</translation>
    </message>
    <message>
        <source>only in B</source>
        <translation>nur in B</translation>
    </message>
    <message>
        <source>cannot be told</source>
        <translation>nicht feststellbar</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>verschieden</translation>
    </message>
    <message>
        <source>same</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>Layer is</source>
        <translation>Layer ist</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Digest</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Layers of A and B</source>
        <translation>Layer von A und B</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>Angabe</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Facts of A and B</source>
        <translation>Angaben zu A und B</translation>
    </message>
    <message>
        <source>&amp;A:</source>
        <translation>&amp;A:</translation>
    </message>
    <message>
        <source>&amp;B:</source>
        <translation>&amp;B:</translation>
    </message>
    <message>
        <source>Image A</source>
        <translation>Image A</translation>
    </message>
    <message>
        <source>Image B</source>
        <translation>Image B</translation>
    </message>
    <message>
        <source>Name, digest, or the start of one</source>
        <translation>Name, Digest oder dessen Anfang</translation>
    </message>
    <message>
        <source>&amp;Swap</source>
        <translation>&amp;Tauschen</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>Plattform</translation>
    </message>
    <message>
        <source>Command that fetches what is missing</source>
        <translation>Befehl, der Fehlendes abruft</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>There is no connection to a service.</source>
        <translation>Es gibt keine Verbindung zu einem Dienst.</translation>
    </message>
    <message>
        <source>It is no image.</source>
        <translation>Es ist kein Image.</translation>
    </message>
    <message>
        <source>It is not in the store.</source>
        <translation>Es ist nicht im Speicher.</translation>
    </message>
    <message>
        <source>The question was stopped.</source>
        <translation>Die Frage wurde abgebrochen.</translation>
    </message>
    <message>
        <source>platform not known</source>
        <translation>Plattform nicht bekannt</translation>
    </message>
    <message>
        <source>This fetches it, if its registry still has it:</source>
        <translation>Dies ruft es ab, falls seine Registry es noch hat:</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>a platform that is not known</source>
        <translation>eine nicht bekannte Plattform</translation>
    </message>
    <message>
        <source>A has %1, B has nothing for it.</source>
        <translation>A hat %1, B hat nichts dafür.</translation>
    </message>
    <message>
        <source>B has %1, A has nothing for it.</source>
        <translation>B hat %1, A hat nichts dafür.</translation>
    </message>
    <message>
        <source>Nothing is known of either.</source>
        <translation>Über beide ist nichts bekannt.</translation>
    </message>
    <message>
        <source>Name two images to compare.</source>
        <translation>Zwei Images angeben, um sie zu vergleichen.</translation>
    </message>
    <message>
        <source>Name a second image to compare it with.</source>
        <translation>Ein zweites Image zum Vergleichen angeben.</translation>
    </message>
    <message>
        <source>A client that has B fetches %1 of %2 for A.</source>
        <translation>Ein Client, der B hat, ruft für A %1 von %2 ab.</translation>
    </message>
    <message>
        <source>Compare two images</source>
        <translation>Zwei Images vergleichen</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Connection</name>
    <message>
        <source>The service has ended the stream of events.</source>
        <translation>Der Dienst hat den Strom der Ereignisse beendet.</translation>
    </message>
    <message>
        <source>%1 accepts connections, but has not answered for %2 seconds. Is the service stuck? See its log.</source>
        <translation>%1 nimmt Verbindungen an, antwortet aber seit %2 Sekunden nicht. Hängt der Dienst? Sein Protokoll gibt Auskunft.</translation>
    </message>
    <message>
        <source>The service has not answered for %1 seconds.</source>
        <translation>Der Dienst antwortet seit %1 Sekunden nicht.</translation>
    </message>
    <message>
        <source>The call was cut off.</source>
        <translation>Der Aufruf wurde abgeschnitten.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::ConnectionsDialog</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Socket</source>
        <translation>Socket</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>A connection is the API socket of a Layerhold service on this machine. Its owner and mode say who may connect; there is no password.</source>
        <translation>Eine Verbindung ist der API-Socket eines Layerhold-Dienstes auf dieser Maschine. Sein Besitzer und seine Rechte bestimmen, wer sich verbinden darf; ein Passwort gibt es nicht.</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>Name:</translation>
    </message>
    <message>
        <source>Socket:</source>
        <translation>Socket:</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Diese Maschine</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>Neue Verbindung</translation>
    </message>
    <message>
        <source>✗ There is no file %1. Is the service installed and started?</source>
        <translation>✗ Die Datei %1 gibt es nicht. Ist der Dienst installiert und gestartet?</translation>
    </message>
    <message>
        <source>✓ The socket is there.</source>
        <translation>✓ Der Socket ist da.</translation>
    </message>
    <message>
        <source>✗ You may not write to it: its owner is %1, its group %2.</source>
        <translation>✗ Das Recht fehlt, darauf zu schreiben: Besitzer ist %1, Gruppe ist %2.</translation>
    </message>
    <message>
        <source>✓ You may connect to it.</source>
        <translation>✓ Verbinden ist erlaubt.</translation>
    </message>
    <message>
        <source>… Asking for the version</source>
        <translation>… Die Version wird erfragt</translation>
    </message>
    <message>
        <source>✓ Layerhold %1 answers, process %2.</source>
        <translation>✓ Layerhold %1 antwortet, Prozess %2.</translation>
    </message>
    <message>
        <source>… Asking for the version; this takes longer than usual</source>
        <translation>… Die Version wird erfragt; das dauert länger als üblich</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::DetailsFacts</name>
    <message>
        <source>Facts of the entry</source>
        <translation>Angaben zum Eintrag</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Digest</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Media type</source>
        <translation>Medientyp</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>Plattformen</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Stored size</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Its bytes as they are stored, compressed.</source>
        <translation>Seine Bytes, wie sie gespeichert sind, komprimiert.</translation>
    </message>
    <message>
        <source>Referenced</source>
        <translation>Referenziert</translation>
    </message>
    <message>
        <source>All that the image needs: its size if it were alone. Sums over images exceed the disk.</source>
        <translation>Alles, was das Image braucht: seine Größe, wäre es allein. Summen über Images übersteigen den Datenträger.</translation>
    </message>
    <message>
        <source>Unique</source>
        <translation>Nur hier</translation>
    </message>
    <message>
        <source>What this image needs and no other.</source>
        <translation>Was dieses Image braucht und kein anderes.</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>What it needs, where what several images need is divided among them. Adds up to what is stored.</source>
        <translation>Was es braucht, wobei von mehreren Images Gebrauchtes unter ihnen aufgeteilt ist. Ergibt zusammen das Gespeicherte.</translation>
    </message>
    <message>
        <source>Freed if removed</source>
        <translation>Wird frei</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Wird erfragt …</translation>
    </message>
    <message>
        <source>Nothing comes back: something else needs it.</source>
        <translation>Nichts wird frei: etwas anderes braucht es.</translation>
    </message>
    <message>
        <source>The bytes that only this entry reaches, and so would come back.</source>
        <translation>Die Bytes, die nur dieser Eintrag erreicht und die daher frei würden.</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Zuerst gesehen</translation>
    </message>
    <message>
        <source>When it came here.</source>
        <translation>Wann es hierher kam.</translation>
    </message>
    <message>
        <source>Not known.</source>
        <translation>Nicht bekannt.</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>When it was last read or asked for.</source>
        <translation>Wann es zuletzt gelesen oder erfragt wurde.</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>When its bytes were last hashed and found right.</source>
        <translation>Wann seine Bytes zuletzt gehasht und für richtig befunden wurden.</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>How often it was read or asked for since it came here.</source>
        <translation>Wie oft es gelesen oder erfragt wurde, seit es hier ist.</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Engine %1</source>
        <translation>Engine %1</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>Braucht</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>Re-fetchable</source>
        <translation>Neu abrufbar</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::DetailsPanel</name>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Details</translation>
    </message>
    <message>
        <source>&amp;Why kept</source>
        <translation>&amp;Warum behalten</translation>
    </message>
    <message>
        <source>&amp;Used by</source>
        <translation>&amp;Benutzt von</translation>
    </message>
    <message>
        <source>There is no connection to a service.</source>
        <translation>Es gibt keine Verbindung zu einem Dienst.</translation>
    </message>
    <message>
        <source>Nothing is chosen.</source>
        <translation>Nichts ist ausgewählt.</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lädt …</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Asking why it is kept…</source>
        <translation>Es wird erfragt, warum es behalten wird …</translation>
    </message>
    <message>
        <source>%1 is not stored here, or not any more.</source>
        <translation>%1 ist hier nicht oder nicht mehr gespeichert.</translation>
    </message>
    <message>
        <source>As it was before: %1</source>
        <translation>Stand von vorher: %1</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::DetailsTree</name>
    <message>
        <source>Enter or a double click shows it.</source>
        <translation>Eingabe oder Doppelklick zeigt es.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::EntriesPage</name>
    <message>
        <source>who keeps each entry</source>
        <translation>wer jeden Eintrag behält</translation>
    </message>
    <message>
        <source>Of lists the service tells pins and tags only; kept:any and kept:none find all.</source>
        <translation>Bei Listen nennt der Dienst nur Anheftungen und Tags; kept:any und kept:none finden alles.</translation>
    </message>
    <message>
        <source>users and freed bytes</source>
        <translation>Benutzer und frei werdende Bytes</translation>
    </message>
    <message>
        <source>The service tells these of single entries only: the details of an entry have them.</source>
        <translation>Der Dienst nennt diese nur für einzelne Einträge: sie stehen in den Details eines Eintrags.</translation>
    </message>
    <message>
        <source>the layers and configurations of these repositories</source>
        <translation>die Layer und Configs dieser Repositorys</translation>
    </message>
    <message>
        <source>Of lists the service tells the names of images only.</source>
        <translation>Bei Listen nennt der Dienst nur die Namen von Images.</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>Nothing is chosen.</source>
        <translation>Nichts ist ausgewählt.</translation>
    </message>
    <message>
        <source>The current cell has no value that is known.</source>
        <translation>Die aktuelle Zelle hat keinen bekannten Wert.</translation>
    </message>
    <message>
        <source>The filter cannot ask for what is in the current cell.</source>
        <translation>Der Filter kann nicht nach dem fragen, was in der aktuellen Zelle steht.</translation>
    </message>
    <message>
        <source>the entries</source>
        <translation>die Einträge</translation>
    </message>
    <message>
        <source>to list entries</source>
        <translation>Einträge auflisten</translation>
    </message>
    <message>
        <source>the names of the entries</source>
        <translation>die Namen der Einträge</translation>
    </message>
    <message numerus="yes">
        <source>%1 entries, %2</source>
        <translation>
            <numerusform>%1 Eintrag, %2</numerusform>
            <numerusform>%1 Einträge, %2</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>these: %1</source>
        <translation>diese: %1</translation>
    </message>
    <message>
        <source>Scatter</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>The same entries as points of size and last use (T)</source>
        <translation>Dieselben Einträge als Punkte nach Größe und letzter Benutzung (T)</translation>
    </message>
    <message>
        <source>The same entries as rows (T)</source>
        <translation>Dieselben Einträge als Zeilen (T)</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::EntryColumns</name>
    <message>
        <source>Digest</source>
        <translation>Digest</translation>
    </message>
    <message>
        <source>The name of the content: a hash over its bytes.</source>
        <translation>Der Name des Inhalts: ein Hash über seine Bytes.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>What the content is to an image.</source>
        <translation>Was der Inhalt für ein Image ist.</translation>
    </message>
    <message>
        <source>Media type</source>
        <translation>Medientyp</translation>
    </message>
    <message>
        <source>The format, as whoever stored it said.</source>
        <translation>Das Format, wie beim Speichern angegeben.</translation>
    </message>
    <message>
        <source>Repositories</source>
        <translation>Repositorys</translation>
    </message>
    <message>
        <source>Where images that have it come from, as far as is known.</source>
        <translation>Woher Images, die es enthalten, stammen, soweit bekannt.</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Tags and names of images that point at it.</source>
        <translation>Tags und Namen von Images, die darauf zeigen.</translation>
    </message>
    <message>
        <source>Stored size</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Its bytes as they are stored, compressed.</source>
        <translation>Seine Bytes, wie sie gespeichert sind, komprimiert.</translation>
    </message>
    <message>
        <source>Freed if removed</source>
        <translation>Wird frei</translation>
    </message>
    <message>
        <source>The bytes that only this entry reaches.</source>
        <translation>Die Bytes, die nur dieser Eintrag erreicht.</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Benutzt von</translation>
    </message>
    <message>
        <source>Manifests and indexes that refer to it.</source>
        <translation>Manifeste und Indizes, die darauf verweisen.</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Zuerst gesehen</translation>
    </message>
    <message>
        <source>When it came here.</source>
        <translation>Wann es hierher kam.</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>When it was last read or asked for.</source>
        <translation>Wann es zuletzt gelesen oder erfragt wurde.</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>How often it was read or asked for since it came here.</source>
        <translation>Wie oft es gelesen oder erfragt wurde, seit es hier ist.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Whether its bytes are here.</source>
        <translation>Ob seine Bytes hier sind.</translation>
    </message>
    <message>
        <source>Why kept</source>
        <translation>Warum behalten</translation>
    </message>
    <message>
        <source>Who needs it: the strongest reason, and how many others.</source>
        <translation>Wer es braucht: der stärkste Grund und wie viele weitere.</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>How it came here.</source>
        <translation>Wie es hierher kam.</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>Not kept</source>
        <translation>Nicht behalten</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Nobody needs it: a cleanup may remove it.</source>
        <translation>Niemand braucht es: ein Aufräumen darf es entfernen.</translation>
    </message>
    <message>
        <source>Somebody needs it; &quot;Why is this kept?&quot; tells who.</source>
        <translation>Jemand braucht es; „Warum wird das behalten?“ sagt, wer.</translation>
    </message>
    <message>
        <source>Not asked yet.</source>
        <translation>Noch nicht erfragt.</translation>
    </message>
    <message>
        <source>Re-fetchable</source>
        <translation>Neu abrufbar</translation>
    </message>
    <message>
        <source>Whether a registry is known to have had it.</source>
        <translation>Ob eine Registry bekannt ist, die es hatte.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::EntryCommands</name>
    <message>
        <source>No tag points at it.</source>
        <translation>Kein Tag zeigt darauf.</translation>
    </message>
    <message>
        <source>Pin or unpin</source>
        <translation>Anheften oder lösen</translation>
    </message>
    <message>
        <source>Nothing is chosen.</source>
        <translation>Nichts ist ausgewählt.</translation>
    </message>
    <message>
        <source>It has no name.</source>
        <translation>Es hat keinen Namen.</translation>
    </message>
    <message>
        <source>No name is known for it under which a registry has it.</source>
        <translation>Es ist kein Name bekannt, unter dem eine Registry es hat.</translation>
    </message>
    <message>
        <source>Nothing more is known of it.</source>
        <translation>Mehr ist darüber nicht bekannt.</translation>
    </message>
    <message>
        <source>Its digest is none that a shell could be given.</source>
        <translation>Sein Digest lässt sich keiner Shell übergeben.</translation>
    </message>
    <message>
        <source>It is not known yet what is pinned.</source>
        <translation>Es ist noch nicht bekannt, was angeheftet ist.</translation>
    </message>
    <message>
        <source>It is pinned already.</source>
        <translation>Es ist schon angeheftet.</translation>
    </message>
    <message>
        <source>It is not pinned.</source>
        <translation>Es ist nicht angeheftet.</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Nothing removes what is pinned. A note on why it is kept:</source>
        <translation>Nichts entfernt, was angeheftet ist. Eine Notiz, warum es behalten wird:</translation>
    </message>
    <message>
        <source>At most %1 entries can be chosen one by one.</source>
        <translation>Höchstens %1 Einträge lassen sich einzeln vormerken.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::EntryFacets</name>
    <message>
        <source>Under a day</source>
        <translation>Unter einem Tag</translation>
    </message>
    <message>
        <source>1 to 7 days</source>
        <translation>1 bis 7 Tage</translation>
    </message>
    <message>
        <source>7 to 30 days</source>
        <translation>7 bis 30 Tage</translation>
    </message>
    <message>
        <source>30 to 90 days</source>
        <translation>30 bis 90 Tage</translation>
    </message>
    <message>
        <source>90 days and more</source>
        <translation>90 Tage und mehr</translation>
    </message>
    <message>
        <source>Under 1 MiB</source>
        <translation>Unter 1 MiB</translation>
    </message>
    <message>
        <source>1 to 10 MiB</source>
        <translation>1 bis 10 MiB</translation>
    </message>
    <message>
        <source>10 to 100 MiB</source>
        <translation>10 bis 100 MiB</translation>
    </message>
    <message>
        <source>100 MiB to 1 GiB</source>
        <translation>100 MiB bis 1 GiB</translation>
    </message>
    <message>
        <source>1 GiB and more</source>
        <translation>1 GiB und mehr</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Why kept</source>
        <translation>Warum behalten</translation>
    </message>
    <message>
        <source>Kept, not asked by whom</source>
        <translation>Behalten, Grund offen</translation>
    </message>
    <message>
        <source>Not kept</source>
        <translation>Nicht behalten</translation>
    </message>
    <message>
        <source>Idle for</source>
        <translation>Unbenutzt seit</translation>
    </message>
    <message>
        <source>Never used</source>
        <translation>Nie benutzt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Re-fetchable</source>
        <translation>Neu abrufbar</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::EntryFilter</name>
    <message>
        <source>The filter is too long.</source>
        <translation>Der Filter ist zu lang.</translation>
    </message>
    <message>
        <source>A condition is missing after &quot;!&quot;.</source>
        <translation>Nach „!“ fehlt eine Bedingung.</translation>
    </message>
    <message>
        <source>One &quot;!&quot; is enough.</source>
        <translation>Ein „!“ genügt.</translation>
    </message>
    <message>
        <source>A key is missing before &quot;%1&quot;.</source>
        <translation>Vor „%1“ fehlt ein Schlüssel.</translation>
    </message>
    <message>
        <source>There is no key &quot;%1&quot;. To look for a text with &quot;%2&quot; in it, put it in quotes.</source>
        <translation>Den Schlüssel „%1“ gibt es nicht. Ein gesuchter Text mit „%2“ darin gehört in Anführungszeichen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; stands alone, without a value.</source>
        <translation>„%1“ steht allein, ohne einen Wert.</translation>
    </message>
    <message>
        <source>A value is missing after &quot;%1&quot;.</source>
        <translation>Nach „%1“ fehlt ein Wert.</translation>
    </message>
    <message>
        <source>&quot;never&quot; cannot be compared with; write idle:never.</source>
        <translation>Mit „never“ lässt sich nicht vergleichen; richtig ist idle:never.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; takes &quot;:&quot; only.</source>
        <translation>Nach „%1“ darf nur „:“ stehen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no relation; there are : = &lt; &lt;= &gt; &gt;=.</source>
        <translation>„%1“ ist keine Beziehung; es gibt : = &lt; &lt;= &gt; &gt;=.</translation>
    </message>
    <message>
        <source>A space is missing before this.</source>
        <translation>Davor fehlt ein Leerzeichen.</translation>
    </message>
    <message>
        <source>Only one value can be compared with.</source>
        <translation>Vergleichen lässt sich nur mit einem Wert.</translation>
    </message>
    <message>
        <source>A value is missing after &quot;,&quot;.</source>
        <translation>Nach „,“ fehlt ein Wert.</translation>
    </message>
    <message>
        <source>A space is missing after the quote.</source>
        <translation>Nach dem Anführungszeichen fehlt ein Leerzeichen.</translation>
    </message>
    <message>
        <source>The quotes are empty.</source>
        <translation>Die Anführungszeichen sind leer.</translation>
    </message>
    <message>
        <source>Quotes go around a whole value.</source>
        <translation>Anführungszeichen umschließen einen ganzen Wert.</translation>
    </message>
    <message>
        <source>A value is missing here.</source>
        <translation>Hier fehlt ein Wert.</translation>
    </message>
    <message>
        <source>In quotes there are only \&quot; and \\.</source>
        <translation>In Anführungszeichen gibt es nur \&quot; und \\.</translation>
    </message>
    <message>
        <source>The quote is not closed.</source>
        <translation>Das Anführungszeichen ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>a size, as 50MiB</source>
        <translation>eine Größe, wie 50MiB</translation>
    </message>
    <message>
        <source>a time, as 30d</source>
        <translation>eine Zeit, wie 30d</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>Digests have only the digits 0 to 9 and a to f.</source>
        <translation>Digests haben nur die Ziffern 0 bis 9 und a bis f.</translation>
    </message>
    <message>
        <source>The digits of the digest are missing.</source>
        <translation>Die Ziffern des Digests fehlen.</translation>
    </message>
    <message>
        <source>No digest is that long.</source>
        <translation>So lang ist kein Digest.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not known here; there are %2.</source>
        <translation>„%1“ ist hier nicht bekannt; es gibt %2.</translation>
    </message>
    <message>
        <source>This is to be %1.</source>
        <translation>Hier wird erwartet: %1.</translation>
    </message>
    <message>
        <source>A unit is missing: this is to be %1.</source>
        <translation>Es fehlt eine Einheit; hier wird erwartet: %1.</translation>
    </message>
    <message>
        <source>The number is too large.</source>
        <translation>Die Zahl ist zu groß.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; takes &lt; &lt;= &gt; &gt;= only.</source>
        <translation>„%1“ nimmt nur &lt; &lt;= &gt; &gt;=.</translation>
    </message>
    <message>
        <source>a date, as 2026-03-02, or one with time and zone, as 2026-03-02T10:15:00Z</source>
        <translation>ein Datum wie 2026-03-02 oder eines mit Zeit und Zone wie 2026-03-02T10:15:00Z</translation>
    </message>
    <message>
        <source>Nothing was used before 1970 or after 9999.</source>
        <translation>Nichts wurde vor 1970 oder nach 9999 benutzt.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::EntryScatterPane</name>
    <message>
        <source>%1 entries were chosen, of which the %2 largest are selected.</source>
        <translation>%1 Einträge wurden gewählt; die %2 größten davon sind ausgewählt.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::EntryScatterView</name>
    <message>
        <source>several at one place</source>
        <translation>mehrere an einer Stelle</translation>
    </message>
    <message>
        <source>selected</source>
        <translation>ausgewählt</translation>
    </message>
    <message>
        <source>Stored size</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Time since last use</source>
        <translation>Zeit seit der letzten Benutzung</translation>
    </message>
    <message>
        <source>future</source>
        <translation>Zukunft</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>Entries by size and last use</source>
        <translation>Einträge nach Größe und letzter Benutzung</translation>
    </message>
    <message>
        <source>Points, the largest entry first: arrow keys go from one to the next, Space selects or deselects, Enter shows the details.</source>
        <translation>Punkte, der größte Eintrag zuerst: Pfeiltasten führen von einem zum nächsten, die Leertaste wählt aus oder ab, Enter zeigt die Details.</translation>
    </message>
    <message>
        <source>There are no entries to draw.</source>
        <translation>Es gibt keine Einträge zu zeichnen.</translation>
    </message>
    <message>
        <source>%1, never used</source>
        <translation>%1, nie benutzt</translation>
    </message>
    <message>
        <source>%1, last used %2</source>
        <translation>%1, zuletzt benutzt %2</translation>
    </message>
    <message>
        <source>, selected</source>
        <translation>, ausgewählt</translation>
    </message>
    <message>
        <source>Stored: %1 (%2)</source>
        <translation>Gespeichert: %1 (%2)</translation>
    </message>
    <message>
        <source>Last used: %1 (%2)</source>
        <translation>Zuletzt benutzt: %1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>and %1 others at this place</source>
        <translation>
            <numerusform>und %1 weiterer an dieser Stelle</numerusform>
            <numerusform>und %1 weitere an dieser Stelle</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::EntryTableView</name>
    <message>
        <source>Entries</source>
        <translation>Einträge</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::EventModel</name>
    <message numerus="yes">
        <source>%1 events are missing: the service no longer had them</source>
        <translation>
            <numerusform>%1 Ereignis fehlt: der Dienst hatte es nicht mehr</numerusform>
            <numerusform>%1 Ereignisse fehlen: der Dienst hatte sie nicht mehr</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 events are not shown: more came than the %2 that this list holds</source>
        <translation>
            <numerusform>%1 Ereignis wird nicht gezeigt: es kamen mehr als die %2, die diese Liste fasst</numerusform>
            <numerusform>%1 Ereignisse werden nicht gezeigt: es kamen mehr als die %2, die diese Liste fasst</numerusform>
        </translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Betrifft</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detail</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::EventsPage</name>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Events, the newest last</source>
        <translation>Ereignisse, das neueste zuletzt</translation>
    </message>
    <message>
        <source>No event about something is selected.</source>
        <translation>Es ist kein Ereignis ausgewählt, das etwas betrifft.</translation>
    </message>
    <message>
        <source>Filter the events</source>
        <translation>Ereignisse filtern</translation>
    </message>
    <message>
        <source>Filter: kind, engine, what it is about, detail</source>
        <translation>Filter: Art, Engine, was es betrifft, Detail</translation>
    </message>
    <message>
        <source>Shows what came in, and follows again (Space).</source>
        <translation>Zeigt, was hereinkam, und folgt wieder (Leertaste).</translation>
    </message>
    <message>
        <source>▼ %1 new</source>
        <translation>▼ %1 neu</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Shows what comes in again (Space).</source>
        <translation>Zeigt wieder, was hereinkommt (Leertaste).</translation>
    </message>
    <message>
        <source>Keeps the list as it is; nothing that comes in is lost (Space).</source>
        <translation>Lässt die Liste, wie sie ist; nichts, was hereinkommt, geht verloren (Leertaste).</translation>
    </message>
    <message>
        <source>No events yet: they are shown as they come.</source>
        <translation>Noch keine Ereignisse: sie werden gezeigt, wie sie kommen.</translation>
    </message>
    <message>
        <source>%1 shown</source>
        <translation>%1 gezeigt</translation>
    </message>
    <message numerus="yes">
        <source>%1 older ones are not kept</source>
        <translation>
            <numerusform>%1 älteres nicht aufgehoben</numerusform>
            <numerusform>%1 ältere nicht aufgehoben</numerusform>
        </translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>Shows the events of any time again (Esc).</source>
        <translation>Zeigt wieder die Ereignisse aller Zeiten (Esc).</translation>
    </message>
    <message>
        <source>Only events in %1</source>
        <translation>Nur Ereignisse in %1</translation>
    </message>
    <message>
        <source>asking for earlier ones…</source>
        <translation>frühere werden erfragt …</translation>
    </message>
    <message>
        <source>what happened before</source>
        <translation>was vorher geschah</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::FacetSidebar</name>
    <message>
        <source>Filter by what there is</source>
        <translation>Nach Vorhandenem filtern</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 entries are shown, %3 of %4.</source>
        <translation>
            <numerusform>%1 von %2 Eintrag wird gezeigt, %3 von %4.</numerusform>
            <numerusform>%1 von %2 Einträgen werden gezeigt, %3 von %4.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::FilterLine</name>
    <message>
        <source>Filter entries</source>
        <translation>Einträge filtern</translation>
    </message>
    <message>
        <source>Filter, for example: kind:layer size&gt;50MiB idle&gt;30d !pinned</source>
        <translation>Filter, zum Beispiel: kind:layer size&gt;50MiB idle&gt;30d !pinned</translation>
    </message>
    <message>
        <source>What the word could become</source>
        <translation>Was aus dem Wort werden könnte</translation>
    </message>
    <message>
        <source>Character %1: %2 The filter before it stays in force.</source>
        <translation>Zeichen %1: %2 Der vorige Filter bleibt in Kraft.</translation>
    </message>
    <message>
        <source>Terms that all have to hold: repo: name: digest: kind: state: kept: media: origin: size idle age used hits pinned released.
An exclamation mark turns a term around, commas stand between values of which one is enough, * for any characters.
A word without a key looks into names and for the beginning of the digest.
used&gt;=2026-03-02 is about the last use; days begin at midnight of UTC.</source>
        <translation>Bedingungen, die alle gelten müssen: repo: name: digest: kind: state: kept: media: origin: size idle age used hits pinned released.
Ein Ausrufezeichen kehrt eine Bedingung um, Kommas stehen zwischen Werten, von denen einer genügt, * für beliebige Zeichen.
Ein Wort ohne Schlüssel sucht in Namen und am Anfang des Digests.
used&gt;=2026-03-02 fragt nach der letzten Benutzung; Tage beginnen um Mitternacht UTC.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::FirstRun</name>
    <message>
        <source>The cache is empty</source>
        <translation>Der Cache ist leer</translation>
    </message>
    <message>
        <source>The service runs and waits for its first image. There are two ways to bring one in:</source>
        <translation>Der Dienst läuft und wartet auf sein erstes Image. Es gibt zwei Wege, eines hereinzubringen:</translation>
    </message>
    <message>
        <source>Or pull an image ahead of time, with your own credentials:</source>
        <translation>Oder ein Image im Voraus holen, mit eigenen Zugangsdaten:</translation>
    </message>
    <message>
        <source>Then see what is held, and how the engines are served. This page shows it too as soon as something is there.</source>
        <translation>Dann nachsehen, was gehalten wird und wie die Engines bedient werden. Auch diese Seite zeigt es, sobald etwas da ist.</translation>
    </message>
    <message>
        <source>Let containerd keep its images here. The first command brings in what it has already, and shows with --dry-run what it would do; the second one makes containerd use it:</source>
        <translation>containerd seine Images hier halten lassen. Der erste Befehl bringt herein, was es schon hat, und zeigt mit --dry-run, was er täte; der zweite sorgt dafür, dass containerd es benutzt:</translation>
    </message>
    <message>
        <source>The engine “%1” is served: what it pulls from now on is kept here. When its containerd was not set up for that, these commands do it:</source>
        <translation>Die Engine „%1“ wird bedient: was sie von jetzt an holt, wird hier behalten. Wenn ihr containerd dafür nicht eingerichtet ist, tun es diese Befehle:</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Format</name>
    <message>
        <source>%1 d</source>
        <translation>%1 Tg.</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message numerus="yes">
        <source>%1 bytes</source>
        <translation>
            <numerusform>%1 Byte</numerusform>
            <numerusform>%1 Bytes</numerusform>
        </translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>&lt;%1 %</source>
        <translation>&lt;%1 %</translation>
    </message>
    <message>
        <source>&gt;%1 %</source>
        <translation>&gt;%1 %</translation>
    </message>
    <message>
        <source>%1 mo</source>
        <translation>%1 Mon.</translation>
    </message>
    <message>
        <source>%1 y</source>
        <translation>%1 J.</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>%1 – %2 (%3)</source>
        <translation>%1 – %2 (%3)</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::FreedFigure</name>
    <message>
        <source>What nothing else needs, and so would come back without these. In brackets all that they need, where what they share counts for each.</source>
        <translation>Was sonst niemand braucht und ohne diese frei würde. In Klammern alles, was sie brauchen, wobei Gemeinsames für jedes zählt.</translation>
    </message>
    <message>
        <source>%1 selected</source>
        <translation>%1 ausgewählt</translation>
    </message>
    <message>
        <source>%1: frees %2</source>
        <translation>%1: macht %2 frei</translation>
    </message>
    <message>
        <source>%1 (refs %2)</source>
        <translation>%1 (referenziert %2)</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::ImageComparison</name>
    <message>
        <source>Platform</source>
        <translation>Plattform</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>Config</translation>
    </message>
    <message>
        <source>Artifact type</source>
        <translation>Artefakttyp</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Layer</translation>
    </message>
    <message>
        <source>Size of the layers</source>
        <translation>Größe der Layer</translation>
    </message>
    <message>
        <source>A client that has A fetches %1 of %2 for B.</source>
        <translation>Ein Client, der A hat, ruft für B %1 von %2 ab.</translation>
    </message>
    <message>
        <source>B has %1 of layers; what a client that has A would fetch is not known, because A is not here.</source>
        <translation>B hat %1 an Layern; was ein Client, der A hat, abrufen würde, ist nicht bekannt, weil A nicht hier ist.</translation>
    </message>
    <message>
        <source>A has %1 of layers; what a client that has it would fetch is not known, because B is not here.</source>
        <translation>A hat %1 an Layern; was ein Client, der es hat, abrufen würde, ist nicht bekannt, weil B nicht hier ist.</translation>
    </message>
    <message>
        <source>Neither A nor B is here, so their layers are not known.</source>
        <translation>Weder A noch B ist hier, deshalb sind ihre Layer nicht bekannt.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::ImageInspector</name>
    <message>
        <source>It is no image any more.</source>
        <translation>Es ist kein Image mehr.</translation>
    </message>
    <message>
        <source>It is not in the store any more.</source>
        <translation>Es ist nicht mehr im Speicher.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::ImageModel</name>
    <message>
        <source>%1 + %2</source>
        <translation>%1 + %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>platform not known</source>
        <translation>Plattform nicht bekannt</translation>
    </message>
    <message numerus="yes">
        <source>%1 of its blobs are not stored here</source>
        <translation>
            <numerusform>%1 seiner Blobs ist hier nicht gespeichert</numerusform>
            <numerusform>%1 seiner Blobs sind hier nicht gespeichert</numerusform>
        </translation>
    </message>
    <message>
        <source>Its manifest is not stored here</source>
        <translation>Sein Manifest ist hier nicht gespeichert</translation>
    </message>
    <message>
        <source>%1 of layers</source>
        <translation>%1 an Layern</translation>
    </message>
    <message>
        <source>built %1</source>
        <translation>gebaut %1</translation>
    </message>
    <message>
        <source>All bytes that it needs, as if it were alone. Sums over images exceed the disk.</source>
        <translation>Alle Bytes, die es braucht, als wäre es allein. Summen über Images übersteigen den Datenträger.</translation>
    </message>
    <message>
        <source>Bytes that no other image needs.</source>
        <translation>Bytes, die kein anderes Image braucht.</translation>
    </message>
    <message>
        <source>Bytes divided by the number of images that need them. Adds up to what is stored.</source>
        <translation>Bytes, geteilt durch die Anzahl der Images, die sie brauchen. Ergibt zusammen das Gespeicherte.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Digest</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>Plattformen</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Layer</translation>
    </message>
    <message>
        <source>Referenced</source>
        <translation>Referenziert</translation>
    </message>
    <message>
        <source>Unique</source>
        <translation>Nur hier</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Zuerst gesehen</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>Held by</source>
        <translation>Gehalten von</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::ImagePane</name>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
    <message>
        <source>&amp;Layers</source>
        <translation>&amp;Layer</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Digest</translation>
    </message>
    <message>
        <source>Pull command</source>
        <translation>Pull-Befehl</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>Plattform</translation>
    </message>
    <message>
        <source>Names, referrers and sources</source>
        <translation>Namen, Referrer und Quellen</translation>
    </message>
    <message>
        <source>No image is chosen</source>
        <translation>Kein Image ausgewählt</translation>
    </message>
    <message>
        <source>Choose an image to see its layers.</source>
        <translation>Ein Image auswählen, um seine Layer zu sehen.</translation>
    </message>
    <message>
        <source>Asking for its layers…</source>
        <translation>Seine Layer werden erfragt …</translation>
    </message>
    <message>
        <source>%1 · referenced %2 · unique %3 · share %4 · last used %5</source>
        <translation>%1 · referenziert %2 · nur hier %3 · Anteil %4 · zuletzt benutzt %5</translation>
    </message>
    <message>
        <source>Nothing is known of its layers.</source>
        <translation>Über seine Layer ist nichts bekannt.</translation>
    </message>
    <message numerus="yes">
        <source>%1 &amp;layers</source>
        <translation>
            <numerusform>%1 &amp;Layer</numerusform>
            <numerusform>%1 &amp;Layer</numerusform>
        </translation>
    </message>
    <message>
        <source>built %1</source>
        <translation>gebaut %1</translation>
    </message>
    <message>
        <source>Its manifest is not stored here, so its layers are not known.</source>
        <translation>Sein Manifest ist hier nicht gespeichert, deshalb sind seine Layer nicht bekannt.</translation>
    </message>
    <message>
        <source>It has no layers.</source>
        <translation>Es hat keine Layer.</translation>
    </message>
    <message>
        <source>No name is known under which a registry has it</source>
        <translation>Kein Name bekannt, unter dem eine Registry es hat</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>without a note</source>
        <translation>ohne Notiz</translation>
    </message>
    <message>
        <source>Names of this digest (%1)</source>
        <translation>Namen dieses Digests (%1)</translation>
    </message>
    <message>
        <source>Referrers (%1)</source>
        <translation>Referrer (%1)</translation>
    </message>
    <message>
        <source>What refers to it: signatures, SBOMs and the like.</source>
        <translation>Was darauf verweist: Signaturen, SBOMs und Ähnliches.</translation>
    </message>
    <message>
        <source>Engines got it from</source>
        <translation>Engines bekamen es von</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::ImagesPage</name>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Filter images</source>
        <translation>Images filtern</translation>
    </message>
    <message>
        <source>Filter by name, platform or digest</source>
        <translation>Nach Name, Plattform oder Digest filtern</translation>
    </message>
    <message>
        <source>Nothing is chosen.</source>
        <translation>Nichts ist ausgewählt.</translation>
    </message>
    <message>
        <source>Two images can be compared; %1 are chosen.</source>
        <translation>Vergleichen lassen sich zwei Images; %1 sind ausgewählt.</translation>
    </message>
    <message>
        <source>The filter looks into names, platforms and digests.</source>
        <translation>Der Filter sucht in Namen, Plattformen und Digests.</translation>
    </message>
    <message>
        <source>There is no level above.</source>
        <translation>Darüber gibt es keine Ebene.</translation>
    </message>
    <message>
        <source>%1 is not among the images.</source>
        <translation>%1 ist nicht unter den Images.</translation>
    </message>
    <message>
        <source>Image, %1</source>
        <translation>Image, %1</translation>
    </message>
    <message>
        <source>the images</source>
        <translation>die Images</translation>
    </message>
    <message>
        <source>to list images</source>
        <translation>Images auflisten</translation>
    </message>
    <message>
        <source>No images yet</source>
        <translation>Noch keine Images</translation>
    </message>
    <message>
        <source>The cache holds %1, but nothing that is an image. Pull one through it:</source>
        <translation>Der Cache enthält %1, aber nichts, was ein Image ist. Eines darüber holen:</translation>
    </message>
    <message numerus="yes">
        <source>%1 images</source>
        <translation>
            <numerusform>%1 Image</numerusform>
            <numerusform>%1 Images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 images</source>
        <translation>
            <numerusform>%1 von %2 Image</numerusform>
            <numerusform>%1 von %2 Images</numerusform>
        </translation>
    </message>
    <message>
        <source> · %1 stored, %2 of it shared</source>
        <translation> · %1 gespeichert, davon %2 gemeinsam</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Job</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Stopped after %1.</source>
        <translation>Angehalten nach %1.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::JobRow</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>Abbrechen: %1</translation>
    </message>
    <message>
        <source>Stops after what is being done now.</source>
        <translation>Hält nach dem an, was gerade läuft.</translation>
    </message>
    <message>
        <source>Stopping after what is being done now</source>
        <translation>Hält nach dem an, was gerade läuft</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::KeysDialog</name>
    <message>
        <source>Keys and help</source>
        <translation>Tasten und Hilfe</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search the keys</source>
        <translation>Tasten durchsuchen</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Single letters work in tables and charts only. Shift+Del does nothing, so that no reflex destroys anything. Every action is in the command palette, Ctrl+K.
More: man layerhold-gui, man layerhold.</source>
        <translation>Einzelne Buchstaben wirken nur in Tabellen und Diagrammen. Umschalt+Entf tut nichts, damit kein Reflex etwas zerstört. Jede Aktion steht in der Befehlspalette, Strg+K.
Mehr: man layerhold-gui, man layerhold.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::LastRun</name>
    <message>
        <source>There is no connection to a service.</source>
        <translation>Es gibt keine Verbindung zu einem Dienst.</translation>
    </message>
    <message>
        <source>It is being undone.</source>
        <translation>Er wird gerade rückgängig gemacht.</translation>
    </message>
    <message>
        <source>Nothing that a run removed is in the trash.</source>
        <translation>Nichts, was ein Lauf entfernt hat, ist im Papierkorb.</translation>
    </message>
    <message>
        <source>The time to undo run %1 was over at %2.</source>
        <translation>Die Frist, um Lauf %1 rückgängig zu machen, endete um %2.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo (%1 left)</source>
        <translation>Rückgängig (noch %1)</translation>
    </message>
    <message numerus="yes">
        <source>Bring back %1 entries of run %2</source>
        <translation>
            <numerusform>%1 Eintrag aus Lauf %2 zurückholen</numerusform>
            <numerusform>%1 Einträge aus Lauf %2 zurückholen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Brought back %1 entries (%2).</source>
        <translation>
            <numerusform>%1 Eintrag zurückgeholt (%2).</numerusform>
            <numerusform>%1 Einträge zurückgeholt (%2).</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 could not be.</source>
        <translation>Bei %1 ging das nicht.</translation>
    </message>
    <message>
        <source>What is in the trash is not known yet.</source>
        <translation>Was im Papierkorb ist, ist noch nicht bekannt.</translation>
    </message>
    <message>
        <source>What is in the trash is not known: %1</source>
        <translation>Was im Papierkorb ist, ist nicht bekannt: %1</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::LayerStack</name>
    <message>
        <source>Layers</source>
        <translation>Layer</translation>
    </message>
    <message>
        <source>Layer %1, %2</source>
        <translation>Layer %1, %2</translation>
    </message>
    <message>
        <source>not stored</source>
        <translation>nicht gespeichert</translation>
    </message>
    <message>
        <source>only in this image</source>
        <translation>nur in diesem Image</translation>
    </message>
    <message numerus="yes">
        <source>shared with %1 images</source>
        <translation>
            <numerusform>gemeinsam mit %1 Image</numerusform>
            <numerusform>gemeinsam mit %1 Images</numerusform>
        </translation>
    </message>
    <message>
        <source>no command is recorded</source>
        <translation>kein Befehl aufgezeichnet</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::ListLoad</name>
    <message>
        <source>The loading was stopped before anything came.</source>
        <translation>Das Laden wurde angehalten, bevor etwas kam.</translation>
    </message>
    <message>
        <source>the rest of %1</source>
        <translation>der Rest (%1)</translation>
    </message>
    <message>
        <source>The loading was stopped.</source>
        <translation>Das Laden wurde angehalten.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Main</name>
    <message>
        <source>There is no page “%1”.</source>
        <translation>Die Seite „%1“ gibt es nicht.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::MainWindow</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Nothing is chosen.</source>
        <translation>Nichts ist ausgewählt.</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Tool bar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Find or do anything…  Ctrl+K</source>
        <translation>Alles finden oder ausführen …  Strg+K</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Keine Verbindung</translation>
    </message>
    <message>
        <source>Click to see or change connections.</source>
        <translation>Klicken, um Verbindungen zu sehen oder zu ändern.</translation>
    </message>
    <message>
        <source>Connection: %1</source>
        <translation>Verbindung: %1</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>There is no connection to a service.</source>
        <translation>Es gibt keine Verbindung zu einem Dienst.</translation>
    </message>
    <message>
        <source>This page has no filter.</source>
        <translation>Diese Seite hat keinen Filter.</translation>
    </message>
    <message>
        <source>There is nothing to go back to.</source>
        <translation>Es gibt nichts, wohin es zurückginge.</translation>
    </message>
    <message>
        <source>There is nothing to go forward to.</source>
        <translation>Es gibt nichts, wohin es vorwärtsginge.</translation>
    </message>
    <message>
        <source>Work is going on</source>
        <translation>Es läuft noch etwas</translation>
    </message>
    <message>
        <source>Closing the window stops it after what is being done now:</source>
        <translation>Wird das Fenster geschlossen, hält es nach dem an, was gerade getan wird:</translation>
    </message>
    <message>
        <source>Stop and Close</source>
        <translation>Anhalten und schließen</translation>
    </message>
    <message>
        <source>This is a snapshot already: copy its file.</source>
        <translation>Dies ist schon ein Schnappschuss: Es genügt, seine Datei zu kopieren.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::MapColoring</name>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Idle time</source>
        <translation>Unbenutzte Zeit</translation>
    </message>
    <message>
        <source>Keep reason</source>
        <translation>Grund des Behaltens</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Layer</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>Config</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>Manifest</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>Other, or many small ones</source>
        <translation>Anderes oder viele kleine</translation>
    </message>
    <message>
        <source>Used within a day</source>
        <translation>Binnen eines Tages benutzt</translation>
    </message>
    <message>
        <source>A week</source>
        <translation>Eine Woche</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 Tage</translation>
    </message>
    <message>
        <source>Longer ago</source>
        <translation>Länger her</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>Freigegeben</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Etwas anderes</translation>
    </message>
    <message>
        <source>Re-fetchable</source>
        <translation>Neu abrufbar</translation>
    </message>
    <message>
        <source>A registry is known to have had it</source>
        <translation>Eine Registry ist bekannt, die es hatte</translation>
    </message>
    <message>
        <source>Only copy</source>
        <translation>Einzige Kopie</translation>
    </message>
    <message>
        <source>Many small ones</source>
        <translation>Viele kleine</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::MapControls</name>
    <message>
        <source>Shared bytes:</source>
        <translation>Gemeinsam:</translation>
    </message>
    <message>
        <source>&amp;Colour by:</source>
        <translation>&amp;Farbe nach:</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>Farbe nach</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::MapLegend</name>
    <message>
        <source>What the colours of the map mean</source>
        <translation>Was die Farben der Karte bedeuten</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::MetricCharts</name>
    <message>
        <source>Bytes per %1</source>
        <translation>Bytes je %1</translation>
    </message>
    <message>
        <source>Served</source>
        <translation>Ausgeliefert</translation>
    </message>
    <message>
        <source>Fetched</source>
        <translation>Abgerufen</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespart</translation>
    </message>
    <message>
        <source>Saved in this time, in all</source>
        <translation>In dieser Zeit gespart, insgesamt</translation>
    </message>
    <message>
        <source>Lookups and reads per %1</source>
        <translation>Nachfragen und Lesevorgänge je %1</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Misses</source>
        <translation>Fehlschläge</translation>
    </message>
    <message>
        <source>Stored bytes</source>
        <translation>Gespeicherte Bytes</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Stored blobs</source>
        <translation>Gespeicherte Blobs</translation>
    </message>
    <message>
        <source>Time of a lookup or open</source>
        <translation>Dauer einer Nachfrage oder eines Öffnens</translation>
    </message>
    <message>
        <source>Time of a commit</source>
        <translation>Dauer eines Commits</translation>
    </message>
    <message>
        <source>Blobs written per %1</source>
        <translation>Geschriebene Blobs je %1</translation>
    </message>
    <message>
        <source>Not manifests</source>
        <translation>Ohne Manifeste</translation>
    </message>
    <message>
        <source>Evictions and errors per %1</source>
        <translation>Verdrängungen und Fehler je %1</translation>
    </message>
    <message>
        <source>Evictions</source>
        <translation>Verdrängungen</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>hour</source>
        <translation>Stunde</translation>
    </message>
    <message>
        <source>minute</source>
        <translation>Minute</translation>
    </message>
    <message>
        <source>second</source>
        <translation>Sekunde</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Hit rate</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>Hit rate over %1 min</source>
        <translation>Trefferquote über %1 min</translation>
    </message>
    <message>
        <source>By bytes</source>
        <translation>Nach Bytes</translation>
    </message>
    <message>
        <source>Bytes that needed no download among all that were asked for.</source>
        <translation>Bytes ohne nötigen Download unter allen angefragten.</translation>
    </message>
    <message>
        <source>By requests</source>
        <translation>Nach Anfragen</translation>
    </message>
    <message>
        <source>Lookups and reads that were answered from the cache, among all.</source>
        <translation>Nachfragen und Lesevorgänge, die aus dem Cache beantwortet wurden, unter allen.</translation>
    </message>
    <message>
        <source>%1 per %2</source>
        <translation>%1 je %2</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::MetricRange</name>
    <message>
        <source>1 hour</source>
        <translation>1 Stunde</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 Stunden</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>All that is kept</source>
        <translation>Alles Aufgehobene</translation>
    </message>
    <message>
        <source>In all that is recorded</source>
        <translation>In allem Aufgezeichneten</translation>
    </message>
    <message>
        <source>In the last hour</source>
        <translation>In der letzten Stunde</translation>
    </message>
    <message>
        <source>In the last 24 hours</source>
        <translation>In den letzten 24 Stunden</translation>
    </message>
    <message>
        <source>In the last 7 days</source>
        <translation>In den letzten 7 Tagen</translation>
    </message>
    <message>
        <source>In the last 30 days</source>
        <translation>In den letzten 30 Tagen</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::MetricTable</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>The beginning of the step.</source>
        <translation>Der Anfang des Schritts.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::MetricsFile</name>
    <message>
        <source>Export metrics</source>
        <translation>Metriken exportieren</translation>
    </message>
    <message>
        <source>The file was not written: %1</source>
        <translation>Die Datei wurde nicht geschrieben: %1</translation>
    </message>
    <message>
        <source>the picture could not be made</source>
        <translation>das Bild ließ sich nicht erstellen</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Bild (*.png)</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::MetricsPage</name>
    <message>
        <source>Metrics</source>
        <translation>Metriken</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Metrics over time</source>
        <translation>Metriken im Lauf der Zeit</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Asks again by itself while this page is in front (Space)</source>
        <translation>Fragt von selbst neu, solange diese Seite vorn ist (Leertaste)</translation>
    </message>
    <message>
        <source>The table has no zoom.</source>
        <translation>Die Tabelle hat keinen Zoom.</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Diagramme</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>The same numbers in the other form (T)</source>
        <translation>Dieselben Zahlen in der anderen Form (T)</translation>
    </message>
    <message>
        <source>the metrics</source>
        <translation>die Metriken</translation>
    </message>
    <message>
        <source>It was stopped before they came.</source>
        <translation>Es wurde angehalten, bevor sie kamen.</translation>
    </message>
    <message>
        <source>Nothing is recorded yet</source>
        <translation>Noch ist nichts aufgezeichnet</translation>
    </message>
    <message>
        <source>The service has kept no sample of its metrics so far. They begin with what is pulled through it:</source>
        <translation>Der Dienst hat bisher keine Messung seiner Metriken aufgehoben. Sie beginnen mit dem, was darüber geholt wird:</translation>
    </message>
    <message>
        <source>metrics</source>
        <translation>Metriken</translation>
    </message>
    <message>
        <source>Cleanup of %1</source>
        <translation>Aufräumen von %1</translation>
    </message>
    <message>
        <source>the newest metrics</source>
        <translation>die neuesten Metriken</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Navigation</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::NoticeBar</name>
    <message>
        <source>Close this notice</source>
        <translation>Diesen Hinweis schließen</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::OverviewPage</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>the overview</source>
        <translation>die Übersicht</translation>
    </message>
    <message>
        <source>It was stopped before it came.</source>
        <translation>Es wurde angehalten, bevor sie kam.</translation>
    </message>
    <message>
        <source>an overview</source>
        <translation>eine Übersicht</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Page</name>
    <message>
        <source>This is a snapshot: it is only to read.</source>
        <translation>Dies ist ein Schnappschuss: er ist nur zu lesen.</translation>
    </message>
    <message>
        <source>There is no connection to a service.</source>
        <translation>Es gibt keine Verbindung zu einem Dienst.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::PlanComparison</name>
    <message>
        <source>The service has dropped the plan to compare with.</source>
        <translation>Der Dienst hat den Plan verworfen, mit dem verglichen werden sollte.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::PlanDiffModel</name>
    <message>
        <source>not in this plan</source>
        <translation>nicht in diesem Plan</translation>
    </message>
    <message>
        <source>now removed</source>
        <translation>jetzt entfernt</translation>
    </message>
    <message>
        <source>no longer removed</source>
        <translation>nicht mehr entfernt</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>By the saved policy</source>
        <translation>Nach gespeicherter Richtlinie</translation>
    </message>
    <message>
        <source>By the draft</source>
        <translation>Nach dem Entwurf</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::PlanFile</name>
    <message>
        <source>Export plan</source>
        <translation>Plan exportieren</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>The plan was not written: %1</source>
        <translation>Der Plan wurde nicht geschrieben: %1</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::PlanModel</name>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>only copy</source>
        <translation>einzige Kopie</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>kein Grund angegeben</translation>
    </message>
    <message>
        <source>kept: %1</source>
        <translation>behalten: %1</translation>
    </message>
    <message>
        <source>removed: %1</source>
        <translation>entfernt: %1</translation>
    </message>
    <message>
        <source>aborted download</source>
        <translation>abgebrochener Download</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Freed</source>
        <translation>Frei werdend</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Re-fetchable</source>
        <translation>Neu abrufbar</translation>
    </message>
    <message>
        <source>Bytes that come back when the plan is applied.</source>
        <translation>Bytes, die frei werden, wenn der Plan ausgeführt wird.</translation>
    </message>
    <message>
        <source>Whether it is known where it can be fetched again.</source>
        <translation>Ob bekannt ist, wo es sich neu abrufen lässt.</translation>
    </message>
    <message>
        <source>Removes nothing</source>
        <translation>Entfernt nichts</translation>
    </message>
    <message numerus="yes">
        <source>Removes %1 entries</source>
        <translation>
            <numerusform>Entfernt %1 Eintrag</numerusform>
            <numerusform>Entfernt %1 Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>, frees %1 (stored falls %2 → %3)</source>
        <translation>, macht %1 frei (gespeichert sinkt %2 → %3)</translation>
    </message>
    <message numerus="yes">
        <source>%1 only copies</source>
        <translation>
            <numerusform>%1 einzige Kopie</numerusform>
            <numerusform>%1 einzige Kopien</numerusform>
        </translation>
    </message>
    <message>
        <source>, %1 included</source>
        <translation>, %1 eingeschlossen</translation>
    </message>
    <message>
        <source>, %1 not included</source>
        <translation>, %1 nicht eingeschlossen</translation>
    </message>
    <message>
        <source>What only these reach is not counted for so many entries.</source>
        <translation>Bei so vielen Einträgen wird nicht berechnet, was nur von ihnen erreicht wird.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::PlanProblemsModel</name>
    <message numerus="yes">
        <source>The list is not whole: it has %1 of %2 entries. Make the plan anew.</source>
        <translation>
            <numerusform>Die Liste ist nicht vollständig: sie hat %1 von %2 Eintrag. Den Plan neu erstellen.</numerusform>
            <numerusform>Die Liste ist nicht vollständig: sie hat %1 von %2 Einträgen. Den Plan neu erstellen.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is the only copy: nobody is known who has it. It stays unless you tick it.</source>
        <translation>Es ist die einzige Kopie: es ist niemand bekannt, der sie hat. Sie bleibt, solange sie nicht angekreuzt wird.</translation>
    </message>
    <message>
        <source>The service decided “%1”, which this app does not know.</source>
        <translation>Der Dienst entschied „%1“, was diese App nicht kennt.</translation>
    </message>
    <message>
        <source>This rule takes nothing.</source>
        <translation>Diese Regel nimmt nichts.</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Betrifft</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::PlanStep</name>
    <message>
        <source>Nothing holds it: no tag, pin, lease or engine leads to it.</source>
        <translation>Nichts hält ihn: kein Tag, keine Anheftung, keine Lease und keine Engine führt zu ihm.</translation>
    </message>
    <message numerus="yes">
        <source>… and %1 more ways</source>
        <translation>
            <numerusform>… und %1 weiterer Weg</numerusform>
            <numerusform>… und %1 weitere Wege</numerusform>
        </translation>
    </message>
    <message>
        <source>Parts of the plan</source>
        <translation>Teile des Plans</translation>
    </message>
    <message>
        <source>Entries to remove</source>
        <translation>Zu entfernende Einträge</translation>
    </message>
    <message>
        <source>Entries that stay</source>
        <translation>Einträge, die bleiben</translation>
    </message>
    <message>
        <source>Changed from the saved policy</source>
        <translation>Anders als nach der gespeicherten Richtlinie</translation>
    </message>
    <message>
        <source>Problems of the plan</source>
        <translation>Probleme des Plans</translation>
    </message>
    <message>
        <source>Filter the plan</source>
        <translation>Plan filtern</translation>
    </message>
    <message>
        <source>Filter: digest, kind, rule or reason</source>
        <translation>Filter: Digest, Art, Regel oder Grund</translation>
    </message>
    <message>
        <source>Back to the policy</source>
        <translation>Zurück zur Richtlinie</translation>
    </message>
    <message>
        <source>Tick all shown</source>
        <translation>Alle gezeigten ankreuzen</translation>
    </message>
    <message>
        <source>Untick all shown</source>
        <translation>Alle gezeigten abwählen</translation>
    </message>
    <message>
        <source>Export plan…</source>
        <translation>Plan exportieren …</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>Als Befehl kopieren</translation>
    </message>
    <message>
        <source>Continue…</source>
        <translation>Weiter …</translation>
    </message>
    <message>
        <source>Only copies are ticked one by one.</source>
        <translation>Einzige Kopien werden einzeln angekreuzt.</translation>
    </message>
    <message>
        <source>The saved policy is being asked what it would do…</source>
        <translation>Es wird berechnet, was die gespeicherte Richtlinie tun würde …</translation>
    </message>
    <message>
        <source>The draft does the same as the saved policy: nothing moves.</source>
        <translation>Der Entwurf tut dasselbe wie die gespeicherte Richtlinie: nichts ändert sich.</translation>
    </message>
    <message>
        <source>What only these reach cannot be counted without a connection.</source>
        <translation>Was nur von diesen erreicht wird, lässt sich ohne Verbindung nicht berechnen.</translation>
    </message>
    <message>
        <source>The plan is being made…</source>
        <translation>Der Plan wird erstellt …</translation>
    </message>
    <message>
        <source>Plan %1, made %2.</source>
        <translation>Plan %1, erstellt %2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 not ticked: they stay.</source>
        <translation>
            <numerusform>%1 nicht angekreuzt: er bleibt.</numerusform>
            <numerusform>%1 nicht angekreuzt: sie bleiben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Counting what only these reach…</source>
        <translation>Es wird berechnet, was nur von diesen erreicht wird …</translation>
    </message>
    <message>
        <source>Entries that stay refer to %1 of it: that would be fetched anew when it is needed.</source>
        <translation>Einträge, die bleiben, verweisen auf %1 davon: das würde neu abgerufen, sobald es gebraucht wird.</translation>
    </message>
    <message>
        <source>Only these reach %1 more, which a later plan can remove.</source>
        <translation>Nur diese erreichen weitere %1, die ein späterer Plan entfernen kann.</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>The plan is not complete yet.</source>
        <translation>Der Plan ist noch nicht vollständig.</translation>
    </message>
    <message>
        <source>Nothing is ticked.</source>
        <translation>Nichts ist angekreuzt.</translation>
    </message>
    <message>
        <source>Continue with %1…</source>
        <translation>Weiter mit %1 …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Changed from saved policy</source>
        <translation>Anders als Richtlinie</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>%1 selected: %2</source>
        <translation>%1 ausgewählt: %2</translation>
    </message>
    <message>
        <source>Entries of the plan that are selected, and their stored bytes: %1</source>
        <translation>Ausgewählte Einträge des Plans und ihre gespeicherten Bytes: %1</translation>
    </message>
    <message>
        <source>Kept out of a cleanup</source>
        <translation>Von einem Aufräumen ausgenommen</translation>
    </message>
    <message>
        <source>%1 is pinned: this plan would skip it, and others will keep it.</source>
        <translation>%1 ist angeheftet: dieser Plan würde es überspringen, und andere werden es behalten.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::PolicyEditor</name>
    <message>
        <source>Cleans up</source>
        <translation>Räumt auf</translation>
    </message>
    <message>
        <source>only when somebody asks</source>
        <translation>nur auf Anforderung</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>von selbst</translation>
    </message>
    <message>
        <source>Can be undone for</source>
        <translation>Rückholfrist</translation>
    </message>
    <message>
        <source>cannot be undone</source>
        <translation>nicht rückgängig zu machen</translation>
    </message>
    <message>
        <source>How long what is removed stays in the trash: 24h, 3d. 0: it is gone at once.</source>
        <translation>Wie lange Entferntes im Papierkorb bleibt: 24h, 3d. 0: es ist sofort weg.</translation>
    </message>
    <message>
        <source>Disk pressure below</source>
        <translation>Platzmangel unter</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>With less free than this, the service makes room by itself and empties the trash early: 2GiB, 5%, 5%&lt;=2GiB.</source>
        <translation>Ist weniger als dies frei, schafft der Dienst von selbst Platz und leert den Papierkorb vorzeitig: 2GiB, 5%, 5%&lt;=2GiB.</translation>
    </message>
    <message>
        <source>Rules, in the order in which they apply</source>
        <translation>Regeln in der Reihenfolge, in der sie gelten</translation>
    </message>
    <message>
        <source>Rules apply in this order; what one takes is gone for those after it.</source>
        <translation>Regeln gelten in dieser Reihenfolge; was eine nimmt, ist für die folgenden weg.</translation>
    </message>
    <message>
        <source>Rules, in their order</source>
        <translation>Regeln in ihrer Reihenfolge</translation>
    </message>
    <message>
        <source>Add a rule</source>
        <translation>Regel hinzufügen</translation>
    </message>
    <message>
        <source>Take the rule out</source>
        <translation>Regel herausnehmen</translation>
    </message>
    <message>
        <source>Apply it earlier</source>
        <translation>Früher anwenden</translation>
    </message>
    <message>
        <source>Apply it later</source>
        <translation>Später anwenden</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>rule %1</source>
        <translation>Regel %1</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::PolicyStep</name>
    <message>
        <source>The draft means</source>
        <translation>Der Entwurf bedeutet</translation>
    </message>
    <message>
        <source>The saved policy means</source>
        <translation>Die gespeicherte Richtlinie bedeutet</translation>
    </message>
    <message>
        <source>Preview removal of these</source>
        <translation>Vorschau für diese</translation>
    </message>
    <message>
        <source>Forget these</source>
        <translation>Diese verwerfen</translation>
    </message>
    <message>
        <source>Back to the saved policy</source>
        <translation>Zurück zur gespeicherten Richtlinie</translation>
    </message>
    <message>
        <source>Save policy</source>
        <translation>Richtlinie speichern</translation>
    </message>
    <message>
        <source>Preview plan</source>
        <translation>Vorschau des Plans</translation>
    </message>
    <message>
        <source>There is no draft yet: change something above.</source>
        <translation>Es gibt noch keinen Entwurf: oben lässt sich etwas ändern.</translation>
    </message>
    <message>
        <source>1 entry was chosen for removal: %1</source>
        <translation>1 Eintrag ist zum Entfernen vorgemerkt: %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 entries were chosen for removal.</source>
        <translation>
            <numerusform>%1 Eintrag ist zum Entfernen vorgemerkt.</numerusform>
            <numerusform>%1 Einträge sind zum Entfernen vorgemerkt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The draft becomes the policy of the cache. It removes nothing now.</source>
        <translation>Der Entwurf wird zur Richtlinie des Caches. Jetzt wird nichts entfernt.</translation>
    </message>
    <message>
        <source>The draft is the same as the saved policy.</source>
        <translation>Der Entwurf ist gleich der gespeicherten Richtlinie.</translation>
    </message>
    <message>
        <source>Lists what would go and what stays. It changes nothing.</source>
        <translation>Listet auf, was ginge und was bleibt. Es ändert nichts.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::PolicyText</name>
    <message>
        <source>%1 of the disk (but never more than %2)</source>
        <translation>%1 des Datenträgers (aber nie mehr als %2)</translation>
    </message>
    <message>
        <source>%1 of the disk</source>
        <translation>%1 des Datenträgers</translation>
    </message>
    <message>
        <source>the least recently used first</source>
        <translation>am längsten nicht Benutztes zuerst</translation>
    </message>
    <message>
        <source>the expired first, then the largest</source>
        <translation>zuerst Abgelaufenes, dann das Größte</translation>
    </message>
    <message>
        <source>only what has expired</source>
        <translation>nur was abgelaufen ist</translation>
    </message>
    <message>
        <source>what is worth least to keep first</source>
        <translation>am wenigsten Wertvolles zuerst</translation>
    </message>
    <message>
        <source>in the order of the strategy %1</source>
        <translation>in der Reihenfolge der Strategie %1</translation>
    </message>
    <message>
        <source>came in more than %1 ago</source>
        <translation>vor mehr als %1 hereinkam</translation>
    </message>
    <message>
        <source>was last written more than %1 ago</source>
        <translation>vor mehr als %1 zuletzt geschrieben wurde</translation>
    </message>
    <message>
        <source>was not used for %1</source>
        <translation>%1 lang nicht benutzt wurde</translation>
    </message>
    <message>
        <source>matches %1</source>
        <translation>zu %1 passt</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>everything that nobody needs</source>
        <translation>alles, was niemand braucht</translation>
    </message>
    <message>
        <source>what nobody needs and %1</source>
        <translation>alles, was niemand braucht und was %1</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>at most %1 are stored</source>
        <translation>höchstens %1 gespeichert sind</translation>
    </message>
    <message>
        <source>at least %1 are free</source>
        <translation>mindestens %1 frei sind</translation>
    </message>
    <message>
        <source>Removes %1</source>
        <translation>Entfernt %1</translation>
    </message>
    <message>
        <source>, %1</source>
        <translation>, %1</translation>
    </message>
    <message>
        <source>, until %1</source>
        <translation>, bis %1</translation>
    </message>
    <message>
        <source>, but leaves %1 alone</source>
        <translation>, lässt aber %1 in Ruhe</translation>
    </message>
    <message>
        <source>Cleans up by itself: at start, after work and from time to time.</source>
        <translation>Räumt von selbst auf: beim Start, nach Arbeit und von Zeit zu Zeit.</translation>
    </message>
    <message>
        <source>Cleans up only when somebody asks, or less than %1 are free.</source>
        <translation>Räumt nur auf Anforderung auf, oder wenn weniger als %1 frei sind.</translation>
    </message>
    <message>
        <source>Cleans up only when somebody asks.</source>
        <translation>Räumt nur auf Anforderung auf.</translation>
    </message>
    <message>
        <source>Cleans up in the mode %1.</source>
        <translation>Räumt im Modus %1 auf.</translation>
    </message>
    <message>
        <source>Has no rules, so it removes nothing.</source>
        <translation>Hat keine Regeln, entfernt also nichts.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>What is removed cannot be brought back.</source>
        <translation>Entferntes lässt sich nicht zurückholen.</translation>
    </message>
    <message>
        <source>What is removed can be brought back for %1.</source>
        <translation>Entferntes lässt sich %1 lang zurückholen.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Einheiten</translation>
    </message>
    <message>
        <source>KiB, MiB, GiB (1024)</source>
        <translation>KiB, MiB, GiB (1024)</translation>
    </message>
    <message>
        <source>kB, MB, GB (1000), as docker prints</source>
        <translation>kB, MB, GB (1000), wie docker ausgibt</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Relative: 3 h ago</source>
        <translation>Relativ: vor 3 h</translation>
    </message>
    <message>
        <source>ISO: 2026-03-02T10:42:07+01:00</source>
        <translation>ISO: 2026-03-02T10:42:07+01:00</translation>
    </message>
    <message>
        <source>When work of more than 10 seconds ends and the window is not in front</source>
        <translation>Wenn Arbeit von mehr als 10 Sekunden endet und das Fenster nicht im Vordergrund ist</translation>
    </message>
    <message>
        <source>Look:</source>
        <translation>Aussehen:</translation>
    </message>
    <message>
        <source>Units:</source>
        <translation>Einheiten:</translation>
    </message>
    <message>
        <source>Times:</source>
        <translation>Zeiten:</translation>
    </message>
    <message>
        <source>Notify:</source>
        <translation>Benachrichtigen:</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
    <message>
        <source>Usual keys</source>
        <translation>Übliche Tasten</translation>
    </message>
    <message>
        <source>New key:</source>
        <translation>Neue Taste:</translation>
    </message>
    <message>
        <source>Shift+Del is reserved, so that no reflex destroys anything.</source>
        <translation>Umschalt+Entf ist reserviert, damit kein Reflex etwas zerstört.</translation>
    </message>
    <message>
        <source>%1 is the key of “%2”.</source>
        <translation>%1 ist die Taste von „%2“.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::RangeBox</name>
    <message>
        <source>Range of time</source>
        <translation>Zeitraum</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::RangeStrip</name>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Shows only this time on the charts (Enter).</source>
        <translation>Zeigt in den Diagrammen nur diese Zeit (Eingabe).</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Shows the events of this time.</source>
        <translation>Zeigt die Ereignisse dieser Zeit.</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>Shows the entries whose last use lies in this time.</source>
        <translation>Zeigt die Einträge, deren letzte Benutzung in diese Zeit fällt.</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Aufheben</translation>
    </message>
    <message>
        <source>Events and Entries show all times again (Esc).</source>
        <translation>Ereignisse und Einträge zeigen wieder alle Zeiten (Esc).</translation>
    </message>
    <message>
        <source>Selected: %1</source>
        <translation>Ausgewählt: %1</translation>
    </message>
    <message>
        <source>Drag over a chart, or press Shift and an arrow key, to select a time: Events and Entries then keep to it.</source>
        <translation>Ziehen über ein Diagramm oder Umschalt mit einer Pfeiltaste wählt eine Zeit aus: Ereignisse und Einträge halten sich dann an sie.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::RecordView</name>
    <message>
        <source>Nothing is selected.</source>
        <translation>Nichts ist ausgewählt.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Report</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::RuleEditor</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Plans say by it which rule decided.</source>
        <translation>Pläne nennen damit die Regel, die entschieden hat.</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Everything. One filter in a line, one match is enough: kind==layer</source>
        <translation>Alles. Ein Filter je Zeile, ein Treffer genügt: kind==layer</translation>
    </message>
    <message>
        <source>digest, size, kind, mediatype, state, origin, created.days, used.days, … with ==, != or ~=; a comma means “and”.</source>
        <translation>digest, size, kind, mediatype, state, origin, created.days, used.days, … mit ==, != oder ~=; ein Komma bedeutet „und“.</translation>
    </message>
    <message>
        <source>Age counts from</source>
        <translation>Alter zählt ab</translation>
    </message>
    <message>
        <source>its last use</source>
        <translation>der letzten Benutzung</translation>
    </message>
    <message>
        <source>when it first came in</source>
        <translation>dem ersten Eintreffen</translation>
    </message>
    <message>
        <source>when it was last written</source>
        <translation>dem letzten Schreiben</translation>
    </message>
    <message>
        <source>A size, a share of the disk, or both: 10GiB, 20%, 10%&lt;=10GiB.</source>
        <translation>Eine Größe, ein Anteil am Datenträger oder beides: 10GiB, 20%, 10%&lt;=10GiB.</translation>
    </message>
    <message>
        <source>Keep what is younger than</source>
        <translation>Behalten, was jünger ist als</translation>
    </message>
    <message>
        <source>no age: 60d, 48h</source>
        <translation>kein Alter: 60d, 48h</translation>
    </message>
    <message>
        <source>Days, hours, minutes: 60d, 48h, 30m.</source>
        <translation>Tage, Stunden, Minuten: 60d, 48h, 30m.</translation>
    </message>
    <message>
        <source>Go down to so many stored</source>
        <translation>Gespeichertes verringern auf</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>Until so much is free</source>
        <translation>Bis so viel frei ist</translation>
    </message>
    <message>
        <source>But leave alone</source>
        <translation>Aber in Ruhe lassen</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>What goes first</source>
        <translation>Was zuerst geht</translation>
    </message>
    <message>
        <source>the least recently used</source>
        <translation>was am längsten nicht benutzt wurde</translation>
    </message>
    <message>
        <source>the expired, then the largest</source>
        <translation>Abgelaufenes, dann das Größte</translation>
    </message>
    <message>
        <source>only what has expired</source>
        <translation>nur was abgelaufen ist</translation>
    </message>
    <message>
        <source>what is worth least to keep</source>
        <translation>was am wenigsten wert ist</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::RunModel</name>
    <message>
        <source>moved to trash</source>
        <translation>in den Papierkorb verschoben</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 moved to trash (%2)</source>
        <translation>%1 in den Papierkorb verschoben (%2)</translation>
    </message>
    <message>
        <source>%1 removed (%2)</source>
        <translation>%1 entfernt (%2)</translation>
    </message>
    <message>
        <source>%1 skipped</source>
        <translation>%1 übersprungen</translation>
    </message>
    <message>
        <source>%1 with another outcome</source>
        <translation>%1 mit anderem Ergebnis</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 fehlgeschlagen</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::RunResult</name>
    <message>
        <source>%1 less than predicted was removed: entries that changed since the plan were skipped, or the run ended early.</source>
        <translation>Es wurden %1 weniger entfernt als vorhergesagt: Einträge, die sich seit dem Plan geändert haben, wurden übersprungen, oder der Lauf endete vorzeitig.</translation>
    </message>
    <message>
        <source>%1 are in the trash and still take their space: the disk gains it when they expire or are removed.</source>
        <translation>%1 sind im Papierkorb und belegen noch ihren Platz: der Datenträger gewinnt ihn, wenn sie ablaufen oder entfernt werden.</translation>
    </message>
    <message>
        <source>The disk gained %1 less than what was removed: files that are open or linked elsewhere keep their space, file systems with snapshots do too, and other programs write meanwhile.</source>
        <translation>Der Datenträger gewann %1 weniger als entfernt wurde: offene oder anderswo verlinkte Dateien behalten ihren Platz, ebenso Dateisysteme mit Snapshots, und andere Programme schreiben währenddessen.</translation>
    </message>
    <message>
        <source>The disk gained %1 more than what was removed: other programs removed something meanwhile.</source>
        <translation>Der Datenträger gewann %1 mehr als entfernt wurde: andere Programme haben währenddessen etwas entfernt.</translation>
    </message>
    <message>
        <source>Outcome of each entry</source>
        <translation>Ergebnis je Eintrag</translation>
    </message>
    <message>
        <source>Which outcomes are shown</source>
        <translation>Welche Ergebnisse gezeigt werden</translation>
    </message>
    <message>
        <source>All outcomes</source>
        <translation>Alle Ergebnisse</translation>
    </message>
    <message>
        <source>Moved to trash</source>
        <translation>In den Papierkorb verschoben</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhergesagt</translation>
    </message>
    <message>
        <source>what the plan said it would remove</source>
        <translation>was der Plan zu entfernen ankündigte</translation>
    </message>
    <message>
        <source>Reported</source>
        <translation>Gemeldet</translation>
    </message>
    <message>
        <source>what the service removed or moved to the trash</source>
        <translation>was der Dienst entfernt oder in den Papierkorb verschoben hat</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>by how much the free space of the disk grew meanwhile</source>
        <translation>um wie viel der freie Platz des Datenträgers dabei wuchs</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message numerus="yes">
        <source>Run %1 was stopped after %2 entries</source>
        <translation>
            <numerusform>Lauf %1 wurde nach %2 Eintrag angehalten</numerusform>
            <numerusform>Lauf %1 wurde nach %2 Einträgen angehalten</numerusform>
        </translation>
    </message>
    <message>
        <source>Run %1 is done</source>
        <translation>Lauf %1 ist fertig</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>A later run is to be undone first, or nothing of this one is in the trash.</source>
        <translation>Zuerst ist ein späterer Lauf rückgängig zu machen, oder nichts von diesem ist im Papierkorb.</translation>
    </message>
    <message>
        <source>Brings back what this run moved to the trash (Ctrl+Z).</source>
        <translation>Holt zurück, was dieser Lauf in den Papierkorb verschoben hat (Strg+Z).</translation>
    </message>
    <message numerus="yes">
        <source>What run %1 did by this plan: %2 entries</source>
        <translation>
            <numerusform>Was Lauf %1 nach diesem Plan getan hat: %2 Eintrag</numerusform>
            <numerusform>Was Lauf %1 nach diesem Plan getan hat: %2 Einträge</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::RunStep</name>
    <message>
        <source>Refresh plan</source>
        <translation>Plan erneuern</translation>
    </message>
    <message>
        <source>Remove for good at once, without the trash: this cannot be undone</source>
        <translation>Sofort endgültig entfernen, ohne Papierkorb: das ist nicht rückgängig zu machen</translation>
    </message>
    <message>
        <source>Number of only copies, typed to go on</source>
        <translation>Anzahl der einzigen Kopien, einzugeben zum Fortfahren</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>Check for changes</source>
        <translation>Auf Änderungen prüfen</translation>
    </message>
    <message>
        <source>Asks which of these would not go any more. It changes nothing.</source>
        <translation>Fragt, welche davon nicht mehr gingen. Es ändert nichts.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Nothing that is listed has changed since %1.</source>
        <translation>Nichts von dem Aufgelisteten hat sich seit %1 geändert.</translation>
    </message>
    <message numerus="yes">
        <source>%1 entries (%3) changed since %2; they will be skipped.</source>
        <translation>
            <numerusform>%1 Eintrag (%3) hat sich seit %2 geändert; er wird übersprungen.</numerusform>
            <numerusform>%1 Einträge (%3) haben sich seit %2 geändert; sie werden übersprungen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking what has changed since %1…</source>
        <translation>Es wird geprüft, was sich seit %1 geändert hat …</translation>
    </message>
    <message>
        <source>The plan removes nothing.</source>
        <translation>Der Plan entfernt nichts.</translation>
    </message>
    <message>
        <source>It is being done.</source>
        <translation>Er wird gerade ausgeführt.</translation>
    </message>
    <message>
        <source>Type the number of only copies first.</source>
        <translation>Zuerst ist die Anzahl der einzigen Kopien einzugeben.</translation>
    </message>
    <message>
        <source>There is no plan yet.</source>
        <translation>Es gibt noch keinen Plan.</translation>
    </message>
    <message>
        <source>Plan %1, made %2 at %3: only what it lists is touched, and only what has not changed since.</source>
        <translation>Plan %1, erstellt %2 um %3: nur was er auflistet, wird angerührt, und davon nur, was sich seither nicht geändert hat.</translation>
    </message>
    <message>
        <source>The files are removed at once. This cannot be undone.</source>
        <translation>Die Dateien werden sofort entfernt. Das ist nicht rückgängig zu machen.</translation>
    </message>
    <message>
        <source>What goes to the trash can be brought back for %1. Until then it still takes its space, unless the disk runs full.</source>
        <translation>Was in den Papierkorb kommt, lässt sich %1 lang zurückholen. Bis dahin belegt es noch seinen Platz, außer wenn der Datenträger voll läuft.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of these are only copies: nobody is known who has them, so they cannot be fetched again. Type %2 to go on:</source>
        <translation>
            <numerusform>%1 davon ist eine einzige Kopie: es ist niemand bekannt, der sie hat, also lässt sie sich nicht neu abrufen. Zum Fortfahren %2 eingeben:</numerusform>
            <numerusform>%1 davon sind einzige Kopien: es ist niemand bekannt, der sie hat, also lassen sie sich nicht neu abrufen. Zum Fortfahren %2 eingeben:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 entries (%2)</source>
        <translation>
            <numerusform>%1 Eintrag (%2)</numerusform>
            <numerusform>%1 Einträge (%2)</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove %1 for good</source>
        <translation>%1 endgültig entfernen</translation>
    </message>
    <message>
        <source>Move %1 to trash</source>
        <translation>%1 in den Papierkorb verschieben</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>Das ist nicht rückgängig zu machen.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>Stop after the current entry</source>
        <translation>Nach dem laufenden Eintrag anhalten</translation>
    </message>
    <message>
        <source>What the policy says about the trash is being asked.</source>
        <translation>Es wird gefragt, was die Richtlinie über den Papierkorb sagt.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Sentences</name>
    <message>
        <source>Index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>Lists the manifests of one image for several platforms.</source>
        <translation>Listet die Manifeste eines Images für mehrere Plattformen auf.</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>Manifest</translation>
    </message>
    <message>
        <source>Lists the config and the layers of one image.</source>
        <translation>Listet die Config und die Layer eines Images auf.</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>Config</translation>
    </message>
    <message>
        <source>Tells how the image is run and how it was built.</source>
        <translation>Sagt, wie das Image ausgeführt wird und wie es gebaut wurde.</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Layer</translation>
    </message>
    <message>
        <source>Files of an image, packed.</source>
        <translation>Dateien eines Images, gepackt.</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>Bytes that no image of this cache explains.</source>
        <translation>Bytes, die kein Image dieses Caches erklärt.</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Vorhanden</translation>
    </message>
    <message>
        <source>Its bytes are stored here.</source>
        <translation>Seine Bytes sind hier gespeichert.</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>It is known here, but its file is gone.</source>
        <translation>Es ist hier bekannt, aber seine Datei ist weg.</translation>
    </message>
    <message>
        <source>Quarantined</source>
        <translation>In Quarantäne</translation>
    </message>
    <message>
        <source>Its bytes were wrong and have been set aside; they are not served.</source>
        <translation>Seine Bytes waren falsch und wurden beiseitegelegt; sie werden nicht ausgeliefert.</translation>
    </message>
    <message>
        <source>Being removed</source>
        <translation>Wird entfernt</translation>
    </message>
    <message>
        <source>Its removal has begun.</source>
        <translation>Sein Entfernen hat begonnen.</translation>
    </message>
    <message>
        <source>In the trash</source>
        <translation>Im Papierkorb</translation>
    </message>
    <message>
        <source>A cleanup moved it to the trash; until the undo window ends it can come back.</source>
        <translation>Ein Aufräumen hat es in den Papierkorb verschoben; bis zum Ende der Rückholfrist kann es zurückkommen.</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Somebody keeps it on purpose.</source>
        <translation>Jemand behält es mit Absicht.</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>A tag points at it, or at what refers to it.</source>
        <translation>Ein Tag zeigt darauf oder auf das, was darauf verweist.</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>An engine needs it.</source>
        <translation>Eine Engine braucht es.</translation>
    </message>
    <message>
        <source>Lease</source>
        <translation>Lease</translation>
    </message>
    <message>
        <source>A lease holds it until the lease ends.</source>
        <translation>Eine Lease hält es, bis die Lease endet.</translation>
    </message>
    <message>
        <source>Cache entry</source>
        <translation>Cache-Eintrag</translation>
    </message>
    <message>
        <source>An entry under a key of its own holds it.</source>
        <translation>Ein Eintrag unter einem eigenen Schlüssel hält es.</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>A record of the cache holds it.</source>
        <translation>Ein Datensatz des Caches hält es.</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Benutzung</translation>
    </message>
    <message>
        <source>Work that is under way needs it.</source>
        <translation>Laufende Arbeit braucht es.</translation>
    </message>
    <message>
        <source>Pull</source>
        <translation>Pull</translation>
    </message>
    <message>
        <source>A pull brought it.</source>
        <translation>Ein Pull brachte es.</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Push</translation>
    </message>
    <message>
        <source>A push or an import brought it.</source>
        <translation>Ein Push oder ein Import brachte es.</translation>
    </message>
    <message>
        <source>An engine names its image so.</source>
        <translation>Eine Engine nennt ihr Image so.</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>The registry was asked, and said so.</source>
        <translation>Die Registry wurde gefragt und sagte das.</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Von Hand</translation>
    </message>
    <message>
        <source>Somebody set it by hand.</source>
        <translation>Jemand hat es von Hand gesetzt.</translation>
    </message>
    <message>
        <source>Somebody asked for it.</source>
        <translation>Jemand hat es angefordert.</translation>
    </message>
    <message>
        <source>Prune</source>
        <translation>Prune</translation>
    </message>
    <message>
        <source>Somebody asked for it with limits of their own.</source>
        <translation>Jemand hat es mit eigenen Grenzen angefordert.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>The service had started.</source>
        <translation>Der Dienst war gestartet.</translation>
    </message>
    <message>
        <source>New content</source>
        <translation>Neuer Inhalt</translation>
    </message>
    <message>
        <source>Content had been added.</source>
        <translation>Inhalt war hinzugekommen.</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Zeitplan</translation>
    </message>
    <message>
        <source>It was due.</source>
        <translation>Es war fällig.</translation>
    </message>
    <message>
        <source>Disk pressure</source>
        <translation>Platzmangel</translation>
    </message>
    <message>
        <source>The disk was nearly full.</source>
        <translation>Der Datenträger war fast voll.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>It would go.</source>
        <translation>Es ginge.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>It would stay.</source>
        <translation>Es bliebe.</translation>
    </message>
    <message>
        <source>Unused for long</source>
        <translation>Lange nicht benutzt</translation>
    </message>
    <message>
        <source>A rule removes what nobody has used for longer than it says.</source>
        <translation>Eine Regel entfernt, was länger nicht benutzt wurde, als sie sagt.</translation>
    </message>
    <message>
        <source>Over the limit</source>
        <translation>Über der Grenze</translation>
    </message>
    <message>
        <source>A rule removes it to get down to its limit.</source>
        <translation>Eine Regel entfernt es, um unter ihre Grenze zu kommen.</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Gehalten</translation>
    </message>
    <message>
        <source>Somebody needs it.</source>
        <translation>Jemand braucht es.</translation>
    </message>
    <message>
        <source>Needed by what is held</source>
        <translation>Von Gehaltenem gebraucht</translation>
    </message>
    <message>
        <source>Somebody needs what refers to it.</source>
        <translation>Jemand braucht, was darauf verweist.</translation>
    </message>
    <message>
        <source>Being written</source>
        <translation>Wird geschrieben</translation>
    </message>
    <message>
        <source>An open write is about to deliver it.</source>
        <translation>Ein offener Schreibvorgang liefert es gerade.</translation>
    </message>
    <message>
        <source>Used lately</source>
        <translation>Kürzlich benutzt</translation>
    </message>
    <message>
        <source>The last rule that matches keeps what was used lately.</source>
        <translation>Die letzte passende Regel behält, was kürzlich benutzt wurde.</translation>
    </message>
    <message>
        <source>Within the limit</source>
        <translation>Innerhalb der Grenze</translation>
    </message>
    <message>
        <source>The limit of the last rule that matches is met without it.</source>
        <translation>Die Grenze der letzten passenden Regel wird ohne dies eingehalten.</translation>
    </message>
    <message>
        <source>Not this one&apos;s turn</source>
        <translation>Nicht an der Reihe</translation>
    </message>
    <message>
        <source>The strategy of the last rule that matches does not take it.</source>
        <translation>Die Strategie der letzten passenden Regel nimmt es nicht.</translation>
    </message>
    <message>
        <source>No rule</source>
        <translation>Keine Regel</translation>
    </message>
    <message>
        <source>No rule matches it.</source>
        <translation>Keine Regel passt darauf.</translation>
    </message>
    <message>
        <source>Not stored</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>Its bytes are not here: they are missing, in quarantine or in the trash.</source>
        <translation>Seine Bytes sind nicht hier: sie fehlen, sind in Quarantäne oder im Papierkorb.</translation>
    </message>
    <message>
        <source>Can be fetched again</source>
        <translation>Neu abrufbar</translation>
    </message>
    <message>
        <source>A registry is known to have had it.</source>
        <translation>Eine Registry ist bekannt, die es hatte.</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>Nobody knows whether it could be fetched again.</source>
        <translation>Niemand weiß, ob es sich neu abrufen ließe.</translation>
    </message>
    <message>
        <source>Only copy</source>
        <translation>Einzige Kopie</translation>
    </message>
    <message>
        <source>It was made here and is known to be nowhere else: once removed it is lost.</source>
        <translation>Es entstand hier und ist sonst nirgends bekannt: einmal entfernt, ist es verloren.</translation>
    </message>
    <message>
        <source>Moved to trash</source>
        <translation>In den Papierkorb verschoben</translation>
    </message>
    <message>
        <source>It can be brought back until the undo window ends.</source>
        <translation>Es lässt sich bis zum Ende der Rückholfrist zurückholen.</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>It is gone.</source>
        <translation>Es ist weg.</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>It had changed since the plan, or was in use.</source>
        <translation>Es hatte sich seit dem Plan geändert oder war in Benutzung.</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>It could not be done.</source>
        <translation>Es ließ sich nicht ausführen.</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <source>It was brought back.</source>
        <translation>Es wurde zurückgeholt.</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>New content was stored.</source>
        <translation>Neuer Inhalt wurde gespeichert.</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>Gemeinsam</translation>
    </message>
    <message>
        <source>Content that was stored already was not stored again.</source>
        <translation>Schon gespeicherter Inhalt wurde nicht noch einmal gespeichert.</translation>
    </message>
    <message>
        <source>Taken up</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>An engine took up content that was stored already.</source>
        <translation>Eine Engine nahm schon gespeicherten Inhalt auf.</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importiert</translation>
    </message>
    <message>
        <source>Content was imported from a directory.</source>
        <translation>Inhalt wurde aus einem Verzeichnis importiert.</translation>
    </message>
    <message>
        <source>Adopted</source>
        <translation>Übernommen</translation>
    </message>
    <message>
        <source>A file without an entry was checked and taken in.</source>
        <translation>Eine Datei ohne Eintrag wurde geprüft und übernommen.</translation>
    </message>
    <message>
        <source>Healed</source>
        <translation>Geheilt</translation>
    </message>
    <message>
        <source>Content that was missing or damaged is right again.</source>
        <translation>Fehlender oder beschädigter Inhalt ist wieder in Ordnung.</translation>
    </message>
    <message>
        <source>File missing</source>
        <translation>Datei fehlt</translation>
    </message>
    <message>
        <source>The file of stored content has vanished.</source>
        <translation>Die Datei zu gespeichertem Inhalt ist verschwunden.</translation>
    </message>
    <message>
        <source>Stored bytes were wrong and were set aside.</source>
        <translation>Gespeicherte Bytes waren falsch und wurden beiseitegelegt.</translation>
    </message>
    <message>
        <source>Delivery refused</source>
        <translation>Lieferung abgelehnt</translation>
    </message>
    <message>
        <source>Bytes that arrived were not what they claimed to be, and were set aside.</source>
        <translation>Eingetroffene Bytes waren nicht, was sie zu sein vorgaben, und wurden beiseitegelegt.</translation>
    </message>
    <message>
        <source>Forgotten</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Content was lost, and nobody waits for it.</source>
        <translation>Inhalt ging verloren, und niemand wartet darauf.</translation>
    </message>
    <message>
        <source>A cleanup moved content to the trash.</source>
        <translation>Ein Aufräumen verschob Inhalt in den Papierkorb.</translation>
    </message>
    <message>
        <source>Content came back from the trash.</source>
        <translation>Inhalt kam aus dem Papierkorb zurück.</translation>
    </message>
    <message>
        <source>Content was removed for good.</source>
        <translation>Inhalt wurde endgültig entfernt.</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>Freigegeben</translation>
    </message>
    <message>
        <source>An engine does not need content any more.</source>
        <translation>Eine Engine braucht Inhalt nicht mehr.</translation>
    </message>
    <message>
        <source>Partial removed</source>
        <translation>Teilstück entfernt</translation>
    </message>
    <message>
        <source>The bytes of an aborted download were removed.</source>
        <translation>Die Bytes eines abgebrochenen Downloads wurden entfernt.</translation>
    </message>
    <message>
        <source>Tag moved</source>
        <translation>Tag bewegt</translation>
    </message>
    <message>
        <source>A tag appeared or points at something else.</source>
        <translation>Ein Tag erschien oder zeigt auf etwas anderes.</translation>
    </message>
    <message>
        <source>Tag removed</source>
        <translation>Tag entfernt</translation>
    </message>
    <message>
        <source>A tag was removed.</source>
        <translation>Ein Tag wurde entfernt.</translation>
    </message>
    <message>
        <source>Tags restored</source>
        <translation>Tags wiederhergestellt</translation>
    </message>
    <message>
        <source>Tags were restored after the index was damaged.</source>
        <translation>Tags wurden nach einem Schaden am Index wiederhergestellt.</translation>
    </message>
    <message>
        <source>Somebody keeps content on purpose.</source>
        <translation>Jemand behält Inhalt mit Absicht.</translation>
    </message>
    <message>
        <source>Unpinned</source>
        <translation>Gelöst</translation>
    </message>
    <message>
        <source>Content is not kept on purpose any more.</source>
        <translation>Inhalt wird nicht mehr mit Absicht behalten.</translation>
    </message>
    <message>
        <source>Lease made</source>
        <translation>Lease erstellt</translation>
    </message>
    <message>
        <source>A lease holds content until it ends.</source>
        <translation>Eine Lease hält Inhalt, bis sie endet.</translation>
    </message>
    <message>
        <source>Lease ended</source>
        <translation>Lease beendet</translation>
    </message>
    <message>
        <source>A lease was ended.</source>
        <translation>Eine Lease wurde beendet.</translation>
    </message>
    <message>
        <source>Lease expired</source>
        <translation>Lease abgelaufen</translation>
    </message>
    <message>
        <source>The time of a lease is over.</source>
        <translation>Die Zeit einer Lease ist vorbei.</translation>
    </message>
    <message>
        <source>Policy changed</source>
        <translation>Richtlinie geändert</translation>
    </message>
    <message>
        <source>Another cleanup policy holds.</source>
        <translation>Eine andere Aufräumrichtlinie gilt.</translation>
    </message>
    <message>
        <source>Cleanup done</source>
        <translation>Aufgeräumt</translation>
    </message>
    <message>
        <source>A cleanup was applied.</source>
        <translation>Ein Aufräumen wurde ausgeführt.</translation>
    </message>
    <message>
        <source>Cleanup cut off</source>
        <translation>Aufräumen unterbrochen</translation>
    </message>
    <message>
        <source>The service ended while a cleanup was applied.</source>
        <translation>Der Dienst endete, während ein Aufräumen lief.</translation>
    </message>
    <message>
        <source>Entry written</source>
        <translation>Eintrag geschrieben</translation>
    </message>
    <message>
        <source>An entry was written.</source>
        <translation>Ein Eintrag wurde geschrieben.</translation>
    </message>
    <message>
        <source>Entry invalidated</source>
        <translation>Eintrag ungültig</translation>
    </message>
    <message>
        <source>An entry is not valid any more.</source>
        <translation>Ein Eintrag ist nicht mehr gültig.</translation>
    </message>
    <message>
        <source>Entry removed</source>
        <translation>Eintrag entfernt</translation>
    </message>
    <message>
        <source>An entry was removed.</source>
        <translation>Ein Eintrag wurde entfernt.</translation>
    </message>
    <message>
        <source>Entry expired</source>
        <translation>Eintrag abgelaufen</translation>
    </message>
    <message>
        <source>The time of an entry is over.</source>
        <translation>Die Zeit eines Eintrags ist vorbei.</translation>
    </message>
    <message>
        <source>Entry evicted</source>
        <translation>Eintrag verdrängt</translation>
    </message>
    <message>
        <source>An entry was removed to keep a scope within its budget.</source>
        <translation>Ein Eintrag wurde entfernt, damit ein Bereich in seinem Budget bleibt.</translation>
    </message>
    <message>
        <source>Entries restored</source>
        <translation>Einträge wiederhergestellt</translation>
    </message>
    <message>
        <source>Entries were restored after the index was damaged.</source>
        <translation>Einträge wurden nach einem Schaden am Index wiederhergestellt.</translation>
    </message>
    <message>
        <source>Scope changed</source>
        <translation>Bereich geändert</translation>
    </message>
    <message>
        <source>The time to live or the budget of a scope was set.</source>
        <translation>Die Lebensdauer oder das Budget eines Bereichs wurde gesetzt.</translation>
    </message>
    <message>
        <source>Engine added</source>
        <translation>Engine hinzugefügt</translation>
    </message>
    <message>
        <source>An engine is served from now on.</source>
        <translation>Eine Engine wird ab jetzt bedient.</translation>
    </message>
    <message>
        <source>Engine changed</source>
        <translation>Engine geändert</translation>
    </message>
    <message>
        <source>The sharing or the socket of an engine was changed.</source>
        <translation>Die gemeinsame Nutzung oder der Socket einer Engine wurde geändert.</translation>
    </message>
    <message>
        <source>Engine removed</source>
        <translation>Engine entfernt</translation>
    </message>
    <message>
        <source>An engine is not served any more.</source>
        <translation>Eine Engine wird nicht mehr bedient.</translation>
    </message>
    <message>
        <source>Engine linked</source>
        <translation>Engine verknüpft</translation>
    </message>
    <message>
        <source>The names of an engine&apos;s images are followed.</source>
        <translation>Den Namen der Images einer Engine wird gefolgt.</translation>
    </message>
    <message>
        <source>Engine unlinked</source>
        <translation>Engine getrennt</translation>
    </message>
    <message>
        <source>The names of an engine&apos;s images are not followed any more.</source>
        <translation>Den Namen der Images einer Engine wird nicht mehr gefolgt.</translation>
    </message>
    <message>
        <source>Engine doubted</source>
        <translation>Engine angezweifelt</translation>
    </message>
    <message>
        <source>The own API of an engine lists few of the blobs that it holds; what it holds is kept.</source>
        <translation>Die eigene API einer Engine listet wenige der Blobs auf, die sie hält; was sie hält, wird behalten.</translation>
    </message>
    <message>
        <source>Engine restored</source>
        <translation>Engine wiederhergestellt</translation>
    </message>
    <message>
        <source>An engine was restored after the index was damaged.</source>
        <translation>Eine Engine wurde nach einem Schaden am Index wiederhergestellt.</translation>
    </message>
    <message>
        <source>Claims restored</source>
        <translation>Ansprüche wiederhergestellt</translation>
    </message>
    <message>
        <source>What engines need was restored after the index was damaged.</source>
        <translation>Was Engines brauchen, wurde nach einem Schaden am Index wiederhergestellt.</translation>
    </message>
    <message>
        <source>Index rebuilt</source>
        <translation>Index neu aufgebaut</translation>
    </message>
    <message>
        <source>The index was made anew from the files.</source>
        <translation>Der Index wurde aus den Dateien neu aufgebaut.</translation>
    </message>
    <message>
        <source>Counters reset</source>
        <translation>Zähler zurückgesetzt</translation>
    </message>
    <message>
        <source>The counters of the metrics start anew.</source>
        <translation>Die Zähler der Metriken beginnen neu.</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>The engine sees what it brought itself, and what is proved to be allowed by the registry.</source>
        <translation>Die Engine sieht, was sie selbst gebracht hat und was ihr die Registry nachweislich erlaubt.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>The engine sees everything that is stored.</source>
        <translation>Die Engine sieht alles, was gespeichert ist.</translation>
    </message>
    <message>
        <source>Isolated</source>
        <translation>Isoliert</translation>
    </message>
    <message>
        <source>The engine sees only what it brought itself.</source>
        <translation>Die Engine sieht nur, was sie selbst gebracht hat.</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
    <message>
        <source>Nothing to do.</source>
        <translation>Nichts zu tun.</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Works, but somebody should look at it.</source>
        <translation>Funktioniert, sollte aber angesehen werden.</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Does not work as it should.</source>
        <translation>Funktioniert nicht, wie es sollte.</translation>
    </message>
    <message>
        <source>A tag of this cache.</source>
        <translation>Ein Tag dieses Caches.</translation>
    </message>
    <message>
        <source>An engine calls its image so.</source>
        <translation>Eine Engine nennt ihr Image so.</translation>
    </message>
    <message>
        <source>A lease of an engine holds it.</source>
        <translation>Eine Lease einer Engine hält es.</translation>
    </message>
    <message>
        <source>A manifest of the index.</source>
        <translation>Ein Manifest des Index.</translation>
    </message>
    <message>
        <source>The config of the manifest.</source>
        <translation>Die Config des Manifests.</translation>
    </message>
    <message>
        <source>A layer of the manifest.</source>
        <translation>Ein Layer des Manifests.</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Gegenstand</translation>
    </message>
    <message>
        <source>What the manifest is a signature, SBOM or other artifact of.</source>
        <translation>Wovon das Manifest eine Signatur, eine SBOM oder ein anderes Artefakt ist.</translation>
    </message>
    <message>
        <source>Nothing is removed unless somebody asks, or the disk is nearly full.</source>
        <translation>Nichts wird entfernt, außer auf Anforderung oder wenn der Datenträger fast voll ist.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>The service applies the policy by itself.</source>
        <translation>Der Dienst wendet die Richtlinie von selbst an.</translation>
    </message>
    <message>
        <source>Since the last use</source>
        <translation>Seit der letzten Benutzung</translation>
    </message>
    <message>
        <source>Age counts from the last use.</source>
        <translation>Das Alter zählt ab der letzten Benutzung.</translation>
    </message>
    <message>
        <source>Since it was written</source>
        <translation>Seit dem Schreiben</translation>
    </message>
    <message>
        <source>Age counts from when the bytes were written.</source>
        <translation>Das Alter zählt ab dem Schreiben der Bytes.</translation>
    </message>
    <message>
        <source>Since it came</source>
        <translation>Seit dem Eintreffen</translation>
    </message>
    <message>
        <source>Age counts from when it first came here.</source>
        <translation>Das Alter zählt ab dem ersten Eintreffen.</translation>
    </message>
    <message>
        <source>removed: %1</source>
        <translation>entfernt: %1</translation>
    </message>
    <message>
        <source>kept: %1</source>
        <translation>behalten: %1</translation>
    </message>
    <message>
        <source>The server says &quot;%1&quot;, which this version of the app does not know.</source>
        <translation>Der Dienst sagt „%1“, was diese Version der App nicht kennt.</translation>
    </message>
    <message>
        <source>Not known.</source>
        <translation>Nicht bekannt.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::ServiceLink</name>
    <message>
        <source>Opening %1</source>
        <translation>%1 wird geöffnet</translation>
    </message>
    <message>
        <source>Asking for the version</source>
        <translation>Die Version wird erfragt</translation>
    </message>
    <message>
        <source>Asking how it stands</source>
        <translation>Der Zustand wird erfragt</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird hergestellt …</translation>
    </message>
    <message>
        <source>The connection is being made.</source>
        <translation>Die Verbindung wird gerade hergestellt.</translation>
    </message>
    <message>
        <source>Connected · %1</source>
        <translation>Verbunden · %1</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>Disconnected since %1.</source>
        <translation>Getrennt seit %1.</translation>
    </message>
    <message>
        <source>Cannot connect</source>
        <translation>Verbinden nicht möglich</translation>
    </message>
    <message>
        <source>Layerhold %1, process %2. Click to see or change connections.</source>
        <translation>Layerhold %1, Prozess %2. Klicken, um Verbindungen zu sehen oder zu ändern.</translation>
    </message>
    <message>
        <source>%1 stored · %2 free</source>
        <translation>%1 gespeichert · %2 frei</translation>
    </message>
    <message numerus="yes">
        <source>Stored: the sizes of all %1 blobs, each once. Free: what the disk of %2 has left, of %3. Counted at %4.</source>
        <translation>
            <numerusform>Gespeichert: die Größe von %1 Blob. Frei: was der Datenträger von %2 übrig hat, von %3. Gezählt um %4.</numerusform>
            <numerusform>Gespeichert: die Größen aller %1 Blobs, jeder einmal. Frei: was der Datenträger von %2 übrig hat, von %3. Gezählt um %4.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 arriving</source>
        <translation>%1 eintreffend</translation>
    </message>
    <message>
        <source>Blobs that are being written now: %1 so far.</source>
        <translation>Blobs, die gerade geschrieben werden: bisher %1.</translation>
    </message>
    <message>
        <source>My own cache</source>
        <translation>Eigener Cache</translation>
    </message>
    <message>
        <source>Save snapshot %1</source>
        <translation>Schnappschuss %1 speichern</translation>
    </message>
    <message numerus="yes">
        <source>%1 entries are in %2 (%3).</source>
        <translation>
            <numerusform>%1 Eintrag ist in %2 (%3).</numerusform>
            <numerusform>%1 Einträge sind in %2 (%3).</numerusform>
        </translation>
    </message>
    <message>
        <source>What keeps each of them is not: there are too many.</source>
        <translation>Was jeden davon behält, nicht: Es sind zu viele.</translation>
    </message>
    <message>
        <source>The snapshot was not saved: %1</source>
        <translation>Der Schnappschuss wurde nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>Schnappschuss</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Settings</name>
    <message>
        <source>The settings in %1 are of a newer version of Layerhold, so that the usual ones hold.</source>
        <translation>Die Einstellungen in %1 sind von einer neueren Version von Layerhold, deshalb gelten die üblichen.</translation>
    </message>
    <message>
        <source>The settings in %1 are of an older version of Layerhold, so that the usual ones hold.</source>
        <translation>Die Einstellungen in %1 sind von einer älteren Version von Layerhold, deshalb gelten die üblichen.</translation>
    </message>
    <message>
        <source>The settings in %1 cannot be read, so that the usual ones hold.</source>
        <translation>Die Einstellungen in %1 sind nicht lesbar, deshalb gelten die üblichen.</translation>
    </message>
    <message>
        <source>Settings cannot be saved in %1: they hold until the window is closed.</source>
        <translation>Einstellungen lassen sich in %1 nicht speichern: sie gelten, bis das Fenster geschlossen wird.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::SharersPanel</name>
    <message>
        <source>Images that have what is chosen</source>
        <translation>Images, die das Ausgewählte haben</translation>
    </message>
    <message>
        <source>Used by: choose a blob to see the images that have it.</source>
        <translation>Benutzt von: einen Blob auswählen, um die Images zu sehen, die ihn haben.</translation>
    </message>
    <message>
        <source>Used by no image.</source>
        <translation>Von keinem Image benutzt.</translation>
    </message>
    <message>
        <source>Used by one image:</source>
        <translation>Von einem Image benutzt:</translation>
    </message>
    <message numerus="yes">
        <source>Used by %1 images:</source>
        <translation>
            <numerusform>Von %1 Image benutzt:</numerusform>
            <numerusform>Von %1 Images benutzt:</numerusform>
        </translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Snapshot</name>
    <message>
        <source>A snapshot is listed as a whole only.</source>
        <translation>Ein Schnappschuss wird nur als Ganzes aufgelistet.</translation>
    </message>
    <message>
        <source>This is not in the snapshot.</source>
        <translation>Das steht nicht im Schnappschuss.</translation>
    </message>
    <message>
        <source>This is a snapshot: nothing can be changed in it.</source>
        <translation>Dies ist ein Schnappschuss: Nichts darin lässt sich ändern.</translation>
    </message>
    <message>
        <source>This is a snapshot: only a service can make a plan.</source>
        <translation>Dies ist ein Schnappschuss: Einen Plan kann nur ein Dienst machen.</translation>
    </message>
    <message>
        <source>The list of a plan is not in a snapshot.</source>
        <translation>Die Liste eines Plans steht nicht in einem Schnappschuss.</translation>
    </message>
    <message>
        <source>What a run did to each entry is not in a snapshot.</source>
        <translation>Was ein Lauf mit jedem Eintrag getan hat, steht nicht in einem Schnappschuss.</translation>
    </message>
    <message>
        <source>Who can see an entry is not in a snapshot.</source>
        <translation>Wer einen Eintrag sehen kann, steht nicht in einem Schnappschuss.</translation>
    </message>
    <message>
        <source>There is no blob %1 in this snapshot.</source>
        <translation>In diesem Schnappschuss gibt es keinen Blob %1.</translation>
    </message>
    <message>
        <source>Nothing in this snapshot is called “%1”.</source>
        <translation>Nichts in diesem Schnappschuss heißt „%1“.</translation>
    </message>
    <message>
        <source>Several blobs begin with “%1”: give more digits.</source>
        <translation>Mehrere Blobs beginnen mit „%1“: Es braucht mehr Stellen.</translation>
    </message>
    <message>
        <source>This snapshot does not hold what keeps each entry: the cache had too many.</source>
        <translation>In diesem Schnappschuss steht nicht, was jeden Eintrag behält: Der Cache hatte zu viele.</translation>
    </message>
    <message>
        <source>This snapshot has no figures by “%1”.</source>
        <translation>In diesem Schnappschuss gibt es keine Zahlen nach „%1“.</translation>
    </message>
    <message>
        <source>This snapshot has no history of the tag %1.</source>
        <translation>In diesem Schnappschuss gibt es keinen Verlauf des Tags %1.</translation>
    </message>
    <message>
        <source>This snapshot has no history of %1.</source>
        <translation>In diesem Schnappschuss gibt es keinen Verlauf von %1.</translation>
    </message>
    <message>
        <source>%1 cannot be opened: %2</source>
        <translation>%1 lässt sich nicht öffnen: %2</translation>
    </message>
    <message>
        <source>%1 is damaged: what it holds is not what was written.</source>
        <translation>%1 ist beschädigt: Der Inhalt ist nicht der, der geschrieben wurde.</translation>
    </message>
    <message>
        <source>%1 is not a snapshot of Layerhold.</source>
        <translation>%1 ist kein Schnappschuss von Layerhold.</translation>
    </message>
    <message>
        <source>%1 holds more than a snapshot may: it was not read.</source>
        <translation>%1 enthält mehr, als ein Schnappschuss darf, und wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 lässt sich nicht lesen: %2</translation>
    </message>
    <message>
        <source>%1 is cut off: its end is missing. Copy it once more.</source>
        <translation>%1 ist abgeschnitten: Das Ende fehlt. Die Datei ist noch einmal zu kopieren.</translation>
    </message>
    <message>
        <source>%1 is a snapshot of format %2, written by version %3. This version of Layerhold reads format %4: open it with the newer one.</source>
        <translation>%1 ist ein Schnappschuss im Format %2, geschrieben von Version %3. Diese Version von Layerhold liest Format %4: Er ist mit der neueren zu öffnen.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>One of the answers of the service is too large for a snapshot.</source>
        <translation>Eine der Antworten des Dienstes ist zu groß für einen Schnappschuss.</translation>
    </message>
    <message>
        <source>The connection ended before the snapshot was saved.</source>
        <translation>Die Verbindung endete, bevor der Schnappschuss gespeichert war.</translation>
    </message>
    <message>
        <source>Reading entries</source>
        <translation>Einträge werden gelesen</translation>
    </message>
    <message>
        <source>Reading images</source>
        <translation>Images werden gelesen</translation>
    </message>
    <message>
        <source>Asking what keeps each entry</source>
        <translation>Es wird gefragt, was jeden Eintrag behält</translation>
    </message>
    <message>
        <source>Reading the history of tags</source>
        <translation>Der Verlauf der Tags wird gelesen</translation>
    </message>
    <message>
        <source>Reading the history of metrics</source>
        <translation>Der Verlauf der Messwerte wird gelesen</translation>
    </message>
    <message>
        <source>Open snapshot</source>
        <translation>Schnappschuss öffnen</translation>
    </message>
    <message>
        <source>Snapshots (*.lhsnap)</source>
        <translation>Schnappschüsse (*.lhsnap)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save snapshot</source>
        <translation>Schnappschuss speichern</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::SpaceBar</name>
    <message>
        <source>Space</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Benutzung</translation>
    </message>
    <message>
        <source>Kept by policy</source>
        <translation>Nach Richtlinie behalten</translation>
    </message>
    <message>
        <source>Can go</source>
        <translation>Kann weg</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Other files</source>
        <translation>Andere Dateien</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Low mark</source>
        <translation>Untere Marke</translation>
    </message>
    <message>
        <source>High mark</source>
        <translation>Obere Marke</translation>
    </message>
    <message>
        <source>%1, %2 (%3)</source>
        <translation>%1, %2 (%3)</translation>
    </message>
    <message>
        <source>Held by nobody</source>
        <translation>Von niemandem gehalten</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::SpaceCard</name>
    <message>
        <source>Space</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>Being asked…</source>
        <translation>Wird erfragt …</translation>
    </message>
    <message>
        <source>The disk tells of less in use than is stored: it compresses, or shares bytes.</source>
        <translation>Der Datenträger meldet weniger belegt, als gespeichert ist: er komprimiert oder teilt Bytes.</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Gespeichert</translation>
    </message>
    <message numerus="yes">
        <source>The sizes of all %1 blobs, each once: %2.</source>
        <translation>
            <numerusform>Die Größe von %1 Blob: %2.</numerusform>
            <numerusform>Die Größen aller %1 Blobs, jeder einmal: %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Free on the disk</source>
        <translation>Frei auf dem Datenträger</translation>
    </message>
    <message>
        <source>Of %1.</source>
        <translation>Von %1.</translation>
    </message>
    <message>
        <source>Arriving now</source>
        <translation>Gerade eintreffend</translation>
    </message>
    <message>
        <source>Blobs that are being written: %1.</source>
        <translation>Blobs, die gerade geschrieben werden: %1.</translation>
    </message>
    <message>
        <source>What can go is told by the newest plan (made: %1).</source>
        <translation>Was weg kann, sagt der neueste Plan (erstellt: %1).</translation>
    </message>
    <message>
        <source>What of the bytes that nobody holds can go is told by a preview of the cleanup.</source>
        <translation>Was von den Bytes, die niemand hält, weg kann, sagt eine Vorschau des Aufräumens.</translation>
    </message>
    <message>
        <source>What can go: %1</source>
        <translation>Was weg kann: %1</translation>
    </message>
    <message>
        <source>The trash is counted among other files: %1</source>
        <translation>Der Papierkorb zählt zu anderen Dateien: %1</translation>
    </message>
    <message>
        <source>No marks: %1</source>
        <translation>Keine Marken: %1</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::SpeedCard</name>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>50, 95 and 99 of 100 of the last ones were faster.</source>
        <translation>50, 95 und 99 von 100 der letzten waren schneller.</translation>
    </message>
    <message>
        <source>Lookup or open</source>
        <translation>Nachfrage oder Öffnen</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Freigabe</translation>
    </message>
    <message>
        <source>Of the last %1.</source>
        <translation>Aus den letzten %1.</translation>
    </message>
    <message>
        <source>Of the last operations of engines. The time to the first byte of a pull is not reported by this service.</source>
        <translation>Aus den letzten Vorgängen von Engines. Die Zeit bis zum ersten Byte eines Pulls meldet dieser Dienst nicht.</translation>
    </message>
    <message>
        <source>Not reported by this service.</source>
        <translation>Von diesem Dienst nicht gemeldet.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::StateMessage</name>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::StatePane</name>
    <message>
        <source>Not connected to a cache</source>
        <translation>Mit keinem Cache verbunden</translation>
    </message>
    <message>
        <source>No service answers at %1.</source>
        <translation>Unter %1 antwortet kein Dienst.</translation>
    </message>
    <message>
        <source>Connecting… slower than usual</source>
        <translation>Verbindung wird hergestellt … langsamer als üblich</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird hergestellt …</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>bisher %1</translation>
    </message>
    <message>
        <source>Loading: %1 of about %2</source>
        <translation>Lädt: %1 von etwa %2</translation>
    </message>
    <message>
        <source>Loading: %1 so far</source>
        <translation>Lädt: bisher %1</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lädt …</translation>
    </message>
    <message>
        <source>Stop keeps what came.</source>
        <translation>Beim Anhalten bleibt, was kam.</translation>
    </message>
    <message>
        <source>The cache is empty</source>
        <translation>Der Cache ist leer</translation>
    </message>
    <message>
        <source>Pull once through it:</source>
        <translation>Ein Image darüber holen:</translation>
    </message>
    <message>
        <source>Nothing matches this filter</source>
        <translation>Nichts passt zu diesem Filter</translation>
    </message>
    <message>
        <source>Not everything is shown: %1</source>
        <translation>Nicht alles ist zu sehen, es fehlt: %1</translation>
    </message>
    <message>
        <source>Disconnected: as of %1</source>
        <translation>Getrennt: Stand %1</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>You may not see this</source>
        <translation>Kein Zugriff</translation>
    </message>
    <message>
        <source>Missing right: %1</source>
        <translation>Fehlendes Recht: %1</translation>
    </message>
    <message>
        <source>You are %1.</source>
        <translation>Angemeldet als %1.</translation>
    </message>
    <message>
        <source>This service does not offer %1</source>
        <translation>Dieser Dienst bietet nicht an: %1</translation>
    </message>
    <message>
        <source>It is version %1.</source>
        <translation>Er hat Version %1.</translation>
    </message>
    <message>
        <source>Version %1 is needed.</source>
        <translation>Version %1 ist nötig.</translation>
    </message>
    <message>
        <source>This did not work</source>
        <translation>Das ging nicht</translation>
    </message>
    <message>
        <source>Snapshot of %1, %2</source>
        <translation>Schnappschuss von %1, %2</translation>
    </message>
    <message>
        <source>Read-only: nothing here changes the cache.</source>
        <translation>Nur lesbar: nichts hier ändert den Cache.</translation>
    </message>
    <message>
        <source>Next try in %1.</source>
        <translation>Nächster Versuch in %1.</translation>
    </message>
    <message>
        <source>Trying again…</source>
        <translation>Neuer Versuch …</translation>
    </message>
    <message>
        <source>Connections…</source>
        <translation>Verbindungen …</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter aufheben</translation>
    </message>
    <message>
        <source>Show %1 (%2)</source>
        <translation>%1 zeigen (%2)</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Other connection…</source>
        <translation>Andere Verbindung …</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>Details …</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Layerhold keeps the images of every container engine on a machine in one cache.</source>
        <translation>Layerhold hält die Images aller Container-Engines einer Maschine in einem Cache.</translation>
    </message>
    <message>
        <source>Without a service, this app can open a cache of your own in %1. While it is open, no other program can use it.</source>
        <translation>Ohne Dienst kann diese App einen eigenen Cache in %1 öffnen. Solange er offen ist, kann kein anderes Programm ihn benutzen.</translation>
    </message>
    <message>
        <source>Start the service, or connect to one that runs:</source>
        <translation>Den Dienst starten oder mit einem laufenden verbinden:</translation>
    </message>
    <message>
        <source>Use a cache of my own</source>
        <translation>Eigenen Cache benutzen</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::StorageMap</name>
    <message>
        <source>Map adds up to %1 = stored bytes</source>
        <translation>Karte ergibt %1 = gespeicherte Bytes</translation>
    </message>
    <message>
        <source>Map adds up to %1; stored are %2, because layers are shared</source>
        <translation>Karte ergibt %1; gespeichert sind %2, weil Layer gemeinsam sind</translation>
    </message>
    <message>
        <source>Unique + shared block</source>
        <translation>Nur hier + Gemeinsames</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Referenced</source>
        <translation>Referenziert</translation>
    </message>
    <message>
        <source>Bytes that only one of them has, and one block with what two or more share.</source>
        <translation>Bytes, die nur eines davon hat, und ein Block mit dem, was zwei oder mehr gemeinsam haben.</translation>
    </message>
    <message>
        <source>Bytes that several have are divided evenly among them. Adds up to what is stored.</source>
        <translation>Bytes, die mehrere haben, werden gleichmäßig auf sie verteilt. Ergibt zusammen das Gespeicherte.</translation>
    </message>
    <message>
        <source>All bytes that each needs, as if it were alone. Adds up to more than is stored.</source>
        <translation>Alle Bytes, die jedes braucht, als wäre es allein. Ergibt zusammen mehr als gespeichert ist.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::StorageMapView</name>
    <message>
        <source>Storage map</source>
        <translation>Speicherkarte</translation>
    </message>
    <message>
        <source>Shared by two or more</source>
        <translation>Von zweien oder mehr gemeinsam</translation>
    </message>
    <message>
        <source>Reached by none</source>
        <translation>Von keinem erreicht</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>%1 smaller in %2</source>
        <translation>%1 kleinere in %2</translation>
    </message>
    <message>
        <source>%1, shared by %2</source>
        <translation>%1, gemeinsam von %2</translation>
    </message>
    <message>
        <source>%1 smaller</source>
        <translation>%1 kleinere</translation>
    </message>
    <message>
        <source>%1 with %2 smaller</source>
        <translation>%1 mit %2 kleineren</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::StoragePage</name>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>There is no map yet.</source>
        <translation>Es gibt noch keine Karte.</translation>
    </message>
    <message>
        <source>Nothing is chosen.</source>
        <translation>Nichts ist ausgewählt.</translation>
    </message>
    <message>
        <source>The map shows everything already.</source>
        <translation>Die Karte zeigt schon alles.</translation>
    </message>
    <message>
        <source>%1 images, %2 blobs, counted at %3</source>
        <translation>%1 Images, %2 Blobs, Stand %3</translation>
    </message>
    <message>
        <source>what the cache holds and what refers to what</source>
        <translation>was der Cache hält und was worauf verweist</translation>
    </message>
    <message>
        <source>what changed since %1</source>
        <translation>was sich seit %1 geändert hat</translation>
    </message>
    <message>
        <source>The loading was stopped. The map needs all of it.</source>
        <translation>Das Laden wurde angehalten. Die Karte braucht alles.</translation>
    </message>
    <message>
        <source>%1 is not stored.</source>
        <translation>%1 ist nicht gespeichert.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::StorageTree</name>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Layer</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>Config</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>Manifest</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>Kept by a pin</source>
        <translation>Von einer Anheftung behalten</translation>
    </message>
    <message>
        <source>Kept by a tag</source>
        <translation>Von einem Tag behalten</translation>
    </message>
    <message>
        <source>Kept by an engine</source>
        <translation>Von einer Engine behalten</translation>
    </message>
    <message>
        <source>Kept by something else</source>
        <translation>Von etwas anderem behalten</translation>
    </message>
    <message>
        <source>Released: a cleanup may remove it</source>
        <translation>Freigegeben: ein Aufräumen darf es entfernen</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>Ohne Namen</translation>
    </message>
    <message>
        <source>Shared by two or more</source>
        <translation>Von zweien oder mehr gemeinsam</translation>
    </message>
    <message>
        <source>In no image</source>
        <translation>In keinem Image</translation>
    </message>
    <message>
        <source>Referenced: %1 (its size if it were alone)</source>
        <translation>Referenziert: %1 (die Größe, wäre es allein)</translation>
    </message>
    <message>
        <source>Unique: %1 (no other image has them)</source>
        <translation>Nur hier: %1 (kein anderes Image hat sie)</translation>
    </message>
    <message>
        <source>Share: %1 (shared bytes divided by those that have them)</source>
        <translation>Anteil: %1 (gemeinsame Bytes geteilt durch die, die sie haben)</translation>
    </message>
    <message numerus="yes">
        <source>%1 of its blobs are not stored</source>
        <translation>
            <numerusform>%1 seiner Blobs ist nicht gespeichert</numerusform>
            <numerusform>%1 seiner Blobs sind nicht gespeichert</numerusform>
        </translation>
    </message>
    <message>
        <source>Last used: %1</source>
        <translation>Zuletzt benutzt: %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Stored: %1 (%2)</source>
        <translation>Gespeichert: %1 (%2)</translation>
    </message>
    <message>
        <source>No image has it.</source>
        <translation>Kein Image hat ihn.</translation>
    </message>
    <message>
        <source>Only one image has it:</source>
        <translation>Nur ein Image hat ihn:</translation>
    </message>
    <message numerus="yes">
        <source>%1 images have it:</source>
        <translation>
            <numerusform>%1 Image hat ihn:</numerusform>
            <numerusform>%1 Images haben ihn:</numerusform>
        </translation>
    </message>
    <message>
        <source>Blobs that two or more images have. Removing one of these images does not free them.</source>
        <translation>Blobs, die zwei oder mehr Images haben. Eines dieser Images zu entfernen, macht sie nicht frei.</translation>
    </message>
    <message>
        <source>Blobs that are stored and belong to no image.</source>
        <translation>Blobs, die gespeichert sind und zu keinem Image gehören.</translation>
    </message>
    <message>
        <source>Here: %1 (%2), by the rule “%3”</source>
        <translation>Hier: %1 (%2), nach der Regel „%3“</translation>
    </message>
    <message>
        <source>A registry is known to have had it</source>
        <translation>Eine Registry ist bekannt, die es hatte</translation>
    </message>
    <message>
        <source>Only copy: once removed it is lost</source>
        <translation>Einzige Kopie: einmal entfernt, ist sie verloren</translation>
    </message>
    <message>
        <source>Not known whether it could be fetched again</source>
        <translation>Nicht bekannt, ob es neu abrufbar wäre</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::StorageTreeModel</name>
    <message>
        <source>Registry, repository, image and blob; the largest first</source>
        <translation>Registry, Repository, Image und Blob; das Größte zuerst</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Of what the map adds up to</source>
        <translation>Von dem, was die Karte ergibt</translation>
    </message>
    <message>
        <source>Of all</source>
        <translation>Von allem</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::StorageTreeView</name>
    <message>
        <source>Stored content by registry, repository and image</source>
        <translation>Gespeicherter Inhalt nach Registry, Repository und Image</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::TagEntryModel</name>
    <message numerus="yes">
        <source>%1 (%2 times)</source>
        <translation>
            <numerusform>%1 (%2 Mal)</numerusform>
            <numerusform>%1 (%2 Mal)</numerusform>
        </translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Anlass</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Durch</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::TagHistoryPane</name>
    <message>
        <source>Moves of tags</source>
        <translation>Bewegungen von Tags</translation>
    </message>
    <message>
        <source>← → step between moves, ↑ ↓ between tags, Space marks one of two blocks to compare, + − 0 zoom, L shows a list.</source>
        <translation>← → wechselt zwischen Bewegungen, ↑ ↓ zwischen Tags, Leertaste markiert einen von zwei Blöcken zum Vergleichen, + − 0 ändert den Ausschnitt, L zeigt eine Liste.</translation>
    </message>
    <message>
        <source>Ctrl+D compares what a tag was before a move and after it, L shows the time line.</source>
        <translation>Strg+D vergleicht, was ein Tag vor einer Bewegung war und danach, L zeigt die Zeitleiste.</translation>
    </message>
    <message>
        <source>One block is marked; mark another one to compare them.</source>
        <translation>Ein Block ist markiert; einen weiteren markieren, um sie zu vergleichen.</translation>
    </message>
    <message>
        <source>Two blocks are marked: Ctrl+D compares them.</source>
        <translation>Zwei Blöcke sind markiert: Strg+D vergleicht sie.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::TagModel</name>
    <message>
        <source>Last validated %1</source>
        <translation>Zuletzt geprüft %1</translation>
    </message>
    <message>
        <source>Not validated</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>fresh</source>
        <translation>aktuell</translation>
    </message>
    <message>
        <source>stored</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>not stored</source>
        <translation>nicht gespeichert</translation>
    </message>
    <message>
        <source>keeps it</source>
        <translation>hält den Inhalt</translation>
    </message>
    <message>
        <source>only names it</source>
        <translation>benennt nur</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Digest</translation>
    </message>
    <message>
        <source>Last moved</source>
        <translation>Zuletzt bewegt</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Anlass</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Durch</translation>
    </message>
    <message>
        <source>Validated</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>A tag that was not validated in time is stale: its registry may have moved it.</source>
        <translation>Ein Tag, der nicht rechtzeitig geprüft wurde, ist veraltet: seine Registry kann ihn bewegt haben.</translation>
    </message>
    <message>
        <source>Whether the manifest that the tag points at is stored here.</source>
        <translation>Ob das Manifest, auf das der Tag zeigt, hier gespeichert ist.</translation>
    </message>
    <message>
        <source>Tags of pulls, pushes and people keep what they point at; those that mirror an engine or a registry only name it.</source>
        <translation>Tags von Pulls, Pushes und Menschen halten, worauf sie zeigen; solche, die eine Engine oder eine Registry spiegeln, benennen es nur.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::TagTimeline</name>
    <message>
        <source>appeared</source>
        <translation>erschienen</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>bewegt</translation>
    </message>
    <message>
        <source>moved back</source>
        <translation>zurückbewegt</translation>
    </message>
    <message>
        <source>re-appeared</source>
        <translation>wieder erschienen</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>checked, unchanged</source>
        <translation>geprüft, unverändert</translation>
    </message>
    <message>
        <source>Appeared as %1</source>
        <translation>Erschienen als %1</translation>
    </message>
    <message>
        <source>Moved from %1 to %2</source>
        <translation>Bewegt von %1 nach %2</translation>
    </message>
    <message>
        <source>Moved back from %1 to %2</source>
        <translation>Zurückbewegt von %1 nach %2</translation>
    </message>
    <message>
        <source>Re-appeared as %1</source>
        <translation>Wieder erschienen als %1</translation>
    </message>
    <message>
        <source>Deleted; it was %1</source>
        <translation>Gelöscht; war %1</translation>
    </message>
    <message>
        <source>Checked, unchanged</source>
        <translation>Geprüft, unverändert</translation>
    </message>
    <message numerus="yes">
        <source>Checked %1 times, unchanged</source>
        <translation>
            <numerusform>%1 Mal geprüft, unverändert</numerusform>
            <numerusform>%1 Mal geprüft, unverändert</numerusform>
        </translation>
    </message>
    <message>
        <source>, by %1</source>
        <translation>, durch %1</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>before it was written down</source>
        <translation>bevor es aufgezeichnet wurde</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1: from %2 to %3</source>
        <translation>%1: von %2 bis %3</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::TagTimelineView</name>
    <message>
        <source>Timeline of tags</source>
        <translation>Zeitleiste der Tags</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: deleted</source>
        <translation>%1: gelöscht</translation>
    </message>
    <message>
        <source>%1: unknown</source>
        <translation>%1: unbekannt</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::TagsPage</name>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Filter tags</source>
        <translation>Tags filtern</translation>
    </message>
    <message>
        <source>Filter by name or digest</source>
        <translation>Nach Name oder Digest filtern</translation>
    </message>
    <message>
        <source>Nothing is chosen.</source>
        <translation>Nichts ist ausgewählt.</translation>
    </message>
    <message>
        <source>The filter looks into names and digests.</source>
        <translation>Der Filter sucht in Namen und Digests.</translation>
    </message>
    <message>
        <source>A list has no zoom.</source>
        <translation>Eine Liste hat keinen Zoom.</translation>
    </message>
    <message>
        <source>Tag, moved %1</source>
        <translation>Tag, bewegt %1</translation>
    </message>
    <message>
        <source>the tags</source>
        <translation>die Tags</translation>
    </message>
    <message>
        <source>to list tags</source>
        <translation>Tags auflisten</translation>
    </message>
    <message>
        <source>No tags yet</source>
        <translation>Noch keine Tags</translation>
    </message>
    <message>
        <source>A tag appears when an image is pulled, pushed, named by an engine or tagged by hand. Pull one:</source>
        <translation>Ein Tag erscheint, wenn ein Image geholt, gepusht, von einer Engine benannt oder von Hand mit einem Tag versehen wird. Eines holen:</translation>
    </message>
    <message numerus="yes">
        <source>%1 tags</source>
        <translation>
            <numerusform>%1 Tag</numerusform>
            <numerusform>%1 Tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 tags</source>
        <translation>
            <numerusform>%1 von %2 Tag</numerusform>
            <numerusform>%1 von %2 Tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %1 of %2 tags; select others in the list to see theirs</source>
        <translation>
            <numerusform>Der erste %1 von %2 Tag; für andere diese in der Liste auswählen</numerusform>
            <numerusform>Die ersten %1 von %2 Tags; für andere diese in der Liste auswählen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %1 of %2 selected tags</source>
        <translation>
            <numerusform>Der erste %1 von %2 ausgewählten Tag</numerusform>
            <numerusform>Die ersten %1 von %2 ausgewählten Tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %1 tags of the list</source>
        <translation>
            <numerusform>%1 Tag der Liste</numerusform>
            <numerusform>Alle %1 Tags der Liste</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 selected tags</source>
        <translation>
            <numerusform>%1 ausgewählter Tag</numerusform>
            <numerusform>%1 ausgewählte Tags</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no tags to show the moves of.</source>
        <translation>Es gibt keine Tags, deren Bewegungen zu zeigen wären.</translation>
    </message>
    <message>
        <source>Asking for the moves…</source>
        <translation>Die Bewegungen werden erfragt …</translation>
    </message>
    <message>
        <source>Their moves were not asked for before the connection broke.</source>
        <translation>Ihre Bewegungen wurden nicht erfragt, bevor die Verbindung abbrach.</translation>
    </message>
    <message>
        <source>%1 selected</source>
        <translation>%1 ausgewählt</translation>
    </message>
    <message>
        <source>Nothing is known of what the tag was then.</source>
        <translation>Es ist nicht bekannt, was der Tag damals war.</translation>
    </message>
    <message>
        <source>Two can be compared; %1 are chosen.</source>
        <translation>Vergleichen lassen sich zwei; %1 sind ausgewählt.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::TimeChart</name>
    <message>
        <source>nothing is known</source>
        <translation>nichts ist bekannt</translation>
    </message>
    <message>
        <source>last %1, lowest %2, highest %3</source>
        <translation>zuletzt %1, niedrigster %2, höchster %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Nothing was recorded in this time</source>
        <translation>In dieser Zeit wurde nichts aufgezeichnet</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::TrashModel</name>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>Its time was over at %1; it goes with the next upkeep.</source>
        <translation>Seine Zeit war um %1 vorbei; es geht mit der nächsten Wartung.</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>By run</source>
        <translation>Durch Lauf</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Läuft ab</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::TrashPage</name>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Entries in the trash</source>
        <translation>Einträge im Papierkorb</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Remove now…</source>
        <translation>Jetzt entfernen …</translation>
    </message>
    <message>
        <source>Empty trash…</source>
        <translation>Papierkorb leeren …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>the trash</source>
        <translation>der Papierkorb</translation>
    </message>
    <message>
        <source>It was stopped; what came is shown.</source>
        <translation>Es wurde angehalten; zu sehen ist, was kam.</translation>
    </message>
    <message>
        <source>a trash</source>
        <translation>ein Papierkorb</translation>
    </message>
    <message>
        <source>The disk runs full: %1 of %2 are free, less than %3. The service empties the trash before its time.</source>
        <translation>Der Datenträger läuft voll: %1 von %2 sind frei, weniger als %3. Der Dienst leert den Papierkorb vorzeitig.</translation>
    </message>
    <message>
        <source>The trash is empty. What a cleanup removes stays here for as long as the policy says.</source>
        <translation>Der Papierkorb ist leer. Was ein Aufräumen entfernt, bleibt hier, solange die Richtlinie es sagt.</translation>
    </message>
    <message numerus="yes">
        <source>%1 entries, %2.</source>
        <translation>
            <numerusform>%1 Eintrag, %2.</numerusform>
            <numerusform>%1 Einträge, %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>They still take their space.</source>
        <translation>Der Platz bleibt noch belegt.</translation>
    </message>
    <message>
        <source>The next one expires in %1.</source>
        <translation>Der nächste läuft in %1 ab.</translation>
    </message>
    <message>
        <source>Nothing is selected.</source>
        <translation>Nichts ist ausgewählt.</translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation>Der Papierkorb ist leer.</translation>
    </message>
    <message>
        <source>Restore %1</source>
        <translation>%1 wiederherstellen</translation>
    </message>
    <message numerus="yes">
        <source>Restore %1 entries</source>
        <translation>
            <numerusform>%1 Eintrag wiederherstellen</numerusform>
            <numerusform>%1 Einträge wiederherstellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 entries (%2)</source>
        <translation>
            <numerusform>%1 Eintrag (%2)</numerusform>
            <numerusform>%1 Einträge (%2)</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove %1 for good? This cannot be undone.</source>
        <translation>%1 endgültig entfernen? Das ist nicht rückgängig zu machen.</translation>
    </message>
    <message>
        <source>Remove %1 for good</source>
        <translation>%1 endgültig entfernen</translation>
    </message>
    <message numerus="yes">
        <source>Remove %1 entries from the trash</source>
        <translation>
            <numerusform>%1 Eintrag aus dem Papierkorb entfernen</numerusform>
            <numerusform>%1 Einträge aus dem Papierkorb entfernen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 entries (%3).</source>
        <translation>
            <numerusform>%1 von %2 Eintrag (%3).</numerusform>
            <numerusform>%1 von %2 Einträgen (%3).</numerusform>
        </translation>
    </message>
    <message>
        <source>One that is left says: %1</source>
        <translation>Ein verbliebener sagt: %1</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::UpstreamsCard</name>
    <message>
        <source>Upstreams</source>
        <translation>Upstreams</translation>
    </message>
    <message>
        <source>Blobs fetched</source>
        <translation>Abgerufene Blobs</translation>
    </message>
    <message>
        <source>Bytes fetched</source>
        <translation>Abgerufene Bytes</translation>
    </message>
    <message>
        <source>Counting since %1.</source>
        <translation>Gezählt seit %1.</translation>
    </message>
    <message numerus="yes">
        <source>%1 further pull limits are not shown.</source>
        <translation>
            <numerusform>%1 weitere Pull-Grenze wird nicht gezeigt.</numerusform>
            <numerusform>%1 weitere Pull-Grenzen werden nicht gezeigt.</numerusform>
        </translation>
    </message>
    <message>
        <source>No registry has told a pull limit so far.</source>
        <translation>Bisher hat keine Registry eine Pull-Grenze genannt.</translation>
    </message>
    <message>
        <source>Pull limits: %1</source>
        <translation>Pull-Grenzen: %1</translation>
    </message>
    <message>
        <source>Errors of registries are not reported by this service.</source>
        <translation>Fehler von Registrys meldet dieser Dienst nicht.</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::UsedByView</name>
    <message>
        <source>What uses it</source>
        <translation>Was es benutzt</translation>
    </message>
    <message>
        <source>Asking what uses it: %1 found…</source>
        <translation>Es wird erfragt, was es benutzt: %1 gefunden …</translation>
    </message>
    <message>
        <source>Nothing refers to it: it is an image of its own.</source>
        <translation>Nichts verweist darauf: es ist ein Image für sich.</translation>
    </message>
    <message>
        <source>Nothing refers to it.</source>
        <translation>Nichts verweist darauf.</translation>
    </message>
    <message>
        <source>Images: %1, with tags: %2, of repositories: %3.</source>
        <translation>Images: %1, mit Tags: %2, aus Repositorys: %3.</translation>
    </message>
    <message>
        <source>There are more: only the first %1 users were looked at.</source>
        <translation>Es gibt mehr: nur die ersten %1 wurden angesehen.</translation>
    </message>
    <message>
        <source>Images that need it</source>
        <translation>Images, die es brauchen</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Refers to it directly</source>
        <translation>Verweist direkt darauf</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>%1 %2 (%3)</source>
        <translation>%1 %2 (%3)</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::WaysView</name>
    <message>
        <source>Ways to what keeps it</source>
        <translation>Wege zu dem, was es behält</translation>
    </message>
    <message>
        <source>Nobody needs it: a cleanup may remove it.</source>
        <translation>Niemand braucht es: ein Aufräumen darf es entfernen.</translation>
    </message>
    <message>
        <source>Nothing that is known here holds it. What is being written now may need it.</source>
        <translation>Nichts, was hier bekannt ist, hält es. Was gerade geschrieben wird, kann es brauchen.</translation>
    </message>
    <message>
        <source>It is kept for one reason:</source>
        <translation>Es wird aus einem Grund behalten:</translation>
    </message>
    <message numerus="yes">
        <source>It is kept for %1 reasons:</source>
        <translation>
            <numerusform>Es wird aus %1 Grund behalten:</numerusform>
            <numerusform>Es wird aus %1 Gründen behalten:</numerusform>
        </translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Since %1.</source>
        <translation>Seit %1.</translation>
    </message>
    <message>
        <source>holds %1</source>
        <translation>hält %1</translation>
    </message>
    <message>
        <source>which needs %1</source>
        <translation>was %1 braucht</translation>
    </message>
    <message>
        <source>holds this entry, %1</source>
        <translation>hält diesen Eintrag, %1</translation>
    </message>
    <message>
        <source>which needs this entry, %1</source>
        <translation>was diesen Eintrag braucht, %1</translation>
    </message>
</context>
<context>
    <name>layerhold::gui::WorthCard</name>
    <message>
        <source>Worth</source>
        <translation>Nutzen</translation>
    </message>
    <message>
        <source>Served from the cache</source>
        <translation>Aus dem Cache geliefert</translation>
    </message>
    <message>
        <source>Fetched from elsewhere</source>
        <translation>Von anderswo abgerufen</translation>
    </message>
    <message>
        <source>Saved: not fetched again</source>
        <translation>Gespart</translation>
    </message>
    <message>
        <source>Hit rate by bytes</source>
        <translation>Trefferquote, Bytes</translation>
    </message>
    <message>
        <source>Hit rate by requests</source>
        <translation>Trefferquote, Anfragen</translation>
    </message>
</context>
</TS>
