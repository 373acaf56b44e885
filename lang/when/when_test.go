package when

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"readout/conllu"
	"readout/doc"
)

// sketch makes a document of a sentence whose verbs and auxiliaries are marked:
// "They will/MD meet/VB on Monday .", "talks were/AUX:VBD held/VBN". The first
// verb is the root, a later one its complement; everything else hangs on the
// verb before it, on a noun marked with ^, or on the verb after it.
func sketch(published, text string) *doc.Document {
	var b strings.Builder
	for _, s := range strings.SplitAfter(text, " . ") {
		sketchSentence(&b, strings.Fields(s))
	}
	d := conllu.MustDoc(b.String())
	if published != "" {
		t, err := time.Parse(time.DateOnly, published)
		if err != nil {
			panic(err)
		}
		d.Published = t
	}
	return d
}

func sketchSentence(b *strings.Builder, words []string) {
	type token struct{ form, upos, xpos, lemma string }
	tokens := make([]token, len(words))
	var verbs []int
	for i, w := range words {
		form, tag, _ := strings.Cut(w, "/")
		if strings.Count(w, "/") > 1 || tag != "" && tag[0] >= '0' && tag[0] <= '9' {
			form, tag = w, ""
		}
		tokens[i] = tagged(strings.TrimSuffix(form, "^"), tag)
		if tokens[i].upos == "VERB" {
			verbs = append(verbs, i)
		}
	}
	noun := -1
	for i, t := range tokens {
		head, rel := -1, "obl"
		before, after := -1, -1
		for _, v := range verbs {
			if v < i {
				before = v
			} else if v > i && after < 0 {
				after = v
			}
		}
		switch {
		case t.upos == "VERB" && before < 0:
			rel = "root"
		case t.upos == "VERB":
			head, rel = before, "xcomp"
		case t.upos == "AUX" || t.xpos == "TO":
			head, rel = after, map[bool]string{true: "aux", false: "mark"}[t.upos == "AUX"]
		case noun > before && i > noun:
			head, rel = noun, "nmod"
		case before >= 0:
			head = before
		default:
			head = after
		}
		if i > 0 && t.upos == "PROPN" && tokens[i-1].upos == "PROPN" && strings.HasSuffix(tokens[i-1].form, "sa") {
			head, rel = i-1, "flat"
		}
		if t.form == "May" && after == i+1 {
			rel = "nsubj"
		}
		if strings.HasSuffix(words[i], "^") {
			noun = i
		}
		fmt.Fprintf(b, "%d\t%s\t%s\t%s\t%s\t_\t%d\t%s\t_\t_\n", i+1, t.form, t.lemma, t.upos, t.xpos, head+1, rel)
	}
	b.WriteByte('\n')
}

func tagged(form, tag string) (t struct{ form, upos, xpos, lemma string }) {
	t.form, t.lemma = form, strings.ToLower(form)
	switch {
	case strings.HasPrefix(tag, "AUX:"):
		t.upos, t.xpos = "AUX", tag[4:]
		if strings.HasPrefix(t.lemma, "ha") {
			t.lemma = "have"
		}
	case tag == "MD":
		t.upos, t.xpos = "AUX", tag
	case tag == "TO":
		t.upos, t.xpos = "PART", tag
	case tag != "":
		t.upos, t.xpos, t.lemma = "VERB", tag, lemmas[t.lemma]
	case strings.ContainsAny(form[:1], "0123456789"):
		t.upos, t.xpos = "NUM", "CD"
	case strings.ContainsAny(form[:1], ".,()-–'"):
		t.upos, t.xpos = "PUNCT", form
	case t.lemma == "the":
		t.upos, t.xpos = "DET", "DT"
	case form[0] >= 'A' && form[0] <= 'Z':
		t.upos, t.xpos = "PROPN", "NNP"
	default:
		t.upos, t.xpos = "NOUN", "NN"
	}
	if t.lemma == "" {
		t.lemma = strings.ToLower(form)
	}
	return t
}

var lemmas = map[string]string{"met": "meet", "said": "say", "managed": "manage", "scheduled": "schedule", "gave": "give", "held": "hold", "proposed": "propose", "postponed": "postpone", "set": "set", "read": "read"}

