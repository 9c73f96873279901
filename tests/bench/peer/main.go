// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// The peer of the benchmarks: containerd's own local store behind containerd's own content server on a unix socket.
package main

import (
	"flag"
	"log"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/containerd/containerd/content/local"
	"github.com/containerd/containerd/defaults"
	"github.com/containerd/containerd/services/content/contentserver"
	digest "github.com/opencontainers/go-digest"
	"google.golang.org/grpc"

	api "github.com/containerd/containerd/api/services/content/v1"
)

// labelStore keeps labels in memory, which flatters the peer: containerd's own keeps them in a database.
type labelStore struct {
	mutex  sync.Mutex
	labels map[digest.Digest]map[string]string
}

func (store *labelStore) Get(dgst digest.Digest) (map[string]string, error) {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	return store.labels[dgst], nil
}

func (store *labelStore) Set(dgst digest.Digest, labels map[string]string) error {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	store.labels[dgst] = labels
	return nil
}

func (store *labelStore) Update(dgst digest.Digest, update map[string]string) (map[string]string, error) {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	labels := map[string]string{}
	for key, value := range store.labels[dgst] {
		labels[key] = value
	}
	for key, value := range update {
		if value == "" {
			delete(labels, key)
		} else {
			labels[key] = value
		}
	}
	store.labels[dgst] = labels
	return labels, nil
}

func main() {
	root := flag.String("root", "", "directory of the store")
	socket := flag.String("socket", "", "unix socket to serve on")
	flag.Parse()
	if *root == "" || *socket == "" {
		log.Fatal("-root and -socket are required")
	}

	// A fresh local store has no blobs directory and fails List until the first commit.
	if err := os.MkdirAll(filepath.Join(*root, "blobs", "sha256"), 0o755); err != nil {
		log.Fatal(err)
	}
	store, err := local.NewLabeledStore(*root, &labelStore{labels: map[digest.Digest]map[string]string{}})
	if err != nil {
		log.Fatal(err)
	}
	os.Remove(*socket)
	listener, err := net.Listen("unix", *socket)
	if err != nil {
		log.Fatal(err)
	}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(defaults.DefaultMaxRecvMsgSize),
		grpc.MaxSendMsgSize(defaults.DefaultMaxSendMsgSize))
	api.RegisterContentServer(server, contentserver.New(store))

	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		<-signals
		server.Stop()
	}()
	if err := server.Serve(listener); err != nil {
		log.Fatal(err)
	}
}
