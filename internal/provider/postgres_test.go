package provider

import (
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// postgres starts a PostgreSQL for one test, which only this machine's users reach, by a socket in a folder. It returns the connection
// string. Where PostgreSQL isn't installed the test is skipped.
func postgres(t *testing.T) (connection string) {
	t.Helper()
	server := &postgresServer{bin: postgresBin(t)}
	server.dir = server.folder(t)
	data := filepath.Join(server.dir, "data")
	server.run(t, "initdb", "--pgdata", data, "--username", "terraform", "--auth", "trust", "--no-sync")
	options := "-c listen_addresses='' -c fsync=off -c unix_socket_directories=" + server.dir
	server.run(t, "pg_ctl", "start", "--wait", "--pgdata", data, "--log", filepath.Join(server.dir, "log"), "--options", options)
	t.Cleanup(func() { server.run(t, "pg_ctl", "stop", "--wait", "--pgdata", data, "--mode", "immediate") })
	return "postgres://terraform@/postgres?sslmode=disable&host=" + server.dir
}

type postgresServer struct {
	bin, dir string
	as       []string // what runs commands as another user
}

// postgresBin is where the server's programs are. Debian does not put them on the PATH.
func postgresBin(t *testing.T) string {
	t.Helper()
	if initdb, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(initdb)
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		t.Skip("PostgreSQL is not installed: initdb is neither on the PATH nor in /usr/lib/postgresql/*/bin")
	}
	return filepath.Dir(found[len(found)-1])
}

// folder is a new one with a short name, as sockets need. PostgreSQL refuses to run as root, so that root has the user postgres own it.
func (s *postgresServer) folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "pg") //nolint:usetesting // the user postgres has no way into t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if os.Geteuid() != 0 {
		return dir
	}
	owner, err := user.Lookup("postgres")
	if err != nil {
		t.Skipf("PostgreSQL does not run as root, and there is no user for it: %v", err)
	}
	runuser, err := exec.LookPath("runuser")
	if err != nil {
		t.Skipf("PostgreSQL does not run as root: %v", err)
	}
	s.as = []string{runuser, "-u", owner.Username, "--"}
	uid, _ := strconv.Atoi(owner.Uid) // a number on every system that has root
	gid, _ := strconv.Atoi(owner.Gid)
	if err := os.Chown(dir, uid, gid); err != nil {
		t.Fatal(err)
	}
	return dir
}

func (s *postgresServer) run(t *testing.T, program string, args ...string) {
	t.Helper()
	words := append(append(slices.Clip(s.as), filepath.Join(s.bin, program)), args...)
	command := exec.Command(words[0], words[1:]...) //nolint:noctx // it has to stop the server after the test's context is over, too
	command.Dir = s.dir
	if said, err := command.CombinedOutput(); err != nil {
		log, _ := os.ReadFile(filepath.Join(s.dir, "log")) // there may be none yet
		t.Fatalf("%s: %v\n%s%s", program, err, said, log)
	}
}
