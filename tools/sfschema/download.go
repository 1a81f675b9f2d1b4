package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// sources are the two declaration files of one release that matter here.
type sources struct {
	metadata string
	tooling  string
}

// download fetches one version of @salesforce/types through npm, which verifies its integrity.
func download(ctx context.Context, version string) (sources, error) {
	dir, err := os.MkdirTemp("", "sfschema-")
	if err != nil {
		return sources{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()

	name := "@salesforce/types@" + version
	npm := exec.CommandContext(ctx, "npm", "pack", "--silent", name)
	npm.Dir = dir
	tarball, err := npm.Output()
	if err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			return sources{}, fmt.Errorf("npm pack %s: %w: %s", name, err, exit.Stderr)
		}
		return sources{}, fmt.Errorf("npm pack %s: %w", name, err)
	}
	found, err := unpack(filepath.Join(dir, filepath.Base(strings.TrimSpace(string(tarball)))))
	if err != nil {
		return sources{}, fmt.Errorf("%s: %w", name, err)
	}
	return found, nil
}

func unpack(tarball string) (sources, error) {
	file, err := os.Open(tarball)
	if err != nil {
		return sources{}, err
	}
	defer func() { _ = file.Close() }()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return sources{}, err
	}

	var found sources
	wanted := map[string]*string{
		"package/lib/metadata.d.ts": &found.metadata,
		"package/lib/tooling.d.ts":  &found.tooling,
	}
	archive := tar.NewReader(unzipped)
	for len(wanted) > 0 {
		entry, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return sources{}, errors.New("metadata.d.ts or tooling.d.ts is missing")
		}
		if err != nil {
			return sources{}, err
		}
		target, ok := wanted[entry.Name]
		if !ok {
			continue
		}
		content, err := io.ReadAll(archive)
		if err != nil {
			return sources{}, err
		}
		*target = string(content)
		delete(wanted, entry.Name)
	}
	return found, nil
}
