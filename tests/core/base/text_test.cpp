// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include "layerhold/clock.h"
#include "layerhold/error.h"

#include <QTest>

#include <cerrno>
#include <limits>
#include <set>

using namespace layerhold;

class TextTest : public QObject
{
    Q_OBJECT

private slots:

    void quotesHostileText()
    {
        QCOMPARE(text::quoted("plain"), std::string("\"plain\""));
        QCOMPARE(text::quoted(""), std::string("\"\""));
        QCOMPARE(text::quoted("a\"b\\c"), std::string("\"a\\\"b\\\\c\""));
        QCOMPARE(text::quoted(std::string_view("\0\n\x1b\xff", 4)), std::string("\"\\x00\\x0a\\x1b\\xff\""));
        QCOMPARE(text::quoted(std::string(100, 'x')), '"' + std::string(100, 'x') + '"');
        QCOMPARE(text::quoted(std::string(101, 'x')), '"' + std::string(100, 'x') + "\"...");
        QCOMPARE(text::quoted(std::string(98, 'x') + '\n').size(), std::size_t{98 + 2 + 3});
    }

    void namesByteSizes()
    {
        QCOMPARE(text::byteSize(0), std::string("0 B"));
        QCOMPARE(text::byteSize(1023), std::string("1023 B"));
        QCOMPARE(text::byteSize(1024), std::string("1.0 KiB"));
        QCOMPARE(text::byteSize(1536), std::string("1.5 KiB"));
        QCOMPARE(text::byteSize((1 << 20) - 1), std::string("1.0 MiB"));
        QCOMPARE(text::byteSize(std::numeric_limits<std::uint64_t>::max()), std::string("16.0 EiB"));
    }

    void classifiesErrno()
    {
        const std::pair<int, ErrorCode> table[] = {
            {ENOSPC, ErrorCode::Full},     {EDQUOT, ErrorCode::Full},          {EFBIG, ErrorCode::Full},
            {ENOENT, ErrorCode::NotFound}, {EACCES, ErrorCode::Denied},        {EPERM, ErrorCode::Denied},
            {EROFS, ErrorCode::Denied},    {EEXIST, ErrorCode::AlreadyExists}, {EIO, ErrorCode::Internal},
            {EMFILE, ErrorCode::Internal},
        };
        for (const auto& [value, code] : table)
            QVERIFY(systemError(value, "cannot x").code() == code);
        Error error = systemError(ENOENT, "cannot open \"/x\"");
        QCOMPARE(std::string(error.what()), std::string("cannot open \"/x\": No such file or directory"));
        error.addContext("import of /y");
        QCOMPARE(std::string(error.what()), std::string("import of /y: cannot open \"/x\": No such file or directory"));
    }

    void namesEveryCodeOnce()
    {
        std::set<std::string_view> names;
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code)
            names.insert(toString(static_cast<ErrorCode>(code)));
        QCOMPARE(names.size(), static_cast<std::size_t>(ErrorCode::Internal) + 1);
        QVERIFY(names.contains("data_loss"));
    }

    void theClockHasNanoseconds()
    {
        // A coarse clock or one of microseconds would end in the same digits each time.
        bool fine = false;
        for (int i = 0; i < 1000 && !fine; ++i)
            fine = toNanoseconds(Clock::system().now()) % 1000 != 0;
        QVERIFY(fine);
        const TimePoint now = Clock::system().now();
        QVERIFY(fromNanoseconds(toNanoseconds(now)) == now);
    }
};

QTEST_APPLESS_MAIN(TextTest)
#include "text_test.moc"
