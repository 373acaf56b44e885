package readout_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"readout"
	"readout/doc"
	"readout/eval"
	"readout/reading"
)

// An ordinary article is read at once: it has its tags and trees.
func TestOrdinaryArticlesInOnePiece(t *testing.T) {
	r := newReader(t, readout.Config{})
	largest := slices.MaxFunc(articles(), func(a, b readout.Article) int { return len(a.Text) - len(b.Text) })
	largest.Text = strings.Repeat(largest.Text+"\n\n", 100_000/len(largest.Text))
	if d := read(t, r, largest); d.Has&doc.LayerTree == 0 {
		t.Errorf("an article of %d tokens is read in pieces", d.Len())
	}
}

// A text read in pieces gives a sound reading, with the sentences and blocks
// that it has when it is read at once, and much the same statements and events.
func TestPieces(t *testing.T) {
	r := newReader(t, readout.Config{})
	in := readout.WithPieces(r, 700)
	long := append(hostile(), readout.Article{Key: "all examples", Text: longText(1)})
	for _, a := range long {
		whole, d := read(t, r, a), read(t, in, a)
		for _, f := range eval.Faults(reading.New(d, readout.Model)) {
			t.Errorf("%s: %s", a.Key, f)
		}
		if whole.Len() <= 700 {
			if !bytes.Equal(marshal(t, whole), marshal(t, d)) {
				t.Errorf("%s: in one piece the reading is another", a.Key)
			}
			continue
		}
		if d.Text != whole.Text || d.Has&doc.LayerTree != 0 || d.Has&doc.LayerIssues == 0 {
			t.Errorf("%s: the document of pieces has %v", a.Key, d.Has)
		}
		at := int32(0)
		for k, s := range d.Sentences {
			if s.Begin != at {
				t.Fatalf("%s: sentence %d begins at token %d, want %d", a.Key, k, s.Begin, at)
			}
			at = s.End
		}
		if at != int32(d.Len()) {
			t.Errorf("%s: the sentences end at token %d of %d", a.Key, at, d.Len())
		}
		if a.Key != "all examples" {
			continue
		}
		if !slices.Equal(d.Tokens.Bytes, whole.Tokens.Bytes) {
			t.Errorf("%s: other tokens in pieces", a.Key)
		}
		for _, n := range []struct {
			what        string
			whole, here int
		}{
			{"blocks", len(whole.Blocks), len(d.Blocks)}, {"sentences", len(whole.Sentences), len(d.Sentences)},
			{"statements", len(whole.Statements), len(d.Statements)}, {"events", len(whole.Events), len(d.Events)},
		} {
			t.Logf("%d %s at once, %d in pieces", n.whole, n.what, n.here)
			if n.here*10 < n.whole*9 || n.here*10 > n.whole*12 {
				t.Errorf("%d %s at once, %d in pieces", n.whole, n.what, n.here)
			}
		}
	}
}

// A long article stops with its context, not at its end.
func TestPiecesStop(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	stop := &stopper{cancel: cancel}
	r := readout.WithStage(readout.WithPieces(newReader(t, readout.Config{}), 100), stop)
	d, err := r.Read(ctx, readout.Article{Text: longText(1)})
	if !errors.Is(err, context.Canceled) || d != nil || stop.runs != 1 {
		t.Errorf("Read = %v, %v after %d pieces, want %v after one", d, err, stop.runs, context.Canceled)
	}
}

// stopper is a stage in which a user presses Ctrl-C.
type stopper struct {
	cancel context.CancelFunc
	runs   int
}

func (s *stopper) Name() string      { return "stopper" }
func (s *stopper) Reads() doc.Layer  { return 0 }
func (s *stopper) Writes() doc.Layer { return 0 }
func (s *stopper) Run(context.Context, *doc.Document) error {
	s.runs++
	s.cancel()
	return nil
}

// What is written entry by entry is what encoding/json makes of the whole.
func TestWriteIsTheEncoders(t *testing.T) {
	r := newReader(t, readout.Config{})
	for _, a := range append(articles(), hostile()...) {
		d := read(t, r, a)
		for _, l := range []reading.Layout{{}, {Indent: "  "}, {Prefix: "  ", Indent: "  "}} {
			var got, want bytes.Buffer
			enc := json.NewEncoder(&want)
			enc.SetEscapeHTML(false)
			enc.SetIndent(l.Prefix, l.Indent)
			if err := enc.Encode(reading.New(d, readout.Model)); err != nil {
				t.Fatal(err)
			}
			if err := reading.Write(&got, d, readout.Model, l); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want.Bytes()) {
				t.Errorf("%s, %+v: Write gives other bytes than the encoder", a.Key, l)
			}
		}
	}
}

// Once warm, tokens, tags and lemmas are found without allocating for each
// token: what is allocated is columns and the words that are new.
func TestFewAllocations(t *testing.T) {
	r := newReader(t, readout.Config{})
	allocations := func(a readout.Article) (perRun float64, tokens int) {
		perRun = testing.AllocsPerRun(3, func() {
			d, err := r.Open(a)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range r.Stages()[:2] {
				if err := s.Run(t.Context(), d); err != nil {
					t.Fatal(err)
				}
			}
			tokens = d.Len()
		})
		return perRun, tokens
	}
	one, n := allocations(readout.Article{Text: longText(1)})
	two, m := allocations(readout.Article{Text: longText(2)})
	t.Logf("%.0f allocations for %d tokens, %.0f for %d", one, n, two, m)
	if more := two - one; more > float64(m-n)/100 {
		t.Errorf("%.0f more allocations for %d more tokens that are nothing new", more, m-n)
	}
}
