// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <layerhold/v1/layerhold.pb.h>

#include <google/protobuf/timestamp.pb.h>

#include <string>
#include <vector>

/// How messages of the service read for people, where several verbs show them.
namespace layerhold::cli {

/// "3 h ago", "never" when unset.
std::string age(const google::protobuf::Timestamp& time);

/// The algorithm and the first 12 digits; text that is no digest stays as it is.
std::string shortDigest(const std::string& digest);

/// "layer, 3.4 MiB, released".
std::string describe(const v1::Blob& blob);

std::vector<std::string> engineLines(const google::protobuf::RepeatedPtrField<v1::EngineState>& engines);

} // namespace layerhold::cli
