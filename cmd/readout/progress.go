package main

import (
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"readout/ingest"
)

// progress is a bar on a terminal, and nothing where standard error is none.
type progress struct {
	p    *mpb.Progress
	bar  *mpb.Bar
	w    io.Writer
	once sync.Once

	mu   sync.Mutex
	what string // the step, "" is reading articles
}

// newProgress is the progress of reading inputs: of one file alone it is nothing.
func newProgress(w io.Writer, inputs []string) *progress {
	if !several(inputs) {
		return &progress{w: w}
	}
	return newCounter(w)
}

// newCounter is the progress of reading articles, nobody knows how many.
func newCounter(w io.Writer) *progress {
	b := &progress{w: w}
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return b
	}
	b.p = mpb.New(mpb.WithOutput(w), mpb.WithWidth(30), mpb.WithAutoRefresh())
	// How many articles a folder or a .jsonl holds is not known before it is
	// read: the bar counts and tells the pace.
	b.bar = b.p.New(0, mpb.SpinnerStyle(),
		mpb.PrependDecorators(decor.Any(b.does), decor.CurrentNoUnit("%d")),
		mpb.AppendDecorators(decor.AverageSpeed(0, "%.0f/s"), decor.Elapsed(decor.ET_STYLE_GO, decor.WC{W: 6})),
	)
	return b
}

// does says what is counted.
func (b *progress) does(decor.Statistics) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.what == "" {
		return "articles read "
	}
	return b.what + " "
}

func several(inputs []string) bool {
	if len(inputs) > 1 {
		return true
	}
	switch filepath.Ext(inputs[0]) {
	case ".jsonl", ".ndjson", ".xml", ".warc", ".gz":
		return true
	}
	if ingest.IsAddress(inputs[0]) {
		return true
	}
	info, err := os.Stat(inputs[0])
	return err == nil && info.IsDir()
}

// stepBy counts n and names the step that they are of.
func (b *progress) stepBy(what string, n int) {
	if b.bar == nil {
		return
	}
	b.mu.Lock()
	fresh := b.what != what
	b.what = what
	b.mu.Unlock() // before the bar is told: it may be asking what it counts
	if fresh {
		b.bar.SetCurrent(0)
	}
	b.bar.IncrBy(n)
}

func (b *progress) step() {
	if b.bar != nil {
		b.bar.Increment()
	}
}

// log is where messages go while the bar is shown: above it.
func (b *progress) log() io.Writer {
	if b.p != nil {
		return b.p
	}
	return b.w
}

func (b *progress) stop() {
	b.once.Do(func() {
		if b.p != nil {
			b.bar.SetTotal(-1, true)
			b.p.Wait()
		}
	})
}
