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
	"readout/examples"
	"readout/reading"
)

func newReader(t testing.TB, cfg readout.Config) *readout.Reader {
	t.Helper()
	r, err := readout.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func articles() []readout.Article {
	var out []readout.Article
	for _, e := range examples.All() {
		out = append(out, readout.Article{Key: e.Slug, Title: e.Title, Text: e.Text, Published: e.Published})
	}
	return out
}

func marshal(t testing.TB, d *doc.Document) []byte {
	t.Helper()
	b, err := json.Marshal(reading.New(d, readout.Model))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Every span lies in the text, a mention belongs to one actor, every reference
// leads somewhere.
func TestReadingsAreSound(t *testing.T) {
	r := newReader(t, readout.Config{})
	for _, a := range append(articles(), hostile()...) {
		d, err := r.Read(t.Context(), a)
		if err != nil {
			t.Fatalf("%s: %v", a.Key, err)
		}
		for _, f := range eval.Faults(reading.New(d, readout.Model)) {
			t.Errorf("%s: %s", a.Key, f)
		}
	}
}

// hostile are texts that are no news, and must be read without harm.
func hostile() []readout.Article {
	var out []readout.Article
	add := func(key, text string) { out = append(out, readout.Article{Key: key, Text: text}) }
	add("one character", ".")
	add("only quotation marks", `"“”‘’'"“" ''`)
	add("unbalanced quotation marks", "“He said “no” and \"yes. The minister” left.\n\n“And then?\n\nNobody said ” anything.")
	add("all capitals", strings.ToUpper(examples.All()[0].Text))
	add("no capitals", strings.ToLower(examples.All()[1].Text))
	add("no punctuation", strings.NewReplacer(".", "", ",", "", "“", "", "”", "", "\"", "", "\n", " ").Replace(examples.All()[2].Text))
	add("CRLF", strings.ReplaceAll(examples.All()[3].Text, "\n", "\r\n"))
	add("no spaces", strings.ReplaceAll(examples.All()[4].Text, " ", ""))
	add("a sentence of 20,000 tokens", strings.Repeat("the minister and ", 7000)+"left.")
	add("one name over and over", strings.Repeat("Merkel met Macron. ", 2000))
	add("deep quotations", strings.Repeat("“He said ‘", 500)+"no"+strings.Repeat("’”", 500))
	add("other scripts", "Президент встретился с министром. 总统会见了部长。 التقى الرئيس الوزير. ประธานาธิบดีพบรัฐมนตรี")
	add("symbols", "🇺🇳🤝 \u200b\u00ad\ufeff \u2028 ½ ﷽ \u0301\u0301 e\u0301\n\n\n\t\v\f")
	return out
}

// The same input gives the same bytes on any number of goroutines, and results
// come in input order.
func TestReadAllSameBytes(t *testing.T) {
	in := articles()
	in = append(in, in...)
	var want [][]byte
	one := newReader(t, readout.Config{Workers: 1})
	for _, a := range in {
		d, err := one.Read(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, marshal(t, d))
	}
	for _, workers := range []int{1, 2, 7} {
		r := newReader(t, readout.Config{Workers: workers})
		i := 0
		for d, err := range r.ReadAll(t.Context(), slices.Values(in)) {
			if err != nil {
				t.Fatal(err)
			}
			if got := marshal(t, d); !bytes.Equal(got, want[i]) {
				t.Errorf("%d workers, article %d (%s): the reading differs", workers, i, in[i].Key)
			}
			i++
		}
		if i != len(in) {
			t.Errorf("%d workers: %d readings, want %d", workers, i, len(in))
		}
	}
}

// The vector instructions of the processor change nothing in a reading.
func TestPlainSameBytes(t *testing.T) {
	best, plain := newReader(t, readout.Config{}), newReader(t, readout.Config{Plain: true})
	for _, a := range articles()[:2] {
		x, err := best.Read(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		y, err := plain.Read(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(marshal(t, x), marshal(t, y)) {
			t.Errorf("%s: without vector instructions the reading is another", a.Key)
		}
	}
}

func TestReadAllGoesOnAfterAnError(t *testing.T) {
	r := newReader(t, readout.Config{Workers: 2})
	in := []readout.Article{{Text: "A met B."}, {Text: " \n"}, {Text: "C met D."}, {Text: "\xff"}}
	var errs []error
	for _, err := range r.ReadAll(t.Context(), slices.Values(in)) {
		errs = append(errs, err)
	}
	if len(errs) != 4 || errs[0] != nil || !errors.Is(errs[1], readout.ErrEmpty) || errs[2] != nil || !errors.Is(errs[3], readout.ErrNotText) {
		t.Errorf("ReadAll gives errors %v", errs)
	}
}

func TestReadAllStops(t *testing.T) {
	r := newReader(t, readout.Config{Workers: 3})
	endless := func(yield func(readout.Article) bool) {
		for yield(readout.Article{Text: "The two ministers met on Monday."}) {
		}
	}
	n := 0
	for range r.ReadAll(t.Context(), endless) {
		if n++; n == 10 {
			break
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	n = 0
	for _, err := range r.ReadAll(ctx, endless) {
		if n++; n == 5 {
			cancel()
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("after cancelling: %v", err)
		}
	}
	cancel()
}

// A bug in a stage costs the article, not the run.
func TestReadSurvivesABug(t *testing.T) {
	r := readout.WithStage(newReader(t, readout.Config{}), buggy{})
	d, err := r.Read(t.Context(), readout.Article{Text: "A met B."})
	if !errors.Is(err, readout.ErrInternal) || d != nil {
		t.Errorf("Read = %v, %v, want %v", d, err, readout.ErrInternal)
	}
}

type buggy struct{}

func (buggy) Name() string                             { return "buggy" }
func (buggy) Reads() doc.Layer                         { return 0 }
func (buggy) Writes() doc.Layer                        { return 0 }
func (buggy) Run(context.Context, *doc.Document) error { panic("a bug") }

func TestReadRefuses(t *testing.T) {
	r := newReader(t, readout.Config{MaxBytes: 10})
	for text, want := range map[string]error{"": readout.ErrEmpty, "\uFEFF \n": readout.ErrEmpty, "more than ten bytes": readout.ErrTooLarge, "a\xffb": readout.ErrNotText} {
		if d, err := r.Read(t.Context(), readout.Article{Text: text}); !errors.Is(err, want) || d != nil {
			t.Errorf("Read(%q) = %v, %v, want %v", text, d, err, want)
		}
	}
}

// Every stage writes what it says and leaves the text alone.
func TestStages(t *testing.T) {
	r := newReader(t, readout.Config{})
	a := articles()[0]
	d, err := r.Open(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Stages() {
		if err := s.Run(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if missing := s.Writes() &^ d.Has; missing != 0 {
			t.Errorf("stage %s did not write %s", s.Name(), missing)
		}
	}
	if d.Text != a.Text {
		t.Error("the text was changed")
	}
}

// Whatever the text, reading it does no harm and gives a sound reading.
func FuzzRead(f *testing.F) {
	for _, a := range append(articles(), hostile()...) {
		if len(a.Text) < 5000 {
			f.Add(a.Text)
		}
	}
	r := newReader(f, readout.Config{})
	f.Fuzz(func(t *testing.T, text string) {
		d, err := r.Read(t.Context(), readout.Article{Text: text})
		if errors.Is(err, readout.ErrInternal) {
			t.Fatal(err)
		}
		if err != nil {
			return
		}
		for _, x := range eval.Faults(reading.New(d, readout.Model)) {
			t.Error(x)
		}
	})
}
