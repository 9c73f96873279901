// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/access_tables.h"

#include "models/plain_text.h"
#include "models/sentences.h"

namespace layerhold::gui {

namespace {

std::vector<RecordColumn<FactRow>> columnsOf(const QStringList& titles)
{
    std::vector<RecordColumn<FactRow>> columns;
    for (const QString& title : titles)
        columns.push_back({title, [place = columns.size()](const FactRow& left, const FactRow& right) {
                               const FactRow::Cell& one = left.cells[place];
                               const FactRow::Cell& other = right.cells[place];
                               return one.order != other.order ? one.order < other.order : one.text < other.text;
                           }});
    return columns;
}

} // namespace

FactTable::FactTable(const QStringList& titles, QObject* parent)
    : RecordTable(columnsOf(titles), parent)
{}

void FactTable::setRows(std::vector<FactRow> rows)
{
    clear();
    append(std::move(rows));
}

QVariant FactTable::cell(RecordId id, int column, int role) const
{
    const FactRow& row = rows().at(id);
    const FactRow::Cell& cell = row.cells[static_cast<std::size_t>(column)];
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::ToolTipRole:
        return literalToolTip(cell.tip.isEmpty() ? cell.text : cell.tip);
    case CopyRole:
        return cell.copy.isEmpty() ? cell.text : cell.copy;
    case IdRole:
        return row.id;
    default:
        return {};
    }
}

namespace access {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::AccessTables)
};

using Cell = FactRow::Cell;

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

Cell asWritten(const std::string& others)
{
    return {.text = others.empty() ? unknownText() : plainText(others), .copy = text(others)};
}

Cell digestCell(const std::string& digest)
{
    return {.text = shortDigest(digest), .tip = plainText(digest), .copy = text(digest)};
}

Cell momentCell(Moment moment, const Format& format)
{
    return {.text = format.moment(moment),
            .tip = format.iso(moment),
            .copy = format.iso(moment),
            .order = moment.time_since_epoch().count()};
}

Cell sharingCell(const std::string& sharing)
{
    const Wording words = wordingOf(CodeSet::Sharing, sharing);
    return {.text = words.label, .tip = words.sentence, .copy = text(sharing)};
}

Cell servingCell(const EngineRecord& engine)
{
    if (engine.isServing)
        return {.text = Texts::tr("Serving")};
    return {.text = engine.problem.empty() ? Texts::tr("Not serving; no reason is told")
                                           : Texts::tr("Not serving: %1").arg(plainText(engine.problem))};
}

Cell linkCell(const EngineRecord& engine)
{
    if (engine.linkAddress.empty())
        return {.text = Texts::tr("Not linked"),
                .tip = Texts::tr("The cache does not ask the engine what its images are called.")};
    const QString address = plainText(engine.linkAddress);
    if (engine.isLinked)
        return {.text = Texts::tr("Linked to %1").arg(address)};
    return {.text = engine.linkProblem.empty()
                        ? Texts::tr("Not connected to %1").arg(address)
                        : Texts::tr("Not connected to %1: %2").arg(address, plainText(engine.linkProblem))};
}

} // namespace

QStringList engineTitles()
{
    return {Texts::tr("Engine"), Texts::tr("Sharing"), Texts::tr("State"), Texts::tr("Link to its own API"),
            Texts::tr("Socket")};
}

std::vector<FactRow> engineRows(const std::vector<EngineRecord>& engines)
{
    std::vector<FactRow> rows;
    for (const EngineRecord& engine : engines)
        rows.push_back({text(engine.name),
                        {asWritten(engine.name), sharingCell(engine.sharing), servingCell(engine), linkCell(engine),
                         asWritten(engine.socket)}});
    return rows;
}

QStringList pinTitles()
{
    return {Texts::tr("Digest"), Texts::tr("Note"), Texts::tr("Pinned")};
}

std::vector<FactRow> pinRows(const std::vector<PinRecord>& pins, const Format& format)
{
    std::vector<FactRow> rows;
    for (const PinRecord& pin : pins)
        rows.push_back(
            {text(pin.digest), {digestCell(pin.digest), asWritten(pin.note), momentCell(pin.since, format)}});
    return rows;
}

QStringList viewTitles()
{
    return {Texts::tr("Engine"), Texts::tr("Sharing"), Texts::tr("Can read it"), Texts::tr("Why")};
}

std::vector<FactRow> viewRows(const std::vector<EngineViewRecord>& views)
{
    std::vector<FactRow> rows;
    for (const EngineViewRecord& view : views)
        rows.push_back({text(view.engine),
                        {asWritten(view.engine),
                         sharingCell(view.sharing),
                         {.text = view.canRead ? Texts::tr("Yes") : Texts::tr("No")},
                         asWritten(view.reason)}});
    return rows;
}

QStringList proofTitles()
{
    return {Texts::tr("Identity"), Texts::tr("Repository"), Texts::tr("Shown by"), Texts::tr("Checked"),
            Texts::tr("Valid until")};
}

std::vector<FactRow> proofRows(const std::vector<AccessProofRecord>& proofs, const Format& format)
{
    std::vector<FactRow> rows;
    for (const AccessProofRecord& proof : proofs) {
        FactRow::Cell until = momentCell(proof.expiresAt, format);
        if (!proof.isGood)
            until.text = Texts::tr("%1: not valid now").arg(until.text);
        rows.push_back({text(proof.identity),
                        {asWritten(proof.identity), asWritten(proof.repository), asWritten(proof.method),
                         momentCell(proof.checkedAt, format), std::move(until)}});
    }
    return rows;
}

QString summary(const AccessRecord& access)
{
    const auto readers = std::ranges::count_if(access.engines, &EngineViewRecord::canRead);
    const QString who = access.isPublic
                            ? Texts::tr("Everybody may read it: a registry gave it to somebody who showed "
                                        "no credential, and that still holds.")
                            : Texts::tr("It is not known that everybody may read it: no valid proof without "
                                        "a credential is kept.");
    const QString engines = access.engines.empty() ? Texts::tr("There is no engine.")
                                                   : Texts::tr("%1 of %2 engines can read it.", nullptr,
                                                               numberForPlural(access.engines.size()))
                                                         .arg(readers)
                                                         .arg(access.engines.size());
    QString found;
    if (!access.repositories.empty()) {
        QStringList names;
        for (const std::string& repository : access.repositories)
            names += plainText(repository);
        found = QLatin1Char(' ') + Texts::tr("Known to be in: %1.").arg(names.join(QStringLiteral(", ")));
    }
    return engines + QLatin1Char(' ') + who + found;
}

} // namespace access

} // namespace layerhold::gui
