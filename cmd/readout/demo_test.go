package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// watched is output that a test looks at as it comes.
type watched struct {
	mu   sync.Mutex
	b    bytes.Buffer
	seen func(all string)
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.b.Write(p)
	w.seen(w.b.String())
	return n, err
}

// TestDemoPages: the demo serves the record of the process where it is told to,
// tells where, and ends when it is interrupted.
func TestDemoPages(t *testing.T) {
	t.Setenv("PATH", "") // no browser
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	address := regexp.MustCompile(`the process on that day: (http://\S+)\n`)
	got := make(chan string, 1)
	stderr := &watched{seen: func(all string) {
		if m := address.FindStringSubmatch(all); m != nil && strings.Contains(all, "no browser could be opened") {
			select {
			case got <- m[1]:
			default:
			}
		}
	}}
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, []string{"demo", "--open"}, strings.NewReader(""), io.Discard, stderr) }()
	select {
	case at := <-got:
		r, err := http.Get(at)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		b, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode != http.StatusOK || !strings.Contains(string(b), "State of play") || !strings.Contains(string(b), "5 November 2022") {
			t.Errorf("%s: %d, %v: %.300s", at, r.StatusCode, err, b)
		}
	case code := <-ended:
		t.Fatalf("it ended with %d: %s", code, stderr.b.String())
	}
	interrupt()
	if code := <-ended; code != 0 {
		t.Errorf("it ends with %d", code)
	}
}
