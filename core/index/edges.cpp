// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/edges.h"

#include "index/row_checksum.h"
#include "layerhold/error.h"

namespace layerhold::edges {

namespace {

std::int64_t checksum(std::int64_t position, const Edge& edge)
{
    const Key parent(edge.parent);
    const Key child(edge.child);
    return RowChecksum()
        .add(parent.bytes())
        .add(position)
        .add(child.bytes())
        .add(edge.role)
        .add(edge.mediaType)
        .add(edge.platform)
        .add(edge.size)
        .value();
}

/// Columns parent, position, child, role, media_type, platform, size, checksum.
Edge read(const sqlite::Statement::Use& use)
{
    Edge edge{digestColumn(use, 0),     digestColumn(use, 2),     std::string(use.text(3)),
              std::string(use.text(4)), std::string(use.text(5)), static_cast<std::uint64_t>(use.integer(6))};
    if (use.integer(7) != checksum(use.integer(1), edge))
        failDamagedRow("edges", edge.parent.toString());
    return edge;
}

} // namespace

std::vector<Edge> children(Connection& index, const Digest& parent)
{
    std::vector<Edge> result;
    const Key key(parent);
    auto use = index
                   .statement("SELECT parent, position, child, role, media_type, platform, size, checksum FROM edges "
                              "WHERE parent = ? ORDER BY position")
                   .use(key.bytes());
    while (use.step())
        result.push_back(read(use));
    return result;
}

std::vector<Edge> parents(Connection& index, const Digest& child)
{
    std::vector<Edge> result;
    const Key key(child);
    auto use = index
                   .statement("SELECT parent, position, child, role, media_type, platform, size, checksum FROM edges "
                              "WHERE child = ? ORDER BY parent, position")
                   .use(key.bytes());
    while (use.step())
        result.push_back(read(use));
    return result;
}

void replace(Connection& index, const Digest& parent, const std::vector<Edge>& edges)
{
    const Key key(parent);
    index.statement("DELETE FROM edges WHERE parent = ?").use(key.bytes()).run();
    std::int64_t position = 0;
    for (const Edge& edge : edges)
        put(index, position++, edge);
}

void put(Connection& index, std::int64_t position, const Edge& edge)
{
    const Key parent(edge.parent);
    const Key child(edge.child);
    index
        .statement("INSERT OR REPLACE INTO edges (parent, position, child, role, media_type, platform, size, checksum) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .use(parent.bytes(), position, child.bytes(), edge.role, edge.mediaType, edge.platform, edge.size,
             checksum(position, edge))
        .run();
}

void requireWhole(Connection& index)
{
    auto use =
        index.statement("SELECT parent, position, child, role, media_type, platform, size, checksum FROM edges").use();
    while (use.step())
        read(use);
}

void forEachReadable(Connection& index, const std::function<void(std::int64_t position, const Edge&)>& each)
{
    auto use =
        index.statement("SELECT parent, position, child, role, media_type, platform, size, checksum FROM edges").use();
    while (use.step()) {
        std::optional<Edge> edge;
        try {
            edge = read(use);
        } catch (const Error&) {
            continue; // the row is damaged; the next one may be whole
        }
        each(use.integer(1), *edge);
    }
}

} // namespace layerhold::edges
