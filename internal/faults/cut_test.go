package faults

import (
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"readout/store/postgres/pgtest"
)

// cutter stands between workers and the database and cuts each connection after
// some hundred kilobytes, wherever that is.
type cutter struct {
	dir  string // of its socket
	to   string // the server's socket
	cuts atomic.Int64

	mu  sync.Mutex
	rng *rand.Rand
}

func newCutter(t *testing.T, pg *pgtest.Server) *cutter {
	t.Helper()
	dir, err := os.MkdirTemp("", "cut")
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", filepath.Join(dir, pgtest.Socket))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		l.Close()
		os.RemoveAll(dir)
	})
	c := &cutter{dir: dir, to: filepath.Join(pg.Dir(), pgtest.Socket), rng: rand.New(rand.NewPCG(3, 3))}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return // the test is over
			}
			go c.pass(conn)
		}
	}()
	return c
}

// url is the address of a database through the cutter.
func (c *cutter) url(direct string) string {
	u, err := url.Parse(direct)
	if err != nil {
		panic(err)
	}
	q := u.Query()
	q.Set("host", c.dir)
	u.RawQuery = q.Encode()
	return u.String()
}

func (c *cutter) pass(conn net.Conn) {
	defer conn.Close()
	server, err := net.Dial("unix", c.to)
	if err != nil {
		return
	}
	defer server.Close()
	c.mu.Lock()
	most := 50_000 + c.rng.Int64N(500_000)
	c.mu.Unlock()
	var wg sync.WaitGroup
	wg.Go(func() {
		io.Copy(conn, server)
		conn.Close()
	})
	if n, _ := io.CopyN(server, conn, most); n == most {
		c.cuts.Add(1)
	}
	server.Close()
	wg.Wait()
}
