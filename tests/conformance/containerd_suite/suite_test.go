// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// Package containerd_suite runs containerd's own content test suite through containerd's proxy client against a
// socket: suite -test.v -test.count=N -socket PATH.
package containerd_suite

import (
	"context"
	"flag"
	"testing"

	"github.com/containerd/containerd/content"
	"github.com/containerd/containerd/content/testsuite"

	"layerhold/contentclient"
)

var socket = flag.String("socket", "", "unix socket of the content store under test")

// TestContent starts every case with an empty view: the suite writes the same blobs under the same refs in every run.
func TestContent(t *testing.T) {
	if *socket == "" {
		t.Fatal("-socket is required")
	}
	testsuite.ContentSuite(t, "layerhold",
		func(ctx context.Context, _ string) (context.Context, content.Store, func() error, error) {
			conn, err := contentclient.Dial(ctx, *socket)
			if err != nil {
				return nil, nil, nil, err
			}
			store := contentclient.Store(conn)
			if err := contentclient.Clear(ctx, store); err != nil {
				conn.Close()
				return nil, nil, nil, err
			}
			return ctx, store, conn.Close, nil
		})
}
