package main

import (
	"io"
	"strings"
	"testing"
	"time"

	"readout/record"
	"readout/sheet"
)

// doubtfulPapers make events that the queue asks about: two accounts of one
// meeting that differ on the day, and a surname alone.
var doubtfulPapers = []string{
	`{"id": "k1", "outlet": "Courier", "published": "2023-05-11", "text": "President Emmanuel Macron of France met Chancellor Olaf Scholz of Germany in Geneva on Wednesday."}`,
	`{"id": "k2", "outlet": "Herald", "published": "2023-05-12", "text": "French President Emmanuel Macron met the German chancellor, Olaf Scholz, in Geneva on Tuesday."}`,
	`{"id": "k3", "outlet": "Gazette", "published": "2023-05-12", "text": "The Peruvian envoy Rosalinda Quispetupa met the Chilean foreign minister in Lima on Thursday."}`,
	`{"id": "k4", "outlet": "Gazette", "published": "2023-05-13", "text": "Peru's envoy, Quispetupa, met Chile's foreign minister in Lima again on Friday."}`,
}

func reviewing(t *testing.T) *reviewer {
	t.Helper()
	s := newSession(t, doubtfulPapers...)
	f := recordFlags{db: s.db}
	l, err := f.open(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	r, err := newReviewer(t.Context(), &desk{l: l.Ledger, q: record.Query{Limit: 50}, by: byFlags{by: "ana"}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// press presses keys: names in <>, and letters.
func press(t *testing.T, r *reviewer, keys string) {
	t.Helper()
	for keys != "" {
		key := keys[:1]
		if key == "<" {
			key, keys, _ = strings.Cut(keys[1:], ">")
		} else {
			keys = keys[1:]
		}
		if err := r.press(t.Context(), key); err != nil {
			t.Fatal(err)
		}
	}
}

func screen(r *reviewer) string { return strings.Join(r.frame(100, 40, false), "\n") }

func TestReview(t *testing.T) {
	r := reviewing(t)
	at := -1
	for i, x := range r.queue.Items {
		if x.Event != nil && x.Other == nil {
			at = i
			break
		}
	}
	if at < 0 {
		t.Fatalf("no event is asked about:\n%s", screen(r))
	}
	id := r.queue.Items[at].Event.ID
	want := func(what string, words ...string) {
		t.Helper()
		for _, w := range words {
			if got := screen(r); !strings.Contains(got, w) {
				t.Errorf("%s: no %q on\n%s", what, w, got)
			}
		}
	}
	status := func() string {
		t.Helper()
		v, err := r.desk.l.Event(t.Context(), r.desk.q, id)
		if err != nil {
			t.Fatal(err)
		}
		return v.Event.Status.Value
	}
	was := status()
	press(t, r, strings.Repeat("j", at))
	want("the queue", "review · ", "ana", "? help")
	press(t, r, "?")
	want("help", "Keys", "undo the last decision")
	press(t, r, "j")
	press(t, r, "<enter>")
	want("the event", "Where it is told")
	press(t, r, "q")

	press(t, r, "c<clear>colour=red<enter>")
	want("a slip", "no field \"colour\"", "field=value: colour=red")
	press(t, r, "<clear>status=cancelle<backspace>ed<enter>")
	want("a preview", "What it changes", "→ cancelled", "keep it? y, n")
	if status() != was {
		t.Error("it was kept before it was asked")
	}
	press(t, r, "n")
	want("no", "not kept")
	press(t, r, "c<clear>status=cancelled<enter>y")
	want("yes", "kept: d")
	if status() != "cancelled" {
		t.Errorf("the status is %s", status())
	}
	press(t, r, "u")
	want("undo", "undone: d")
	if status() != was {
		t.Errorf("undone, the status is %s, want %s", status(), was)
	}
	press(t, r, "u")
	want("nothing to undo", "nothing was decided in this session")

	n := len(r.queue.Items)
	for i, x := range r.queue.Items {
		if x.Event != nil && x.Event.ID == id {
			r.at = i
		}
	}
	press(t, r, "a")
	if len(r.queue.Items) != n-1 {
		t.Errorf("after accepting there are %d items, were %d", len(r.queue.Items), n)
	}
	press(t, r, "u")
	if len(r.queue.Items) != n {
		t.Errorf("after undoing there are %d items, were %d", len(r.queue.Items), n)
	}
	press(t, r, "z")
	want("another key", "? tells the keys")
	press(t, r, "q")
	if !r.quit {
		t.Error("q does not quit")
	}
}

// TestReviewFrames: no screen is larger than the terminal, whatever is pressed.
func TestReviewFrames(t *testing.T) {
	r := reviewing(t)
	for _, keys := range []string{"", "j", "G", "<enter>", "j", " ", "n", "p", "b", "?", "x", "c", "xyz", "<escape>", "x", "n", "m", "n", "s", "<escape>", "g", "k", "k"} {
		press(t, r, keys)
		for _, size := range [][2]int{{80, 24}, {40, 8}, {20, 4}, {200, 60}} {
			lines := r.frame(size[0], size[1], false)
			if len(lines) > size[1] {
				t.Errorf("after %q: %d lines on a screen of %d", keys, len(lines), size[1])
			}
			for _, l := range lines {
				if n := len([]rune(l)); n > size[0] {
					t.Errorf("after %q: a line of %d on a screen of %d: %q", keys, n, size[0], l)
				}
			}
		}
	}
}

func TestReviewQueueInPipe(t *testing.T) {
	s := newSession(t, doubtfulPapers...)
	out, _ := s.run("", "review")
	s.want("the queue", out, "To look at", "? ")
	out, _ = s.run("", "review", "--format", "json")
	s.want("the queue", out, `"view": "queue"`, `"accept": {`)
	out, _ = s.run("", "review", "--format", "markdown")
	s.want("the queue", out, "# To look at")
}

func TestReadKey(t *testing.T) {
	for in, want := range map[string]string{
		"j": "j", "\r": keyEnter, "\x7f": keyBackspace, "\x03": keyStop, "\x15": keyClear, "\x1b": keyEscape, "\x1b[A": keyUp, "\x1bOB": keyDown,
		"\x1b[5~": keyPageUp, "\x1b[1;5C": "", "ö": "ö", "→": "→", "\xff": "", "\x01": "",
	} {
		rest := in[1:]
		got := readKey(in[0], func(time.Duration) (byte, bool) {
			if rest == "" {
				return 0, false
			}
			b := rest[0]
			rest = rest[1:]
			return b, true
		})
		if got != want || rest != "" {
			t.Errorf("readKey(%q) = %q, %q left; want %q", in, got, rest, want)
		}
	}
}

// FuzzReview: no keys break the screen.
func FuzzReview(f *testing.F) {
	f.Add("jjck\x1b[Aay")
	f.Fuzz(func(t *testing.T, in string) {
		keys := make(chan string)
		go readKeys(t.Context(), strings.NewReader(in), keys)
		r := &reviewer{desk: &desk{}, queue: &record.Queue{Items: []*record.Item{{Kind: record.DoubtActor, Name: "Kim"}}}}
		for key := range keys {
			if strings.ContainsAny(key, "aou") || key == keyEnter || r.mode == modePrompt && key == keyEnter {
				continue // it would ask the record
			}
			if err := r.press(t.Context(), key); err != nil {
				t.Fatal(err)
			}
			draw(io.Discard, r.frame(50, 10, true))
		}
	})
}

func TestQuestions(t *testing.T) {
	for _, i := range []*record.Item{{Kind: record.DoubtStale, Decision: &record.Taken{ID: "d12345678", Decision: record.Decision{Do: record.DoAccept, By: "ana"}}}, {Kind: record.DoubtActor, Name: "Kim"}} {
		if q := sheet.Question(i); q.Text == "" {
			t.Errorf("%s asks nothing", i.Kind)
		}
	}
}
