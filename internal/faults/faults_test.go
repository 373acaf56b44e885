// Package faults holds the tests that break things: real workers, servers of NATS
// and PostgreSQL in processes of their own are killed, cut off and left without
// room while thousands of articles are in flight. In the end the record must be
// the one that a single process makes undisturbed, to the byte.
//
// Each test has six hundred articles in flight, and with READOUT_SOAK=1 (make soak)
// five thousand, with longer absences.
package faults

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"readout/ingest/queue/natstest"
	"readout/store/postgres/pgtest"
)

// soak reports whether the long form is asked for.
func soak() bool { return os.Getenv("READOUT_SOAK") != "" }

// inFlight is how many articles each test has in the queue at its beginning.
func inFlight() int {
	if soak() {
		return 5_000
	}
	return 600
}

// world is what all tests have in common: the programs, the articles, and the
// record that they make when nothing happens.
type world struct {
	bin, older string // the program, and one with other models
	corpus     string
	want       string // hash of the canonical export
}

var shared = sync.OnceValues(func() (*world, error) {
	dir, err := os.MkdirTemp("", "faults")
	if err != nil {
		return nil, err
	}
	w := &world{bin: filepath.Join(dir, "readout"), older: filepath.Join(dir, "older")}
	for _, args := range [][]string{{"-o", w.bin}, {"-tags", "openmodels", "-o", w.older}} {
		c := exec.Command("go", append(append([]string{"build"}, args...), "readout/cmd/readout")...)
		c.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := c.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("go build: %w\n%s", err, out)
		}
	}
	return w, nil
})

var once sync.Once

func setUp(t *testing.T) *world {
	t.Helper()
	if testing.Short() {
		t.Skip("reads thousands of articles")
	}
	w, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	once.Do(func() {
		corpus, err := os.ReadFile(writeCorpus(t, inFlight()))
		if err != nil {
			t.Fatal(err)
		}
		w.corpus = filepath.Join(filepath.Dir(w.bin), "corpus.jsonl")
		if err := os.WriteFile(w.corpus, corpus, 0o600); err != nil {
			t.Fatal(err)
		}
		db := filepath.Join(t.TempDir(), "undisturbed.db")
		begin := time.Now()
		w.run(t, "add", "--db", db, w.corpus)
		t.Logf("undisturbed: %d articles in %s", inFlight(), time.Since(begin).Round(time.Millisecond))
		w.want = w.export(t, db)
	})
	if w.want == "" {
		t.Fatal("the undisturbed record could not be made")
	}
	return w
}

func TestMain(m *testing.M) {
	natstest.Main()
	code := m.Run()
	if w, err := shared(); err == nil && w != nil {
		os.RemoveAll(filepath.Dir(w.bin))
	}
	os.Exit(code)
}

// run runs a command to its end.
func (w *world) run(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command(w.bin, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("readout %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// export is the hash of a record's canonical export.
func (w *world) export(t *testing.T, db string) string {
	t.Helper()
	c := exec.Command(w.bin, "export", "--canonical", "--db", db)
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	h := sha256.New()
	n, copied := io.Copy(h, out)
	if err := errors.Join(copied, c.Wait()); err != nil || n == 0 {
		t.Fatalf("export: %v\n%s", err, said.Bytes())
	}
	return hex.EncodeToString(h.Sum(nil))
}

// same checks that a record is the undisturbed one, and whole.
func (w *world) same(t *testing.T, db string) {
	t.Helper()
	if got := w.export(t, db); got != w.want {
		t.Errorf("the record is not the undisturbed one")
	}
	if out := w.run(t, "check", "--db", db); !strings.Contains(out, "the record is whole") {
		t.Errorf("check says\n%s", out)
	}
}

// place is where a test's record and queue are.
type place struct {
	w     *world
	db    string
	queue []string // flags
}

func (p *place) flags(args ...string) []string {
	return append(append(args, "--db", p.db), p.queue...)
}

type counts struct{ Live, Backlog, Working, Dead int }

// state asks for the queue; ok is false while it does not answer.
func (p *place) state() (s counts, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, p.w.bin, p.flags("queue", "--format", "json")...).Output()
	return s, err == nil && json.Unmarshal(out, &s) == nil
}

// process is a worker that runs.
type process struct {
	c   *exec.Cmd
	log string
	end chan error
}

func (p *place) start(t *testing.T, bin string, args ...string) *process {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "log")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c := exec.Command(bin, args...)
	c.Stdout, c.Stderr = f, f
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	pr := &process{c, f.Name(), make(chan error, 1)}
	go func() { pr.end <- c.Wait() }()
	t.Cleanup(func() { _ = c.Process.Kill() }) // it has mostly ended
	return pr
}

func (p *process) said() string {
	b, _ := os.ReadFile(p.log)
	return string(b)
}

// worker starts a worker that ends when the queue is empty.
func (p *place) worker(t *testing.T) *process {
	return p.start(t, p.w.bin, p.flags("worker", "--drain", "--jobs", "1")...)
}

// finish runs workers until the queue is empty, whatever is in flight.
func (p *place) finish(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Minute); time.Now().Before(deadline); {
		w := p.worker(t)
		if err := <-w.end; err != nil {
			t.Logf("a worker ended: %v\n%s", err, w.said())
		}
		s, ok := p.state()
		if ok && s.Dead > 0 {
			t.Fatalf("%d articles are dead:\n%s", s.Dead, p.w.run(t, p.flags("dead", "list")...))
		}
		if ok && s.Live+s.Backlog+s.Working == 0 {
			return
		}
	}
	t.Fatal("the queue does not become empty")
}

