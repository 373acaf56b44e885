// Package pgtest starts a PostgreSQL server for tests, in a temporary folder.
package pgtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a running server. It listens on a socket in its folder, and only one
// of StartImage on a port.
type Server struct {
	dir, bin string
	port     int                 // 0: none
	as       *syscall.Credential // the server refuses to run as root
	made     atomic.Int64
}

// Socket is the name of a server's socket in its folder.
const Socket = ".s.PGSQL.5432"

// Dir is the server's folder, with its socket.
func (s *Server) Dir() string { return s.dir }

// Env is the environment variable that names the folder of the server's programs;
// without it, and with no pg_ctl on the PATH, Debian's folders are looked at.
const Env = "READOUT_TEST_POSTGRES"

// Start starts a server and stops it at the end of the test. Where PostgreSQL is
// not installed the test is skipped, and says so.
func Start(t testing.TB) *Server {
	t.Helper()
	s := install(t)
	s.command(t, "initdb", "--pgdata", s.data(), "--username", "readout", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync")
	s.Up(t)
	return s
}

// StartImage starts a server as the official container image does with an
// environment, POSTGRES_USER and so on, on a port of this machine.
func StartImage(t testing.TB, env map[string]string) *Server {
	t.Helper()
	s := install(t)
	secret := filepath.Join(s.dir, "password")
	if err := os.WriteFile(secret, []byte(env["POSTGRES_PASSWORD"]), 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"--pgdata", s.data(), "--username", env["POSTGRES_USER"], "--pwfile", secret, "--auth-local", "trust", "--auth-host", "scram-sha-256", "--encoding", "UTF8"}
	s.command(t, "initdb", append(args, strings.Fields(env["POSTGRES_INITDB_ARGS"])...)...)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	s.Up(t)
	s.create(t, env["POSTGRES_USER"], env["POSTGRES_DB"])
	return s
}

// Addr is where a server of StartImage listens, HOST:PORT.
func (s *Server) Addr() string { return fmt.Sprintf("127.0.0.1:%d", s.port) }

// install finds the programs of a server, and makes its folder.
func install(t testing.TB) *Server {
	t.Helper()
	bin := find()
	if bin == "" {
		t.Skip("PostgreSQL is not installed: ./test installs it where it can")
	}
	// A socket's path may have a hundred bytes, which t.TempDir is too long for.
	dir, err := os.MkdirTemp("", "rdpg")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{dir: dir, bin: bin}
	t.Cleanup(func() {
		s.Stop(t, "immediate")
		os.RemoveAll(dir)
	})
	if os.Geteuid() == 0 {
		if s.as, err = unprivileged(); err != nil {
			t.Skipf("PostgreSQL does not run as root, and there is no other user: %v", err)
		}
		if err := os.Chown(dir, int(s.as.Uid), int(s.as.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// Up starts the server again after Stop.
func (s *Server) Up(t testing.TB) {
	t.Helper()
	listen := "-c listen_addresses='' -c port=5432"
	if s.port > 0 { // the socket's name has the port
		listen = fmt.Sprintf("-c listen_addresses=127.0.0.1 -c port=%d", s.port)
	}
	s.command(t, "pg_ctl", "start", "--wait", "--timeout", "60", "--pgdata", s.data(), "--log", filepath.Join(s.dir, "log"),
		"--options", fmt.Sprintf("%s -c unix_socket_directories='%s' -c max_connections=100 -c shared_buffers=64MB", listen, s.dir))
}

// Stop stops the server in one of pg_ctl's modes: smart, fast, or immediate,
// which is like a crash.
func (s *Server) Stop(t testing.TB, mode string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(s.data(), "postmaster.pid")); err != nil {
		return
	}
	s.command(t, "pg_ctl", "stop", "--wait", "--mode", mode, "--pgdata", s.data())
}

// Kill kills the server's main process as kill -9 does, and waits until the
// others have noticed.
func (s *Server) Kill(t testing.TB) {
	t.Helper()
	pid := s.PID(t)
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	for range 200 {
		if err := syscall.Kill(pid, 0); errors.Is(err, syscall.ESRCH) {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	// What the dead server held is taken over by the next only when its last
	// process is gone.
	os.Remove(filepath.Join(s.data(), "postmaster.pid"))
	time.Sleep(200 * time.Millisecond)
}

// PID is the server's main process; the others are its children.
func (s *Server) PID(t testing.TB) int {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(s.data(), "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(strings.SplitN(string(b), "\n", 2)[0]))
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func (s *Server) command(t testing.TB, name string, args ...string) {
	t.Helper()
	c := exec.Command(filepath.Join(s.bin, name), args...)
	c.Dir = s.dir
	c.Env = append(os.Environ(), "LC_ALL=C", "HOME="+s.dir)
	if s.as != nil {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: s.as}
	}
	// A file, since the server goes on writing to what it was started with.
	out, err := os.CreateTemp(s.dir, name)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	c.Stdout, c.Stderr = out, out
	if err := c.Run(); err != nil {
		said, _ := os.ReadFile(out.Name())
		logged, _ := os.ReadFile(filepath.Join(s.dir, "log"))
		t.Fatalf("%s: %v\n%s%s", name, err, said, logged)
	}
}

// URL is the address of a database.
func (s *Server) URL(database string) string {
	return "postgres://readout@/" + database + "?host=" + s.dir
}

// Database makes an empty database and gives its address.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("readout_test_%d", s.made.Add(1))
	s.create(t, "readout", name)
	return s.URL(name)
}

func (s *Server) create(t testing.TB, user, database string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, fmt.Sprintf("postgres://%s@/postgres?host=%s&port=%d", user, s.dir, cmp.Or(s.port, 5432)))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "create database "+database); err != nil {
		t.Fatal(err)
	}
}

// find is the folder of the newest server programs, "" for none.
var find = sync.OnceValue(func() string {
	if dir := os.Getenv(Env); dir != "" {
		return dir
	}
	if p, err := exec.LookPath("pg_ctl"); err == nil {
		return filepath.Dir(p)
	}
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(dirs, func(a, b string) int { return version(a) - version(b) })
	for _, d := range slices.Backward(dirs) {
		if _, err := os.Stat(filepath.Join(d, "initdb")); err == nil {
			return d
		}
	}
	return ""
})

func version(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin)))
	return n
}

// unprivileged is a user that root may run the server as.
func unprivileged() (*syscall.Credential, error) {
	var errs []error
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.Join(errs...)
}
