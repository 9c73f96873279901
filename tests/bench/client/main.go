// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// One measurement against a content socket, through containerd's proxy client. Prints one JSON object.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"math/rand"
	"os"
	"sync"
	"time"

	"github.com/containerd/containerd/content"
	digest "github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"layerhold/contentclient"
)

// result is what every measurement reports; what does not apply stays zero.
type result struct {
	Seconds       float64 `json:"seconds"`
	Bytes         int64   `json:"bytes"`
	Items         int     `json:"items"`
	CommitSeconds float64 `json:"commit_seconds"`
	FirstSeconds  float64 `json:"first_seconds"`
	Digest        string  `json:"digest"`
}

var (
	socket  = flag.String("socket", "", "unix socket of the content store")
	op      = flag.String("op", "", "write, readat, stream, small, info, list, mixed, clear")
	size    = flag.Int64("size", 64<<20, "bytes of the blob")
	chunk   = flag.Int("chunk", 1<<20, "bytes of one message")
	count   = flag.Int("count", 1000, "blobs or calls")
	workers = flag.Int("workers", 1, "concurrent callers")
	seed    = flag.Int64("seed", 1, "of the content: equal seeds give equal bytes")
	dgst    = flag.String("digest", "", "blob to read")
)

func main() {
	flag.Parse()
	ctx := context.Background()
	conn, err := contentclient.Dial(ctx, *socket)
	if err != nil {
		log.Fatalf("connecting to %s: %v", *socket, err)
	}
	store := contentclient.Store(conn)

	var out result
	switch *op {
	case "write":
		out, err = writeBlob(ctx, store, *size, *chunk, *seed)
	case "readat":
		out, err = readAt(ctx, store, digest.Digest(*dgst), *chunk)
	case "stream":
		out, err = stream(ctx, conn, digest.Digest(*dgst))
	case "small":
		out, err = smallBlobs(ctx, store, *count, *workers, *seed)
	case "info":
		out, err = infos(ctx, store, *count)
	case "list":
		out, err = list(ctx, conn)
	case "mixed":
		out, err = mixed(ctx, store, *size, *chunk, *workers, *seed)
	case "clear":
		err = contentclient.Clear(ctx, store)
	default:
		err = fmt.Errorf("unknown operation %q", *op)
	}
	if err != nil {
		log.Fatalf("%s: %v", *op, err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(out); err != nil {
		log.Fatal(err)
	}
}

// writeBlob writes size bytes in messages of chunk bytes. The source is one random megabyte whose first bytes change,
// so that the client spends its time on sending.
func writeBlob(ctx context.Context, store content.Store, size int64, chunk int, seed int64) (result, error) {
	source := make([]byte, chunk)
	rand.New(rand.NewSource(seed)).Read(source)
	ref := fmt.Sprintf("bench-%d-%d-%d", seed, size, chunk)
	writer, err := store.Writer(ctx, content.WithRef(ref), content.WithDescriptor(ocispec.Descriptor{Size: size}))
	if err != nil {
		return result{}, err
	}
	defer writer.Close()
	begin := time.Now()
	for left := size; left > 0; {
		for i := 0; i < 8 && i < len(source); i++ {
			source[i] = byte(left >> (8 * i))
		}
		piece := source
		if int64(len(piece)) > left {
			piece = piece[:left]
		}
		if _, err := writer.Write(piece); err != nil {
			return result{}, err
		}
		left -= int64(len(piece))
	}
	written := time.Now()
	if err := writer.Commit(ctx, size, ""); err != nil {
		return result{}, err
	}
	return result{
		Seconds: time.Since(begin).Seconds(), Bytes: size, Items: 1,
		CommitSeconds: time.Since(written).Seconds(), Digest: writer.Digest().String(),
	}, nil
}

func readAt(ctx context.Context, store content.Store, dgst digest.Digest, chunk int) (result, error) {
	reader, err := store.ReaderAt(ctx, ocispec.Descriptor{Digest: dgst})
	if err != nil {
		return result{}, err
	}
	defer reader.Close()
	buffer := make([]byte, chunk)
	var out result
	begin := time.Now()
	for out.Bytes < reader.Size() {
		n, err := reader.ReadAt(buffer, out.Bytes)
		if n == 0 && err != nil {
			return result{}, err
		}
		out.Bytes += int64(n)
		out.Items++
	}
	out.Seconds = time.Since(begin).Seconds()
	return out, nil
}

// forEach runs work for 0..count-1 on the given number of goroutines and returns the first error.
func forEach(count, workers int, work func(i int) error) error {
	var wait sync.WaitGroup
	numbers := make(chan int)
	failures := make(chan error, workers)
	for i := 0; i < workers; i++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for number := range numbers {
				if err := work(number); err != nil {
					select {
					case failures <- err:
					default:
					}
				}
			}
		}()
	}
	for i := 0; i < count; i++ {
		numbers <- i
	}
	close(numbers)
	wait.Wait()
	close(failures)
	return <-failures
}

