// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/api_services.h"

namespace layerhold::service {

ApiServices::ApiServices(Cache& cache, EngineHost& engines, ApiServiceOptions options)
    : m_layerhold(cache, engines, options, m_stop.get_token())
{}

void ApiServices::registerWith(grpc::ServerBuilder& builder)
{
    builder.RegisterService(&m_layerhold);
}

void ApiServices::stop()
{
    m_stop.request_stop();
}

} // namespace layerhold::service
