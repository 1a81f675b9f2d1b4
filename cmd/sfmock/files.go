package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// load restores the org of a state file, false where there is none yet.
func load(org *sfmock.Org, file string) (loaded bool, err error) {
	if file == "" {
		return false, nil
	}
	raw, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err == nil {
		err = org.Restore(raw)
	}
	if err != nil {
		return false, fmt.Errorf("state file %s: %w", file, err)
	}
	return true, nil
}

// save writes the state file wholly or not at all. It holds keys to the mock org, so that nobody else may read it.
func save(org *sfmock.Org, file string) error {
	raw, err := org.Snapshot()
	if err == nil {
		err = replace(file, raw)
	}
	if err != nil {
		return fmt.Errorf("save the state: %w", err)
	}
	return nil
}

func replace(file string, content []byte) error {
	draft, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*") // with mode 0600
	if err != nil {
		return err
	}
	_, err = draft.Write(content)
	if err = errors.Join(err, draft.Close()); err == nil {
		err = os.Rename(draft.Name(), file)
	}
	if err != nil {
		_ = os.Remove(draft.Name())
	}
	return err
}

// seed fills the org from a folder.
func seed(org *sfmock.Org, folder string) (leftOut []string, err error) {
	info, err := os.Stat(folder)
	switch {
	case err != nil:
		return nil, fmt.Errorf("seed: %w", err)
	case !info.IsDir():
		return nil, fmt.Errorf("seed %s: not a folder", folder)
	}
	if leftOut, err = org.Seed(os.DirFS(folder)); err != nil {
		return nil, fmt.Errorf("seed %s:\n%w", folder, err)
	}
	return leftOut, nil
}