func table(t *testing.T, name string) [][]string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for _, line := range bytes.Split(bytes.TrimRight(b, "\n"), []byte("\n"))[1:] {
		out = append(out, strings.Split(string(line), "\t"))
	}
	return out
}

var relations = map[string]doc.TimeRelation{"": doc.TimeAt, "set": doc.TimeAt, "by": doc.TimeBy, "since": doc.TimeSince, "until": doc.TimeUntil, "before": doc.TimeBefore, "after": doc.TimeAfter}

func run(t testing.TB, d *doc.Document) {
	t.Helper()
	if err := New(Config{}).Run(context.Background(), d); err != nil {
		t.Fatal(err)
	}
}

func TestTimes(t *testing.T) {
	rows := table(t, "testdata/times.tsv")
	if len(rows) < 150 {
		t.Errorf("%d rows, 150 wanted", len(rows))
	}
	for n, r := range rows {
		if len(r) < 7 {
			t.Fatalf("row %d: %q", n+2, r)
		}
		d := sketch(r[0], r[1])
		run(t, d)
		if r[2] == "-" {
			if len(d.Times) > 0 {
				t.Errorf("row %d: %s: %q is found, nothing wanted", n+2, r[1], d.Slice(d.Times[0].Span))
			}
			continue
		}
		if len(d.Times) == 0 {
			t.Errorf("row %d: %s (%s): nothing found, %q wanted", n+2, r[1], r[0], r[2])
			continue
		}
		got := d.Times[len(d.Times)-1]
		if words := d.Slice(got.Span); words != r[2] && len(d.Times) > 1 { // "He said on Friday they would meet"
			got = d.Times[0]
		}
		words := strings.Join(strings.Fields(d.Slice(got.Span)), " ")
		line := strings.Join([]string{words, got.Date(got.From), got.Date(got.To), got.Unit.String()}, " | ")
		want := strings.Join([]string{r[2], r[3], r[4], r[5]}, " | ")
		if line != want || got.Relation != relations[r[6]] || got.Set != (r[6] == "set") {
			t.Errorf("row %d: %s (%s)\n got %s, relation %d, set %v\nwant %s %s", n+2, r[1], r[0], line, got.Relation, got.Set, want, r[6])
		}
	}
}

func TestDurations(t *testing.T) {
	for n, r := range table(t, "testdata/durations.tsv") {
		d := sketch("2025-03-05", r[0])
		run(t, d)
		got := "-"
		if len(d.Durations) > 0 {
			v := d.Durations[0]
			got = fmt.Sprintf("%s %d %s", d.Slice(v.Span), v.Minutes, map[bool]string{true: "yes", false: "no"}[v.Approximate])
		}
		if want := strings.TrimSpace(strings.Join(r[1:], " ")); got != want {
			t.Errorf("row %d: %s: got %s, want %s", n+2, r[0], got, want)
		}
	}
}

// found reports a time or duration of d that holds word.
func found(d *doc.Document, word string) bool {
	var spans []doc.Span
	for _, v := range d.Times {
		spans = append(spans, v.Span)
	}
	for _, v := range d.Durations {
		spans = append(spans, v.Span)
	}
	for _, s := range spans {
		for i := s.Begin; i < s.End; i++ {
			if strings.EqualFold(d.Form(i), word) {
				return true
			}
		}
	}
	return false
}

// Every row has a place, and the words of time are found in their example, at
// its begin and end and in a longer sentence.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range rows() {
		if c := classNames[r[1]]; c >= clWeekday && c <= clApprox && c != clDaypart && !(c == clVague && r[2] == "0") && c != clNumber {
			example := strings.TrimSuffix(r[4], ".")
			if c <= clMonthShort || c == clZone {
				example = strings.Replace(example, " "+r[0], " "+strings.ToUpper(r[0][:1])+r[0][1:], 1)
			}
			for _, text := range []string{example + " .", "It is said that " + example, example + " and left ."} {
				d := plain(text)
				d.Published = time.Date(2025, 3, 5, 0, 0, 0, 0, time.UTC)
				run(t, d)
				if !found(d, r[0]) {
					t.Errorf("words.tsv: %s %s: not found in %q", r[1], r[0], text)
				}
			}
		}
		if len(r) != 5 || classNames[r[1]] == 0 || r[0] != strings.ToLower(r[0]) || r[4] == "" || seen[r[0]+" "+r[1]] {
			t.Errorf("words.tsv: row %q", r)
		}
		seen[r[0]+" "+r[1]] = true
	}
}

