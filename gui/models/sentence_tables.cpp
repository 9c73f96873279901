// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/sentence_tables.h"

#include <QtGlobal>

namespace layerhold::gui {

namespace {

constexpr SentenceRow kindRows[] = {
    {"index", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Index"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Lists the manifests of one image for several platforms.")},
    {"manifest", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Manifest"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Lists the config and the layers of one image.")},
    {"config", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Config"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Tells how the image is run and how it was built.")},
    {"layer", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Layer"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Files of an image, packed.")},
    {"other", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Other"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Bytes that no image of this cache explains.")},
};

constexpr SentenceRow stateRows[] = {
    {"present", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Present"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Its bytes are stored here.")},
    {"missing", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Missing"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "It is known here, but its file is gone.")},
    {"quarantined", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Quarantined"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences",
                       "Its bytes were wrong and have been set aside; they are not served.")},
    {"deleting", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Being removed"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Its removal has begun.")},
    {"trashed", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "In the trash"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences",
                       "A cleanup moved it to the trash; until the undo window ends it can come back.")},
};

constexpr SentenceRow holderKindRows[] = {
    {"pin", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Pinned"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Somebody keeps it on purpose.")},
    {"tag", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Tag"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A tag points at it, or at what refers to it.")},
    {"engine", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Engine"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "An engine needs it.")},
    {"lease", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Lease"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A lease holds it until the lease ends.")},
    {"entry", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Cache entry"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "An entry under a key of its own holds it.")},
    {"record", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Record"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A record of the cache holds it.")},
    {"operation", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "In use"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Work that is under way needs it.")},
};

constexpr SentenceRow tagCauseRows[] = {
    {"pull", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Pull"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A pull brought it.")},
    {"push", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Push"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A push or an import brought it.")},
    {"engine", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Engine"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "An engine names its image so.")},
    {"resolve", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Check"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The registry was asked, and said so.")},
    {"manual", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "By hand"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Somebody set it by hand.")},
};

constexpr SentenceRow cleanupCauseRows[] = {
    {"manual", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "By hand"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Somebody asked for it.")},
    {"prune", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Prune"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Somebody asked for it with limits of their own.")},
    {"start", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Start"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The service had started.")},
    {"work", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "New content"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Content had been added.")},
    {"periodic", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Schedule"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "It was due.")},
    {"pressure", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Disk pressure"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The disk was nearly full.")},
};

constexpr SentenceRow decisionRows[] = {
    {"remove", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Remove"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "It would go.")},
    {"keep", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Keep"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "It would stay.")},
};

constexpr SentenceRow reasonRows[] = {
    {"remove_unused", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Unused for long"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A rule removes what nobody has used for longer than it says.")},
    {"remove_over_limit", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Over the limit"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A rule removes it to get down to its limit.")},
    {"keep_held", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Held"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Somebody needs it.")},
    {"keep_needed", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Needed by what is held"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Somebody needs what refers to it.")},
    {"keep_expected", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Being written"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "An open write is about to deliver it.")},
    {"keep_recent", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Used lately"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The last rule that matches keeps what was used lately.")},
    {"keep_within_limit", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Within the limit"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The limit of the last rule that matches is met without it.")},
    {"keep_by_strategy", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Not this one's turn"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The strategy of the last rule that matches does not take it.")},
    {"keep_no_rule", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "No rule"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "No rule matches it.")},
    {"keep_not_stored", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Not stored"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences",
                       "Its bytes are not here: they are missing, in quarantine or in the trash.")},
};

constexpr SentenceRow refetchRows[] = {
    {"yes", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Can be fetched again"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A registry is known to have had it.")},
    {"unknown", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Not known"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Nobody knows whether it could be fetched again.")},
    {"only_copy", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Only copy"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences",
                       "It was made here and is known to be nowhere else: once removed it is lost.")},
};

