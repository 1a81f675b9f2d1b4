package sfmock

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// Limits of a deployment (Metadata API guide).
const (
	mostFiles = 10_000
	mostBytes = 600 << 20 // of all files unpacked
)

// countFiles is how many files an archive has, and how many components they seem to hold, before it is looked into.
func countFiles(archive []byte) (files, components int) {
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return 0, 0
	}
	for _, f := range reader.File {
		if isFolder(f) {
			continue
		}
		files++
		if !isManifest(f.Name) && !strings.HasSuffix(f.Name, metaSuffix) {
			components++
		}
	}
	return files, components
}

func isFolder(f *zip.File) bool { return strings.HasSuffix(f.Name, "/") }

// unpack reads the files of an archive by their path, of at most so many bytes in all.
func unpack(archive []byte, most int64) (map[string][]byte, *apiError) {
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, refuse(unsureBadArchiveCode, fmt.Sprintf(unsureBadArchive, err))
	}
	files := map[string][]byte{}
	left := most
	for _, f := range reader.File {
		if isFolder(f) {
			continue
		}
		if len(files) == mostFiles {
			return nil, refuse("LIMIT_EXCEEDED", fmt.Sprintf(unsureTooManyFiles, mostFiles))
		}
		content, err := readPacked(f, left)
		if err != nil {
			return nil, refuse(unsureBadArchiveCode, fmt.Sprintf(unsureBadArchive, err))
		}
		if left -= int64(len(content)); left < 0 {
			return nil, refuse("LIMIT_EXCEEDED", fmt.Sprintf(unsureTooLarge, most))
		}
		files[f.Name] = content
	}
	return files, nil
}

// readPacked reads a file, or one byte more than limit.
func readPacked(f *zip.File, limit int64) ([]byte, error) {
	packed, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer packed.Close()
	return io.ReadAll(io.LimitReader(packed, limit+1))
}

// pack makes an archive of files by path.
func pack(files map[string][]byte, modified time.Time) ([]byte, error) {
	var archive bytes.Buffer
	writer := zip.NewWriter(&archive)
	for _, path := range slices.Sorted(maps.Keys(files)) {
		file, err := writer.CreateHeader(&zip.FileHeader{Name: path, Method: zip.Deflate, Modified: modified})
		if err != nil {
			return nil, err
		}
		if _, err := file.Write(files[path]); err != nil {
			return nil, err
		}
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return archive.Bytes(), nil
}
