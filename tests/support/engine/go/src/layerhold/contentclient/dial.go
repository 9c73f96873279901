// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// Package contentclient connects to a content store proxy plugin the way containerd does.
package contentclient

import (
	"context"
	"time"

	csapi "github.com/containerd/containerd/api/services/content/v1"
	"github.com/containerd/containerd/content"
	"github.com/containerd/containerd/content/proxy"
	"github.com/containerd/containerd/defaults"
	"github.com/containerd/containerd/pkg/dialer"
	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
)

// Dial uses the dial options of containerd's proxy plugin loader (services/server/server.go), plus a block until the
// connection stands.
func Dial(ctx context.Context, socket string) (*grpc.ClientConn, error) {
	backoffConfig := backoff.DefaultConfig
	backoffConfig.MaxDelay = 3 * time.Second
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return grpc.DialContext(ctx, dialer.DialAddress(socket),
		grpc.WithInsecure(),
		grpc.WithConnectParams(grpc.ConnectParams{Backoff: backoffConfig}),
		grpc.WithContextDialer(dialer.ContextDialer),
		grpc.WithBlock(),
		grpc.WithDefaultCallOptions(
			grpc.MaxCallRecvMsgSize(defaults.DefaultMaxRecvMsgSize),
			grpc.MaxCallSendMsgSize(defaults.DefaultMaxSendMsgSize)))
}

// Store is containerd's proxy client on the connection.
func Store(conn *grpc.ClientConn) content.Store {
	return proxy.NewContentStore(csapi.NewContentClient(conn))
}

// Clear deletes all content and aborts all writes that the socket shows.
func Clear(ctx context.Context, store content.Store) error {
	var infos []content.Info
	if err := store.Walk(ctx, func(info content.Info) error {
		infos = append(infos, info)
		return nil
	}); err != nil {
		return err
	}
	for _, info := range infos {
		if err := store.Delete(ctx, info.Digest); err != nil {
			return err
		}
	}
	statuses, err := store.ListStatuses(ctx)
	if err != nil {
		return err
	}
	for _, status := range statuses {
		if err := store.Abort(ctx, status.Ref); err != nil {
			return err
		}
	}
	return nil
}
