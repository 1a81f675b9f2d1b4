package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// variable is one of the environment.
type variable struct{ name, value string }

// environment signs a client in: by a JWT for the provider, by an access token for the sf CLI. The key lies in keyDir, or in a
// temporary directory that cleanUp removes.
func environment(org *sfmock.Org, server *sfmock.Server, keyDir string) (env []variable, cleanUp func(), err error) {
	cleanUp = func() {}
	if keyDir == "" {
		if keyDir, err = os.MkdirTemp("", "sfmock-"); err != nil {
			return nil, nil, fmt.Errorf("make a directory for the key: %w", err)
		}
		temporary := keyDir
		cleanUp = func() { _ = os.RemoveAll(temporary) }
	}
	defer func() {
		if err != nil {
			cleanUp()
		}
	}()
	app, key, err := org.AddJWTApp("sfmock")
	if err != nil {
		return nil, nil, err
	}
	keyFile, err := store(keyDir, key, app.CertificatePEM)
	if err != nil {
		return nil, nil, err
	}
	username := org.AdministratorUsername()
	token, err := org.Token(username)
	if err != nil {
		return nil, nil, err
	}
	return []variable{
		{"SALESFORCE_LOGIN_URL", server.URL},
		{"SALESFORCE_CLIENT_ID", app.ConsumerKey},
		{"SALESFORCE_USERNAME", username},
		{"SALESFORCE_PRIVATE_KEY_FILE", keyFile},
		{"SF_ACCESS_TOKEN", token},
		{"SF_ORG_INSTANCE_URL", server.URL},
	}, cleanUp, nil
}

// exports are the lines that a shell sources.
func exports(env []variable) string {
	var lines strings.Builder
	for _, v := range env {
		fmt.Fprintf(&lines, "export %s=%s\n", v.name, quote(v.value))
	}
	return lines.String()
}

// store writes the key and its certificate and returns the key's absolute path.
func store(dir, key, certificate string) (keyFile string, err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return "", fmt.Errorf("find the key directory: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make the key directory: %w", err)
	}
	keyFile = filepath.Join(dir, "sfmock.key")
	for path, content := range map[string]string{keyFile: key, filepath.Join(dir, "sfmock.crt"): certificate} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			return "", fmt.Errorf("write the key: %w", err)
		}
	}
	return keyFile, nil
}

// quote makes a word of the shell.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
