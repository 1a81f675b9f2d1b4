// Command sfschema writes the data file of package internal/sfschema from the TypeScript declarations that Salesforce
// publishes in the npm package @salesforce/types. It needs npm and the npm registry.
//
//	go -C tools run ./sfschema          # write ../internal/sfschema/schema.json.gz
//	go -C tools run ./sfschema -check   # fail when the committed file is not what this would write
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
)

// releases are the compared versions of @salesforce/types with the API version whose WSDL each was generated from,
// oldest first and without a gap, so that "first seen" is exact. The last one is the schema; the others only date its
// fields. The npm versions before 1.6.0 all carry API v60, and 1.7.3 is a preview of v67: neither is of use here.
var releases = []release{
	{npm: "1.6.0", api: 65},
	{npm: "1.7.1", api: 66},
	{npm: "1.8.0", api: 67},
	{npm: "1.9.0", api: 68},
}

// release is one published version of @salesforce/types.
type release struct {
	npm string
	api int
}

func main() {
	out := flag.String("out", "../internal/sfschema/schema.json.gz", "the data file to write, or to compare with -check")
	check := flag.Bool("check", false, "write nothing; fail when the data file is out of date")
	flag.Parse()
	if err := run(context.Background(), *out, *check); err != nil {
		fmt.Fprintln(os.Stderr, "sfschema:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out string, check bool) error {
	generated, err := generate(ctx)
	if err != nil {
		return err
	}
	if check {
		return compare(out, generated)
	}
	packed, err := pack(generated)
	if err != nil {
		return err
	}
	return os.WriteFile(out, packed, 0o644)
}

// generate returns the schema as JSON, the same bytes on every run.
func generate(ctx context.Context) ([]byte, error) {
	history := make([]snapshot, 0, len(releases))
	var tooling declarations
	for _, r := range releases {
		sources, err := download(ctx, r.npm)
		if err != nil {
			return nil, err
		}
		metadata, err := parse(sources.metadata)
		if err != nil {
			return nil, fmt.Errorf("metadata.d.ts of %s: %w", r.npm, err)
		}
		if tooling, err = parse(sources.tooling); err != nil {
			return nil, fmt.Errorf("tooling.d.ts of %s: %w", r.npm, err)
		}
		history = append(history, snapshot{api: r.api, types: metadata})
	}
	built, err := build(history, tooling)
	if err != nil {
		return nil, err
	}
	return json.Marshal(built)
}

// compare looks at the content and not at the compressed bytes, which may change with the Go release.
func compare(path string, generated []byte) error {
	packed, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	committed, err := io.ReadAll(reader)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if !bytes.Equal(committed, generated) {
		return fmt.Errorf("%s is out of date: run the generator without -check and commit the result", path)
	}
	return nil
}

// pack compresses without a time or a name in the header: equal content gives equal bytes.
func pack(content []byte) ([]byte, error) {
	var packed bytes.Buffer
	writer, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := writer.Write(content); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}
