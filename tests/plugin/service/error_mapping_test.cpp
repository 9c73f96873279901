// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/error_mapping.h"

#include <QTest>

using namespace layerhold;
using namespace layerhold::service;

class ErrorMappingTest : public QObject
{
    Q_OBJECT

private slots:

    void everyCode_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("exit");
        const auto row = [](ErrorCode code, grpc::StatusCode status, int exit) {
            QTest::newRow(std::string(toString(code)).c_str()) << int(code) << int(status) << exit;
        };
        row(ErrorCode::NotFound, grpc::NOT_FOUND, 3);
        row(ErrorCode::AlreadyExists, grpc::ALREADY_EXISTS, 8);
        row(ErrorCode::InvalidArgument, grpc::INVALID_ARGUMENT, 2);
        row(ErrorCode::FailedPrecondition, grpc::FAILED_PRECONDITION, 8);
        row(ErrorCode::OutOfRange, grpc::OUT_OF_RANGE, 8);
        row(ErrorCode::Locked, grpc::UNAVAILABLE, 4);
        row(ErrorCode::Full, grpc::RESOURCE_EXHAUSTED, 6);
        row(ErrorCode::Expired, grpc::FAILED_PRECONDITION, 8);
        row(ErrorCode::Corrupted, grpc::DATA_LOSS, 7);
        row(ErrorCode::Invalidated, grpc::ABORTED, 8);
        row(ErrorCode::Denied, grpc::PERMISSION_DENIED, 5);
        row(ErrorCode::Unavailable, grpc::UNAVAILABLE, 4);
        row(ErrorCode::Unsupported, grpc::UNIMPLEMENTED, 8);
        row(ErrorCode::DataLoss, grpc::DATA_LOSS, 7);
        row(ErrorCode::Internal, grpc::INTERNAL, 1);
    }

    void everyCode()
    {
        QFETCH(int, code);
        QFETCH(int, status);
        QFETCH(int, exit);
        const auto errorCode = static_cast<ErrorCode>(code);
        QCOMPARE(int(toGrpc(errorCode)), status);
        QCOMPARE(exitCode(errorCode), exit);
        const auto back = fromGrpc(static_cast<grpc::StatusCode>(status));
        QVERIFY(back.has_value());
        QCOMPARE(exitCode(*back), exit);
        QCOMPARE(exitCode(static_cast<grpc::StatusCode>(status)), exit);
        const grpc::Status wire = toStatus(Error(errorCode, "what failed"));
        QCOMPARE(int(wire.error_code()), status);
        QCOMPARE(wire.error_message(), std::string("what failed"));
        QVERIFY(errorCodeNamed(toString(errorCode)) == errorCode);
        const auto thrown = [&](std::optional<ErrorCode> named) {
            try {
                throwStatus(wire, named);
            } catch (const Error& error) {
                return error.code();
            }
        };
        QVERIFY(thrown(errorCode) == errorCode);
        QVERIFY(thrown(std::nullopt) == *back);
    }

    void namesOfNewerBuilds() { QVERIFY(!errorCodeNamed("of_tomorrow") && !errorCodeNamed("")); }

    void noErrors()
    {
        QVERIFY(!fromGrpc(grpc::OK));
        QVERIFY(!fromGrpc(grpc::CANCELLED));
        QCOMPARE(exitCode(grpc::OK), 0);
        QCOMPARE(exitCode(grpc::CANCELLED), 130);
        QVERIFY_EXCEPTION_THROWN(throwStatus(grpc::Status(grpc::CANCELLED, "")), Cancelled);
    }

    void foreignStatuses()
    {
        QCOMPARE(int(*fromGrpc(grpc::UNKNOWN)), int(ErrorCode::Internal));
        QCOMPARE(int(*fromGrpc(grpc::DEADLINE_EXCEEDED)), int(ErrorCode::Unavailable));
        QCOMPARE(int(*fromGrpc(grpc::UNAUTHENTICATED)), int(ErrorCode::Denied));
    }

    void exceptions()
    {
        const auto statusOf = [](auto&& exception) {
            try {
                throw exception;
            } catch (...) {
                return currentExceptionToStatus().error_code();
            }
        };
        QCOMPARE(int(statusOf(Error(ErrorCode::Locked, "held"))), int(grpc::UNAVAILABLE));
        QCOMPARE(int(statusOf(Cancelled())), int(grpc::CANCELLED));
        QCOMPARE(int(statusOf(std::bad_alloc())), int(grpc::RESOURCE_EXHAUSTED));
        QCOMPARE(int(statusOf(std::runtime_error("x"))), int(grpc::INTERNAL));
        QCOMPARE(int(statusOf(42)), int(grpc::INTERNAL));
    }
};

QTEST_GUILESS_MAIN(ErrorMappingTest)
#include "error_mapping_test.moc"
