package faults

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"readout/ingest/queue/natstest"
	"readout/store/postgres/pgtest"
)

// TestScale breaks nothing: it measures articles a second by the number of
// workers, against one process that reads into a file and into PostgreSQL, and
// whose processor time they take (READOUT_SCALE=1, make scale). On a machine that
// does other work the processor time tells more than the clock.
func TestScale(t *testing.T) {
	if os.Getenv("READOUT_SCALE") == "" {
		t.Skip("a measurement: READOUT_SCALE=1 asks for it")
	}
	if _, ok := spent(os.Getpid()); !ok {
		t.Skip("the system does not tell processor times by process")
	}
	w := setUp(t)
	pg := pgtest.Start(t)
	mq := natstest.Start(t, 3)
	servers := func() (db, queue time.Duration) {
		return treeTime(pg.PID(t)), total(mq.PIDs())
	}
	var rows strings.Builder
	fmt.Fprintf(&rows, "%-28s %10s   processor ms an article:\n%-28s %10s %10s %10s %10s\n", "", "articles", "", "a second", "readout", "database", "queue")
	measure := func(name string, work func() time.Duration) {
		db, queue := servers()
		begin := time.Now()
		busy := work()
		took := time.Since(begin)
		db2, queue2 := servers()
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / float64(inFlight()) }
		fmt.Fprintf(&rows, "%-28s %10.1f %10.2f %10.2f %10.2f\n", name, float64(inFlight())/took.Seconds(), ms(busy), ms(db2-db), ms(queue2-queue))
	}
	wait := func(list ...*process) (busy time.Duration) {
		for _, p := range list {
			if err := <-p.end; err != nil {
				t.Errorf("%v\n%s", err, p.said())
			}
			busy += p.c.ProcessState.UserTime() + p.c.ProcessState.SystemTime()
		}
		return busy
	}
	p := &place{w: w, db: filepath.Join(t.TempDir(), "one.db")}
	measure("reading, nothing stored", func() time.Duration {
		return wait(p.start(t, w.bin, "read", "--jobs", "1", "--format", "json", w.corpus))
	})
	measure("one process, a file", func() time.Duration {
		return wait(p.start(t, w.bin, "add", "--jobs", "1", "--db", p.db, w.corpus))
	})
	p = &place{w: w, db: pg.Database(t)}
	measure("one process, PostgreSQL", func() time.Duration {
		return wait(p.start(t, w.bin, "add", "--jobs", "1", "--db", p.db, w.corpus))
	})
	for n := 1; n <= 4; n++ {
		p := &place{w: w, db: pg.Database(t), queue: []string{"--nats", mq.URL(), "--queue-name", fmt.Sprint("scale", n)}}
		if n == 1 {
			measure("putting into the queue", func() time.Duration {
				return wait(p.start(t, w.bin, p.flags("ingest", w.corpus)...))
			})
		} else {
			p.fill(t)
		}
		measure(fmt.Sprintf("workers: %d", n), func() time.Duration {
			var list []*process
			for range n {
				list = append(list, p.worker(t))
			}
			return wait(list...)
		})
		w.same(t, p.db)
	}
	t.Logf("%d articles; programs start anew for each line\n%s", inFlight(), &rows)
}

// ticks are of a second, in /proc.
const ticks = 100

// spent is the processor time of a process and of those of its children that have
// ended.
func spent(pid int) (time.Duration, bool) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, false
	}
	_, rest, _ := strings.Cut(string(b), ") ")
	f := strings.Fields(rest)
	if len(f) < 15 {
		return 0, false
	}
	var n int64
	for _, s := range f[11:15] {
		v, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return 0, false
		}
		n += v
	}
	return time.Duration(n) * time.Second / ticks, true
}

func total(pids []int) (sum time.Duration) {
	for _, pid := range pids {
		d, _ := spent(pid) // one that has ended counts for nothing
		sum += d
	}
	return sum
}

// treeTime is spent for a process and its children.
func treeTime(pid int) time.Duration {
	sum, _ := spent(pid)
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return sum
	}
	for _, s := range strings.Fields(string(b)) {
		if child, err := strconv.Atoi(s); err == nil {
			d, _ := spent(child)
			sum += d
		}
	}
	return sum
}
