//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"readout/examples"
)

// BenchmarkProcess is the program as a whole, from its start to its end: the
// best time of all runs, and the most memory it held at once. "nothing" prints the
// version and loads no models: what "sentence" takes above it is the time of
// start. Memory counts from what this process holds, a child's floor on Linux.
func BenchmarkProcess(b *testing.B) {
	dir := b.TempDir()
	program := filepath.Join(dir, "readout")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	largest := ""
	for _, e := range examples.All() {
		if len(e.Text) > len(largest) {
			largest = e.Text
		}
	}
	sentence := "The foreign ministers of Norway and Chile met in Geneva on Monday. "
	for _, c := range []struct{ name, text string }{
		{"nothing", ""},
		{"sentence", sentence},
		{"example", largest},
		{"long-line-10MB", longArticle("line", 10<<20)},
		{"long-paragraphs-10MB", longArticle("paragraphs", 10<<20)},
		{"long-news-10MB", longArticle("news", 10<<20)},
		{"long-endless-10MB", longArticle("endless", 10<<20)},
		{"long-marks-1MB", longArticle("marks", 1<<20)},
	} {
		b.Run(c.name, func(b *testing.B) {
			args := []string{"version"}
			if c.text != "" {
				file := filepath.Join(dir, c.name+".txt")
				if err := os.WriteFile(file, []byte(c.text), 0o644); err != nil {
					b.Fatal(err)
				}
				args = []string{"read", "--format", "json", file}
			}
			peak, best := int64(0), time.Hour
			for b.Loop() {
				cmd := exec.CommandContext(b.Context(), program, args...)
				cmd.Stderr = os.Stderr
				before := time.Now()
				if err := cmd.Run(); err != nil {
					b.Fatal(err)
				}
				best = min(best, time.Since(before))
				peak = max(peak, cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
			}
			if runtime.GOOS == "darwin" {
				peak /= 1 << 10 // bytes there, KiB elsewhere
			}
			b.ReportMetric(float64(best.Microseconds())/1000, "ms-best")
			b.ReportMetric(float64(peak)/(1<<10), "MiB-peak")
		})
	}
}