constexpr SentenceRow outcomeRows[] = {
    {"trashed", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Moved to trash"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "It can be brought back until the undo window ends.")},
    {"removed", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Removed"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "It is gone.")},
    {"skipped", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Skipped"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "It had changed since the plan, or was in use.")},
    {"failed", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Failed"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "It could not be done.")},
    {"restored", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Restored"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "It was brought back.")},
};

constexpr SentenceRow eventKindRows[] = {
    {"blob_committed", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Stored"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "New content was stored.")},
    {"blob_deduplicated", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Shared"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Content that was stored already was not stored again.")},
    {"blob_claimed", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Taken up"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "An engine took up content that was stored already.")},
    {"blob_imported", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Imported"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Content was imported from a directory.")},
    {"blob_adopted", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Adopted"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A file without an entry was checked and taken in.")},
    {"blob_healed", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Healed"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Content that was missing or damaged is right again.")},
    {"blob_missing", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "File missing"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The file of stored content has vanished.")},
    {"blob_quarantined", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Quarantined"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Stored bytes were wrong and were set aside.")},
    {"delivery_quarantined", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Delivery refused"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences",
                       "Bytes that arrived were not what they claimed to be, and were set aside.")},
    {"blob_forgotten", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Forgotten"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Content was lost, and nobody waits for it.")},
    {"blob_trashed", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Moved to trash"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A cleanup moved content to the trash.")},
    {"blob_restored", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Restored"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Content came back from the trash.")},
    {"blob_removed", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Removed"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Content was removed for good.")},
    {"claim_released", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Released"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "An engine does not need content any more.")},
    {"partial_removed", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Partial removed"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The bytes of an aborted download were removed.")},
    {"tag_moved", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Tag moved"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A tag appeared or points at something else.")},
    {"tag_removed", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Tag removed"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A tag was removed.")},
    {"tags_restored", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Tags restored"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Tags were restored after the index was damaged.")},
    {"pinned", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Pinned"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Somebody keeps content on purpose.")},
    {"unpinned", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Unpinned"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Content is not kept on purpose any more.")},
    {"lease_made", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Lease made"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A lease holds content until it ends.")},
    {"lease_ended", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Lease ended"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A lease was ended.")},
    {"lease_expired", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Lease expired"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The time of a lease is over.")},
    {"policy_set", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Policy changed"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Another cleanup policy holds.")},
    {"cleanup_finished", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Cleanup done"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A cleanup was applied.")},
    {"cleanup_cut_off", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Cleanup cut off"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The service ended while a cleanup was applied.")},
    {"entry_put", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Entry written"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "An entry was written.")},
    {"entry_invalidated", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Entry invalidated"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "An entry is not valid any more.")},
    {"entry_removed", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Entry removed"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "An entry was removed.")},
    {"entry_expired", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Entry expired"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The time of an entry is over.")},
    {"entry_evicted", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Entry evicted"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "An entry was removed to keep a scope within its budget.")},
    {"entries_restored", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Entries restored"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Entries were restored after the index was damaged.")},
    {"scope_set", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Scope changed"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The time to live or the budget of a scope was set.")},
    {"engine_added", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Engine added"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "An engine is served from now on.")},
    {"engine_changed", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Engine changed"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The sharing or the socket of an engine was changed.")},
    {"engine_removed", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Engine removed"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "An engine is not served any more.")},
    {"engine_linked", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Engine linked"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The names of an engine's images are followed.")},
    {"engine_unlinked", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Engine unlinked"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The names of an engine's images are not followed any more.")},
    {"engine_doubted", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Engine doubted"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences",
                       "The own API of an engine lists few of the blobs that it holds; what it holds is kept.")},
    {"engine_restored", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Engine restored"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "An engine was restored after the index was damaged.")},
    {"claims_restored", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Claims restored"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "What engines need was restored after the index was damaged.")},
    {"index_rebuilt", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Index rebuilt"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The index was made anew from the files.")},
    {"metrics_reset", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Counters reset"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The counters of the metrics start anew.")},
};

constexpr SentenceRow sharingRows[] = {
    {"verified", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Verified"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences",
                       "The engine sees what it brought itself, and what is proved to be allowed by the registry.")},
    {"open", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Open"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The engine sees everything that is stored.")},
    {"isolated", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Isolated"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The engine sees only what it brought itself.")},
};

constexpr SentenceRow healthOutcomeRows[] = {
    {"ok", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Good"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Nothing to do.")},
    {"warn", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Warning"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Works, but somebody should look at it.")},
    {"fail", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Fault"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Does not work as it should.")},
};

constexpr SentenceRow nameSourceRows[] = {
    {"tag", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Tag"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A tag of this cache.")},
    {"engine", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Engine"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "An engine calls its image so.")},
    {"lease", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Lease"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A lease of an engine holds it.")},
};

constexpr SentenceRow edgeRoleRows[] = {
    {"manifest", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Manifest"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A manifest of the index.")},
    {"config", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Config"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The config of the manifest.")},
    {"layer", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Layer"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "A layer of the manifest.")},
    {"subject", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Subject"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "What the manifest is a signature, SBOM or other artifact of.")},
};

constexpr SentenceRow policyModeRows[] = {
    {"manual", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "By hand"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences",
                       "Nothing is removed unless somebody asks, or the disk is nearly full.")},
    {"automatic", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Automatic"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "The service applies the policy by itself.")},
};

constexpr SentenceRow ageClockRows[] = {
    {"used", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Since the last use"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Age counts from the last use.")},
    {"written", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Since it was written"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Age counts from when the bytes were written.")},
    {"created", QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Since it came"),
     QT_TRANSLATE_NOOP("layerhold::gui::Sentences", "Age counts from when it first came here.")},
};

} // namespace

std::span<const SentenceRow> sentenceRows(CodeSet set)
{
    switch (set) {
    case CodeSet::Kind:
        return kindRows;
    case CodeSet::State:
        return stateRows;
    case CodeSet::HolderKind:
        return holderKindRows;
    case CodeSet::TagCause:
        return tagCauseRows;
    case CodeSet::CleanupCause:
        return cleanupCauseRows;
    case CodeSet::Decision:
        return decisionRows;
    case CodeSet::Reason:
        return reasonRows;
    case CodeSet::Refetch:
        return refetchRows;
    case CodeSet::Outcome:
        return outcomeRows;
    case CodeSet::EventKind:
        return eventKindRows;
    case CodeSet::Sharing:
        return sharingRows;
    case CodeSet::HealthOutcome:
        return healthOutcomeRows;
    case CodeSet::NameSource:
        return nameSourceRows;
    case CodeSet::EdgeRole:
        return edgeRoleRows;
    case CodeSet::PolicyMode:
        return policyModeRows;
    case CodeSet::AgeClock:
        return ageClockRows;
    }
    return {};
}

} // namespace layerhold::gui
