package pdf

import (
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestText(t *testing.T) {
	b, err := os.ReadFile("testdata/communique.pdf")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Text(b)
	want := []string{"Joint communiqué of the two delegations", "The delegations of the two republics met in Valletta", "“This is a beginning,” said", "The next round will be held in Geneva"}
	p := strings.Split(got, "\n\n")
	if err != nil || len(p) != len(want) {
		t.Fatalf("%v, %d paragraphs, want %d:\n%s", err, len(p), len(want), got)
	}
	for i := range want {
		if !strings.HasPrefix(p[i], want[i]) {
			t.Errorf("paragraph %d: %q, want %q…", i, p[i], want[i])
		}
	}
	if !strings.HasSuffix(p[1], "beyond the breakwater until then.") {
		t.Errorf("paragraph 1: %q", p[1])
	}
}

func TestErrors(t *testing.T) {
	b, err := os.ReadFile("testdata/communique.pdf")
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]string{"nothing": "", "words": "words", "a beginning": "%PDF-1.7\n", "half": string(b[:len(b)/2])} {
		if got, err := Text([]byte(s)); got != "" || !errors.Is(err, ErrFormat) && !errors.Is(err, ErrNoText) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestJoin(t *testing.T) {
	for _, c := range [][3]string{{"", "a", "a"}, {"the negotia-", "tions", "the negotiations"}, {"Anglo-", "Irish", "Anglo- Irish"}, {"1990-", "95", "1990- 95"}, {"two", "words", "two words"}} {
		if got := join(c[0], c[1]); got != c[2] {
			t.Errorf("join(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func FuzzText(f *testing.F) {
	b, err := os.ReadFile("testdata/communique.pdf")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b[:2000])
	f.Add([]byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := Text(b)
		if err != nil && got != "" || err == nil && (got == "" || !utf8.ValidString(got)) {
			t.Errorf("%q, %v", got, err)
		}
	})
}