func FuzzRun(f *testing.F) {
	for _, r := range [][]string{
		{"They met on Monday, March 3, 2015 at 10 a.m. GMT. They left two days later."},
		{"from 3 to 5 May between 1992 and 1995 mid-September the '90s Q3 2025 every 9999 days"},
		{"roughly 40 - minute two and a half hours 99999999 years ago within 1e9 weeks February 30 the first half of the year"},
	} {
		f.Add(r[0], int64(1741132800))
	}
	f.Fuzz(func(t *testing.T, s string, unix int64) {
		d := plain(s)
		if unix != 0 {
			d.Published = time.Unix(unix%(1<<40), 0)
		}
		run(t, d)
		end := int32(0)
		for _, v := range d.Times {
			if v.Span.Begin < end || v.Span.Empty() || int(v.Span.End) > d.Len() || v.To.Before(v.From) || v.From.IsZero() != v.To.IsZero() {
				t.Fatalf("%q: %+v", s, v)
			}
			end = v.Span.End
		}
		for _, v := range d.Durations {
			if v.Span.Empty() || int(v.Span.End) > d.Len() || v.Minutes < 1 {
				t.Fatalf("%q: %+v", s, v)
			}
			for _, o := range d.Times {
				if o.Span.Overlaps(v.Span) {
					t.Fatalf("%q: %v and %v", s, v, o)
				}
			}
		}
	})
}

// plain makes a document of words, each hanging on the one before.
func plain(s string) *doc.Document {
	d := &doc.Document{Text: s}
	t := &d.Tokens
	for i := 0; i < len(s); i++ {
		begin := i
		for i < len(s) && s[i] > ' ' && s[i] != ',' {
			i++
		}
		if i > begin {
			n := int32(len(t.Bytes))
			t.Bytes = append(t.Bytes, doc.Range{Begin: int32(begin), End: int32(i)})
			t.Head = append(t.Head, n-1)
			t.Sent = append(t.Sent, 0)
		}
	}
	n := d.Len()
	t.UPOS, t.XPOS, t.Feats, t.Lemma, t.Deprel = make([]doc.UPOS, n), make([]doc.Str, n), make([]doc.Str, n), make([]doc.Str, n), make([]doc.Deprel, n)
	if n > 0 {
		d.Sentences = []doc.Span{{Begin: 0, End: int32(n)}}
		d.Blocks = []doc.Block{{Kind: doc.BlockParagraph, Span: d.Sentences[0]}}
	}
	d.LinkChildren()
	d.Has = doc.LayerText | doc.LayerTags | doc.LayerTree
	return d
}

// A token on which everything hangs is looked at once: twice the text, twice
// the work. Were it not, this would take minutes.
func TestFlatTree(t *testing.T) {
	d := plain(strings.Repeat("on Monday ", 100_000))
	for i := 1; i < d.Len(); i++ {
		d.Tokens.Head[i] = 0
	}
	d.Tokens.UPOS[0] = doc.VERB
	d.LinkChildren()
	d.Published = time.Date(2025, 3, 5, 0, 0, 0, 0, time.UTC)
	run(t, d)
	if len(d.Times) != 100_000 {
		t.Errorf("%d times", len(d.Times))
	}
}

func BenchmarkRun(b *testing.B) {
	var text strings.Builder
	for range 200 {
		text.WriteString("They met/VBD on Monday after the ministers of both countries had/AUX:VBD said/VBN they would/MD sign/VB a deal within two weeks . ")
	}
	d := sketch("2025-03-05", text.String())
	w := New(Config{})
	b.ReportAllocs()
	for b.Loop() {
		if err := w.Run(context.Background(), d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(d.Len())*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
