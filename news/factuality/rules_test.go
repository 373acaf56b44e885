package factuality

import (
	"os"
	"strings"
	"testing"

	"readout"
	"readout/doc"
)

// TestGovernors reads the example of every row of governors.tsv and asks what
// its governors entail: that it happened, as somebody says or thinks, or not.
// Short sentences out of context are hard on a parser, and another model errs on
// other ones, so one row in ten may fail.
func TestGovernors(t *testing.T) {
	r, err := readout.New(readout.Config{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("governors.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows, good := 0, 0
	for n, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		c := strings.Split(line, "\t")
		if n == 0 {
			continue
		}
		if len(c) != 6 || c[5] != "yes" && c[5] != "no" {
			t.Fatalf("governors.tsv:%d: no expected result: %q", n+1, line)
		}
		d, err := r.Read(t.Context(), readout.Article{Text: c[3]})
		if err != nil {
			t.Fatal(err)
		}
		i := find(d, c[4])
		if i < 0 {
			t.Errorf("governors.tsv:%d: %q has no token %q", n+1, c[3], c[4])
			continue
		}
		rows++
		got := entails(clauseOf(d, i), s.above(d, i))
		if yes := got == "+" || got == "say" || got == "think"; yes == (c[5] == "yes") {
			good++
		} else {
			t.Logf("governors.tsv:%d: %q: %s is %q, want %s", n+1, c[3], c[4], got, c[5])
		}
	}
	t.Logf("%d of %d rows", good, rows)
	if good*10 < rows*9 {
		t.Errorf("%d of %d rows, want nine in ten", good, rows)
	}
}

// find is the last token of d with a form, -1 without one.
func find(d *doc.Document, form string) int32 {
	for i := int32(d.Len()) - 1; i >= 0; i-- {
		if d.Form(i) == form {
			return i
		}
	}
	return -1
}
