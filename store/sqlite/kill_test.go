//go:build unix

package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"readout/record"
	"readout/record/join"
	"readout/store/sqlite"
)

// TestMain lets the test program stand for a process that adds: with
// READOUT_TEST_ADD it adds entries to that file and prints the id of each when
// it has been told that it is kept.
func TestMain(m *testing.M) {
	path := os.Getenv("READOUT_TEST_ADD")
	if path == "" {
		os.Exit(m.Run())
	}
	ctx := context.Background()
	s, err := sqlite.Create(ctx, path)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for i := range 400 {
		id := fmt.Sprintf("v%s%d", os.Getenv("READOUT_TEST_NAME"), i)
		err := s.Update(ctx, func(tx record.Tx) error {
			if _, err := tx.Append(ctx, record.Entry{ID: id, Kind: record.KindArticle, Of: "a" + id, Learnt: time.Now(), Body: []byte(strings.Repeat(id, 200))}); err != nil {
				return err
			}
			return tx.PutNodes(ctx, []record.Node{{ID: id, Of: id, From: time.Now(), Body: []byte("{}"), Keys: []join.Key{{Block: "all"}}}})
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(id)
	}
	os.Exit(0)
}

func child(t *testing.T, path, name string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "READOUT_TEST_ADD="+path, "READOUT_TEST_NAME="+name)
	cmd.Stderr = os.Stderr
	return cmd
}

// verify checks that a file is whole and has what was acknowledged, each entry
// with its node.
func verify(t *testing.T, path string, acknowledged []string) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Check(t.Context()); err != nil {
		t.Errorf("Check() = %v", err)
	}
	err = s.View(t.Context(), func(r record.Reader) error {
		for _, id := range acknowledged {
			if _, err := r.Entry(t.Context(), id); err != nil {
				t.Errorf("%s was acknowledged and is gone: %v", id, err)
			}
		}
		entries, err := r.Entries(t.Context(), record.EntryQuery{})
		if err != nil {
			return err
		}
		nodes, err := r.Lookup(t.Context(), []join.Range{{Block: "all"}})
		if err == nil && len(nodes) != len(entries) {
			t.Errorf("%d entries and %d nodes: a transaction is there by half", len(entries), len(nodes))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestKill: whenever the process is killed, the file opens again whole, with all
// that was acknowledged.
func TestKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	var acknowledged []string
	hit, loops := 0, 8
	if testing.Short() {
		loops = 3
	}
	for i := range loops {
		cmd := child(t, path, fmt.Sprintf("k%d-", i))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		stop := rand.IntN(60) // killed after so many
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan(); n++ {
			acknowledged = append(acknowledged, lines.Text())
			if n == stop {
				time.AfterFunc(time.Duration(rand.IntN(3000))*time.Microsecond, func() { cmd.Process.Kill() })
			}
		}
		if err := cmd.Wait(); err != nil {
			hit++
		}
		verify(t, path, acknowledged)
	}
	t.Logf("%d of %d processes were killed at work; %d entries were acknowledged", hit, loops, len(acknowledged))
	if hit < loops-1 {
		t.Errorf("only %d of %d processes were killed before they were done", hit, loops)
	}
}

// TestTwoProcesses: two may add at once, and neither loses anything.
func TestTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	var wg sync.WaitGroup
	var mu sync.Mutex
	var acknowledged []string
	for _, name := range []string{"a", "b"} {
		cmd := child(t, path, name)
		wg.Go(func() {
			out, err := cmd.Output()
			if err != nil {
				t.Errorf("process %s: %v", name, err)
			}
			mu.Lock()
			defer mu.Unlock()
			acknowledged = append(acknowledged, strings.Fields(string(out))...)
		})
	}
	wg.Wait()
	if len(acknowledged) != 800 {
		t.Errorf("%d entries were acknowledged, want 800", len(acknowledged))
	}
	verify(t, path, acknowledged)
}
