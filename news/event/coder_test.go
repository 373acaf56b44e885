package event_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"readout"
	"readout/news/event"
	"readout/registry"
)

// TestPatterns codes the example of every row of patterns.tsv. Short sentences
// out of context are hard on a parser, and another model errs on other ones: one
// row in twenty may fail.
func TestPatterns(t *testing.T) {
	r, err := readout.New(readout.Config{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("data/patterns.tsv")
	if err != nil {
		t.Fatal(err)
	}
	all, report := 0, []string{}
	for n, l := range strings.Split(strings.TrimRight(string(b), "\n"), "\n")[1:] {
		f := strings.Split(l, "\t")
		if f[6] == "" || f[7] == "" {
			t.Errorf("patterns.tsv:%d: a row needs an example and what it gives", n+2)
			continue
		}
		all++
		d, err := r.Read(t.Context(), readout.Article{Text: f[6], Published: published})
		if err != nil {
			t.Fatal(err)
		}
		got := event.Code(d)
		if !slices.ContainsFunc(got, func(c event.Coded) bool { return codedAs(c, strings.Fields(f[7])) }) {
			s := fmt.Sprintf("patterns.tsv:%d: %s: want %s, got", n+2, f[6], f[7])
			for _, c := range got {
				s += fmt.Sprintf(" %s %v>%v;", c.CAMEO, c.Source, c.Target)
			}
			report = append(report, s)
		}
	}
	t.Logf("%d of %d rows", all-len(report), all)
	if 20*len(report) > all {
		t.Errorf("%d of %d rows fail:\n%s", len(report), all, strings.Join(report, "\n"))
	} else if len(report) > 0 {
		t.Logf("fail:\n%s", strings.Join(report, "\n"))
	}
}

// codedAs reports whether c has the code and the countries: "0813 KEN KEN".
func codedAs(c event.Coded, want []string) bool {
	begins := func(codes []string, country string) bool {
		return slices.ContainsFunc(codes, func(x string) bool { return strings.HasPrefix(x, country) })
	}
	return c.CAMEO == want[0] && (len(want) < 2 || begins(c.Source, want[1])) && (len(want) < 3 || begins(c.Target, want[2]))
}

// TestCoderRegistry gives the coder tables of its own: whose a name is that the
// embedded ones do not know.
func TestCoderRegistry(t *testing.T) {
	const table = "body\tkind\tcountry\tsector\nVarna Shield\tarmed\tBGR\tREB\nOsk Front\tarmed\tNOR\tREB\n"
	reg, err := registry.New(registry.Config{Extra: []registry.Table{{Name: "own.tsv", R: strings.NewReader(table)}}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := readout.New(readout.Config{Registry: reg})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"France condemned the Varna Shield on Monday.": "BGR",
		"Japan criticised the Osk Front on Monday.":    "NOR",
	} {
		d, err := r.Read(t.Context(), readout.Article{Text: text, Published: published})
		if err != nil {
			t.Fatal(err)
		}
		got := event.Coder{Registry: reg}.Code(d)
		if len(got) == 0 || len(got[0].Target) == 0 || got[0].Target[0][:3] != want {
			t.Errorf("%s: %+v, want a target of %s", text, got, want)
		}
	}
}