// busy waits until n articles are done with, or reports that all are.
func (p *place) busy(t *testing.T, left int) bool {
	t.Helper()
	for range 600 {
		s, ok := p.state()
		if ok && s.Live+s.Working == 0 {
			return false
		}
		if ok && s.Live <= left {
			return true
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("the workers do not get on")
	return false
}

// fill puts the articles into the queue.
func (p *place) fill(t *testing.T) {
	t.Helper()
	begin := time.Now()
	p.w.run(t, p.flags("ingest", p.w.corpus)...)
	if s, ok := p.state(); !ok || s.Live < inFlight()*9/10 {
		t.Fatalf("%+v in the queue, %v", s, ok)
	}
	t.Logf("%d articles in the queue after %s", inFlight(), time.Since(begin).Round(time.Millisecond))
}

// onServers is a place with three NATS servers and a PostgreSQL server.
func onServers(t *testing.T) (*place, *natstest.Cluster, *pgtest.Server) {
	t.Helper()
	w := setUp(t)
	pg := pgtest.Start(t)
	mq := natstest.Start(t, 3)
	return &place{w: w, db: pg.Database(t), queue: []string{"--nats", mq.URL()}}, mq, pg
}

// TestWorkersKilled: kill -9 of workers again and again.
func TestWorkersKilled(t *testing.T) {
	p, _, _ := onServers(t)
	p.fill(t)
	ws := [2]*process{p.worker(t), p.worker(t)}
	hits := 0
	for left := inFlight() * 9 / 10; left > inFlight()/10 && p.busy(t, left); left -= inFlight() / 10 {
		w := &ws[hits%2]
		_ = (*w).c.Process.Signal(syscall.SIGKILL)
		<-(*w).end
		hits++
		*w = p.worker(t)
	}
	if hits < 4 {
		t.Errorf("%d workers were killed, which is too few to tell anything", hits)
	}
	for _, w := range ws {
		if err := <-w.end; err != nil {
			t.Errorf("a worker ended: %v\n%s", err, w.said())
		}
	}
	t.Logf("%d workers killed", hits)
	p.finish(t)
	p.w.same(t, p.db)
}

// TestLeaderKilled: kill -9 of the server that leads the stream of articles.
func TestLeaderKilled(t *testing.T) {
	p, mq, _ := onServers(t)
	p.fill(t)
	ws := []*process{p.worker(t), p.worker(t)}
	hits := 0
	for left := inFlight() * 4 / 5; left > inFlight()/10; left -= inFlight() / 4 {
		if !p.busy(t, left) {
			break
		}
		leader := mq.Leader(t, "readout-articles")
		if leader < 0 {
			continue
		}
		mq.Kill(t, leader)
		hits++
		time.Sleep(2 * time.Second) // with two servers work goes on
		mq.Up(t, leader)
	}
	if hits == 0 {
		t.Error("no leader was killed")
	}
	t.Logf("%d leaders killed", hits)
	for _, w := range ws {
		if err := <-w.end; err != nil {
			t.Errorf("a worker ended: %v\n%s", err, w.said())
		}
	}
	p.finish(t)
	p.w.same(t, p.db)
}

// TestNodeAway: one of the NATS servers is away for a while, and comes back.
func TestNodeAway(t *testing.T) {
	p, mq, _ := onServers(t)
	away := 5 * time.Second
	if soak() {
		away = time.Minute
	}
	if _, ok := p.state(); !ok { // the queue is made, on all three
		t.Fatal("the queue cannot be made")
	}
	mq.Kill(t, 1)
	time.Sleep(time.Second)
	p.fill(t) // with two of three
	ws := []*process{p.worker(t), p.worker(t)}
	time.Sleep(away)
	mq.Up(t, 1)
	mq.Kill(t, 2) // now it must have what it missed
	time.Sleep(away / 5)
	mq.Up(t, 2)
	for _, w := range ws {
		if err := <-w.end; err != nil {
			t.Errorf("a worker ended: %v\n%s", err, w.said())
		}
	}
	p.finish(t)
	p.w.same(t, p.db)
}

// TestDatabaseStopped: PostgreSQL is stopped hard and killed, and started again.
func TestDatabaseStopped(t *testing.T) {
	p, _, pg := onServers(t)
	p.fill(t)
	ws := []*process{p.worker(t), p.worker(t)}
	hits := 0
	for i, left := range []int{inFlight() * 4 / 5, inFlight() * 2 / 5} {
		if !p.busy(t, left) {
			break
		}
		if i == 0 {
			pg.Stop(t, "immediate")
		} else {
			pg.Kill(t)
		}
		hits++
		time.Sleep(3 * time.Second)
		pg.Up(t)
	}
	if hits < 2 {
		t.Errorf("the database was stopped %d times", hits)
	}
	for _, w := range ws {
		if err := <-w.end; err != nil {
			t.Errorf("a worker ended: %v\n%s", err, w.said())
		}
	}
	p.finish(t)
	p.w.same(t, p.db)
}

// TestConnectionsCut: connections to the database break, in the middle of
// transactions.
func TestConnectionsCut(t *testing.T) {
	p, _, pg := onServers(t)
	cut := newCutter(t, pg)
	direct := p.db
	p.db = cut.url(direct)
	p.fill(t)
	ws := []*process{p.worker(t), p.worker(t)}
	for _, w := range ws {
		if err := <-w.end; err != nil {
			t.Errorf("a worker ended: %v\n%s", err, w.said())
		}
	}
	if n := cut.cuts.Load(); n < 10 {
		t.Errorf("%d connections were cut, which is too few to tell anything", n)
	} else {
		t.Logf("%d connections cut", n)
	}
	p.db = direct
	p.finish(t)
	p.w.same(t, p.db)
}

// TestDiskFull: the disk of the record is full; that is said, nothing is damaged,
// and with room again work goes on.
func TestDiskFull(t *testing.T) {
	w := setUp(t)
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("a small disk cannot be made here: mount: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	mq := natstest.Start(t, 1)
	p := &place{w: w, db: filepath.Join(dir, "readout.db"), queue: []string{"--nats", mq.URL()}}
	p.fill(t)
	worker := p.worker(t)
	said := ""
	for range 600 {
		if said = worker.said(); strings.Contains(said, "disk is full") {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if !strings.Contains(said, "disk is full") {
		t.Fatalf("the worker says nothing of a full disk:\n%s", said)
	}
	if s, ok := p.state(); !ok || s.Live == 0 || s.Dead > 0 {
		t.Errorf("with a full disk the queue has %+v, %v", s, ok)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=2g"); err != nil {
		t.Fatal(err)
	}
	if err := <-worker.end; err != nil {
		t.Errorf("the worker ended: %v\n%s", err, worker.said())
	}
	p.finish(t)
	w.same(t, p.db)
}

// TestOlderWorker: a worker of another model beside one whose model the record
// has refuses to work.
func TestOlderWorker(t *testing.T) {
	p, _, _ := onServers(t)
	p.fill(t)
	newer := p.worker(t)
	p.busy(t, inFlight()-1)
	older := p.start(t, p.w.older, p.flags("worker", "--drain")...)
	if err := <-older.end; err == nil {
		t.Errorf("the older worker worked:\n%s", older.said())
	}
	if said := older.said(); !strings.Contains(said, "other models") || !strings.Contains(said, "hint") {
		t.Errorf("the older worker says\n%s", said)
	}
	if err := <-newer.end; err != nil {
		t.Errorf("the newer worker ended: %v\n%s", err, newer.said())
	}
	p.finish(t)
	p.w.same(t, p.db)
}

// size is how many bytes a record in a file has.
func size(db string) int64 {
	n := int64(0)
	for _, f := range []string{db, db + "-wal"} {
		if info, err := os.Stat(f); err == nil {
			n += info.Size()
		}
	}
	return n
}

// TestOneMachineKilled: the queue in the worker's own process, and a record in a
// file: kill -9 loses nothing either.
func TestOneMachineKilled(t *testing.T) {
	w := setUp(t)
	p := &place{w: w, db: filepath.Join(t.TempDir(), "readout.db")}
	p.fill(t)
	hits := 0
	for range 3 {
		worker := p.worker(t)
		before := size(p.db)
		for running := true; running && size(p.db) < before+500_000; {
			select {
			case err := <-worker.end:
				if err != nil {
					t.Fatalf("a worker ended: %v\n%s", err, worker.said())
				}
				running = false
			case <-time.After(20 * time.Millisecond):
			}
		}
		if worker.c.Process.Signal(syscall.SIGKILL) == nil {
			<-worker.end
			hits++
		}
	}
	if hits < 2 {
		t.Errorf("%d workers were killed", hits)
	}
	p.finish(t)
	w.same(t, p.db)
}
