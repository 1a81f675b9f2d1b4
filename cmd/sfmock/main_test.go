package main

import (
	"bufio"
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"flag"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

const variables = 6

// start runs the program until the test ends, or until stop, and returns the environment that it prints.
func start(t *testing.T, args ...string) (env map[string]string, stop func()) {
	t.Helper()
	signals := make(chan os.Signal, 1)
	reader, writer := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := run(append([]string{"-listen", freeAddress}, args...), streams{out: writer, err: io.Discard}, signals)
		_ = writer.CloseWithError(err)
		done <- err
	}()
	env = map[string]string{}
	lines := bufio.NewScanner(reader)
	for range variables {
		if !lines.Scan() {
			t.Fatalf("the program ends early: %v", lines.Err())
		}
		name, value, _ := strings.Cut(strings.TrimPrefix(lines.Text(), "export "), "=")
		env[name] = strings.Trim(value, "'")
	}
	stop = sync.OnceFunc(func() {
		signals <- os.Interrupt
		if rest, err := io.ReadAll(reader); err != nil || len(rest) > 0 {
			t.Errorf("the program prints %q, %v", rest, err)
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return env, stop
}

// silent runs the program with arguments that it refuses, or that let it end by itself.
func silent(args ...string) error {
	return run(args, streams{out: io.Discard, err: io.Discard}, nil)
}

// fetch sends a request with an access token, if any.
func fetch(t *testing.T, method, address, body, token string) (status int, answer string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	client := &http.Client{Timeout: time.Minute}
	defer client.CloseIdleConnections()
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(raw)
}

// assertion signs a JWT with the key in a file.
func assertion(t *testing.T, keyFile string, claims map[string]any) string {
	t.Helper()
	raw, err := os.ReadFile(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(raw)
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	signed := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"RS256"}`)) + "." + base64.RawURLEncoding.EncodeToString(payload)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key.(*rsa.PrivateKey), crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func TestTheEnvironmentSignsIn(t *testing.T) {
	t.Parallel()
	env, stop := start(t)
	login := env["SALESFORCE_LOGIN_URL"]
	form := url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {assertion(t, env["SALESFORCE_PRIVATE_KEY_FILE"], map[string]any{
		"iss": env["SALESFORCE_CLIENT_ID"], "sub": env["SALESFORCE_USERNAME"], "aud": login, "exp": time.Now().Add(time.Minute).Unix(),
	})}}
	status, raw := fetch(t, http.MethodPost, login+"/services/oauth2/token", form.Encode(), "")
	var answer map[string]string
	if err := json.Unmarshal([]byte(raw), &answer); err != nil || status != http.StatusOK {
		t.Fatalf("%d %s", status, raw)
	}
	for instance, token := range map[string]string{answer["instance_url"]: answer["access_token"], env["SF_ORG_INSTANCE_URL"]: env["SF_ACCESS_TOKEN"]} {
		if status, raw := fetch(t, http.MethodGet, instance+"/services/data/v68.0/limits", "", token); status != http.StatusOK {
			t.Errorf("%d %s", status, raw)
		}
	}
	stop()
	if _, err := os.Stat(filepath.Dir(env["SALESFORCE_PRIVATE_KEY_FILE"])); !os.IsNotExist(err) {
		t.Errorf("the temporary key is still there: %v", err)
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	envFile := filepath.Join(dir, "env")
	env, stop := start(t, "-sandbox", "-env-file", envFile, "-key-dir", filepath.Join(dir, "keys"))
	stop()
	if got, want := env["SALESFORCE_PRIVATE_KEY_FILE"], filepath.Join(dir, "keys", "sfmock.key"); got != want {
		t.Errorf("key file %s, want %s", got, want)
	}
	info, err := os.Stat(env["SALESFORCE_PRIVATE_KEY_FILE"])
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	raw, err := os.ReadFile(envFile)
	if err != nil || bytes.Count(raw, []byte("export ")) != variables || !bytes.Contains(raw, []byte("'"+env["SF_ACCESS_TOKEN"]+"'")) {
		t.Errorf("%v %s", err, raw)
	}
	if !strings.HasSuffix(env["SALESFORCE_USERNAME"], ".sandbox") {
		t.Errorf("username %s", env["SALESFORCE_USERNAME"])
	}
}

func TestBadArguments(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("no state"), 0o600); err != nil {
		t.Fatal(err)
	}
	nowhere := filepath.Join(t.TempDir(), "no", "such")
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"-listen", "0.0.0.0:0"}, "the mock org listens on 127.0.0.1 only"},
		{[]string{"-nonsense"}, "flag provided but not defined: -nonsense; sfmock -help lists the flags"},
		{[]string{"extra"}, `unexpected argument "extra"; a command to run comes after --`},
		{[]string{"--"}, "there is no command after --"},
		{[]string{"-env-file", nowhere}, "write the environment"},
		{[]string{"-journal", nowhere}, "open the journal"},
		{[]string{"-journal-bodies"}, "-journal-bodies needs -journal"},
		{[]string{"-state", nowhere}, "save the state"},
		{[]string{"-state", file}, "state file " + file + ": read the snapshot: "},
		{[]string{"-seed", nowhere}, "seed: stat "},
		{[]string{"-seed", file}, "not a folder"},
		{[]string{"-seats", "Salesforce"}, `expected a licence and a number, as in "Salesforce Integration=5"`},
		{[]string{"-seats", "Nope=1"}, `the mock org has no licence "Nope"`},
		{[]string{"-fault", `{"stauts":503}`}, `unknown field "stauts"`},
	} {
		if err := silent(append([]string{"-listen", freeAddress}, test.args...)...); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: %v, want %s", test.args, err, test.want)
		}
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	for _, flagName := range []string{"-h", "-help"} {
		var said strings.Builder
		if err := run([]string{flagName}, streams{out: &said}, nil); err != nil {
			t.Errorf("%s: %v", flagName, err)
		}
		new(settings).flags().VisitAll(func(f *flag.Flag) {
			if strings.Count(said.String(), "\n  -"+f.Name+" ") != 1 {
				t.Errorf("the help text doesn't list -%s once:\n%s", f.Name, said.String())
			}
		})
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	var said strings.Builder
	if err := run([]string{"-version"}, streams{out: &said}, nil); err != nil || !regexp.MustCompile(`^sfmock \S+\n$`).MatchString(said.String()) {
		t.Errorf("%q, %v", said.String(), err)
	}
}

func TestQuote(t *testing.T) {
	t.Parallel()
	if got := quote("it's"); got != `'it'\''s'` {
		t.Errorf("%s", got)
	}
}
