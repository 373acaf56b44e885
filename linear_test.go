//go:build unix

package readout_test

import (
	"runtime"
	"syscall"
	"testing"
	"time"

	"readout"
)

// Twice the text is at most 2.2 times the work (BENCHMARKS.md); the test leaves
// room for a busy machine and catches what is quadratic. It counts CPU time,
// and the best of five runs.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("it measures time")
	}
	r := newReader(t, readout.Config{})
	once, twice := readout.Article{Text: longText(1)}, readout.Article{Text: longText(2)}
	best := func(a readout.Article) time.Duration {
		low := time.Duration(1 << 62)
		for range 5 {
			runtime.GC()
			before := cpuTime(t)
			read(t, r, a)
			low = min(low, cpuTime(t)-before)
		}
		return low
	}
	one, two := best(once), best(twice)
	ratio := float64(two) / float64(one)
	t.Logf("%v for a text, %v for one twice as long: %.2f times the work", one, two, ratio)
	if ratio > 3.0 {
		t.Errorf("twice the text is %.2f times the work", ratio)
	}
}

// cpuTime is what this process has spent so far, on all cores.
func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
