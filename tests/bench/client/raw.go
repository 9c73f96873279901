// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
package main

import (
	"context"
	"io"
	"time"

	csapi "github.com/containerd/containerd/api/services/content/v1"
	digest "github.com/opencontainers/go-digest"
	"google.golang.org/grpc"
)

// stream reads the whole blob in one Read call, which containerd's proxy client has no function for.
func stream(ctx context.Context, conn *grpc.ClientConn, dgst digest.Digest) (result, error) {
	begin := time.Now()
	reader, err := csapi.NewContentClient(conn).Read(ctx, &csapi.ReadContentRequest{Digest: dgst})
	if err != nil {
		return result{}, err
	}
	out := result{Items: 1}
	for {
		message, err := reader.Recv()
		if err == io.EOF {
			out.Seconds = time.Since(begin).Seconds()
			return out, nil
		}
		if err != nil {
			return result{}, err
		}
		if out.Bytes == 0 {
			out.FirstSeconds = time.Since(begin).Seconds()
		}
		out.Bytes += int64(len(message.Data))
	}
}

// list receives every page and notes when the first one came.
func list(ctx context.Context, conn *grpc.ClientConn) (result, error) {
	begin := time.Now()
	pages, err := csapi.NewContentClient(conn).List(ctx, &csapi.ListContentRequest{})
	if err != nil {
		return result{}, err
	}
	var out result
	for {
		page, err := pages.Recv()
		if err == io.EOF {
			out.Seconds = time.Since(begin).Seconds()
			return out, nil
		}
		if err != nil {
			return result{}, err
		}
		if out.Items == 0 {
			out.FirstSeconds = time.Since(begin).Seconds()
		}
		out.Items += len(page.Info)
	}
}