// smallBlobs writes blobs of 1 to 4 KiB, each with its own ref, as a pull writes manifests and configs.
func smallBlobs(ctx context.Context, store content.Store, count, workers int, seed int64) (result, error) {
	begin := time.Now()
	err := forEach(count, workers, func(i int) error {
		generator := rand.New(rand.NewSource(seed*1_000_003 + int64(i)))
		bytes := make([]byte, 1024+generator.Intn(3*1024))
		generator.Read(bytes)
		dgst := digest.FromBytes(bytes)
		writer, err := store.Writer(ctx, content.WithRef("small-"+dgst.String()),
			content.WithDescriptor(ocispec.Descriptor{Size: int64(len(bytes))}))
		if err != nil {
			return err
		}
		defer writer.Close()
		if _, err := writer.Write(bytes); err != nil {
			return err
		}
		return writer.Commit(ctx, int64(len(bytes)), dgst)
	})
	return result{Seconds: time.Since(begin).Seconds(), Items: count}, err
}

// infos asks for count blobs spread over all there are.
func infos(ctx context.Context, store content.Store, count int) (result, error) {
	var digests []digest.Digest
	if err := store.Walk(ctx, func(info content.Info) error {
		digests = append(digests, info.Digest)
		return nil
	}); err != nil {
		return result{}, err
	}
	if len(digests) == 0 {
		return result{}, fmt.Errorf("the store is empty")
	}
	rand.New(rand.NewSource(1)).Shuffle(len(digests), func(i, j int) {
		digests[i], digests[j] = digests[j], digests[i]
	})
	begin := time.Now()
	for i := 0; i < count; i++ {
		if _, err := store.Info(ctx, digests[i%len(digests)]); err != nil {
			return result{}, err
		}
	}
	return result{Seconds: time.Since(begin).Seconds(), Items: count}, nil
}

// mixed lets as many readers as writers work at once: each writer commits one blob of size bytes, each reader reads one.
func mixed(ctx context.Context, store content.Store, size int64, chunk, workers int, seed int64) (result, error) {
	digests := make([]digest.Digest, workers)
	if err := forEach(workers, workers, func(i int) error {
		written, err := writeBlob(ctx, store, size, chunk, seed*1000+int64(i))
		digests[i] = digest.Digest(written.Digest)
		return err
	}); err != nil {
		return result{}, err
	}
	begin := time.Now()
	err := forEach(2*workers, 2*workers, func(i int) error {
		if i%2 == 0 {
			_, err := readAt(ctx, store, digests[i/2], chunk)
			return err
		}
		_, err := writeBlob(ctx, store, size, chunk, seed*1000+500+int64(i))
		return err
	})
	return result{Seconds: time.Since(begin).Seconds(), Bytes: 2 * int64(workers) * size, Items: 2 * workers}, err
}
