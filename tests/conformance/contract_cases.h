// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "conformance/contract_store.h"

#include <QObject>

namespace layerhold::test {

/// The contract of the content store (containerd's content API with claims), one case per slot. A test program
/// subclasses it and provides the backend; each case gets a fresh one.
class ContractCases : public QObject
{
    Q_OBJECT

protected:
    virtual std::unique_ptr<ContractBackend> makeBackend() = 0;

private slots:
    void init();
    void cleanup();

    void committedContentIsDescribed();
    void commitNeedsNeitherSizeNorDigest();
    void emptyBlobCommitsOnce();
    void commitOfHeldContentIsAlreadyExists();
    void openingWithHeldExpectedIsAlreadyExists();
    void wrongSizeKeepsTheBytes();
    void wrongDigestKeepsTheBytes();
    void reopenedWriteResumes();
    void writeResumesAfterARestart();
    void truncatedWriteStartsOver();
    void anotherTotalStartsOver();
    void unknownTotalResumes();
    void openRefIsLocked();
    void committedRefIsFreeAgain();
    void sha512IsVerified();

    void abortForgetsTheRef();
    void abortedOpenWriteCannotCommit();
    void abortedDigestRefIsOfferedAgain();
    void abortedDigestRefIsOfferedToAnotherEngine();
    void wrongTakenOverBytesAreDropped();
    void statusesShowEveryRef();
    void badRefIsInvalid_data();
    void badRefIsInvalid();

    void readsByRange_data();
    void readsByRange();
    void unknownContentIsNotFound();

    void labelsAreReplaced();
    void labelKeysAreSetAndRemoved();
    void labelsBelongToTheEngine();

    void removedContentIsHiddenFromList();
    void removingTheUnknownIsNoError();
    void infoAdopts();
    void readAdopts();
    void commitOfReleasedContentHoldsItAgain();
    void otherEngineAdoptsByInfo();
    void removalTouchesOneEngineOnly();
    void heldContentSurvivesARestart();

protected:
    ContractStore& store() { return m_backend->store(); }

    ContractStore& other() { return m_backend->other(); }

    /// Writes and commits under a ref of its own; returns the digest.
    static std::string put(ContractStore& store, const std::string& bytes, const Labels& labels = {});

    std::unique_ptr<ContractBackend> m_backend;
};

} // namespace layerhold::test
