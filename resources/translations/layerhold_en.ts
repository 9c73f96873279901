<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>layerhold::gui::AccessTables</name>
    <message numerus="yes">
        <source>%1 of %2 engines can read it.</source>
        <translation>
            <numerusform>%1 of %2 engine can read it.</numerusform>
            <numerusform>%1 of %2 engines can read it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Attention</name>
    <message numerus="yes">
        <source>%1 entries (%2) are in the trash</source>
        <translation>
            <numerusform>%1 entry (%2) is in the trash</numerusform>
            <numerusform>%1 entries (%2) are in the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A plan waits that would remove %2 entries (%3); it was made %1.</source>
        <translation>
            <numerusform>A plan waits that would remove %2 entry (%3); it was made %1.</numerusform>
            <numerusform>A plan waits that would remove %2 entries (%3); it was made %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::AttentionCard</name>
    <message numerus="yes">
        <source>%1 more are on the page Events.</source>
        <translation>
            <numerusform>%1 more is on the page Events.</numerusform>
            <numerusform>%1 more are on the page Events.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::CleanupPage</name>
    <message numerus="yes">
        <source>The plan was made anew without what you had not ticked. %1 other entries are in it now, because its rules have limits or because they came in since: look at them, then continue.</source>
        <translation>
            <numerusform>The plan was made anew without what you had not ticked. %1 other entry is in it now, because its rules have limits or because it came in since: look at it, then continue.</numerusform>
            <numerusform>The plan was made anew without what you had not ticked. %1 other entries are in it now, because its rules have limits or because they came in since: look at them, then continue.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The plan was made anew with only what you had ticked; %1 of it have changed and stay.</source>
        <translation>
            <numerusform>The plan was made anew with only what you had ticked; %1 of it has changed and stays.</numerusform>
            <numerusform>The plan was made anew with only what you had ticked; %1 of it have changed and stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::EntriesPage</name>
    <message numerus="yes">
        <source>%1 entries, %2</source>
        <translation>
            <numerusform>%1 entry, %2</numerusform>
            <numerusform>%1 entries, %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::EntryScatterView</name>
    <message numerus="yes">
        <source>and %1 others at this place</source>
        <translation>
            <numerusform>and %1 other at this place</numerusform>
            <numerusform>and %1 others at this place</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::EventModel</name>
    <message numerus="yes">
        <source>%1 events are missing: the service no longer had them</source>
        <translation>
            <numerusform>%1 event is missing: the service no longer had it</numerusform>
            <numerusform>%1 events are missing: the service no longer had them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 events are not shown: more came than the %2 that this list holds</source>
        <translation>
            <numerusform>%1 event is not shown: more came than the %2 that this list holds</numerusform>
            <numerusform>%1 events are not shown: more came than the %2 that this list holds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::EventsPage</name>
    <message numerus="yes">
        <source>%1 older ones are not kept</source>
        <translation>
            <numerusform>%1 older one is not kept</numerusform>
            <numerusform>%1 older ones are not kept</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::FacetSidebar</name>
    <message numerus="yes">
        <source>%1 of %2 entries are shown, %3 of %4.</source>
        <translation>
            <numerusform>%1 of %2 entry is shown, %3 of %4.</numerusform>
            <numerusform>%1 of %2 entries are shown, %3 of %4.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::Format</name>
    <message numerus="yes">
        <source>%1 bytes</source>
        <translation>
            <numerusform>%1 byte</numerusform>
            <numerusform>%1 bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::ImageModel</name>
    <message numerus="yes">
        <source>%1 of its blobs are not stored here</source>
        <translation>
            <numerusform>%1 of its blobs is not stored here</numerusform>
            <numerusform>%1 of its blobs are not stored here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::ImagePane</name>
    <message numerus="yes">
        <source>%1 &amp;layers</source>
        <translation>
            <numerusform>%1 &amp;layer</numerusform>
            <numerusform>%1 &amp;layers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::ImagesPage</name>
    <message numerus="yes">
        <source>%1 images</source>
        <translation>
            <numerusform>%1 image</numerusform>
            <numerusform>%1 images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 images</source>
        <translation>
            <numerusform>%1 of %2 image</numerusform>
            <numerusform>%1 of %2 images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::LastRun</name>
    <message numerus="yes">
        <source>Bring back %1 entries of run %2</source>
        <translation>
            <numerusform>Bring back %1 entry of run %2</numerusform>
            <numerusform>Bring back %1 entries of run %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Brought back %1 entries (%2).</source>
        <translation>
            <numerusform>Brought back %1 entry (%2).</numerusform>
            <numerusform>Brought back %1 entries (%2).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::LayerStack</name>
    <message numerus="yes">
        <source>shared with %1 images</source>
        <translation>
            <numerusform>shared with %1 image</numerusform>
            <numerusform>shared with %1 images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::PlanModel</name>
    <message numerus="yes">
        <source>Removes %1 entries</source>
        <translation>
            <numerusform>Removes %1 entry</numerusform>
            <numerusform>Removes %1 entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 only copies</source>
        <translation>
            <numerusform>%1 only copy</numerusform>
            <numerusform>%1 only copies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::PlanProblemsModel</name>
    <message numerus="yes">
        <source>The list is not whole: it has %1 of %2 entries. Make the plan anew.</source>
        <translation>
            <numerusform>The list is not whole: it has %1 of %2 entry. Make the plan anew.</numerusform>
            <numerusform>The list is not whole: it has %1 of %2 entries. Make the plan anew.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::PlanStep</name>
    <message numerus="yes">
        <source>… and %1 more ways</source>
        <translation>
            <numerusform>… and %1 more way</numerusform>
            <numerusform>… and %1 more ways</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 not ticked: they stay.</source>
        <translation>
            <numerusform>%1 not ticked: it stays.</numerusform>
            <numerusform>%1 not ticked: they stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::PolicyStep</name>
    <message numerus="yes">
        <source>%1 entries were chosen for removal.</source>
        <translation>
            <numerusform>%1 entry was chosen for removal.</numerusform>
            <numerusform>%1 entries were chosen for removal.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::RunResult</name>
    <message numerus="yes">
        <source>Run %1 was stopped after %2 entries</source>
        <translation>
            <numerusform>Run %1 was stopped after %2 entry</numerusform>
            <numerusform>Run %1 was stopped after %2 entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What run %1 did by this plan: %2 entries</source>
        <translation>
            <numerusform>What run %1 did by this plan: %2 entry</numerusform>
            <numerusform>What run %1 did by this plan: %2 entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::RunStep</name>
    <message numerus="yes">
        <source>%1 entries (%3) changed since %2; they will be skipped.</source>
        <translation>
            <numerusform>%1 entry (%3) changed since %2; it will be skipped.</numerusform>
            <numerusform>%1 entries (%3) changed since %2; they will be skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of these are only copies: nobody is known who has them, so they cannot be fetched again. Type %2 to go on:</source>
        <translation>
            <numerusform>%1 of these is an only copy: nobody is known who has it, so it cannot be fetched again. Type %2 to go on:</numerusform>
            <numerusform>%1 of these are only copies: nobody is known who has them, so they cannot be fetched again. Type %2 to go on:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 entries (%2)</source>
        <translation>
            <numerusform>%1 entry (%2)</numerusform>
            <numerusform>%1 entries (%2)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::ServiceLink</name>
    <message numerus="yes">
        <source>Stored: the sizes of all %1 blobs, each once. Free: what the disk of %2 has left, of %3. Counted at %4.</source>
        <translation>
            <numerusform>Stored: the size of %1 blob. Free: what the disk of %2 has left, of %3. Counted at %4.</numerusform>
            <numerusform>Stored: the sizes of all %1 blobs, each once. Free: what the disk of %2 has left, of %3. Counted at %4.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 entries are in %2 (%3).</source>
        <translation>
            <numerusform>%1 entry is in %2 (%3).</numerusform>
            <numerusform>%1 entries are in %2 (%3).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::SharersPanel</name>
    <message numerus="yes">
        <source>Used by %1 images:</source>
        <translation>
            <numerusform>Used by %1 image:</numerusform>
            <numerusform>Used by %1 images:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::SpaceCard</name>
    <message numerus="yes">
        <source>The sizes of all %1 blobs, each once: %2.</source>
        <translation>
            <numerusform>The size of %1 blob: %2.</numerusform>
            <numerusform>The sizes of all %1 blobs, each once: %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::StorageTree</name>
    <message numerus="yes">
        <source>%1 of its blobs are not stored</source>
        <translation>
            <numerusform>%1 of its blobs is not stored</numerusform>
            <numerusform>%1 of its blobs are not stored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 images have it:</source>
        <translation>
            <numerusform>%1 image has it:</numerusform>
            <numerusform>%1 images have it:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::TagEntryModel</name>
    <message numerus="yes">
        <source>%1 (%2 times)</source>
        <translation>
            <numerusform>%1 (%2 time)</numerusform>
            <numerusform>%1 (%2 times)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::TagTimeline</name>
    <message numerus="yes">
        <source>Checked %1 times, unchanged</source>
        <translation>
            <numerusform>Checked %1 time, unchanged</numerusform>
            <numerusform>Checked %1 times, unchanged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::TagsPage</name>
    <message numerus="yes">
        <source>%1 tags</source>
        <translation>
            <numerusform>%1 tag</numerusform>
            <numerusform>%1 tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 tags</source>
        <translation>
            <numerusform>%1 of %2 tag</numerusform>
            <numerusform>%1 of %2 tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %1 of %2 tags; select others in the list to see theirs</source>
        <translation>
            <numerusform>The first %1 of %2 tag; select others in the list to see theirs</numerusform>
            <numerusform>The first %1 of %2 tags; select others in the list to see theirs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %1 of %2 selected tags</source>
        <translation>
            <numerusform>The first %1 of %2 selected tag</numerusform>
            <numerusform>The first %1 of %2 selected tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %1 tags of the list</source>
        <translation>
            <numerusform>%1 tag of the list</numerusform>
            <numerusform>All %1 tags of the list</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 selected tags</source>
        <translation>
            <numerusform>%1 selected tag</numerusform>
            <numerusform>%1 selected tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::TrashPage</name>
    <message numerus="yes">
        <source>%1 entries, %2.</source>
        <translation>
            <numerusform>%1 entry, %2.</numerusform>
            <numerusform>%1 entries, %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restore %1 entries</source>
        <translation>
            <numerusform>Restore %1 entry</numerusform>
            <numerusform>Restore %1 entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 entries (%2)</source>
        <translation>
            <numerusform>%1 entry (%2)</numerusform>
            <numerusform>%1 entries (%2)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %1 entries from the trash</source>
        <translation>
            <numerusform>Remove %1 entry from the trash</numerusform>
            <numerusform>Remove %1 entries from the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 entries (%3).</source>
        <translation>
            <numerusform>%1 of %2 entry (%3).</numerusform>
            <numerusform>%1 of %2 entries (%3).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::UpstreamsCard</name>
    <message numerus="yes">
        <source>%1 further pull limits are not shown.</source>
        <translation>
            <numerusform>%1 further pull limit is not shown.</numerusform>
            <numerusform>%1 further pull limits are not shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerhold::gui::WaysView</name>
    <message numerus="yes">
        <source>It is kept for %1 reasons:</source>
        <translation>
            <numerusform>It is kept for %1 reason:</numerusform>
            <numerusform>It is kept for %1 reasons:</numerusform>
        </translation>
    </message>
</context>
</TS>
